"""The whole pipeline: healthy as built, each part breakable, each break in Event history and in the trail's status."""

import json
import time

from awsoverlay.pipeline import ALARM, PERSON, QUEUE, RULE

from .case import OverlayCase


class Pipelines(OverlayCase):
    def built(self):
        return self.estate(whole=True, regions=("us-east-1", "eu-west-1"))

    def status(self, estate):
        return estate.client("cloudtrail", "watchkeeper").get_trail_status(Name=estate.arn)

    def test_it_is_healthy_as_built(self):
        estate = self.built()
        status, s3 = self.status(estate), estate.client("s3", "watchkeeper")
        self.assertEqual([k for k in status if k.endswith("Error")], [])
        self.assertTrue({"LatestCloudWatchLogsDeliveryTime", "LatestNotificationTime", "LatestDigestDeliveryTime"} <= set(status))
        self.assertFalse(s3.get_bucket_policy_status(Bucket=estate.bucket)["PolicyStatus"]["IsPublic"])
        self.assertEqual(s3.get_bucket_versioning(Bucket=estate.bucket)["Status"], "Enabled")
        lock = s3.get_object_lock_configuration(Bucket=estate.bucket)["ObjectLockConfiguration"]
        self.assertEqual(lock["Rule"]["DefaultRetention"], {"Mode": "COMPLIANCE", "Days": 400})
        self.assertEqual(s3.get_bucket_logging(Bucket=estate.bucket)["LoggingEnabled"]["TargetBucket"], "acme-access")
        listed = s3.list_objects_v2(Bucket=estate.bucket)["Contents"]
        s3.get_object(Bucket=estate.bucket, Key=listed[0]["Key"])  # a Deny with a condition is not enforced
        found = estate.client("sns").list_subscriptions_by_topic(TopicArn=estate.pipeline.topic)["Subscriptions"]
        self.assertEqual(sorted(s["Protocol"] for s in found), ["email", "sqs"])
        self.assertNotIn("PendingConfirmation", [s["SubscriptionArn"] for s in found])

    EVENTS = {
        "suspend-versioning": ("PutBucketVersioning", lambda p: p["VersioningConfiguration"]["Status"] == "Suspended"),
        "expire-objects": ("PutBucketLifecycle", lambda p: p["LifecycleConfiguration"]["Rule"]["Expiration"]["Days"] == 1),
        "unblock-public": ("DeleteBucketPublicAccessBlock", lambda p: p["bucketName"] == "acme-audit"),
        "disable-key": ("DisableKey", lambda p: p["keyId"].startswith("arn:aws:kms:")),
        "enable-key": ("EnableKey", None), "shut-key": ("PutKeyPolicy", lambda p: "cloudtrail" not in p["policy"]),
        "put-role-policy": ("PutRolePolicy", lambda p: p["roleName"] == "cloudtrail-to-logs"),
        "distrust-role": ("UpdateAssumeRolePolicy", None), "delete-role-policy": ("DeleteRolePolicy", None),
        "short-retention": ("PutRetentionPolicy", lambda p: p["retentionInDays"] == 1),
        "deaf-filter": ("PutMetricFilter", None), "delete-filter": ("DeleteMetricFilter", None),
        "disable-alarm": ("DisableAlarmActions", lambda p: p["alarmNames"] == [ALARM]),
        "deaf-alarm": ("PutMetricAlarm", lambda p: p["treatMissingData"] == "missing"),
        "set-alarm": ("SetAlarmState", None), "delete-alarm": ("DeleteAlarms", None),
        "narrow-rule": ("PutRule", lambda p: "aws.health" in p["eventPattern"]),
        "disable-rule": ("DisableRule", lambda p: p["name"] == RULE), "remove-targets": ("RemoveTargets", None),
        "filter-subscription": ("SetSubscriptionAttributes", lambda p: p["attributeName"] == "FilterPolicy"),
        "unsubscribe": ("Unsubscribe", None), "delete-topic": ("DeleteTopic", lambda p: p["topicArn"].endswith("audit-alerts")),
        "unlog-bucket": ("PutBucketLogging", None), "unencrypt": ("DeleteBucketEncryption", None),
        "public-acl": ("PutBucketAcl", lambda p: p["x-amz-acl"] == "public-read"),
        "schedule-key-deletion": ("ScheduleKeyDeletion", None), "delete-group": ("DeleteLogGroup", None),
        "exclude-kms": ("PutEventSelectors", lambda p: p["trailName"].startswith("arn:")),
        "no-global": ("UpdateTrail", lambda p: p["includeGlobalServiceEvents"] is False),
    }

    def test_each_act_is_in_the_history_with_what_it_changed(self):
        estate = self.built()
        for act, (name, right) in self.EVENTS.items():
            with self.subTest(act=act):
                estate.act(act, "dev")
                found = [e for e in self.ask("GET", "events")["events"] if e["eventName"] == name]
                self.assertEqual(found[-1]["userIdentity"]["userName"], "dev")
                self.assertNotIn("errorCode", found[-1])
                if right:
                    self.assertTrue(right(found[-1]["requestParameters"]), found[-1]["requestParameters"])

    def test_broken_parts_show_in_the_status(self):
        for act, field in (("disable-key", "LatestDeliveryError"), ("schedule-key-deletion", "LatestDeliveryError"),
                           ("delete-group", "LatestCloudWatchLogsDeliveryError"), ("delete-topic", "LatestNotificationError")):
            with self.subTest(act=act):
                self.ask("POST", "reset")
                estate = self.built()
                estate.act(act)
                status = self.status(estate)
                self.assertEqual([k for k in status if k.endswith("Error")], [field])
                self.assertTrue(status["IsLogging"])

    def test_disabled_actions_are_disabled(self):
        estate = self.built()
        alarm = lambda: estate.client("cloudwatch").describe_alarms(AlarmNames=[ALARM])["MetricAlarms"][0]
        estate.act("disable-alarm")
        self.assertFalse(alarm()["ActionsEnabled"])
        self.assertEqual(alarm()["TreatMissingData"], "notBreaching")
        estate.act("enable-alarm", "ops")
        self.assertTrue(alarm()["ActionsEnabled"])

    def test_people_are_pending_until_they_confirm(self):
        estate = self.built()
        sns, topic = estate.client("sns"), estate.pipeline.topic
        made = sns.subscribe(TopicArn=topic, Protocol="https", Endpoint="https://pager.example.com/hook")
        self.assertEqual(made["SubscriptionArn"], "pending confirmation")
        arns = lambda: [s["SubscriptionArn"] for s in sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]]
        counts = lambda: [sns.get_topic_attributes(TopicArn=topic)["Attributes"][f"Subscriptions{w}"] for w in ("Pending", "Confirmed")]
        self.assertEqual((arns().count("PendingConfirmation"), counts()), (1, ["1", "2"]))
        estate.confirm(PERSON, False)
        self.assertEqual((arns().count("PendingConfirmation"), counts()), (2, ["2", "1"]))
        estate.confirm(PERSON)
        estate.confirm("https://pager.example.com/hook")
        self.assertEqual((arns().count("PendingConfirmation"), counts()), (0, ["0", "3"]))

    def messages(self, estate, queue):
        sqs, found = estate.client("sqs", "watchkeeper"), []
        url = sqs.get_queue_url(QueueName=queue)["QueueUrl"]
        while got := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
            found += [json.loads(m["Body"]) for m in got]
        return found

    def test_rules_send_records_on_while_a_trail_logs(self):
        estate = self.built()
        self.ask("POST", "bridge", {"on": True})
        estate.act("stop-logging")
        raw, = self.messages(estate, QUEUE)
        self.assertEqual((raw["detail-type"], raw["source"], raw["account"], raw["region"], raw["detail"]["eventName"]),
                         ("AWS API Call via CloudTrail", "aws.cloudtrail", "123456789012", "us-east-1", "StopLogging"))
        notice, = self.messages(estate, "watchkeeper-wrapped")
        self.assertEqual((notice["Type"], json.loads(notice["Message"])["detail"]["eventName"]), ("Notification", "StopLogging"))
        estate.act("disable-key")  # no trail logs: the detector lives on the wire that was cut
        self.assertEqual(self.messages(estate, QUEUE), [])
        estate.act("start-logging", "ops")
        estate.act("disable-rule")
        estate.act("delete-alarm")
        self.assertEqual([m["detail"]["eventName"] for m in self.messages(estate, QUEUE)], ["DisableRule"][:0])

    def test_messages_can_be_laid_by_hand(self):
        estate = self.built()
        event = {"eventName": "DeleteTrail", "requestParameters": {"name": "main"}, "at": "-1m"}
        self.ask("POST", "messages", {"queue": QUEUE, "event": event})
        self.ask("POST", "messages", {"queue": QUEUE, "event": event, "wrapped": True})
        self.ask("POST", "messages", {"queue": QUEUE, "body": "{\"no\": 1}"})
        raw, notice, odd = self.messages(estate, QUEUE)
        self.assertEqual(raw["detail"]["requestParameters"], {"name": "main"})
        self.assertEqual(json.loads(notice["Message"])["detail"]["eventName"], "DeleteTrail")
        self.assertEqual(odd, {"no": 1})
        self.assertLess(abs(time.time() - time.mktime(time.strptime(raw["time"], "%Y-%m-%dT%H:%M:%SZ")) + time.timezone), 300)

    def test_the_key_can_be_cut_by_arn_and_by_id(self):
        estate = self.built()
        kms, key = estate.client("kms"), estate.pipeline.key
        for name in (key, key.rsplit("/", 1)[1]):
            kms.disable_key(KeyId=name)
            self.assertEqual(kms.describe_key(KeyId=key)["KeyMetadata"]["KeyState"], "Disabled")
            kms.enable_key(KeyId=name)
        kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
        self.assertEqual(kms.describe_key(KeyId=key)["KeyMetadata"]["KeyState"], "PendingDeletion")
