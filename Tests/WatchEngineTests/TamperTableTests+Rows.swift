/// What the table of actions comes to, row by row. Names are those that CloudTrail records.
extension TamperTableTests {
  static let rows: [Row] = storage + alerting

  private static let storage: [Row] = [
    Row("cloudtrail", "StopLogging", #"{"name":"use1"}"#, "aws.trail.stopped"),
    Row(
      "cloudtrail", "DeleteTrail",
      #"{"name":"arn:aws:cloudtrail:us-east-1:111122223333:trail/use1"}"#, "aws.trail.deleted"),
    Row(
      "cloudtrail", "UpdateTrail",
      #"{"name":"use1","isMultiRegionTrail":false,"includeGlobalServiceEvents":false}"#,
      "aws.trail.narrowed"),
    Row(
      "cloudtrail", "UpdateTrail", #"{"name":"use1","s3BucketName":"elsewhere"}"#,
      "aws.trail.changed"),
    Row("cloudtrail", "UpdateTrail", #"{"name":"use1","includeGlobalServiceEvents":true}"#),
    Row(
      "cloudtrail", "PutEventSelectors",
      #"{"trailName":"use1","eventSelectors":[{"readWriteType":"ReadOnly","includeManagementEvents":true,"dataResources":[],"excludeManagementEventSources":[]}]}"#,
      "aws.trail.narrowed"),
    Row(
      "cloudtrail", "PutEventSelectors",
      #"{"trailName":"use1","eventSelectors":[{"readWriteType":"All","includeManagementEvents":true,"excludeManagementEventSources":["kms.amazonaws.com"]}]}"#,
      "aws.trail.narrowed"),
    Row(
      "cloudtrail", "PutEventSelectors",
      #"{"trailName":"use1","advancedEventSelectors":[{"fieldSelectors":[{"field":"eventCategory","equals":["Data"]}]}]}"#,
      "aws.trail.narrowed"),
    Row(
      "cloudtrail", "PutEventSelectors",
      #"{"trailName":"use1","eventSelectors":[{"readWriteType":"All","includeManagementEvents":true,"dataResources":[{"type":"AWS::S3::Object","values":["arn:aws:s3"]}]}]}"#
    ),
    Row(
      "cloudtrail", "PutInsightSelectors",
      #"{"trailName":"use1","insightSelectors":[{"insightType":"ApiCallRateInsight"}]}"#),
    Row("cloudtrail", "PutEventConfiguration", #"{"trailName":"use1"}"#),
    Row("cloudtrail", "StartLogging", #"{"name":"use1"}"#),
    Row("cloudtrail", "CreateTrail", #"{"name":"use1"}"#),
    Row(
      "s3", "PutBucketPolicy",
      #"{"bucketName":"acme-audit-logs","bucketPolicy":{"Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"arn:aws:s3:::acme-audit-logs/*"}]}}"#,
      "aws.bucket.blocked"),
    Row(
      "s3", "PutBucketPolicy",
      #"{"bucketName":"acme-audit-logs","bucketPolicy":{"Statement":[{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:PutObject","Resource":"arn:aws:s3:::acme-audit-logs/*"}]}}"#
    ),
    Row("s3", "DeleteBucketPolicy", #"{"bucketName":"acme-audit-logs"}"#, "aws.bucket.blocked"),
    Row("s3", "DeleteBucket", #"{"bucketName":"acme-audit-logs"}"#, "aws.bucket.blocked"),
    Row(
      "s3", "PutBucketLifecycle",
      #"{"bucketName":"acme-audit-logs","LifecycleConfiguration":{"Rule":{"ID":"r","Status":"Enabled","Filter":{"Prefix":""},"Expiration":{"Days":1}}},"lifecycle":[""]}"#,
      "aws.pipeline.tampered"),
    Row(
      "s3", "PutBucketLifecycle",
      #"{"bucketName":"acme-audit-logs","LifecycleConfiguration":{"Rule":[{"ID":"r","Status":"Enabled","Filter":{"Prefix":""},"Expiration":{"Days":2555}}]}}"#
    ),
    Row(
      "s3", "PutBucketLifecycleConfiguration",
      #"{"bucketName":"acme-audit-logs","LifecycleConfiguration":{"Rule":{"Status":"Enabled","Prefix":"AWSLogs/","Expiration":{"Days":"30"}}}}"#,
      "aws.pipeline.tampered"),
    Row("s3", "DeleteBucketLifecycle", #"{"bucketName":"acme-audit-logs"}"#),
    Row(
      "s3", "PutBucketVersioning",
      #"{"bucketName":"acme-audit-logs","VersioningConfiguration":{"Status":"Suspended"}}"#,
      "aws.pipeline.tampered"),
    Row(
      "s3", "PutBucketVersioning",
      #"{"bucketName":"acme-audit-logs","VersioningConfiguration":{"Status":"Enabled"}}"#),
    Row("s3", "PutBucketEncryption", #"{"bucketName":"acme-audit-logs"}"#),
    Row("s3", "DeleteBucketEncryption", #"{"bucketName":"acme-audit-logs"}"#),
    Row(
      "s3", "PutBucketPublicAccessBlock",
      #"{"bucketName":"acme-audit-logs","PublicAccessBlockConfiguration":{"BlockPublicAcls":true,"IgnorePublicAcls":true,"BlockPublicPolicy":false,"RestrictPublicBuckets":true}}"#,
      "aws.pipeline.tampered"),
    Row(
      "s3", "PutPublicAccessBlock",
      #"{"bucketName":"acme-audit-logs","PublicAccessBlockConfiguration":{"BlockPublicAcls":"true","IgnorePublicAcls":"true","BlockPublicPolicy":"true","RestrictPublicBuckets":"true"}}"#
    ),
    Row(
      "s3", "DeleteBucketPublicAccessBlock", #"{"bucketName":"acme-audit-logs"}"#,
      "aws.pipeline.tampered"),
    Row(
      "s3", "DeletePublicAccessBlock", #"{"bucketName":"acme-audit-logs"}"#, "aws.pipeline.tampered"
    ),
    Row(
      "s3", "PutBucketAcl",
      #"{"bucketName":"acme-audit-logs","x-amz-acl":["public-read"],"acl":[""]}"#,
      "aws.pipeline.tampered"),
    Row("s3", "PutBucketAcl", #"{"bucketName":"acme-audit-logs","x-amz-acl":["private"]}"#),
    Row("s3", "PutBucketOwnershipControls", #"{"bucketName":"acme-audit-logs"}"#),
    Row("s3", "DeleteBucketOwnershipControls", #"{"bucketName":"acme-audit-logs"}"#),
    Row(
      "s3", "PutBucketObjectLockConfiguration",
      #"{"bucketName":"acme-audit-logs","ObjectLockConfiguration":{"ObjectLockEnabled":"Enabled"}}"#,
      "aws.pipeline.tampered"),
    Row(
      "s3", "PutObjectLockConfiguration",
      #"{"bucketName":"acme-audit-logs","ObjectLockConfiguration":{"Rule":{"DefaultRetention":{"Mode":"COMPLIANCE","Days":365}}}}"#
    ),
    Row(
      "s3", "PutObjectRetention",
      #"{"bucketName":"acme-audit-logs","key":"AWSLogs/x","x-amz-bypass-governance-retention":["true"]}"#,
      "aws.pipeline.tampered"),
    Row(
      "s3", "PutObjectLegalHold",
      #"{"bucketName":"acme-audit-logs","key":"k","LegalHold":{"Status":"OFF"}}"#,
      "aws.pipeline.tampered"),
    Row("s3", "PutBucketReplication", #"{"bucketName":"acme-audit-logs"}"#),
    Row(
      "s3", "DeleteBucketReplication", #"{"bucketName":"acme-audit-logs"}"#, "aws.pipeline.tampered"
    ),
    Row(
      "s3", "PutBucketLogging",
      #"{"bucketName":"acme-audit-logs","BucketLoggingStatus":{"xmlns":"http://s3.amazonaws.com/doc/2006-03-01/"}}"#,
      "aws.pipeline.tampered"),
    Row(
      "s3", "PutBucketRequestPayment",
      #"{"bucketName":"acme-audit-logs","RequestPaymentConfiguration":{"Payer":"Requester"}}"#,
      "aws.bucket.blocked"),
    Row("s3", "PutBucketNotification", #"{"bucketName":"acme-audit-logs"}"#),
    Row("s3", "PutBucketNotificationConfiguration", #"{"bucketName":"acme-audit-logs"}"#),
    Row(
      "s3", "DeleteObject",
      #"{"bucketName":"acme-audit-logs","key":"AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/20/a.json.gz"}"#,
      "aws.pipeline.tampered"),
    Row("s3", "DeleteObject", #"{"bucketName":"acme-audit-logs","key":"notes.txt"}"#),
    Row(
      "s3", "DeleteObjects", #"{"bucketName":"acme-audit-logs","delete":[""]}"#,
      "aws.pipeline.tampered"),
    Row("kms", "DisableKey", #"{"keyId":"0a1b2c3d"}"#, "aws.key.unusable"),
    Row(
      "kms", "ScheduleKeyDeletion",
      #"{"keyId":"arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d","pendingWindowInDays":7}"#,
      "aws.key.unusable"),
    Row(
      "kms", "PutKeyPolicy",
      #"{"keyId":"0a1b2c3d","policyName":"default","policy":"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:root\"},\"Action\":\"kms:*\",\"Resource\":\"*\"}]}"}"#,
      "aws.key.unusable"),
    Row(
      "kms", "PutKeyPolicy",
      #"{"keyId":"0a1b2c3d","policy":"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"cloudtrail.amazonaws.com\"},\"Action\":\"kms:GenerateDataKey*\",\"Resource\":\"*\",\"Condition\":{\"StringEquals\":{\"aws:SourceArn\":\"x\"}}}]}"}"#
    ),
    Row("kms", "DeleteImportedKeyMaterial", #"{"keyId":"0a1b2c3d"}"#, "aws.key.unusable"),
    Row("kms", "RevokeGrant", #"{"keyId":"0a1b2c3d","grantId":"g"}"#),
    Row("kms", "RetireGrant", #"{"keyId":"0a1b2c3d","grantId":"g"}"#),
    Row("kms", "DisableKeyRotation", #"{"keyId":"0a1b2c3d"}"#),
    Row("kms", "EnableKey", #"{"keyId":"0a1b2c3d"}"#),
    Row("kms", "CancelKeyDeletion", #"{"keyId":"0a1b2c3d"}"#),
    Row("iam", "DeleteRole", #"{"roleName":"CloudTrailToLogs"}"#, "aws.pipeline.tampered"),
    Row(
      "iam", "DetachRolePolicy",
      #"{"roleName":"CloudTrailToLogs","policyArn":"arn:aws:iam::111122223333:policy/logs"}"#,
      "aws.pipeline.tampered"),
    Row(
      "iam", "DeleteRolePolicy", #"{"roleName":"CloudTrailToLogs","policyName":"logs"}"#,
      "aws.pipeline.tampered"),
    Row(
      "iam", "PutRolePolicy",
      #"{"roleName":"CloudTrailToLogs","policyName":"p","policyDocument":"{\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"logs:*\",\"Resource\":\"*\"}}"}"#,
      "aws.pipeline.tampered"),
    Row(
      "iam", "PutRolePolicy",
      #"{"roleName":"CloudTrailToLogs","policyName":"p","policyDocument":"{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"logs:*\",\"Resource\":\"*\"}}"}"#
    ),
    Row(
      "iam", "AttachRolePolicy",
      #"{"roleName":"CloudTrailToLogs","policyArn":"arn:aws:iam::aws:policy/AWSDenyAll"}"#,
      "aws.pipeline.tampered"),
    Row(
      "iam", "UpdateAssumeRolePolicy",
      #"{"roleName":"CloudTrailToLogs","policyDocument":"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}"#,
      "aws.pipeline.tampered"),
    Row(
      "iam", "UpdateAssumeRolePolicy",
      #"{"roleName":"CloudTrailToLogs","policyDocument":"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"cloudtrail.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}"}"#
    ),
    Row(
      "iam", "PutRolePermissionsBoundary",
      #"{"roleName":"CloudTrailToLogs","permissionsBoundary":"arn:aws:iam::aws:policy/ReadOnlyAccess"}"#,
      "aws.pipeline.tampered"),
    Row("iam", "DeleteRolePermissionsBoundary", #"{"roleName":"CloudTrailToLogs"}"#),
  ]

  private static let alerting: [Row] = [
    Row("logs", "DeleteLogGroup", #"{"logGroupName":"org-trail"}"#, "aws.pipeline.tampered"),
    Row(
      "logs", "DeleteLogStream", #"{"logGroupName":"org-trail","logStreamName":"s"}"#,
      "aws.pipeline.tampered"),
    Row(
      "logs", "PutRetentionPolicy", #"{"logGroupName":"org-trail","retentionInDays":1}"#,
      "aws.pipeline.tampered"),
    Row("logs", "PutRetentionPolicy", #"{"logGroupName":"org-trail","retentionInDays":400}"#),
    Row("logs", "DeleteRetentionPolicy", #"{"logGroupName":"org-trail"}"#),
    Row("logs", "DisassociateKmsKey", #"{"logGroupName":"org-trail"}"#),
    Row("logs", "AssociateKmsKey", #"{"logGroupName":"org-trail"}"#),
    Row(
      "logs", "PutDataProtectionPolicy",
      #"{"logGroupIdentifier":"arn:aws:logs:us-east-1:111122223333:log-group:org-trail"}"#,
      "aws.pipeline.tampered"),
    Row("logs", "DeleteDataProtectionPolicy", #"{"logGroupIdentifier":"org-trail"}"#),
    Row("logs", "PutTransformer", #"{"logGroupIdentifier":"org-trail"}"#),
    Row("logs", "DeleteTransformer", #"{"logGroupIdentifier":"org-trail"}"#),
    Row(
      "logs", "PutLogGroupDeletionProtection",
      #"{"logGroupIdentifier":"org-trail","deletionProtectionEnabled":false}"#,
      "aws.pipeline.tampered"),
    Row("logs", "PutSubscriptionFilter", #"{"logGroupName":"org-trail"}"#),
    Row(
      "logs", "DeleteSubscriptionFilter", #"{"logGroupName":"org-trail","filterName":"f"}"#,
      "aws.pipeline.tampered"),
    Row(
      "logs", "PutAccountPolicy", #"{"policyType":"DATA_PROTECTION_POLICY","scope":"ALL"}"#,
      "aws.pipeline.tampered"),
    Row(
      "logs", "DeleteMetricFilter", #"{"logGroupName":"org-trail","filterName":"f"}"#,
      "aws.alertpath.silenced"),
    Row(
      "logs", "PutMetricFilter",
      #"{"logGroupName":"org-trail","filterName":"f","filterPattern":"{ $.a = b }"}"#),
    Row(
      "monitoring", "DeleteAlarms", #"{"alarmNames":["other","tamper"]}"#, "aws.alertpath.silenced"),
    Row(
      "monitoring", "DisableAlarmActions", #"{"alarmNames":["tamper"]}"#, "aws.alertpath.silenced"),
    Row("monitoring", "EnableAlarmActions", #"{"alarmNames":["tamper"]}"#),
    Row(
      "monitoring", "PutMetricAlarm",
      #"{"alarmName":"tamper","actionsEnabled":false,"alarmActions":["arn:aws:sns:us-east-1:111122223333:alarms"]}"#,
      "aws.alertpath.silenced"),
    Row(
      "monitoring", "PutMetricAlarm",
      #"{"alarmName":"tamper","actionsEnabled":true,"alarmActions":[]}"#, "aws.alertpath.silenced"),
    Row(
      "monitoring", "PutMetricAlarm",
      #"{"alarmName":"tamper","alarmActions":["t"],"comparisonOperator":"LessThanThreshold","treatMissingData":"notBreaching"}"#,
      "aws.alertpath.silenced"),
    Row(
      "monitoring", "PutMetricAlarm",
      #"{"alarmName":"tamper","alarmActions":["t"],"comparisonOperator":"GreaterThanThreshold","treatMissingData":"notBreaching"}"#
    ),
    Row(
      "monitoring", "PutCompositeAlarm", #"{"alarmName":"tamper","actionsEnabled":false}"#,
      "aws.alertpath.silenced"),
    Row(
      "monitoring", "SetAlarmState", #"{"alarmName":"tamper","stateValue":"OK","stateReason":"x"}"#,
      "aws.alertpath.silenced"),
    Row(
      "monitoring", "SetAlarmState",
      #"{"alarmName":"tamper","stateValue":"ALARM","stateReason":"drill"}"#),
    Row(
      "monitoring", "PutAlarmMuteRule", #"{"name":"m","muteTargets":{"alarmNames":["tamper"]}}"#,
      "aws.alertpath.silenced"),
    Row("events", "DisableRule", #"{"name":"tamper"}"#, "aws.alertpath.silenced"),
    Row(
      "events", "DisableRule", #"{"name":"forward","eventBusName":"audit"}"#,
      "aws.alertpath.silenced"),
    Row("events", "EnableRule", #"{"name":"tamper"}"#),
    Row(
      "events", "DeleteRule", #"{"name":"tamper","eventBusName":"default"}"#,
      "aws.alertpath.silenced"),
    Row("events", "RemoveTargets", #"{"rule":"tamper","ids":["1"]}"#, "aws.alertpath.silenced"),
    Row("events", "PutRule", #"{"name":"tamper","state":"DISABLED"}"#, "aws.alertpath.silenced"),
    Row(
      "events", "PutRule",
      #"{"name":"tamper","eventPattern":"{\"detail\":{\"eventName\":[\"CreateTrail\"]}}","state":"ENABLED"}"#,
      "aws.alertpath.silenced"),
    Row(
      "events", "PutRule",
      #"{"name":"tamper","eventPattern":"{\"detail\":{\"eventName\":[\"StopLogging\"]}}","state":"ENABLED"}"#
    ),
    Row("events", "PutTargets", #"{"rule":"tamper"}"#),
    Row("events", "DeleteEventBus", #"{"name":"audit"}"#, "aws.alertpath.silenced"),
    Row(
      "scheduler", "UpdateSchedule", #"{"name":"nightly","state":"DISABLED"}"#,
      "aws.alertpath.silenced"),
    Row(
      "scheduler", "DeleteSchedule", #"{"name":"nightly","groupName":"default"}"#,
      "aws.alertpath.silenced"),
    Row(
      "lambda", "DeleteFunction20150331", #"{"functionName":"notify"}"#, "aws.alertpath.silenced"),
    Row(
      "lambda", "UpdateFunctionCode20150331v2",
      #"{"functionName":"arn:aws:lambda:us-east-1:111122223333:function:notify"}"#),
    Row("lambda", "UpdateFunctionConfiguration20150331v2", #"{"functionName":"notify"}"#),
    Row(
      "lambda", "PutFunctionConcurrency20171031",
      #"{"functionName":"notify","reservedConcurrentExecutions":0}"#, "aws.alertpath.silenced"),
    Row("lambda", "DeleteFunctionConcurrency20171031", #"{"functionName":"notify"}"#),
    Row(
      "lambda", "RemovePermission20150331v2", #"{"functionName":"notify","statementId":"s"}"#,
      "aws.alertpath.silenced"),
    Row(
      "sns", "DeleteTopic", #"{"topicArn":"arn:aws:sns:us-east-1:111122223333:alarms"}"#,
      "aws.alertpath.silenced"),
    Row(
      "sns", "SetTopicAttributes",
      #"{"topicArn":"arn:aws:sns:us-east-1:111122223333:alarms","attributeName":"Policy"}"#),
    Row(
      "sns", "RemovePermission",
      #"{"topicArn":"arn:aws:sns:us-east-1:111122223333:alarms","label":"l"}"#,
      "aws.alertpath.silenced"),
    Row("sns", "AddPermission", #"{"topicArn":"arn:aws:sns:us-east-1:111122223333:alarms"}"#),
    Row("sns", "Subscribe", #"{"topicArn":"arn:aws:sns:us-east-1:111122223333:alarms"}"#),
    Row(
      "sns", "Unsubscribe",
      #"{"subscriptionArn":"arn:aws:sns:us-east-1:111122223333:alarms:1f0a"}"#,
      "aws.alertpath.silenced"),
    Row(
      "sns", "SetSubscriptionAttributes",
      #"{"subscriptionArn":"arn:aws:sns:us-east-1:111122223333:alarms:new1","attributeName":"FilterPolicy","attributeValue":"{\"never\":[\"x\"]}"}"#,
      "aws.alertpath.silenced"),
    Row(
      "sns", "SetSubscriptionAttributes",
      #"{"subscriptionArn":"arn:aws:sns:us-east-1:111122223333:alarms:1f0a","attributeName":"FilterPolicy","attributeValue":"{}"}"#
    ),
    Row(
      "sqs", "DeleteQueue",
      #"{"queueUrl":"https://sqs.us-east-1.amazonaws.com/111122223333/watch"}"#,
      "aws.alertpath.silenced"),
    Row(
      "sqs", "PurgeQueue",
      #"{"queueUrl":"https://sqs.us-east-1.amazonaws.com/111122223333/watch"}"#,
      "aws.alertpath.silenced"),
    Row(
      "sqs", "SetQueueAttributes",
      #"{"queueUrl":"https://sqs.us-east-1.amazonaws.com/111122223333/watch"}"#),
    Row(
      "sqs", "RemovePermission",
      #"{"queueUrl":"https://sqs.us-east-1.amazonaws.com/111122223333/watch"}"#),
    Row(
      "cloudtrail", "DeleteEventDataStore",
      #"{"eventDataStore":"arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/e"}"#,
      "aws.pipeline.tampered"),
    Row(
      "cloudtrail", "StopEventDataStoreIngestion", #"{"eventDataStore":"e"}"#,
      "aws.pipeline.tampered"),
    Row(
      "cloudtrail", "UpdateEventDataStore",
      #"{"eventDataStore":"e","terminationProtectionEnabled":false}"#, "aws.pipeline.tampered"),
    Row("cloudtrail", "StartEventDataStoreIngestion", #"{"eventDataStore":"e"}"#),
    Row("cloudtrail", "RestoreEventDataStore", #"{"eventDataStore":"e"}"#),
    Row(
      "cloudtrail", "DeregisterOrganizationDelegatedAdmin",
      #"{"delegatedAdminAccountId":"444455556666"}"#, "aws.org.left"),
    Row("organizations", "LeaveOrganization", #"null"#, "aws.org.left"),
    Row(
      "organizations", "RemoveAccountFromOrganization", #"{"accountId":"111122223333"}"#,
      "aws.org.left"),
    Row("organizations", "CloseAccount", #"{"accountId":"111122223333"}"#, "aws.org.left"),
    Row("account", "CloseAccount", #"null"#, "aws.org.left"),
    Row(
      "organizations", "DisableAWSServiceAccess",
      #"{"servicePrincipal":"cloudtrail.amazonaws.com"}"#, "aws.org.left"),
    Row("organizations", "DisableAWSServiceAccess", #"{"servicePrincipal":"ram.amazonaws.com"}"#),
    Row(
      "organizations", "DeregisterDelegatedAdministrator",
      #"{"accountId":"444455556666","servicePrincipal":"cloudtrail.amazonaws.com"}"#, "aws.org.left"
    ),
    Row("organizations", "DetachPolicy", #"{"policyId":"p-1","targetId":"r-1"}"#),
    Row("organizations", "UpdatePolicy", #"{"policyId":"p-1"}"#),
    Row("organizations", "DeletePolicy", #"{"policyId":"p-1"}"#),
    Row("guardduty", "DeleteDetector", #"{"detectorId":"d"}"#),
    Row("guardduty", "UpdateDetector", #"{"detectorId":"d","enable":false}"#),
    Row("config", "StopConfigurationRecorder", #"{"configurationRecorderName":"default"}"#),
    Row("config", "DeleteConfigurationRecorder", #"{"configurationRecorderName":"default"}"#),
    Row("config", "DeleteDeliveryChannel", #"{"deliveryChannelName":"default"}"#),
    Row("securityhub", "DisableSecurityHub", #"null"#),
    Row(
      "s3", "PutAccountPublicAccessBlock",
      #"{"PublicAccessBlockConfiguration":{"BlockPublicAcls":false}}"#),
    Row("s3", "DeleteAccountPublicAccessBlock", #"{}"#),
    Row(
      "iam", "PutUserPolicy",
      #"{"omitted":true,"originalSize":107980,"reason":"requestParameters too large"}"#,
      "aws.pipeline.tampered"),
    Row(
      "iam", "PutRolePolicy",
      #"{"omitted":true,"originalSize":107980,"reason":"requestParameters too large"}"#,
      "aws.pipeline.tampered"),
  ]
}
