import CloudAPI
import Testing
import WatchCore

@testable import WatchProbes

/// What people write into policies, and what it means.
struct PolicyMeaningTests {
  static let bucket = "arn:aws:s3:::acme-audit-logs"
  static let trail = "arn:aws:cloudtrail:us-east-1:111122223333:trail/use1"

  static func policy(_ statements: [String]) throws -> PolicyDocument {
    let text = #"{"Version":"2012-10-17","Statement":[\#(statements.joined(separator: ","))]}"#
    return try #require(PolicyDocument(try JSONReader.read(Array(text.utf8))))
  }

  static func writer() throws -> LogWriter {
    LogWriter(
      arn: try #require(TrailARN(trail)), bucket: "acme-audit-logs", prefix: nil)
  }

  static func write(_ condition: String) -> String {
    """
    {"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:PutObject",
    "Resource":"\(bucket)/AWSLogs/111122223333/*","Condition":{\(condition)}}
    """
  }

  static let acl = #""StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control"}"#

  /// D18: the policy of the posts lacks aws:SourceArn, and so lets any trail of anybody write.
  @Test(arguments: [
    (acl, Holds.yes), ("", .yes),
    (#""StringEquals":{"aws:SourceArn":"\#(trail)"}"#, .no),
    (#""ArnLike":{"aws:SourceArn":"arn:aws:cloudtrail:*:111122223333:trail/*"}"#, .no),
    (#""StringLike":{"AWS:SourceArn":"arn:aws:cloudtrail:*:*:trail/*"}"#, .yes),
    (#""StringEquals":{"aws:SourceAccount":"111122223333"}"#, .no),
    (#""StringEqualsIfExists":{"aws:SourceArn":"\#(trail)"}"#, .no),
    (#""StringNotEquals":{"aws:SourceArn":"arn:x"}"#, .yes),
    (#""StringLike":{"aws:SourceArn":"${x}"}"#, .unknown),
  ])
  func `D18: who else's trail may write`(_ condition: String, _ wanted: Holds) throws {
    let policy = try Self.policy([Self.write(condition)])
    #expect(policy.allowsForeignTrail(try Self.writer(), at: three) == wanted)
  }

  @Test(arguments: [
    (#""s3:GetBucketAcl""#, bucket, #""StringEquals":{"aws:SourceArn":"\#(trail)"}"#, Holds.yes),
    (#""s3:GetBucketAcl""#, "\(bucket)/*", "", .no),
    (#""s3:Get*""#, "*", "", .yes),
    (#""s3:GetBucketAcl""#, bucket, #""StringEquals":{"aws:SourceArn":"arn:aws:x"}"#, .no),
    (#""s3:GetBucketAcl""#, bucket, acl, .no),
  ])
  func `the ACL check`(
    _ action: String, _ resource: String, _ condition: String, _ wanted: Holds
  ) throws {
    let policy = try Self.policy([
      """
      {"Effect":"Allow","Principal":{"Service":["cloudtrail.amazonaws.com"]},"Action":\(action),
      "Resource":"\(resource)","Condition":{\(condition)}}
      """
    ])
    #expect(policy.allowsACLCheck(try Self.writer()) == wanted)
  }

  static func deny(
    _ condition: String, principal: String = #""Principal":"*""#, action: String = #""s3:*""#,
    resource: String = #"["\#(bucket)","\#(bucket)/*"]"#
  ) -> String {
    """
    {"Effect":"Deny",\(principal),"Action":\(action),"Resource":\(resource),
    "Condition":{\(condition)}}
    """
  }

  static let plain = #""Bool":{"aws:SecureTransport":"false"}"#

  @Test(arguments: [
    ([deny(plain)], [], []),
    ([deny(#""Bool":{"aws:SecureTransport":false}"#)], [], []),
    ([deny(#""BoolIfExists":{"aws:SecureTransport":["false"]}"#)], [], []),
    ([deny(#""StringEquals":{"AWS:securetransport":"false"}"#)], [], []),
    ([deny(#""StringNotEquals":{"aws:SecureTransport":"true"}"#)], [], []),
    ([deny(#""Null":{"s3:TlsVersion":"true"}"#)], [], []),
    ([deny(#""NumericLessThanIfExists":{"s3:TlsVersion":"1.2"}"#)], [], []),
    ([deny(plain, principal: #""Principal":{"AWS":"*"}"#)], [], []),
    (
      [deny(plain, principal: #""NotPrincipal":{"Service":"cloudtrail.amazonaws.com"}"#)], [], []
    ),
    ([deny(plain, action: #""*""#, resource: #""*""#)], [], []),
    ([deny(plain, resource: #""arn:aws:s3:::acme-*""#)], [], []),
    (
      [deny(plain, resource: #""\#(bucket)""#), deny(plain, resource: #""\#(bucket)/*""#)], [], []
    ),
    ([], ["log files", "other objects", "the bucket itself"], []),
    ([deny(plain, resource: #""\#(bucket)/*""#)], ["the bucket itself"], []),
    ([deny(plain, resource: #""\#(bucket)""#)], ["log files", "other objects"], []),
    (
      [deny(plain, resource: #"["\#(bucket)","\#(bucket)/AWSLogs/*"]"#)], ["other objects"], []
    ),
    (
      [deny(plain, action: #"["s3:Get*","s3:List*"]"#)],
      [
        "s3:PutObject of log files", "s3:PutObject of other objects",
        "s3:PutBucketPolicy of the bucket itself",
      ], []
    ),
    (
      [deny(plain, principal: #""Principal":{"AWS":"arn:aws:iam::111122223333:root"}"#)],
      ["log files", "other objects", "the bucket itself"], []
    ),
    (
      [deny(plain, principal: #""NotPrincipal":{"AWS":"arn:aws:iam::111122223333:role/old"}"#)],
      ["log files", "other objects", "the bucket itself"], []
    ),
    (
      [deny(plain + #","StringNotEquals":{"aws:PrincipalArn":"arn:aws:iam::1:role/x"}"#)],
      ["log files", "other objects", "the bucket itself"], []
    ),
    (
      [deny(#""Bool":{"aws:SecureTransport":"true"}"#)],
      ["log files", "other objects", "the bucket itself"], []
    ),
    (
      [deny(#""NumericLessThan":{"s3:TlsVersion":"1.2"}"#)],
      ["log files", "other objects", "the bucket itself"], []
    ),
    (
      [deny(#""StringLike":{"aws:SecureTransport":"${x}"}"#)], [],
      ["log files", "other objects", "the bucket itself"]
    ),
  ])
  func `plain http, in the ways that people refuse it`(
    _ statements: [String], _ open: [String], _ unsure: [String]
  ) throws {
    let gaps = try Self.policy(statements).plainHTTPGaps(try Self.writer(), at: three)
    #expect(gaps.open == open)
    #expect(gaps.unsure == unsure)
  }

  static func allow(_ condition: String, principal: String = #""Principal":"*""#) -> String {
    """
    {"Effect":"Allow",\(principal),"Action":"s3:GetObject","Resource":"\(bucket)/*",
    "Condition":{\(condition)}}
    """
  }

  @Test(arguments: [
    ([allow("")], Holds.yes), ([allow("", principal: #""Principal":{"AWS":["*"]}"#)], .yes),
    ([allow("", principal: #""NotPrincipal":{"AWS":"arn:aws:iam::1:root"}"#)], .yes),
    ([allow("", principal: #""Principal":{"AWS":"arn:aws:iam::999988887777:root"}"#)], .no),
    ([allow("", principal: #""Principal":{"Service":"cloudtrail.amazonaws.com"}"#)], .no),
    ([allow(#""StringEquals":{"aws:PrincipalOrgID":"o-abcdefghij"}"#)], .no),
    ([allow(#""StringLike":{"aws:PrincipalOrgID":"*"}"#)], .yes),
    ([allow(#""StringLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/audit"}"#)], .yes),
    ([allow(#""ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/*"}"#)], .no),
    ([allow(#""StringEqualsIfExists":{"aws:PrincipalOrgID":"o-abcdefghij"}"#)], .yes),
    ([allow(#""IpAddress":{"aws:SourceIp":"203.0.113.0/24"}"#)], .no),
    ([allow(#""IpAddress":{"aws:SourceIp":"0.0.0.0/0"}"#)], .yes),
    ([allow(#""NotIpAddress":{"aws:SourceIp":"203.0.113.0/24"}"#)], .yes),
    ([allow(#""StringEquals":{"aws:SourceVpce":"vpce-1"}"#)], .no),
    ([allow(#""Bool":{"aws:SecureTransport":"true"}"#)], .yes),
    ([allow(#""StringLike":{"aws:Referer":"https://example.org/*"}"#)], .yes),
    ([allow(#""StringEquals":{"aws:NewKey":"x"}"#)], .unknown),
    (
      [
        allow(""),
        deny(#""StringNotEquals":{"aws:PrincipalOrgID":"o-abcdefghij"}"#),
      ], .no
    ),
    ([allow(""), deny(plain)], .yes),
    ([allow(""), deny("")], .no),
  ])
  func `public is what a stranger may do`(_ statements: [String], _ wanted: Holds) throws {
    let seen = try Self.policy(statements).openToStrangers(try Self.writer(), at: three)
    #expect(seen.open == (wanted == .yes ? ["s3:GetObject"] : []))
    #expect(seen.maybe == (wanted == .unknown ? ["s3:GetObject"] : []))
  }

  static func mayErase(_ principal: String, _ action: String = "s3:Delete*") -> String {
    #"{"Sid":"X","Effect":"Allow","Principal":\#(principal),"Action":"\#(action)","Resource":"*"}"#
  }

  @Test(arguments: [
    (
      [mayErase(#"{"AWS":"arn:aws:iam::999988887777:role/cleaner"}"#)],
      ["arn:aws:iam::999988887777:role/cleaner"]
    ),
    ([mayErase(#"{"AWS":"arn:aws:iam::111122223333:root"}"#)], []),
    (
      [mayErase(#"{"AWS":["111122223333","arn:aws:iam::111122223333:user/ana"]}"#)],
      ["arn:aws:iam::111122223333:user/ana"]
    ),
    ([mayErase(#""*""#, "s3:PutLifecycleConfiguration")], ["*"]),
    ([mayErase(#"{"AWS":"arn:aws:iam::999988887777:role/reader"}"#, "s3:Get*")], []),
    ([mayErase(#"{"Service":"logging.s3.amazonaws.com"}"#, "s3:*")], ["logging.s3.amazonaws.com"]),
    (
      [
        mayErase(#"{"AWS":"arn:aws:iam::999988887777:role/x"}"#, "s3:DeleteObject"),
        deny("", action: #""s3:DeleteObject""#),
      ], []
    ),
  ])
  func `who may erase`(_ statements: [String], _ wanted: [String]) throws {
    let grants = try Self.policy(statements).erasers(
      try Self.writer(), at: three, owner: "111122223333")
    #expect(Set(grants.flatMap(\.principals)) == Set(wanted))
  }

  @Test func `an organization's members need a path of their own`() throws {
    var writer = try Self.writer()
    writer.isOrganization = true
    let source = #""StringEquals":{"aws:SourceArn":"\#(Self.trail)"}"#
    let path = writer.object(in: "o-abcdefghij", at: three)
    let one = try Self.policy([Self.write(source)])
    #expect(one.allows(writer.write(of: path)) == .no)
    let both = try Self.policy([
      Self.write(source),
      Self.write(source).replacing("AWSLogs/111122223333/", with: "AWSLogs/o-abcdefghij/"),
    ])
    #expect(both.allows(writer.write(of: path)) == .yes)
    #expect(both.allows(writer.write(of: writer.object(in: nil, at: three))) == .yes)
  }

  @Test func `an organization's id counts where it is known`() throws {
    var writer = try Self.writer()
    let policy = try Self.policy([
      Self.write(#""StringEquals":{"aws:SourceOrgID":"o-abcdefghij"}"#)
    ])
    let path = writer.object(in: nil, at: three)
    #expect(policy.allows(writer.write(of: path)) == .unknown)
    writer.organizationID = "o-abcdefghij"
    #expect(policy.allows(writer.write(of: path)) == .yes)
    #expect(policy.allowsForeignTrail(writer, at: three) == .no)
    writer.organizationID = "o-zzzzzzzzzz"
    #expect(policy.allows(writer.write(of: path)) == .no)
  }

  @Test func `an ARN's parts are compared one by one`() throws {
    let wide = try Self.policy([
      Self.write(#""ArnLike":{"aws:SourceArn":"arn:aws:cloudtrail:*:trail/use1"}"#)
    ])
    let writer = try Self.writer()
    #expect(wide.refuses(writer, at: three) == .yes)
  }
}
