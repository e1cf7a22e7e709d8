/// The IAM action that allows a call. Most bear the call's own name; S3's often do not (Service
/// Authorization Reference, "Actions, resources, and condition keys for Amazon S3").
public enum IAMAction {
  /// - Parameters: service and operation, as ``AWSClient/OnCall`` is told of them.
  public static func allowing(_ service: String, _ operation: String) -> String {
    switch service {
    case "s3": "s3:\(s3[operation] ?? operation)"
    // One action allows a call and the same call for many.
    case "sqs" where operation.hasSuffix("Batch"): "sqs:\(operation.dropLast(5))"
    default: "\(service):\(operation)"
    }
  }

  private static let s3 = [
    "HeadBucket": "ListBucket", "HeadObject": "GetObject", "ListBuckets": "ListAllMyBuckets",
    "ListObjectVersions": "ListBucketVersions", "ListObjects": "ListBucket",
    "ListObjectsV2": "ListBucket",
    "GetBucketAccelerateConfiguration": "GetAccelerateConfiguration",
    "GetBucketEncryption": "GetEncryptionConfiguration",
    "GetBucketLifecycleConfiguration": "GetLifecycleConfiguration",
    "GetBucketNotificationConfiguration": "GetBucketNotification",
    "GetBucketReplication": "GetReplicationConfiguration",
    "GetObjectLockConfiguration": "GetBucketObjectLockConfiguration",
    "GetPublicAccessBlock": "GetBucketPublicAccessBlock",
  ]
}
