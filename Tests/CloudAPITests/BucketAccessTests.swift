import Testing
import Transfer

@testable import CloudAPI

@Suite struct BucketAccessTests {
  static let block = BucketSettingTests.xml(
    "PublicAccessBlockConfiguration",
    "<BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>false</IgnorePublicAcls>"
      + "<BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>false</RestrictPublicBuckets>"
  )
  static let halves = PublicAccessBlock(
    blockPublicACLs: true, ignorePublicACLs: false, blockPublicPolicy: true,
    restrictPublicBuckets: false)

  @Test func theBucketsSwitches() async throws {
    let account = FakeAccount(FakeHTTP([Self.block]))
    #expect(
      try await account.client.publicAccessBlock(bucket: "logs", region: "eu-west-1")
        == Self.halves)
    #expect(
      account.http.requests.first?.url
        == "https://logs.s3.eu-west-1.amazonaws.com/?publicAccessBlock=")
    #expect(account.calls.all == ["s3:GetPublicAccessBlock:eu-west-1"])
  }

  @Test func theAccountsSwitches() async throws {
    let account = FakeAccount(FakeHTTP([Self.block]))
    #expect(
      try await account.client.publicAccessBlock(account: "111122223333", region: "eu-west-1")
        == Self.halves)
    let request = try #require(account.http.requests.first)
    #expect(
      request.url
        == "https://111122223333.s3-control.eu-west-1.amazonaws.com/v20180820/configuration/publicAccessBlock"
    )
    #expect(request.header("x-amz-account-id") == "111122223333")
    let signature = request.header("Authorization") ?? ""
    #expect(signature.contains("/eu-west-1/s3/aws4_request"))
    #expect(signature.contains("x-amz-account-id"))
    #expect(account.calls.all == ["s3:GetAccountPublicAccessBlock:eu-west-1"])
  }

  @Test func anOverrideIsAskedByPath() async throws {
    let access = AWSAccess(endpoint: "http://127.0.0.1:5000", environment: FakeAccount.keys)
    let account = FakeAccount(FakeHTTP([Self.block]), access: access)
    _ = try await account.client.publicAccessBlock(account: "111122223333", region: "eu-west-1")
    #expect(
      account.http.requests.first?.url
        == "http://127.0.0.1:5000/v20180820/configuration/publicAccessBlock")
  }

  @Test func theAccountsSwitchesMayBeUnset() async throws {
    let none = FakeAccount(
      FakeHTTP([
        .xml(
          "<ErrorResponse><Error><Type>Sender</Type><Code>NoSuchPublicAccessBlockConfiguration"
            + "</Code><Message>no</Message></Error></ErrorResponse>", status: 404)
      ]))
    #expect(
      try await none.client.publicAccessBlock(account: "111122223333", region: "eu-west-1") == nil)
  }

  @Test func theACL() async throws {
    let body = BucketSettingTests.xml(
      "AccessControlPolicy",
      """
      <Owner><ID>me</ID></Owner><AccessControlList>
      <Grant><Grantee xmlns:xsi="x" xsi:type="CanonicalUser"><ID>me</ID></Grantee>
      <Permission>FULL_CONTROL</Permission></Grant>
      <Grant><Grantee xmlns:xsi="x" xsi:type="Group">
      <URI>http://acs.amazonaws.com/groups/global/AllUsers</URI></Grantee>
      <Permission>READ</Permission></Grant></AccessControlList>
      """)
    let client = FakeAccount(FakeHTTP([body])).client
    #expect(
      try await client.bucketACL(bucket: "logs", region: "eu-west-1")
        == BucketACL(
          owner: "me", grants: [.init(.user("me"), "FULL_CONTROL"), .init(.everybody, "READ")]))
  }

  @Test func ownership() async throws {
    let rule = "<Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule>"
    let client = FakeAccount(
      FakeHTTP([BucketSettingTests.xml("OwnershipControls", rule)])
    ).client
    #expect(
      try await client.bucketOwnership(bucket: "logs", region: "eu-west-1")
        == "BucketOwnerEnforced")
  }

  @Test func anotherOwnerIsToldByARefusal() async throws {
    let acl = BucketSettingTests.xml(
      "AccessControlPolicy", "<Owner><ID>me</ID></Owner><AccessControlList/>")
    let own = FakeAccount(FakeHTTP([acl]))
    #expect(
      try await own.client.bucket("logs", isOwnedBy: "111122223333", region: "eu-west-1"))
    #expect(
      own.http.requests.first?.header("x-amz-expected-bucket-owner") == "111122223333")
    let other = FakeAccount(FakeHTTP([BucketSettingTests.refusal("AccessDenied", 403)]))
    #expect(
      try await !other.client.bucket("logs", isOwnedBy: "111122223333", region: "eu-west-1"))
    let broken = FakeAccount(FakeHTTP([.xml("<a>")]))
    await #expect(throws: AWSError.self) {
      try await broken.client.bucket("logs", isOwnedBy: "111122223333", region: "eu-west-1")
    }
  }

  @Test(arguments: [
    ("s3", "GetBucketEncryption", "s3:GetEncryptionConfiguration"),
    ("s3", "GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock"),
    ("s3", "GetAccountPublicAccessBlock", "s3:GetAccountPublicAccessBlock"),
    ("s3", "GetBucketAcl", "s3:GetBucketAcl"), ("s3", "HeadBucket", "s3:ListBucket"),
    ("kms", "GetKeyPolicy", "kms:GetKeyPolicy"),
  ])
  func actionsThatAllowCalls(_ service: String, _ operation: String, _ action: String) {
    #expect(IAMAction.allowing(service, operation) == action)
  }
}
