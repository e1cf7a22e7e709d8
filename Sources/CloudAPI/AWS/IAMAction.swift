/// The IAM action that allows a call. Most bear the call's own name; S3's often do not (Service
/// Authorization Reference, "Actions, resources, and condition keys for Amazon S3").
public enum IAMAction {
  /// - Parameters: service and operation, as ``AWSClient/OnCall`` is told of them.
  public static func allowing(_ service: String, _ operation: String) -> String {
    let name = service == "s3" ? s3[operation] ?? operation : operation
    return "\(service):\(name)"
  }

  private static let s3 = [
    "HeadBucket": "ListBucket", "ListObjectsV2": "ListBucket",
    "GetBucketEncryption": "GetEncryptionConfiguration",
    "GetBucketLifecycleConfiguration": "GetLifecycleConfiguration",
    "GetBucketReplication": "GetReplicationConfiguration",
    "GetObjectLockConfiguration": "GetBucketObjectLockConfiguration",
    "GetPublicAccessBlock": "GetBucketPublicAccessBlock",
  ]
}
