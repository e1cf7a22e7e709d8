import CloudAPI
import Transfer
import WatchCore

@testable import WatchProbes

/// A trail, bucket and key that nothing is wrong with, and the ways to change one answer.
struct StoreEstate {
  static let bucket = "arn:aws:s3:::acme-audit-logs"
  static let trail = "arn:aws:cloudtrail:us-east-1:111122223333:trail/use1"
  static let key = "arn:aws:kms:us-east-1:111122223333:key/k-1"
  static let source =
    #""Condition":{"StringEquals":{"aws:SourceArn":"\#(trail)"}}"#

  static let aclCheck = """
    {"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},
    "Action":"s3:GetBucketAcl","Resource":"\(bucket)",\(source)}
    """
  static let write = """
    {"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:PutObject",
    "Resource":"\(bucket)/AWSLogs/111122223333/*","Condition":{"StringEquals":{
    "s3:x-amz-acl":"bucket-owner-full-control","aws:SourceArn":"\(trail)"}}}
    """
  static let tls = """
    {"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["\(bucket)","\(bucket)/*"],
    "Condition":{"Bool":{"aws:SecureTransport":"false"}}}
    """

  static func policy(_ statements: String...) -> HTTPResponse {
    .json(#"{"Version":"2012-10-17","Statement":[\#(statements.joined(separator: ","))]}"#)
  }

  static func xml(_ text: String) -> HTTPResponse {
    HTTPResponse(status: 200, body: Array(text.utf8))
  }

  static func block(_ switches: Bool...) -> HTTPResponse {
    let names = [
      "BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets",
    ]
    let parts = zip(names, switches).map { "<\($0)>\($1)</\($0)>" }
    return xml("<PublicAccessBlockConfiguration>\(parts.joined())</PublicAccessBlockConfiguration>")
  }

  static func acl(_ grants: String = "") -> HTTPResponse {
    xml(
      "<AccessControlPolicy><Owner><ID>me</ID></Owner><AccessControlList><Grant><Grantee><ID>me</ID>"
        + "</Grantee><Permission>FULL_CONTROL</Permission></Grant>\(grants)</AccessControlList>"
        + "</AccessControlPolicy>")
  }

  static let everybody =
    "<Grant><Grantee><URI>http://acs.amazonaws.com/groups/global/AllUsers</URI></Grantee>"
    + "<Permission>READ</Permission></Grant>"

  static func lifecycle(_ rules: String) -> HTTPResponse {
    xml("<LifecycleConfiguration>\(rules)</LifecycleConfiguration>")
  }

  static func rule(
    _ inside: String, prefix: String = "", status: String = "Enabled", filter: String = ""
  ) -> String {
    "<Rule><ID>r</ID><Filter><Prefix>\(prefix)</Prefix>\(filter)</Filter><Status>\(status)</Status>"
      + "\(inside)</Rule>"
  }

  static func lock(_ inside: String) -> HTTPResponse {
    xml(
      "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled>\(inside)"
        + "</ObjectLockConfiguration>")
  }

  static func keyPolicy(_ statements: String...) -> HTTPResponse {
    let policy = #"{"Statement":[\#(statements.joined(separator: ","))]}"#
    return HTTPResponse(
      status: 200,
      body: JSONValue.object([JSONMember("Policy", .string(policy))]).utf8)
  }

  static let keyRoot = """
    {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*",
    "Resource":"*"}
    """
  static let keyTrail = """
    {"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},
    "Action":["kms:GenerateDataKey*","kms:DescribeKey"],"Resource":"*"}
    """

  static func keyFacts(_ state: String, _ more: String = "") -> HTTPResponse {
    .json(
      #"{"KeyMetadata":{"Arn":"\#(key)","KeyId":"k-1","KeyState":"\#(state)","KeyManager":"CUSTOMER","#
        + #""Origin":"AWS_KMS"\#(more)}}"#)
  }

  static func trailAnswer(_ more: String = "") -> HTTPResponse {
    trailList(
      described(
        more: #","IsMultiRegionTrail":true,"IncludeGlobalServiceEvents":true,"#
          + #""LogFileValidationEnabled":true,"KmsKeyId":"\#(key)","#
          + #""CloudWatchLogsLogGroupArn":"arn:aws:logs:us-east-1:111122223333:log-group:ct:*","#
          + #""CloudWatchLogsRoleArn":"arn:aws:iam::111122223333:role/ct-to-logs""# + more))
  }

  static let status = """
    {"IsLogging":true,"LatestDeliveryTime":1795143300,"LatestDigestDeliveryTime":1795141000,
    "LatestCloudWatchLogsDeliveryTime":1795143400}
    """

  static func identity(_ account: String = "111122223333") -> HTTPResponse {
    xml(
      "<r><GetCallerIdentityResult><Account>\(account)</Account><Arn>arn:aws:sts::\(account):"
        + "assumed-role/watchkeeper/w</Arn><UserId>u</UserId></GetCallerIdentityResult></r>")
  }

  static let answers: [String: CannedCloud.Answer] = [
    "GetCallerIdentity": { _ in identity() },
    "DescribeTrails": { _ in trailAnswer() },
    "GetTrailStatus": { _ in .json(status) },
    "GetEventSelectors": { _ in
      .json(#"{"EventSelectors":[{"ReadWriteType":"All","IncludeManagementEvents":true}]}"#)
    },
    "GetInsightSelectors": { _ in .refusal("InsightNotEnabledException") },
    "ListTags": { _ in
      .json(#"{"ResourceTagList":[{"TagsList":[{"Key":"Purpose","Value":"audit"}]}]}"#)
    },
    "DescribeOrganization": { _ in .refusal("AWSOrganizationsNotInUseException") },
    "GetBucketVersioning": { _ in
      xml(
        "<VersioningConfiguration><Status>Enabled</Status><MfaDelete>Enabled</MfaDelete>"
          + "</VersioningConfiguration>")
    },
    "GetBucketEncryption": { _ in
      xml(
        "<a><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm>"
          + "</ApplyServerSideEncryptionByDefault></Rule></a>")
    },
    "GetBucketLifecycleConfiguration": { _ in
      .xmlRefusal("NoSuchLifecycleConfiguration", status: 404)
    },
    "GetObjectLockConfiguration": { _ in
      lock(
        "<Rule><DefaultRetention><Mode>COMPLIANCE</Mode><Days>365</Days></DefaultRetention></Rule>")
    },
    "GetPublicAccessBlock": { _ in block(true, true, true, true) },
    "GetBucketPolicyStatus": { _ in
      xml("<PolicyStatus><IsPublic>false</IsPublic></PolicyStatus>")
    },
    "GetBucketPolicy": { _ in policy(aclCheck, write, tls) },
    "GetBucketAcl": { _ in acl() },
    "GetBucketOwnershipControls": { _ in
      xml("<a><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule></a>")
    },
    "GetBucketLogging": { _ in
      xml(
        "<BucketLoggingStatus><LoggingEnabled><TargetBucket>acme-access</TargetBucket>"
          + "<TargetPrefix/></LoggingEnabled></BucketLoggingStatus>")
    },
    "GetBucketReplication": { _ in
      .xmlRefusal("ReplicationConfigurationNotFoundError", status: 404)
    },
    "DescribeKey": { _ in keyFacts("Enabled") },
    "GetKeyPolicy": { _ in keyPolicy(keyRoot, keyTrail) },
    "GetKeyRotationStatus": { _ in .json(#"{"KeyRotationEnabled":true}"#) },
  ]

  /// The healthy estate, with some answers changed.
  static func cloud(_ changes: [String: CannedCloud.Answer] = [:]) -> CannedCloud {
    CannedCloud(answers.merging(changes) { _, new in new })
  }

  static func probe(_ cloud: CannedCloud, _ plan: SourcePlan = .use1) -> Probe {
    let client = cloud.client()
    let facts = AccountFacts(
      account: CloudAccount(cloud: .aws, name: "prod", regions: ["us-east-1"]), sources: [plan],
      client: client, clock: .still)
    return StorePostureProbe(store: StoreFacts(facts: facts), plan: plan).probe(.still)
  }

  static func look(
    _ changes: [String: CannedCloud.Answer] = [:], plan: SourcePlan = .use1
  ) async -> PostureSighting? {
    await probe(cloud(changes), plan).look(three).looks.first?.result.posture
  }
}

extension Look.Result {
  var posture: PostureSighting? { if case .saw(.posture(let value)) = self { value } else { nil } }
}

extension PostureSighting {
  func rules(_ verdict: PostureCheck.Verdict) -> Set<String> {
    Set(checks.filter { $0.verdict == verdict }.map(\.rule))
  }

  var unknown: Set<String> {
    Set(checks.filter { if case .unknown = $0.verdict { true } else { false } }.map(\.rule))
  }

  func seen(_ rule: String) -> String? { checks.first { $0.rule == rule }?.seen }
}
