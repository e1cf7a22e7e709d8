/// Who may reach a bucket. Nil is S3's own word that a thing is not set.
extension AWSClient {
  /// GetPublicAccessBlock of a bucket. IAM: `s3:GetBucketPublicAccessBlock`.
  public func publicAccessBlock(
    bucket: String, region: String
  ) async throws(AWSError) -> PublicAccessBlock? {
    let body = try await setting(
      "GetPublicAccessBlock", "publicAccessBlock", bucket, region, unset: Self.noBlock)
    return try body.map { (body) throws(AWSError) in try Self.block(body) }
  }

  /// S3 Control GetPublicAccessBlock: the account's switches, which hold for all of its buckets.
  /// Told to `onCall` by IAM's name, since the API has the call's name twice. IAM:
  /// `s3:GetAccountPublicAccessBlock`.
  /// - Parameter account: twelve digits.
  public func publicAccessBlock(
    account: String, region: String
  ) async throws(AWSError) -> PublicAccessBlock? {
    var call = AWSCall(
      service: .s3Control, operation: "GetAccountPublicAccessBlock", region: region)
    call.method = "GET"
    call.path = "/v20180820/configuration/publicAccessBlock"
    call.headers = [.init("x-amz-account-id", account)]
    call.accountLabel = account
    let answer: AWSAnswer
    do {
      answer = try await self.answer(to: call)
    } catch .service(let error) where error.code == Self.noBlock {
      return nil
    }
    return try Self.block(XMLMembers(answer: answer, node: try answer.xml()))
  }

  /// GetBucketPolicyStatus: whether S3 takes the bucket's policy for public; nil without a policy.
  /// IAM: `s3:GetBucketPolicyStatus`.
  public func policyIsPublic(bucket: String, region: String) async throws(AWSError) -> Bool? {
    let body = try await setting(
      "GetBucketPolicyStatus", "policyStatus", bucket, region, unset: "NoSuchBucketPolicy")
    return try body.map { (body) throws(AWSError) in try body.needFlag("IsPublic") }
  }

  /// GetBucketAcl. IAM: `s3:GetBucketAcl`.
  public func bucketACL(bucket: String, region: String) async throws(AWSError) -> BucketACL {
    try BucketACL.read(try await setting("GetBucketAcl", "acl", bucket, region))
  }

  /// Whether a bucket that can be read is that account's: S3 refuses a call that expects another
  /// owner. Asked by GetBucketAcl, to be called only where ``bucketACL(bucket:region:)`` answers.
  /// IAM: `s3:GetBucketAcl`.
  public func bucket(
    _ bucket: String, isOwnedBy account: String, region: String
  ) async throws(AWSError) -> Bool {
    do {
      _ = try await setting("GetBucketAcl", "acl", bucket, region, expectedOwner: account)
      return true
    } catch .denied {
      return false
    }
  }

  /// GetBucketOwnershipControls: `BucketOwnerEnforced` (ACLs mean nothing), `BucketOwnerPreferred`,
  /// `ObjectWriter`; nil where not set. IAM: `s3:GetBucketOwnershipControls`.
  public func bucketOwnership(bucket: String, region: String) async throws(AWSError) -> String? {
    let body = try await setting(
      "GetBucketOwnershipControls", "ownershipControls", bucket, region,
      unset: "OwnershipControlsNotFoundError")
    guard let body else { return nil }
    guard let rule = body["Rule"] else { throw body.answer.unreadable("it has no rule") }
    return try rule.needWord(
      "ObjectOwnership", of: ["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"])
  }

  private static let noBlock = "NoSuchPublicAccessBlockConfiguration"

  private static func block(_ body: XMLMembers) throws(AWSError) -> PublicAccessBlock {
    PublicAccessBlock(
      blockPublicACLs: try body.needFlag("BlockPublicAcls"),
      ignorePublicACLs: try body.needFlag("IgnorePublicAcls"),
      blockPublicPolicy: try body.needFlag("BlockPublicPolicy"),
      restrictPublicBuckets: try body.needFlag("RestrictPublicBuckets"))
  }
}
