import CloudAPI
import Testing
import WatchCore

@testable import WatchProbes

struct KeyPolicyTests {
  static let key = "arn:aws:kms:us-east-1:111122223333:key/k"
  static let root =
    #"{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"}"#

  static func service(_ condition: String, action: String = "kms:GenerateDataKey*") -> String {
    """
    {"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"\(action)",
    "Resource":"*","Condition":{\(condition)}}
    """
  }

  static let context =
    #""StringLike":{"kms:EncryptionContext:aws:cloudtrail:arn":"arn:aws:cloudtrail:*:111122223333:trail/*"}"#
  static let source =
    #""StringEquals":{"aws:SourceArn":"arn:aws:cloudtrail:us-east-1:111122223333:trail/use1"}"#

  @Test(arguments: [
    ([root], Holds.no), ([root, service("")], .yes), ([root, service(context)], .yes),
    ([service("\(source),\(context)")], .yes),
    ([service(context.replacing("111122223333", with: "999988887777"))], .no),
    ([service(source.replacing("use1", with: "old"))], .no),
    ([service("", action: "kms:Decrypt")], .no), ([service("", action: "kms:*")], .yes),
    ([service(#""StringEquals":{"kms:ViaService":"s3.us-east-1.amazonaws.com"}"#)], .unknown),
    (
      [
        service(""),
        #"{"Effect":"Deny","Principal":"*","Action":"kms:GenerateDataKey","Resource":"*"}"#,
      ], .no
    ),
  ])
  func `whether CloudTrail can encrypt with it`(_ statements: [String], _ wanted: Holds) throws {
    let policy = try PolicyMeaningTests.policy(statements)
    let trail = try #require(TrailARN(PolicyMeaningTests.trail))
    #expect(policy.allowsDataKey(trail, key: Self.key, .trail) == wanted)
  }

  @Test func `a bucket's default key is not asked for with the trail's context`() throws {
    let trail = try #require(TrailARN(PolicyMeaningTests.trail))
    let bound = try PolicyMeaningTests.policy([Self.service(Self.context)])
    #expect(bound.allowsDataKey(trail, key: Self.key, .bucket) == .no)
    let free = try PolicyMeaningTests.policy([Self.service(Self.source)])
    #expect(free.allowsDataKey(trail, key: Self.key, .bucket) == .yes)
  }

  @Test(arguments: [
    ([root], Holds.no),
    ([#"{"Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"*"}"#], .yes),
    (
      [
        #"{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"kms:*","Resource":"*","Condition":{"StringEquals":{"kms:CallerAccount":"111122223333"}}}"#
      ], .no
    ),
    ([#"{"Effect":"Allow","Principal":"*","Action":"kms:Decrypt","Resource":"*"}"#], .no),
  ])
  func `whether a stranger can end it`(_ statements: [String], _ wanted: Holds) throws {
    #expect(try PolicyMeaningTests.policy(statements).strangersEnd(key: Self.key) == wanted)
  }
}
