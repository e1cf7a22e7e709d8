import CloudAPI
import Testing
import WatchCore

@testable import WatchProbes

struct BucketPolicyTests {
  private static let bucket = "arn:aws:s3:::acme-audit-logs"
  private static let allow = """
    {"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:PutObject",
    "Resource":"\(bucket)/AWSLogs/111122223333/*",
    "Condition":{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control",
    "aws:SourceArn":"arn:aws:cloudtrail:us-east-1:111122223333:trail/use1"}}}
    """

  private static func deny(
    _ condition: String, principal: String = #""*""#, action: String = #""s3:*""#,
    resource: String = "\"arn:aws:s3:::acme-audit-logs/*\""
  ) -> String {
    """
    {"Effect":"Deny","Principal":\(principal),"Action":\(action),"Resource":\(resource),
    "Condition":{\(condition)}}
    """
  }

  private func refuses(_ statements: [String], organization: Bool = false) throws -> Bool? {
    let text = #"{"Version":"2012-10-17","Statement":[\#(statements.joined(separator: ","))]}"#
    let arn = try #require(TrailARN(SourcePlan.use1.trail))
    let policy = try #require(BucketPolicy(try JSONReader.read(Array(text.utf8))))
    let writer = LogWriter(
      arn: arn, bucket: "acme-audit-logs", prefix: nil, isOrganization: organization)
    return policy.refuses(writer, at: three).known
  }

  @Test(arguments: [
    ("", true), (#""Bool":{"aws:SecureTransport":"false"}"#, false),
    (#""Bool":{"aws:SecureTransport":false}"#, false),
    (#""Bool":{"aws:SecureTransport":"true"}"#, true),
    (#""StringNotEquals":{"aws:SourceVpce":"vpce-1"}"#, true),
    (#""StringNotEqualsIfExists":{"aws:SourceVpce":"vpce-1"}"#, true),
    (#""StringEquals":{"aws:SourceVpce":"vpce-1"}"#, false),
    (
      #""StringNotEquals":{"aws:PrincipalOrgID":"o-1"},"Bool":{"aws:PrincipalIsAWSService":"false"}"#,
      false
    ),
    (#""StringNotEquals":{"aws:PrincipalOrgID":"o-1"}"#, true),
    (#""NotIpAddress":{"aws:SourceIp":"203.0.113.0/24"}"#, true),
    (#""StringNotEquals":{"aws:SourceAccount":"111122223333"}"#, false),
    (#""StringNotEquals":{"aws:SourceAccount":["999988887777"]}"#, true),
    (#""ArnNotLike":{"aws:SourceArn":"arn:aws:cloudtrail:*:111122223333:trail/*"}"#, false),
    (#""StringNotEquals":{"s3:x-amz-acl":"private"}"#, true),
    (#""NumericLessThan":{"s3:TlsVersion":"1.2"}"#, nil),
    (#""StringNotEquals":{"s3:x-amz-server-side-encryption":"aws:kms"}"#, nil),
    (#""StringLike":{"aws:SourceArn":"${aws:PrincipalTag/x}"}"#, nil),
    (#""FancyNewOperator":{"aws:SourceArn":"x"}"#, nil),
  ])
  func `a Deny refuses by its conditions' meaning`(_ condition: String, _ refuses: Bool?) throws {
    #expect(try self.refuses([Self.allow, Self.deny(condition)]) == refuses)
  }

  @Test(arguments: [
    (
      #"{"Service":"cloudtrail.amazonaws.com"}"#, #""s3:PutObject""#,
      #""arn:aws:s3:::acme-audit-logs/*""#, true
    ),
    (#"{"Service":"config.amazonaws.com"}"#, #""s3:PutObject""#, #""*""#, false),
    (#"{"AWS":"*"}"#, #"["s3:put*"]"#, #""*""#, true),
    (#""*""#, #""s3:GetObject""#, #""*""#, false),
    (#""*""#, #""*""#, #""arn:aws:s3:::acme-audit-logs""#, false),
    (
      #""*""#, #""s3:PutObject""#,
      #""arn:aws:s3:::acme-audit-logs/AWSLogs/111122223333/CloudTrail/*""#, true
    ),
    (#""*""#, #""s3:PutObject""#, #""arn:aws:s3:::acme-audit-logs/tmp/*""#, false),
    (#""*""#, #""s3:PutObject""#, #""arn:aws:s3:::*/AWSLogs/*""#, true),
    (#"{"AWS":"arn:aws:iam::111122223333:user/ana"}"#, #""*""#, #""*""#, false),
    (#"{"AWS":"arn:aws:iam::111122223333:root"}"#, #""*""#, #""*""#, false),
    (#"{"AWS":"arn:aws:iam::903692715234:root"}"#, #""*""#, #""*""#, nil),
  ])
  func `a Deny refuses whom, what and where it names`(
    _ principal: String, _ action: String, _ resource: String, _ refuses: Bool?
  ) throws {
    let deny = Self.deny("", principal: principal, action: action, resource: resource)
    #expect(try self.refuses([Self.allow, deny]) == refuses)
  }

  @Test func `without an Allow nothing may be written`() throws {
    #expect(try refuses([]) == true)
    #expect(try refuses([Self.allow]) == false)
    #expect(try refuses([Self.allow.replacing("111122223333/*", with: "999988887777/*")]) == true)
    #expect(try refuses([Self.allow.replacing("trail/use1", with: "trail/old")]) == true)
    #expect(try refuses([Self.allow.replacing("s3:PutObject", with: "s3:GetBucketAcl")]) == true)
    #expect(try refuses([], organization: true) == nil)
  }

  @Test func `the opposite elements are read as such`() throws {
    let notAction = Self.deny("").replacing("\"Action\"", with: "\"NotAction\"")
    #expect(try refuses([Self.allow, notAction]) == false)
    let notPrincipal = Self.deny("", principal: #"{"Service":"cloudtrail.amazonaws.com"}"#)
      .replacing("\"Principal\"", with: "\"NotPrincipal\"")
    #expect(try refuses([Self.allow, notPrincipal]) == false)
    let notResource = Self.deny("", resource: #""arn:aws:s3:::acme-audit-logs/public/*""#)
      .replacing("\"Resource\"", with: "\"NotResource\"")
    #expect(try refuses([Self.allow, notResource]) == true)
  }

  @Test(arguments: ["null", "{}", "[]", "7", #""text""#, #"{"Statement":[{"Effect":"Maybe"}]}"#])
  func `what is no policy proves nothing`(_ text: String) throws {
    #expect(BucketPolicy(try JSONReader.read(Array(text.utf8))) == nil)
  }

  @Test func `a policy may come as text`() throws {
    let text = JSONValue.string(#"{"Statement":\#(Self.allow)}"#)
    #expect(BucketPolicy(text)?.statements.count == 1)
  }

  @Test func `patterns cost no more than their lengths`() {
    let stars = String(repeating: "*a", count: 200)
    #expect(!Wildcard.matches(stars + "b", String(repeating: "a", count: 5_000)))
    #expect(Wildcard.matches("a?c*", "abcd") && !Wildcard.matches("a?c", "ac"))
  }
}

struct ActorNameTests {
  @Test(arguments: [
    (#"{"type":"Root","arn":"arn:aws:iam::111122223333:root"}"#, "root"),
    (#"{"type":"IAMUser","userName":"dev"}"#, "dev"),
    (
      #"{"type":"AssumedRole","arn":"arn:aws:sts::1:assumed-role/admin/mira@example.org"}"#,
      "mira@example.org"
    ),
    (#"{"type":"AssumedRole","arn":"arn:aws:sts::1:assumed-role/deploy/ci-deploy"}"#, "ci-deploy"),
    (#"{"type":"AssumedRole","arn":"arn:aws:sts::1:assumed-role/web/i-0123456789abcdef0"}"#, "web"),
    (#"{"type":"AssumedRole","arn":"arn:aws:sts::1:assumed-role/ops/1763607600123456789"}"#, "ops"),
    (#"{"type":"AssumedRole","arn":"arn:aws:sts::1:assumed-role/ops/botocore-session-17"}"#, "ops"),
    (#"{"type":"AWSService","invokedBy":"config.amazonaws.com"}"#, "config.amazonaws.com"),
    (#"{"type":"AWSAccount","accountId":"444455556666"}"#, "444455556666"),
    (#"{"type":"SAMLUser","principalId":"x:jon","userName":"jon"}"#, "jon"),
    (#"{"type":"IAMUser","userName":""}"#, "column"), ("7", "column"), (#"{"type":7}"#, "column"),
  ])
  func `is what people say`(_ identity: String, _ name: String) throws {
    let record = CloudTrailRecord(
      try JSONReader.read(Array(#"{"userIdentity":\#(identity)}"#.utf8)))
    #expect(ActorName.of(record?.userIdentity, fallback: "column") == name)
  }
}
