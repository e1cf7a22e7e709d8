import CloudAPI

/// What IAM calls the operations of AWS's APIs, and what an action's permission can be narrowed to.
///
/// Source: Service Authorization Reference, "Actions, resources, and condition keys" of each service
/// (docs.aws.amazon.com/service-authorization), and for S3 "Required permissions for Amazon S3 API
/// operations". Which actions a watch needs is not said here: the probes declare it.
public enum ActionTable {
  /// Kinds of resource that a statement can name.
  public enum Level: String, Hashable, Sendable, CaseIterable {
    case trail, bucket, object, key, role, policy, group, topic, rule, queue
    /// The watch's own queue: what takes messages away is allowed on no other.
    case ownQueue
    /// Log groups as a list: the account's, not one.
    case groups
    /// There is no resource level: `*`.
    case none
  }

  /// The action that allows an operation, both with their service: `s3:ListObjectsV2` is allowed by
  /// `s3:ListBucket`. Nil where nothing needs to be allowed.
  public static func action(for operation: String) -> String? {
    if free.contains(operation) { return nil }
    let parts = operation.split(separator: ":", maxSplits: 1).map(String.init)
    return parts.count == 2 ? IAMAction.allowing(parts[0], parts[1]) : operation
  }

  /// STS answers who asks whatever his policies say (STS API Reference, GetCallerIdentity). SSO's
  /// keys are the sign-in's own.
  private static let free: Set<String> = ["sts:GetCallerIdentity", "portal.sso:GetRoleCredentials"]

  /// What reading with an action needs beside it: objects that are encrypted with a key are read by
  /// whoever may use the key (S3 User Guide, "Using server-side encryption with AWS KMS keys").
  static let implied: [String: String] = ["s3:GetObject": "kms:Decrypt"]

  public static func level(of action: String) -> Level? { levels[action] }

  private static let levels: [String: Level] = {
    var levels: [String: Level] = [:]
    for (level, actions) in byLevel {
      for action in actions { levels[action] = level }
    }
    return levels
  }()

  private static let byLevel: [(Level, [String])] = [
    (
      .trail,
      [
        "cloudtrail:GetTrail", "cloudtrail:GetTrailStatus", "cloudtrail:GetEventSelectors",
        "cloudtrail:GetInsightSelectors", "cloudtrail:GetEventConfiguration", "cloudtrail:ListTags",
      ]
    ),
    (
      .bucket,
      [
        "s3:ListBucket", "s3:ListBucketVersions", "s3:GetBucketPolicy", "s3:GetBucketPolicyStatus",
        "s3:GetBucketAcl", "s3:GetBucketOwnershipControls", "s3:GetBucketVersioning",
        "s3:GetBucketLogging", "s3:GetBucketLocation", "s3:GetBucketTagging",
        "s3:GetEncryptionConfiguration", "s3:GetLifecycleConfiguration",
        "s3:GetReplicationConfiguration", "s3:GetBucketPublicAccessBlock",
        "s3:GetBucketObjectLockConfiguration", "s3:GetBucketNotification",
        "s3:GetBucketRequestPayment", "s3:GetAccelerateConfiguration",
      ]
    ),
    (
      .object,
      [
        "s3:GetObject", "s3:GetObjectVersion", "s3:GetObjectAttributes", "s3:GetObjectRetention",
        "s3:GetObjectLegalHold", "s3:GetObjectTagging",
      ]
    ),
    (
      .key,
      [
        "kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListKeyPolicies",
        "kms:ListGrants", "kms:ListResourceTags", "kms:Decrypt",
      ]
    ),
    (
      .role,
      [
        "iam:GetRole", "iam:GetRolePolicy", "iam:ListRolePolicies", "iam:ListAttachedRolePolicies",
        "iam:ListRoleTags", "iam:SimulatePrincipalPolicy", "sts:AssumeRole",
      ]
    ),
    (.policy, ["iam:GetPolicy", "iam:GetPolicyVersion", "iam:ListPolicyVersions"]),
    (
      .group,
      [
        "logs:FilterLogEvents", "logs:GetLogEvents", "logs:DescribeLogStreams",
        "logs:DescribeMetricFilters", "logs:DescribeSubscriptionFilters",
        "logs:ListTagsForResource",
        "logs:ListTagsLogGroup", "logs:GetDataProtectionPolicy", "logs:GetTransformer",
        "logs:StartQuery",
      ]
    ),
    (.groups, ["logs:DescribeLogGroups"]),
    (
      .topic, ["sns:GetTopicAttributes", "sns:ListSubscriptionsByTopic", "sns:ListTagsForResource"]
    ),
    (.rule, ["events:DescribeRule", "events:ListTargetsByRule"]),
    (.ownQueue, ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"]),
    (.queue, ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ListQueueTags"]),
    (
      .none,
      [
        "cloudtrail:DescribeTrails", "cloudtrail:LookupEvents", "cloudtrail:ListTrails",
        "cloudtrail:ListPublicKeys", "cloudtrail:ListEventDataStores", "cloudtrail:ListChannels",
        "ec2:DescribeRegions", "account:ListRegions", "s3:ListAllMyBuckets",
        "s3:GetAccountPublicAccessBlock", "kms:ListAliases", "kms:ListKeys",
        "iam:ListAccountAliases", "iam:GetAccountSummary", "iam:ListRoles",
        "logs:DescribeResourcePolicies", "logs:DescribeAccountPolicies", "logs:GetQueryResults",
        // Asked for composite alarms too, and then it must be allowed on all (CloudWatch API
        // Reference, DescribeAlarms).
        "cloudwatch:DescribeAlarms", "cloudwatch:DescribeAlarmsForMetric",
        "cloudwatch:DescribeAlarmHistory", "cloudwatch:GetMetricData",
        "cloudwatch:GetMetricStatistics", "cloudwatch:ListMetrics", "events:ListRules",
        "events:ListEventBuses", "events:ListRuleNamesByTarget", "sns:ListTopics",
        "sns:ListSubscriptions", "sns:GetSubscriptionAttributes", "sqs:ListQueues",
        "organizations:DescribeOrganization", "organizations:ListAccounts",
        "organizations:ListDelegatedAdministrators",
        "organizations:ListAWSServiceAccessForOrganization",
      ]
    ),
  ]
}
