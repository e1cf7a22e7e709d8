/// What stops, cuts or falsifies audit records or the alarms on them, by the part that it is done to
/// (docs/failure-catalogue.md; IAM's names by the Service Authorization Reference: deleting a
/// bucket's encryption is s3:PutEncryptionConfiguration, and so on).
///
/// Left out is what IAM cannot narrow to a part of ours, and would shut for everybody's: see
/// ``unnamed``.
public enum GuardedActions {
  public static let trail = [
    "cloudtrail:DeleteTrail", "cloudtrail:PutEventConfiguration", "cloudtrail:PutEventSelectors",
    "cloudtrail:PutInsightSelectors", "cloudtrail:StopLogging", "cloudtrail:UpdateTrail",
  ]

  public static let bucket = [
    "s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:PutBucketAcl", "s3:PutBucketLogging",
    "s3:PutBucketNotification", "s3:PutBucketObjectLockConfiguration",
    "s3:PutBucketOwnershipControls", "s3:PutBucketPolicy", "s3:PutBucketPublicAccessBlock",
    "s3:PutBucketRequestPayment", "s3:PutBucketVersioning", "s3:PutEncryptionConfiguration",
    "s3:PutLifecycleConfiguration", "s3:PutReplicationConfiguration",
  ]

  /// CloudTrail itself writes as a service, which neither kind of policy holds back; lifecycle rules
  /// expire objects as S3 itself.
  public static let object = [
    "s3:BypassGovernanceRetention", "s3:DeleteObject", "s3:DeleteObjectVersion",
    "s3:PutObjectLegalHold", "s3:PutObjectRetention",
  ]

  public static let key = [
    "kms:DeleteImportedKeyMaterial", "kms:DisableKey", "kms:PutKeyPolicy", "kms:RetireGrant",
    "kms:RevokeGrant", "kms:ScheduleKeyDeletion",
  ]

  public static let role = [
    "iam:DeleteRole", "iam:DeleteRolePolicy", "iam:DetachRolePolicy",
    "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy",
  ]

  public static let group = [
    "logs:DeleteLogGroup", "logs:DeleteLogStream", "logs:DeleteMetricFilter",
    "logs:DeleteSubscriptionFilter", "logs:DisassociateKmsKey", "logs:PutDataProtectionPolicy",
    "logs:PutMetricFilter", "logs:PutRetentionPolicy", "logs:PutTransformer",
  ]

  public static let alarm = [
    "cloudwatch:DeleteAlarms", "cloudwatch:DisableAlarmActions", "cloudwatch:PutMetricAlarm",
    "cloudwatch:SetAlarmState",
  ]

  public static let rule = [
    "events:DeleteRule", "events:DisableRule", "events:PutRule", "events:PutTargets",
    "events:RemoveTargets",
  ]

  public static let topic = [
    "sns:AddPermission", "sns:DeleteTopic", "sns:RemovePermission", "sns:SetTopicAttributes",
  ]

  public static let queue = [
    "sqs:AddPermission", "sqs:DeleteQueue", "sqs:PurgeQueue", "sqs:RemovePermission",
    "sqs:SetQueueAttributes",
  ]

  /// Kin that no policy can keep to our parts: watched, and not guarded.
  public static let unnamed = [
    "sns:Unsubscribe", "sns:SetSubscriptionAttributes", "logs:PutAccountPolicy",
    "cloudtrail:DeregisterOrganizationDelegatedAdmin", "organizations:LeaveOrganization",
    "organizations:DisableAWSServiceAccess",
  ]
}
