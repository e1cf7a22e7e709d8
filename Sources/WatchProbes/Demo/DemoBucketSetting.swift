/// A setting of a bucket that S3 answers: `?policy`, `?versioning` …
struct DemoBucketSetting: Sendable {
  /// As it stands in the query, and in `demo-data/pipelines`.
  var name: String
  var operation: String
  /// The element that holds it; nil for a policy, which is JSON.
  var root: String?
  /// What S3 answers where it was never set: 404 with this code; nil: an empty element.
  var missing: String?

  static let all = [
    DemoBucketSetting("policy", "GetBucketPolicy", nil, "NoSuchBucketPolicy"),
    DemoBucketSetting(
      "policyStatus", "GetBucketPolicyStatus", "PolicyStatus", "NoSuchBucketPolicy"),
    DemoBucketSetting("acl", "GetBucketAcl", "AccessControlPolicy", nil),
    DemoBucketSetting("versioning", "GetBucketVersioning", "VersioningConfiguration", nil),
    DemoBucketSetting(
      "publicAccessBlock", "GetPublicAccessBlock", "PublicAccessBlockConfiguration",
      "NoSuchPublicAccessBlockConfiguration"),
    DemoBucketSetting(
      "object-lock", "GetObjectLockConfiguration", "ObjectLockConfiguration",
      "ObjectLockConfigurationNotFoundError"),
    DemoBucketSetting(
      "lifecycle", "GetBucketLifecycleConfiguration", "LifecycleConfiguration",
      "NoSuchLifecycleConfiguration"),
    DemoBucketSetting(
      "encryption", "GetBucketEncryption", "ServerSideEncryptionConfiguration",
      "ServerSideEncryptionConfigurationNotFoundError"),
    DemoBucketSetting("logging", "GetBucketLogging", "BucketLoggingStatus", nil),
    DemoBucketSetting(
      "ownershipControls", "GetBucketOwnershipControls", "OwnershipControls",
      "OwnershipControlsNotFoundError"),
    DemoBucketSetting(
      "requestPayment", "GetBucketRequestPayment", "RequestPaymentConfiguration", nil),
    DemoBucketSetting(
      "replication", "GetBucketReplication", "ReplicationConfiguration",
      "ReplicationConfigurationNotFoundError"),
    DemoBucketSetting(
      "notification", "GetBucketNotificationConfiguration", "NotificationConfiguration", nil),
    DemoBucketSetting("tagging", "GetBucketTagging", "Tagging", "NoSuchTagSet"),
    DemoBucketSetting("location", "GetBucketLocation", "LocationConstraint", nil),
  ]

  static func named(_ words: some Sequence<String>) -> DemoBucketSetting? {
    let words = Set(words)
    return all.first { words.contains($0.name) }
  }

  private init(_ name: String, _ operation: String, _ root: String?, _ missing: String?) {
    self.name = name
    self.operation = operation
    self.root = root
    self.missing = missing
  }
}
