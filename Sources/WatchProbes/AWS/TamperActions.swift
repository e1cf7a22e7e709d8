/// The API actions that change a trail or its bucket (facts from AWS's API models; S3 records some
/// calls under another name than the API's).
enum TamperActions {
  static let trail: Set<String> = [
    "StopLogging", "StartLogging", "DeleteTrail", "CreateTrail", "UpdateTrail",
    "PutEventSelectors", "PutInsightSelectors", "PutEventConfiguration",
  ]

  static let bucket: Set<String> = [
    "PutBucketPolicy", "DeleteBucketPolicy", "DeleteBucket", "PutBucketAcl",
    "PutBucketOwnershipControls", "PutBucketEncryption", "DeleteBucketEncryption",
    "PutBucketLifecycle", "PutBucketLifecycleConfiguration", "DeleteBucketLifecycle",
    "PutBucketPublicAccessBlock", "DeleteBucketPublicAccessBlock", "PutBucketVersioning",
    "PutBucketRequestPayment", "PutBucketReplication", "DeleteBucketReplication",
    "PutBucketLogging", "PutBucketObjectLockConfiguration",
  ]

  /// Asked for by name, one call each and region, where there were too many events to read them
  /// all: what stops, cuts or blocks delivery.
  static let urgent = [
    "StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors", "PutInsightSelectors",
    "StartLogging", "CreateTrail", "PutBucketPolicy", "DeleteBucketPolicy", "DeleteBucket",
    "PutBucketAcl", "PutBucketOwnershipControls", "PutBucketEncryption", "PutBucketLifecycle",
    "PutBucketLifecycleConfiguration", "PutBucketPublicAccessBlock",
    "DeleteBucketPublicAccessBlock",
  ]
}
