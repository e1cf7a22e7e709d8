"""LookupEvents: what is kept, how it is paged, what is refused."""

import json
import time

from .case import HOUR, OverlayCase


class History(OverlayCase):
    def test_a_stop_is_in_the_history_with_its_actor(self):
        estate = self.estate()
        estate.act("stop-logging", "dev")
        found = estate.client("cloudtrail", "watchkeeper").lookup_events(
            LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "StopLogging"}])["Events"]
        self.assertEqual([(e["EventName"], e["Username"], e["ReadOnly"]) for e in found], [("StopLogging", "dev", "false")])
        event = json.loads(found[0]["CloudTrailEvent"])
        self.assertEqual(event["userIdentity"]["arn"], "arn:aws:iam::123456789012:user/dev")
        self.assertEqual(event["requestParameters"], {"name": estate.arn})
        self.assertEqual(event["awsRegion"], "us-east-1")
        self.assertLess(abs(found[0]["EventTime"].timestamp() - time.time()), 240)
        self.assertEqual(found[0]["Resources"], [{"ResourceType": "AWS::CloudTrail::Trail", "ResourceName": estate.arn}])

    def test_a_refused_change_is_kept_with_its_error(self):
        estate = self.estate()
        self.fault(service="cloudtrail", operation="StopLogging", kind="deny")
        self.refused(lambda: estate.act("stop-logging"), "AccessDeniedException", 400)
        event = self.newest(estate, "StopLogging")
        self.assertEqual(event["errorCode"], "AccessDenied")

    def newest(self, estate, name, region=None):
        found = estate.client("cloudtrail", region=region).lookup_events(
            LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": name}])["Events"]
        return json.loads(found[0]["CloudTrailEvent"])

    def test_bucket_calls_and_their_shape(self):
        estate = self.estate()
        estate.act("block-bucket", "dev")
        event = self.newest(estate, "PutBucketPolicy")
        self.assertEqual(event["requestParameters"]["bucketName"], "acme-audit")
        self.assertEqual(event["requestParameters"]["bucketPolicy"]["Statement"][-1]["Effect"], "Deny")
        self.assertEqual(event["eventSource"], "s3.amazonaws.com")

    def test_history_is_per_region_and_holds_no_data_events(self):
        estate = self.estate()
        estate.act("use-region", "dev", "eu-west-1")
        names = lambda region: {e["EventName"] for e in
                                estate.client("cloudtrail", region=region).lookup_events()["Events"]}
        self.assertIn("CreateSecurityGroup", names("eu-west-1"))
        self.assertNotIn("CreateSecurityGroup", names("us-east-1"))
        self.assertNotIn("PutObject", names("us-east-1"))

    def test_paging_goes_newest_first_and_loses_nothing(self):
        estate = self.estate()
        self.ask("DELETE", "events")
        self.ask("POST", "events", {"events": [{"eventName": f"Change{i}", "at": f"-{i}m"} for i in range(1, 121)]})
        pages = list(estate.client("cloudtrail").get_paginator("lookup_events").paginate())
        names = [e["EventName"] for p in pages for e in p["Events"] if e["EventName"].startswith("Change")]
        self.assertEqual(names, [f"Change{i}" for i in range(1, 121)])
        self.assertEqual([len(p["Events"]) for p in pages], [50, 50, 20])

    def test_time_range_attributes_and_bad_requests(self):
        client = self.estate().client("cloudtrail")
        self.ask("DELETE", "events")
        self.ask("POST", "events", {"events": [{"eventName": "Old", "at": "-2d"}, {"eventName": "New", "at": "-5m"}]})
        found = client.lookup_events(StartTime=time.time() - HOUR, EndTime=time.time())["Events"]
        self.assertEqual([e["EventName"] for e in found if e["ReadOnly"] == "false"], ["New"])
        two = [{"AttributeKey": k, "AttributeValue": "x"} for k in ("EventName", "Username")]
        self.refused(lambda: client.lookup_events(LookupAttributes=two), "InvalidLookupAttributesException", 400)
        self.refused(lambda: client.lookup_events(StartTime=10, EndTime=5), "InvalidTimeRangeException", 400)
        self.refused(lambda: client.lookup_events(NextToken="garbage"), "InvalidNextTokenException", 400)

    def test_a_token_holds_for_its_own_parameters_only(self):
        client = self.estate().client("cloudtrail")
        self.ask("POST", "events", {"events": [{"eventName": "A"}, {"eventName": "B"}]})
        token = client.lookup_events(MaxResults=1)["NextToken"]
        self.refused(lambda: client.lookup_events(MaxResults=2, NextToken=token), "InvalidNextTokenException")

    def test_rate_delay_and_empty_pages(self):
        client = self.estate().client("cloudtrail")
        self.ask("POST", "history", {"empty_pages": 2, "delay": 300})
        self.ask("POST", "events", {"events": [{"eventName": "Young", "at": "-1m"}, {"eventName": "Due", "at": "-6m"}]})
        pages = list(client.get_paginator("lookup_events").paginate(
            LookupAttributes=[{"AttributeKey": "ReadOnly", "AttributeValue": "false"}]))
        self.assertEqual([len(p["Events"]) for p in pages[:2]], [0, 0])
        names = [e["EventName"] for p in pages for e in p["Events"]]
        self.assertIn("Due", names)
        self.assertNotIn("Young", names)
        self.ask("POST", "history", {"rate": 0})
        client.lookup_events()
        self.ask("POST", "history", {"rate": 1, "rate_seconds": 600, "empty_pages": 0})
        client.lookup_events()
        self.refused(client.lookup_events, "ThrottlingException", 400)
