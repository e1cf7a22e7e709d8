import Foundation
import Transfer

extension AuditedAccount {
  /// Answers of the query services, by action.
  func xmlAnswer(_ action: String) -> String {
    let inside = mood == .isEmpty ? Self.emptyXML[action] : nil
    let body = inside ?? Self.xml[action] ?? ""
    if action == "DescribeRegions" {
      return "<DescribeRegionsResponse>\(body)</DescribeRegionsResponse>"
    }
    return "<\(action)Response><\(action)Result>\(body)</\(action)Result></\(action)Response>"
  }

  private static let emptyXML = [
    "ListSubscriptionsByTopic": "<Subscriptions/>", "ListQueues": "",
    "ListAccountAliases":
      "<IsTruncated>false</IsTruncated><AccountAliases/>",
  ]

  private static let trust = """
    %7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22\
    Principal%22%3A%7B%22Service%22%3A%22cloudtrail.amazonaws.com%22%7D%2C%22Action%22%3A%22sts%3A\
    AssumeRole%22%7D%5D%7D
    """

  private static let xml: [String: String] = [
    "GetCallerIdentity": """
    <Arn>arn:aws:sts::\(id):assumed-role/watchkeeper/w</Arn><UserId>A:w</UserId>
    <Account>\(id)</Account>
    """,
    "DescribeRegions": """
    <regionInfo><item><regionName>us-east-1</regionName></item>
    <item><regionName>eu-west-1</regionName></item></regionInfo>
    """,
    "GetRole": """
    <Role><Path>/</Path><RoleName>org-trail-to-logs</RoleName><RoleId>AROA</RoleId><Arn>\(role)</Arn>
    <CreateDate>2025-01-01T00:00:00Z</CreateDate>
    <AssumeRolePolicyDocument>\(trust)</AssumeRolePolicyDocument></Role>
    """,
    "ListRolePolicies":
      "<PolicyNames><member>write</member></PolicyNames><IsTruncated>false</IsTruncated>",
    "GetRolePolicy": """
    <RoleName>org-trail-to-logs</RoleName><PolicyName>write</PolicyName>
    <PolicyDocument>\(trust)</PolicyDocument>
    """,
    "ListAttachedRolePolicies": """
    <AttachedPolicies><member><PolicyName>p</PolicyName><PolicyArn>arn:aws:iam::\(id):policy/p</PolicyArn>
    </member></AttachedPolicies><IsTruncated>false</IsTruncated>
    """,
    "GetPolicy": """
    <Policy><PolicyName>p</PolicyName><Arn>arn:aws:iam::\(id):policy/p</Arn>
    <DefaultVersionId>v1</DefaultVersionId></Policy>
    """,
    "GetPolicyVersion": """
    <PolicyVersion><Document>\(trust)</Document><VersionId>v1</VersionId>
    <IsDefaultVersion>true</IsDefaultVersion></PolicyVersion>
    """,
    "GetTopicAttributes": """
    <Attributes><entry><key>TopicArn</key><value>\(topic)</value></entry></Attributes>
    """,
    "ListSubscriptionsByTopic": """
    <Subscriptions><member><SubscriptionArn>\(topic):1</SubscriptionArn><Protocol>email</Protocol>
    <Endpoint>mira@example.com</Endpoint><TopicArn>\(topic)</TopicArn><Owner>\(id)</Owner></member>
    </Subscriptions>
    """,
    "GetSubscriptionAttributes": """
    <Attributes><entry><key>PendingConfirmation</key><value>false</value></entry></Attributes>
    """,
    "ListQueues": """
    <QueueUrl>https://sqs.us-east-1.amazonaws.com/\(id)/orders</QueueUrl>
    <QueueUrl>https://sqs.us-east-1.amazonaws.com/\(id)/watchkeeper-events</QueueUrl>
    """,
    "ListAccountAliases":
      "<IsTruncated>false</IsTruncated><AccountAliases><member>acme</member></AccountAliases>",
  ]

  /// By the sub-resource in the query; a listing gives one log, one folder, one digest.
  func s3Answer(_ url: URLComponents, _ method: String) -> HTTPResponse {
    let query = Dictionary(
      (url.queryItems ?? []).map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { a, _ in a })
    if method == "HEAD" { return xml("") }
    if query["list-type"] == "2" { return xml(listing(query["prefix"] ?? "", query["delimiter"])) }
    if query["policy"] != nil {
      return mood == .isEmpty
        ? absent("NoSuchBucketPolicy") : json(#"{"Version":"2012-10-17","Statement":[]}"#)
    }
    for (name, answer, missing) in Self.settings where query[name] != nil {
      if mood == .isEmpty, let missing { return absent(missing) }
      return xml(answer)
    }
    return absent("NoSuchKey")
  }

  private func absent(_ code: String) -> HTTPResponse {
    xml("<Error><Code>\(code)</Code><Message>none</Message></Error>", status: 404)
  }

  private func listing(_ prefix: String, _ delimiter: String?) -> String {
    let head = "<ListBucketResult><IsTruncated>false</IsTruncated>"
    if mood == .isEmpty { return "\(head)</ListBucketResult>" }
    if delimiter != nil {
      let next =
        prefix.hasSuffix("AWSLogs/")
        ? mood == .organization ? "o-abcdefghij" : Self.id
        : prefix.hasSuffix("o-abcdefghij/") ? Self.id : "2026"
      return "\(head)<CommonPrefixes><Prefix>\(prefix)\(next)/</Prefix></CommonPrefixes>"
        + "</ListBucketResult>"
    }
    let region = prefix.contains("eu-west-1") ? "eu-west-1" : "us-east-1"
    let name =
      prefix.contains("CloudTrail-Digest")
      ? "\(Self.id)_CloudTrail-Digest_\(region)_org-trail_us-east-1_20261120T022000Z.json.gz"
      : "\(Self.id)_CloudTrail_\(region)_20261120T0255Z_AbCdEfGhIjKlMnOp.json.gz"
    return """
      \(head)<Contents><Key>\(prefix)\(name)</Key><LastModified>2026-11-20T02:57:00.000Z</LastModified>\
      <ETag>"x"</ETag><Size>9</Size><StorageClass>STANDARD</StorageClass></Contents></ListBucketResult>
      """
  }

  /// The sub-resource, an answer, and the code of its absence.
  private static let settings: [(String, String, String?)] = [
    (
      "policyStatus", "<PolicyStatus><IsPublic>false</IsPublic></PolicyStatus>",
      "NoSuchBucketPolicy"
    ),
    (
      "acl",
      """
      <AccessControlPolicy><Owner><ID>a</ID></Owner><AccessControlList><Grant><Grantee><ID>a</ID>\
      </Grantee><Permission>FULL_CONTROL</Permission></Grant></AccessControlList></AccessControlPolicy>
      """, nil
    ),
    (
      "publicAccessBlock",
      """
      <PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true\
      </IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true\
      </RestrictPublicBuckets></PublicAccessBlockConfiguration>
      """, "NoSuchPublicAccessBlockConfiguration"
    ),
    (
      "versioning", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>",
      nil
    ),
    (
      "encryption",
      """
      <ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>\
      aws:kms</SSEAlgorithm><KMSMasterKeyID>\(key)</KMSMasterKeyID>\
      </ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>
      """, "ServerSideEncryptionConfigurationNotFoundError"
    ),
    (
      "lifecycle",
      """
      <LifecycleConfiguration><Rule><ID>r</ID><Status>Enabled</Status><Filter><Prefix></Prefix></Filter>\
      <Expiration><Days>400</Days></Expiration></Rule></LifecycleConfiguration>
      """, "NoSuchLifecycleConfiguration"
    ),
    (
      "object-lock",
      """
      <ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule><DefaultRetention>\
      <Mode>COMPLIANCE</Mode><Days>400</Days></DefaultRetention></Rule></ObjectLockConfiguration>
      """, "ObjectLockConfigurationNotFoundError"
    ),
    (
      "logging",
      """
      <BucketLoggingStatus><LoggingEnabled><TargetBucket>acme-access-logs</TargetBucket><TargetPrefix>\
      a/</TargetPrefix></LoggingEnabled></BucketLoggingStatus>
      """, nil
    ),
    (
      "ownershipControls",
      """
      <OwnershipControls><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule>\
      </OwnershipControls>
      """, "OwnershipControlsNotFoundError"
    ),
    ("replication", "<ReplicationConfiguration/>", "ReplicationConfigurationNotFoundError"),
    ("notification", "<NotificationConfiguration/>", nil),
    ("tagging", "<Tagging><TagSet/></Tagging>", "NoSuchTagSet"),
    ("location", "<LocationConstraint/>", nil),
    (
      "requestPayment",
      "<RequestPaymentConfiguration><Payer>BucketOwner</Payer></RequestPaymentConfiguration>", nil
    ),
  ]
}
