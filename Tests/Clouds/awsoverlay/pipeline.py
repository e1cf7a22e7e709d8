"""A whole audited pipeline, healthy in every part, made with boto3; and the ways in which people break its parts."""

import json

AUDIT_KEY, TOPIC, RULE, ALARM, FILTER = "alias/audit", "audit-alerts", "audit-tamper", "trail-changes", "trail-changes"
QUEUE, WRAPPED_QUEUE, PERSON = "watchkeeper-events", "watchkeeper-wrapped", "security@example.com"
ROLE, ACCESS_BUCKET = "cloudtrail-to-logs", "acme-access"
WATCHED = ("StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors", "DisableKey", "ScheduleKeyDeletion",
           "PutBucketPolicy", "DeleteBucketPolicy", "DeleteLogGroup", "DeleteAlarms", "DisableAlarmActions",
           "DisableRule", "DeleteRule", "RemoveTargets", "DeleteTopic", "Unsubscribe")
FILTER_PATTERN = "{ " + " || ".join(f"($.eventName = {name})" for name in WATCHED) + " }"
RULE_PATTERN = json.dumps({"detail-type": ["AWS API Call via CloudTrail"], "detail": {"eventName": list(WATCHED)}})


class Pipeline:
    def __init__(self, estate, account):
        self.estate, self.account, self.home = estate, account, estate.home
        self.group = f"/cloudtrail/{estate.trail}"

    def client(self, service, user="ops"):
        return self.estate.client(service, user, self.home)

    def arn(self, service, rest):
        return f"arn:aws:{service}:{self.home}:{self.account}:{rest}"

    @property
    def topic(self):
        return self.arn("sns", TOPIC)

    @property
    def key(self):
        found = self.client("kms").list_aliases()["Aliases"]
        return self.arn("kms", "key/" + next(a["TargetKeyId"] for a in found if a["AliasName"] == AUDIT_KEY))

    def trail_settings(self):
        """What the trail is made with, besides its bucket."""
        self.make_group()
        return {"CloudWatchLogsLogGroupArn": self.arn("logs", f"log-group:{self.group}:*"),
                "CloudWatchLogsRoleArn": f"arn:aws:iam::{self.account}:role/{ROLE}",
                "KmsKeyId": self.make_key(), "SnsTopicName": self.make_topic()}

    def make_group(self):
        logs, iam = self.client("logs"), self.client("iam")
        logs.create_log_group(logGroupName=self.group)
        logs.put_retention_policy(logGroupName=self.group, retentionInDays=400)
        iam.create_role(RoleName=ROLE, AssumeRolePolicyDocument=statement(
            Effect="Allow", Principal={"Service": "cloudtrail.amazonaws.com"}, Action="sts:AssumeRole"))
        iam.put_role_policy(RoleName=ROLE, PolicyName="write", PolicyDocument=self.role_policy())

    def role_policy(self):
        return statement(Effect="Allow", Action=["logs:CreateLogStream", "logs:PutLogEvents"],
                         Resource=self.arn("logs", f"log-group:{self.group}:*"))

    def make_key(self):
        kms = self.client("kms")
        key = kms.create_key(Description="audit trail", Policy=self.key_policy())["KeyMetadata"]
        kms.create_alias(AliasName=AUDIT_KEY, TargetKeyId=key["KeyId"])
        kms.enable_key_rotation(KeyId=key["KeyId"])
        return key["Arn"]

    def key_policy(self, shut_out=False):
        root = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{self.account}:root"}, "Action": "kms:*", "Resource": "*"}
        trail = {"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "kms:GenerateDataKey*",
                 "Resource": "*", "Condition": {"StringEquals": {"aws:SourceArn": self.estate.arn}}}
        describe = {"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "kms:DescribeKey", "Resource": "*"}
        return json.dumps({"Version": "2012-10-17", "Statement": [root] if shut_out else [root, trail, describe]})

    def make_topic(self):
        sns = self.client("sns")
        sns.create_topic(Name=TOPIC)
        sns.subscribe(TopicArn=self.topic, Protocol="email", Endpoint=PERSON)
        self.estate.confirm(PERSON)
        services = ("cloudtrail", "cloudwatch", "events")
        sns.set_topic_attributes(TopicArn=self.topic, AttributeName="Policy", AttributeValue=statement(
            Sid="Told", Effect="Allow", Principal={"Service": [f"{s}.amazonaws.com" for s in services]},
            Action="sns:Publish", Resource=self.topic))
        return TOPIC

    def guard_bucket(self):
        """Versioned, locked, private, logged."""
        s3, bucket = self.client("s3"), self.estate.bucket
        s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration={
            "BlockPublicAcls": True, "IgnorePublicAcls": True, "BlockPublicPolicy": True, "RestrictPublicBuckets": True})
        s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": [{
            "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": self.key}}]})
        s3.put_object_lock_configuration(Bucket=bucket, ObjectLockConfiguration={
            "ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": 400}}})
        where = {} if self.home == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": self.home}}
        s3.create_bucket(Bucket=ACCESS_BUCKET, ACL="log-delivery-write", **where)
        s3.put_bucket_logging(Bucket=bucket, BucketLoggingStatus={
            "LoggingEnabled": {"TargetBucket": ACCESS_BUCKET, "TargetPrefix": "audit/"}})

    def make_alert_path(self):
        """Metric filter, alarm, rule, queues: each ends at the topic or at the watch."""
        sqs, sns, events = self.client("sqs"), self.client("sns"), self.client("events")
        self.put_filter()
        self.put_alarm()
        for queue in (QUEUE, WRAPPED_QUEUE):
            arn, feeder, source = self.arn("sqs", queue), "events", self.arn("events", f"rule/{RULE}")
            if queue == WRAPPED_QUEUE:
                feeder, source = "sns", self.topic
            sqs.create_queue(QueueName=queue, Attributes={"Policy": statement(
                Sid="Fed", Effect="Allow", Principal={"Service": f"{feeder}.amazonaws.com"}, Action="sqs:SendMessage",
                Resource=arn, Condition={"ArnEquals": {"aws:SourceArn": source}})})
        sns.subscribe(TopicArn=self.topic, Protocol="sqs", Endpoint=self.arn("sqs", WRAPPED_QUEUE))
        self.put_rule()
        events.put_targets(Rule=RULE, Targets=self.targets())

    def targets(self):
        return [{"Id": "queue", "Arn": self.arn("sqs", QUEUE)}, {"Id": "topic", "Arn": self.topic}]

    def put_filter(self, pattern=FILTER_PATTERN, user="ops"):
        self.client("logs", user).put_metric_filter(
            logGroupName=self.group, filterName=FILTER, filterPattern=pattern, metricTransformations=[
                {"metricName": "TrailChanges", "metricNamespace": "Audit", "metricValue": "1", "defaultValue": 0}])

    def put_alarm(self, user="ops", **more):
        self.client("cloudwatch", user).put_metric_alarm(**{
            "AlarmName": ALARM, "MetricName": "TrailChanges", "Namespace": "Audit", "Statistic": "Sum", "Period": 300,
            "EvaluationPeriods": 1, "Threshold": 1, "ComparisonOperator": "GreaterThanOrEqualToThreshold",
            "TreatMissingData": "notBreaching", "ActionsEnabled": True, "AlarmActions": [self.topic], **more})

    def put_rule(self, pattern=RULE_PATTERN, user="ops"):
        self.client("events", user).put_rule(Name=RULE, EventPattern=pattern, State="ENABLED")

    def subscription(self, endpoint):
        """A subscription's ARN: from the topic's own list a pending one cannot be known."""
        found = self.client("sns").list_subscriptions_by_topic(TopicArn=self.topic)["Subscriptions"]
        return next(s["SubscriptionArn"] for s in found if s["Endpoint"] == endpoint)

    def acts(self, user):
        """Name -> what it does: one for each row of the tamper table that moto can act out."""
        c = lambda service: self.client(service, user)
        bucket, group = self.estate.bucket, self.group
        once = lambda service, operation, **p: lambda: getattr(c(service), operation)(**p)
        expire = {"Rules": [{"ID": "gone", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 1}}]}
        named = lambda service, operation, word: lambda: getattr(c(service), operation)(KeyId=self.key, **word)
        return {
            "suspend-versioning": once("s3", "put_bucket_versioning", Bucket=bucket, VersioningConfiguration={"Status": "Suspended"}),
            "enable-versioning": once("s3", "put_bucket_versioning", Bucket=bucket, VersioningConfiguration={"Status": "Enabled"}),
            "expire-objects": once("s3", "put_bucket_lifecycle_configuration", Bucket=bucket, LifecycleConfiguration=expire),
            "delete-lifecycle": once("s3", "delete_bucket_lifecycle", Bucket=bucket),
            "unblock-public": once("s3", "delete_public_access_block", Bucket=bucket),
            "public-acl": once("s3", "put_bucket_acl", Bucket=bucket, ACL="public-read"),
            "public-policy": lambda: self.estate.put_policy(user, "public"),
            "no-tls-policy": lambda: self.estate.put_policy(user, "no-tls"),
            "no-source-policy": lambda: self.estate.put_policy(user, "no-source"),
            "unencrypt": once("s3", "delete_bucket_encryption", Bucket=bucket),
            "unlog-bucket": once("s3", "put_bucket_logging", Bucket=bucket, BucketLoggingStatus={}),
            "disable-key": named("kms", "disable_key", {}), "enable-key": named("kms", "enable_key", {}),
            "schedule-key-deletion": named("kms", "schedule_key_deletion", {"PendingWindowInDays": 7}),
            "shut-key": lambda: c("kms").put_key_policy(KeyId=self.key, PolicyName="default", Policy=self.key_policy(True)),
            "delete-role-policy": once("iam", "delete_role_policy", RoleName=ROLE, PolicyName="write"),
            "put-role-policy": once("iam", "put_role_policy", RoleName=ROLE, PolicyName="write", PolicyDocument=statement(
                Effect="Deny", Action="logs:*", Resource="*")),
            "distrust-role": once("iam", "update_assume_role_policy", RoleName=ROLE, PolicyDocument=statement(
                Effect="Deny", Principal={"Service": "cloudtrail.amazonaws.com"}, Action="sts:AssumeRole")),
            "delete-group": once("logs", "delete_log_group", logGroupName=group),
            "short-retention": once("logs", "put_retention_policy", logGroupName=group, retentionInDays=1),
            "deaf-filter": lambda: self.put_filter("{ $.eventName = NoSuchEvent && $.eventName = Other }", user),
            "delete-filter": once("logs", "delete_metric_filter", logGroupName=group, filterName=FILTER),
            "delete-alarm": once("cloudwatch", "delete_alarms", AlarmNames=[ALARM]),
            "disable-alarm": once("cloudwatch", "disable_alarm_actions", AlarmNames=[ALARM]),
            "enable-alarm": once("cloudwatch", "enable_alarm_actions", AlarmNames=[ALARM]),
            "deaf-alarm": lambda: self.put_alarm(user, ComparisonOperator="LessThanThreshold", TreatMissingData="missing"),
            "mute-alarm": lambda: self.put_alarm(user, AlarmActions=[]),
            "set-alarm": once("cloudwatch", "set_alarm_state", AlarmName=ALARM, StateValue="OK", StateReason="quiet"),
            "disable-rule": once("events", "disable_rule", Name=RULE), "enable-rule": once("events", "enable_rule", Name=RULE),
            "narrow-rule": lambda: self.put_rule(json.dumps({"source": ["aws.health"]}), user),
            "remove-targets": once("events", "remove_targets", Rule=RULE, Ids=["queue", "topic"]),
            "delete-rule": lambda: (c("events").remove_targets(Rule=RULE, Ids=["queue", "topic"]), c("events").delete_rule(Name=RULE)),
            "delete-topic": once("sns", "delete_topic", TopicArn=self.topic),
            "unsubscribe": lambda: c("sns").unsubscribe(SubscriptionArn=self.subscription(PERSON)),
            "filter-subscription": lambda: c("sns").set_subscription_attributes(
                SubscriptionArn=self.subscription(PERSON), AttributeName="FilterPolicy", AttributeValue='{"none": ["x"]}'),
            "detach-group": lambda: self.estate.set_trail(user, CloudWatchLogsLogGroupArn="", CloudWatchLogsRoleArn=""),
            "no-global": lambda: self.estate.set_trail(user, IncludeGlobalServiceEvents=False),
            "no-management": lambda: self.estate.select(user, [{"ReadWriteType": "All", "IncludeManagementEvents": False,
                                                                "DataResources": []}]),
            "exclude-kms": lambda: self.estate.select(user, [{"ReadWriteType": "All", "IncludeManagementEvents": True,
                                                              "DataResources": [], "ExcludeManagementEventSources": ["kms.amazonaws.com"]}]),
            "writes-only": lambda: self.estate.select(user, [{"ReadWriteType": "WriteOnly", "IncludeManagementEvents": True,
                                                              "DataResources": []}]),
        }


def statement(**one):
    return json.dumps({"Version": "2012-10-17", "Statement": [one]})
