import Foundation
import Testing
import Transfer

@testable import CloudAPI

/// Set, not set, denied, and not to be read: four answers, never taken for each other.
@Suite struct BucketSettingTests {
  static func client(_ answer: FakeHTTP.Answer) -> AWSClient {
    FakeAccount(FakeHTTP([answer])).client
  }

  static func xml(_ name: String, _ inside: String) -> FakeHTTP.Answer {
    .xml(
      "<?xml version=\"1.0\"?><\(name) xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
        + "\(inside)</\(name)>")
  }

  static func refusal(_ code: String, _ status: Int = 404) -> FakeHTTP.Answer {
    .xml("<Error><Code>\(code)</Code><Message>no</Message></Error>", status: status)
  }

  /// Every call, reduced to whether it gives something, nothing, or which error.
  static let calls: [String: @Sendable (AWSClient) async throws -> Bool] = [
    "versioning": {
      _ = try await $0.bucketVersioning(bucket: "logs", region: "eu-west-1"); return true
    },
    "encryption": { try await $0.bucketEncryption(bucket: "logs", region: "eu-west-1") != nil },
    "lifecycle": { try await $0.bucketLifecycle(bucket: "logs", region: "eu-west-1") != nil },
    "object-lock": { try await $0.objectLock(bucket: "logs", region: "eu-west-1") != nil },
    "logging": { try await $0.bucketLogging(bucket: "logs", region: "eu-west-1") != nil },
    "replication": { try await $0.bucketReplication(bucket: "logs", region: "eu-west-1") != nil },
    "publicAccessBlock": {
      try await $0.publicAccessBlock(bucket: "logs", region: "eu-west-1") != nil
    },
    "account": {
      try await $0.publicAccessBlock(account: "111122223333", region: "eu-west-1") != nil
    },
    "policyStatus": { try await $0.policyIsPublic(bucket: "logs", region: "eu-west-1") != nil },
    "acl": {
      _ = try await $0.bucketACL(bucket: "logs", region: "eu-west-1"); return true
    },
    "ownershipControls": {
      try await $0.bucketOwnership(bucket: "logs", region: "eu-west-1") != nil
    },
  ]

  @Test(arguments: calls.keys.sorted())
  func deniedIsAnErrorAndNeverUnset(_ name: String) async throws {
    let call = try #require(Self.calls[name])
    let error = await #expect(throws: AWSError.self) {
      _ = try await call(Self.client(Self.refusal("AccessDenied", 403)))
    }
    guard case .denied = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  static let unreadable: [FakeHTTP.Answer] = [
    .xml("<html><body>Sign in</body></html>"), .xml(""), .xml("<a><b></a>"), .json("{}"),
    xml("Error", "<Code>InternalError</Code>"), xml("Something", "<Else>1</Else>"),
    xml("Something", ""),
  ]

  @Test(arguments: calls.keys.sorted())
  func whatCannotBeReadIsAnErrorAndNeverUnset(_ name: String) async throws {
    let call = try #require(Self.calls[name])
    for answer in Self.unreadable {
      let error = await #expect(throws: AWSError.self, "\(name): \(answer)") {
        _ = try await call(Self.client(answer))
      }
      guard case .unreadable = error else {
        Issue.record("\(name): \(String(describing: error))")
        continue
      }
    }
  }

  @Test(arguments: [
    ("encryption", "ServerSideEncryptionConfigurationNotFoundError"),
    ("lifecycle", "NoSuchLifecycleConfiguration"),
    ("object-lock", "ObjectLockConfigurationNotFoundError"),
    ("replication", "ReplicationConfigurationNotFoundError"),
    ("publicAccessBlock", "NoSuchPublicAccessBlockConfiguration"),
    ("policyStatus", "NoSuchBucketPolicy"), ("ownershipControls", "OwnershipControlsNotFoundError"),
  ])
  func unsetIsWhatS3Says(_ name: String, _ code: String) async throws {
    let call = try #require(Self.calls[name])
    #expect(try await !call(Self.client(Self.refusal(code))))
    await #expect(throws: AWSError.self) {
      _ = try await call(Self.client(Self.refusal("NoSuchBucket")))
    }
  }

  @Test(arguments: [
    ("VersioningConfiguration", "", BucketVersioning(status: .never)),
    ("GetBucketVersioningResponse", "", BucketVersioning(status: .never)),
    (
      "VersioningConfiguration", "<Status>Enabled</Status>", BucketVersioning(status: .enabled)
    ),
    (
      "GetBucketVersioningResponse",
      "<Status>Suspended</Status><MfaDelete>Disabled</MfaDelete>",
      BucketVersioning(status: .suspended, mfaDelete: false)
    ),
    (
      "VersioningConfiguration", "<Status>Enabled</Status><MfaDelete>Enabled</MfaDelete>",
      BucketVersioning(status: .enabled, mfaDelete: true)
    ),
  ])
  func versioning(_ root: String, _ inside: String, _ wanted: BucketVersioning) async throws {
    let client = Self.client(Self.xml(root, inside))
    #expect(try await client.bucketVersioning(bucket: "logs", region: "eu-west-1") == wanted)
  }

  @Test(arguments: ["<Status>on</Status>", "<Status/>", "<MfaDelete>Enabled</MfaDelete>"])
  func anUnknownVersioningIsNone(_ inside: String) async {
    let client = Self.client(Self.xml("VersioningConfiguration", inside))
    await #expect(throws: AWSError.self) {
      try await client.bucketVersioning(bucket: "logs", region: "eu-west-1")
    }
  }

  @Test func encryption() async throws {
    let client = Self.client(
      Self.xml(
        "ServerSideEncryptionConfiguration",
        "<Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm>"
          + "<KMSMasterKeyID>arn:k</KMSMasterKeyID></ApplyServerSideEncryptionByDefault>"
          + "<BucketKeyEnabled>true</BucketKeyEnabled></Rule>"))
    #expect(
      try await client.bucketEncryption(bucket: "logs", region: "eu-west-1")
        == BucketEncryption(algorithm: "aws:kms", keyID: "arn:k", usesBucketKey: true))
  }

  @Test func lifecycleInBothOfItsForms() async throws {
    let rules = """
      <Rule><ID>new</ID><Filter><And><Prefix>AWSLogs/</Prefix><Tag><Key>a</Key><Value>b</Value></Tag>
      <ObjectSizeGreaterThan>5</ObjectSizeGreaterThan></And></Filter><Status>Enabled</Status>
      <Expiration><Days>2555</Days></Expiration><NoncurrentVersionExpiration><NoncurrentDays>30
      </NoncurrentDays></NoncurrentVersionExpiration><Transition><Days>90</Days><StorageClass>GLACIER
      </StorageClass></Transition></Rule>
      <Rule><Prefix>old/</Prefix><Status>Disabled</Status>
      <Expiration><Date>2026-12-01T00:00:00.000Z</Date></Expiration></Rule>
      <Rule><Filter/><Status>Enabled</Status>
      <Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration></Rule>
      """.replacing("\n", with: "")
    let client = Self.client(Self.xml("LifecycleConfiguration", rules))
    let seen = try await client.bucketLifecycle(bucket: "logs", region: "eu-west-1")
    #expect(
      seen == [
        LifecycleRule(
          id: "new", prefix: "AWSLogs/", tags: ["a": "b"], largerThan: 5, expireDays: 2555,
          noncurrentDays: 30, moves: [.init(storageClass: "GLACIER", days: 90)]),
        LifecycleRule(
          isEnabled: false, prefix: "old/", expireAt: Date(timeIntervalSince1970: 1_796_083_200)),
        LifecycleRule(),
      ])
  }

  @Test(arguments: [
    "<Rule><Status>Maybe</Status></Rule>", "<Rule/>",
    "<Rule><Status>Enabled</Status><Expiration><Days>-1</Days></Expiration></Rule>",
    "<Rule><Status>Enabled</Status><Expiration><Days>9999999999999999999999</Days></Expiration></Rule>",
    "<Rule><Status>Enabled</Status><Expiration/></Rule>",
    "<Rule><Status>Enabled</Status><NoncurrentVersionExpiration/></Rule>",
    "<Rule><Status>Enabled</Status><Expiration><Date>soon</Date></Expiration></Rule>",
  ])
  func aBrokenRuleMakesTheLifecycleUnreadable(_ rule: String) async {
    let client = Self.client(Self.xml("LifecycleConfiguration", rule))
    await #expect(throws: AWSError.self) {
      try await client.bucketLifecycle(bucket: "logs", region: "eu-west-1")
    }
  }

  @Test(arguments: [
    ("", ObjectLock()),
    (
      "<Rule><DefaultRetention><Mode>COMPLIANCE</Mode><Days>30</Days><Years>0</Years></DefaultRetention></Rule>",
      ObjectLock(retention: .init(mode: .compliance, days: 30))
    ),
    (
      "<Rule><DefaultRetention><Mode>GOVERNANCE</Mode><Years>7</Years></DefaultRetention></Rule>",
      ObjectLock(retention: .init(mode: .governance, years: 7))
    ),
  ])
  func objectLock(_ rule: String, _ wanted: ObjectLock) async throws {
    let client = Self.client(
      Self.xml("ObjectLockConfiguration", "<ObjectLockEnabled>Enabled</ObjectLockEnabled>\(rule)"))
    #expect(try await client.objectLock(bucket: "logs", region: "eu-west-1") == wanted)
  }

  @Test func logging() async throws {
    let off = Self.client(Self.xml("BucketLoggingStatus", ""))
    #expect(try await off.bucketLogging(bucket: "logs", region: "eu-west-1") == nil)
    let on = Self.client(
      Self.xml(
        "BucketLoggingStatus",
        "<LoggingEnabled><TargetBucket>t</TargetBucket><TargetPrefix>p/</TargetPrefix></LoggingEnabled>"
      ))
    #expect(
      try await on.bucketLogging(bucket: "logs", region: "eu-west-1")
        == BucketLogging(targetBucket: "t", targetPrefix: "p/"))
  }

  @Test func replication() async throws {
    let client = Self.client(
      Self.xml(
        "ReplicationConfiguration",
        "<Role>r</Role><Rule><ID>x</ID><Status>Enabled</Status><Destination><Bucket>arn:aws:s3:::b"
          + "</Bucket></Destination></Rule>"))
    #expect(
      try await client.bucketReplication(bucket: "logs", region: "eu-west-1")
        == [ReplicationRule(id: "x", isEnabled: true, destination: "arn:aws:s3:::b")])
  }

  @Test(arguments: [("TRUE", true), ("false", false)])
  func policyStatus(_ text: String, _ wanted: Bool) async throws {
    let client = Self.client(Self.xml("PolicyStatus", "<IsPublic>\(text)</IsPublic>"))
    #expect(try await client.policyIsPublic(bucket: "logs", region: "eu-west-1") == wanted)
  }
}
