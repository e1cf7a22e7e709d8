"""CloudTrail where moto differs: status, shadow trails, names and ARNs."""

import time

from .case import HOUR, OverlayCase


class Trails(OverlayCase):
    def status(self, estate, region=None, name=None):
        return estate.client("cloudtrail", region=region).get_trail_status(Name=name or estate.arn)

    def test_a_healthy_trail_delivers_and_digests(self):
        estate = self.estate()
        now = time.time()  # before the answer: it may take its time
        value = self.status(estate)
        self.assertTrue(value["IsLogging"])
        self.assertNotIn("LatestDeliveryError", value)
        self.assertLessEqual(now - value["LatestDeliveryTime"].timestamp(), 300)
        self.assertLessEqual(now - value["LatestDigestDeliveryTime"].timestamp(), HOUR)
        self.assertGreater(now - value["StartLoggingTime"].timestamp(), 29 * 86400)

    def test_times_grow_old_where_they_are_set(self):
        estate = self.estate()
        self.ask("POST", "status", {"trail": "main", "region": "eu-west-1", "fields": {
            "LatestDeliveryTime": "-45m", "LatestDeliveryError": "AccessDenied", "LatestDigestDeliveryTime": None,
            "LatestCloudWatchLogsDeliveryError": "Access denied. Verify in IAM that the role has adequate permissions."}})
        there, here = self.status(estate, "eu-west-1"), self.status(estate, "us-east-1")
        self.assertAlmostEqual(time.time() - there["LatestDeliveryTime"].timestamp(), 45 * 60, delta=240)
        self.assertEqual(there["LatestDeliveryError"], "AccessDenied")
        self.assertNotIn("LatestDigestDeliveryTime", there)
        self.assertIn("LatestCloudWatchLogsDeliveryError", there)
        self.assertNotIn("LatestDeliveryError", here)

    def test_stop_and_start(self):
        estate = self.estate()
        estate.act("stop-logging")
        self.assertFalse(self.status(estate)["IsLogging"])
        self.assertFalse(self.status(estate, "eu-west-1")["IsLogging"])
        estate.act("start-logging", "ops")
        self.assertTrue(self.status(estate)["IsLogging"])

    def test_shadow_trails_need_the_arn(self):
        estate = self.estate()
        self.refused(lambda: self.status(estate, "eu-west-1", "main"), "TrailNotFoundException", 400)
        self.assertTrue(self.status(estate, "eu-west-1")["IsLogging"])
        self.assertTrue(self.status(estate, "us-east-1", "main")["IsLogging"])
        self.refused(lambda: self.status(estate, None, "nothere"), "TrailNotFoundException", 400)
        far = estate.client("cloudtrail", "dev", "eu-west-1")
        self.refused(lambda: far.stop_logging(Name=estate.arn), "InvalidHomeRegionException", 400)
        selectors = estate.client("cloudtrail", region="eu-west-1").get_event_selectors(TrailName=estate.arn)
        self.assertTrue(selectors["EventSelectors"][0]["IncludeManagementEvents"])

    def test_a_single_region_trail_does_not_show_elsewhere(self):
        estate = self.estate(multi_region=False)
        self.refused(lambda: self.status(estate, "eu-west-1"), "TrailNotFoundException")
        self.assertEqual(estate.client("cloudtrail", region="eu-west-1").describe_trails()["trailList"], [])

    def test_names_selectors_and_the_second_trail_of_a_name(self):
        estate = self.estate()
        client = estate.client("cloudtrail")
        self.assertEqual(client.describe_trails(trailNameList=["other"])["trailList"], [])
        self.assertFalse(client.describe_trails(trailNameList=["main"])["trailList"][0]["HasCustomEventSelectors"])
        estate.act("reads-only")
        self.assertTrue(client.describe_trails()["trailList"][0]["HasCustomEventSelectors"])
        self.refused(lambda: client.create_trail(Name="main", S3BucketName="acme-audit"), "TrailAlreadyExistsException")
        estate.act("delete-trail")
        self.assertEqual(client.describe_trails()["trailList"], [])
        self.refused(lambda: estate.act("delete-trail"), "TrailNotFoundException")

    def test_a_bucket_policy_that_blocks_shows_in_the_status(self):
        estate = self.estate()
        estate.act("block-bucket")
        self.assertEqual(self.status(estate)["LatestDeliveryError"], "AccessDenied")
        estate.act("unblock-bucket", "ops")
        self.assertNotIn("LatestDeliveryError", self.status(estate))
        estate.act("delete-policy")
        self.assertEqual(self.status(estate)["LatestDeliveryError"], "AccessDenied")
