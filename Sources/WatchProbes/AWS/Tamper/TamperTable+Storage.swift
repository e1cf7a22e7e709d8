import WatchCore

/// Trail, bucket, key, role and log group: where records come from and where they are kept.
extension TamperTable {
  static let storage: [TamperAction] =
    rows("cloudtrail", .trail, .trail, trail) + rows("s3", .bucket, .bucket, bucket)
    + rows("kms", .key, .key, key) + rows("iam", .role, .role, role)
    + rows("logs", .group, .group, group)

  private static let trail: [Name] = [
    .now("StopLogging", .cuts), .now("DeleteTrail", .cuts),
    .now("UpdateTrail", TamperMeaning.trailUpdate),
    .now("PutEventSelectors", TamperMeaning.eventSelectors),
    .now("PutInsightSelectors", TamperMeaning.insightSelectors),
    .also("PutEventConfiguration", .changes), .now("StartLogging", .widens),
    .now("CreateTrail", .widens),
  ]

  private static let bucket: [Name] = [
    .now("PutBucketPolicy", TamperMeaning.bucketPolicy),
    .now("DeleteBucketPolicy", TamperMeaning.noBucketPolicy),
    .now("DeleteBucket", .cuts), .now("PutBucketLifecycle", TamperMeaning.lifecycle),
    .now("PutBucketLifecycleConfiguration", TamperMeaning.lifecycle),
    .also("DeleteBucketLifecycle", .widens("keeps objects for ever")),
    .now("PutBucketVersioning", TamperMeaning.versioning), .also("PutBucketEncryption", .changes),
    .also("DeleteBucketEncryption", .changes("back to the bucket's default encryption")),
    .now("PutBucketPublicAccessBlock", TamperMeaning.publicAccess),
    .also("PutPublicAccessBlock", TamperMeaning.publicAccess),
    .now("DeleteBucketPublicAccessBlock", .shrinks("public access is blocked no more")),
    .also("DeletePublicAccessBlock", .shrinks("public access is blocked no more")),
    .now("PutBucketAcl", TamperMeaning.bucketACL), .now("PutBucketOwnershipControls", .changes),
    .also("DeleteBucketOwnershipControls", .changes),
    .now("PutBucketObjectLockConfiguration", TamperMeaning.objectLock),
    .also("PutObjectLockConfiguration", TamperMeaning.objectLock),
    .also("PutObjectRetention", TamperMeaning.objectRetention),
    .also("PutObjectLegalHold", TamperMeaning.legalHold), .also("PutBucketReplication", .changes),
    .also("DeleteBucketReplication", .shrinks("no copy elsewhere any more")),
    .also("PutBucketLogging", TamperMeaning.accessLogging),
    .now("PutBucketRequestPayment", TamperMeaning.requestPayment),
    .also("PutBucketNotification", .changes),
    .also("PutBucketNotificationConfiguration", .changes),
    .also("DeleteObject", TamperMeaning.deletedObject),
    .also("DeleteObjects", .shrinks("objects deleted")),
  ]

  private static let key: [Name] = [
    .now("DisableKey", .cuts), .now("ScheduleKeyDeletion", TamperMeaning.keyDeletion),
    .now("PutKeyPolicy", TamperMeaning.keyPolicy), .now("DeleteImportedKeyMaterial", .cuts),
    .also("RevokeGrant", .changes), .also("RetireGrant", .changes),
    .also("DisableKeyRotation", .changes), .also("EnableKey", .widens),
    .also("CancelKeyDeletion", .widens("still disabled until EnableKey")),
  ]

  private static let role: [Name] = [
    .now("DeleteRole", .cuts), .now("DetachRolePolicy", TamperMeaning.detachedPolicy),
    .now("DeleteRolePolicy", TamperMeaning.deletedRolePolicy),
    .now("PutRolePolicy", TamperMeaning.rolePolicy),
    .also("AttachRolePolicy", TamperMeaning.attachedPolicy),
    .now("UpdateAssumeRolePolicy", TamperMeaning.roleTrust),
    .now("PutRolePermissionsBoundary", TamperMeaning.boundary),
    .also("DeleteRolePermissionsBoundary", .widens),
  ]

  private static let group: [Name] = [
    .now("DeleteLogGroup", .cuts), .now("DeleteLogStream", .shrinks("records deleted")),
    .now("PutRetentionPolicy", TamperMeaning.retention), .also("DeleteRetentionPolicy", .widens),
    .also("DisassociateKmsKey", .changes), .also("AssociateKmsKey", .changes),
    .now("PutDataProtectionPolicy", .shrinks("fields are masked")),
    .also("DeleteDataProtectionPolicy", .widens("fields are masked no more")),
    .also("PutTransformer", .changes("events are transformed")),
    .also("DeleteTransformer", .widens),
    .also("PutLogGroupDeletionProtection", TamperMeaning.deletionProtection),
    .also("PutSubscriptionFilter", .changes),
    .now("DeleteSubscriptionFilter", .cuts("nothing is passed on from the group")),
  ]
}
