extension AuditedAccount {
  /// Answers of the JSON services, by operation. One that is not here answers `{}`.
  func jsonAnswer(_ operation: String) -> String {
    if mood == .isEmpty { return Self.empty[operation] ?? "{}" }
    switch operation {
    case "DescribeTrails": return #"{"trailList":[\#(trail)]}"#
    case "GetTrail": return #"{"Trail":\#(trail)}"#
    default: return Self.answers[operation] ?? "{}"
    }
  }

  private var trail: String {
    """
    {"Name":"org-trail","S3BucketName":"\(Self.bucket)","S3KeyPrefix":"audit",
    "SnsTopicARN":"\(Self.topic)","IncludeGlobalServiceEvents":true,"IsMultiRegionTrail":true,
    "HomeRegion":"us-east-1","TrailARN":"\(Self.trail)","LogFileValidationEnabled":true,
    "CloudWatchLogsLogGroupArn":"\(Self.group):*","CloudWatchLogsRoleArn":"\(Self.role)",
    "KmsKeyId":"\(Self.key)","HasCustomEventSelectors":true,"HasInsightSelectors":true,
    "IsOrganizationTrail":\(mood == .organization)}
    """
  }

  private static let empty: [String: String] = [
    "DescribeTrails": #"{"trailList":[]}"#,
    "GetTrailStatus": #"{"IsLogging":false}"#,
    "GetEventSelectors": #"{"TrailARN":"\#(trail)","EventSelectors":[]}"#,
    "LookupEvents": #"{"Events":[]}"#,
    "DescribeLogGroups": #"{"logGroups":[]}"#,
    "FilterLogEvents": #"{"events":[]}"#,
    "DescribeMetricFilters": #"{"metricFilters":[]}"#,
    "DescribeAlarms": #"{"MetricAlarms":[]}"#,
    "ListRules": #"{"Rules":[]}"#,
  ]

  private static let answers: [String: String] = [
    "GetTrailStatus": """
    {"IsLogging":true,"LatestDeliveryTime":1795143400,"StartLoggingTime":1790000000,
    "LatestDigestDeliveryTime":1795142000,"LatestCloudWatchLogsDeliveryTime":1795143500}
    """,
    "GetEventSelectors": """
    {"TrailARN":"\(trail)","EventSelectors":[{"ReadWriteType":"All","IncludeManagementEvents":true,
    "DataResources":[]}]}
    """,
    "DescribeOrganization": """
    {"Organization":{"Id":"o-abcdefghij","Arn":"arn:aws:organizations::\(id):organization/o-abcdefghij",
    "FeatureSet":"ALL","MasterAccountId":"\(id)"}}
    """,
    "GetInsightSelectors":
      #"{"TrailARN":"\#(trail)","InsightSelectors":[{"InsightType":"ApiCallRateInsight"}]}"#,
    "ListTags":
      #"{"ResourceTagList":[{"ResourceId":"\#(trail)","TagsList":[{"Key":"a","Value":"b"}]}]}"#,
    "LookupEvents": #"{"Events":[]}"#,
    "DescribeLogGroups": """
    {"logGroups":[{"logGroupName":"org-trail-logs","arn":"\(group):*","creationTime":1700000000000,
    "retentionInDays":365,"storedBytes":1,"kmsKeyId":"\(key)","metricFilterCount":1}]}
    """,
    "DescribeLogStreams":
      #"{"logStreams":[{"logStreamName":"s","lastEventTimestamp":1795143400000}]}"#,
    "FilterLogEvents": """
    {"events":[{"logStreamName":"s","timestamp":1795143300000,"ingestionTime":1795143400000,
    "eventId":"e","message":"{}"}],"searchedLogStreams":[]}
    """,
    "DescribeMetricFilters": """
    {"metricFilters":[{"filterName":"tamper","logGroupName":"org-trail-logs",
    "filterPattern":"{ $.eventName = StopLogging }","creationTime":1700000000000,
    "metricTransformations":[{"metricName":"Tamper","metricNamespace":"Audit","metricValue":"1"}]}]}
    """,
    "DescribeSubscriptionFilters": #"{"subscriptionFilters":[]}"#,
    "DescribeResourcePolicies": #"{"resourcePolicies":[]}"#,
    "DescribeAlarms": alarms, "DescribeAlarmsForMetric": alarms,
    "ListRules": #"{"Rules":[\#(rule)]}"#, "DescribeRule": rule,
    "ListTargetsByRule": """
    {"Targets":[{"Id":"1","Arn":"\(queue)"},{"Id":"2","Arn":"\(topic)"}]}
    """,
    "DescribeKey": """
    {"KeyMetadata":{"KeyId":"0a1b2c3d-0000-4000-8000-0123456789ab","Arn":"\(key)",
    "AWSAccountId":"\(id)","Enabled":true,"KeyState":"Enabled","KeyManager":"CUSTOMER",
    "Origin":"AWS_KMS","KeyUsage":"ENCRYPT_DECRYPT","KeySpec":"SYMMETRIC_DEFAULT",
    "CreationDate":1700000000}}
    """,
    "GetKeyPolicy": #"{"Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[]}"}"#,
    "GetKeyRotationStatus": #"{"KeyRotationEnabled":true}"#,
    "ReceiveMessage": """
    {"Messages":[{"MessageId":"m","ReceiptHandle":"r","Body":"{}","MD5OfBody":"x"}]}
    """,
    "DeleteMessageBatch": #"{"Successful":[{"Id":"0"}],"Failed":[]}"#,
    "GetQueueAttributes": #"{"Attributes":{"QueueArn":"\#(queue)"}}"#,
  ]

  private static let alarms = """
    {"MetricAlarms":[{"AlarmName":"tamper","AlarmArn":"arn:aws:cloudwatch:us-east-1:\(id):alarm:tamper",
    "ActionsEnabled":true,"AlarmActions":["\(topic)"],"MetricName":"Tamper","Namespace":"Audit",
    "TreatMissingData":"notBreaching","StateValue":"OK","Statistic":"Sum","Period":60,
    "EvaluationPeriods":1,"Threshold":1,"ComparisonOperator":"GreaterThanOrEqualToThreshold"}],
    "CompositeAlarms":[]}
    """

  private static let rule = """
    {"Name":"tamper","Arn":"arn:aws:events:us-east-1:\(id):rule/tamper","State":"ENABLED",
    "EventBusName":"default",
    "EventPattern":"{\\"source\\":[\\"aws.cloudtrail\\"],\\"detail\\":{\\"eventName\\":[\\"StopLogging\\"]}}"}
    """
}
