"""The echo: a call's own User-Agent comes out at every end that is not cut."""

import gzip
import json

from .case import OverlayCase

NONCE = "watchkeeper/1 echo/7f3a9c0d"


class Echo(OverlayCase):
    def called(self, **estate):
        made = self.estate(whole=True, regions=("us-east-1", "eu-west-1"), **estate)
        self.ask("POST", "echo", {"on": True})
        return made

    def call(self, estate, region="us-east-1"):
        estate.client("cloudtrail", "watchkeeper", region, user_agent=NONCE).describe_trails()

    def in_objects(self, estate, region="us-east-1"):
        s3, found = estate.client("s3"), []
        prefix = f"{estate.root()}123456789012/CloudTrail/{region}/"
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=estate.bucket, Prefix=prefix):
            for one in page.get("Contents", []):
                body = gzip.decompress(s3.get_object(Bucket=estate.bucket, Key=one["Key"])["Body"].read())
                found += [r for r in json.loads(body)["Records"] if NONCE in r.get("userAgent", "")]
        return found

    def in_group(self, estate):
        group = estate.pipeline.group
        pattern = '{ $.userAgent = "*echo/7f3a9c0d*" }'
        return estate.client("logs").filter_log_events(logGroupName=group, filterPattern=pattern)["events"]

    def in_history(self, estate, region="us-east-1"):
        found = estate.client("cloudtrail", region=region).lookup_events()["Events"]
        return [e for e in found if json.loads(e["CloudTrailEvent"])["userAgent"].startswith(NONCE)]

    def test_it_comes_out_at_every_end(self):
        estate = self.called(prefix="logs")
        self.call(estate)
        self.call(estate, "eu-west-1")
        self.ask("POST", "echo/flush")
        for region in ("us-east-1", "eu-west-1"):
            self.assertEqual(len(self.in_objects(estate, region)), 1)
            self.assertEqual([e["ReadOnly"] for e in self.in_history(estate, region)], ["true"])
        lines = self.in_group(estate)
        self.assertEqual(sorted(x["logStreamName"] for x in lines), ["123456789012_CloudTrail_eu-west-1", "123456789012_CloudTrail_us-east-1"])
        self.assertTrue(all(x["ingestionTime"] >= x["timestamp"] for x in lines))

    def test_it_waits_its_delay(self):
        estate = self.called()
        self.ask("POST", "echo", {"delay": 3600})
        self.call(estate)
        self.assertEqual((self.in_objects(estate), self.in_group(estate)), ([], []))
        self.assertGreater(self.ask("GET", "echo")["waiting"], 0)

    CUTS = {"stop-logging": (False, False), "block-bucket": (False, True), "disable-key": (False, True),
            "delete-group": (True, None), "writes-only": (False, False), "no-management": (False, False)}

    def test_what_cuts_a_trail_cuts_its_echo(self):
        for act, (objects, group) in self.CUTS.items():
            with self.subTest(act=act):
                self.ask("POST", "reset")
                estate = self.called()
                estate.act(act)
                self.call(estate)
                self.ask("POST", "echo/flush")
                self.assertEqual(bool(self.in_objects(estate)), objects)
                if group is not None:
                    self.assertEqual(bool(self.in_group(estate)), group)
                self.assertTrue(self.in_history(estate), "no trail's settings blind Event history")

    def test_an_end_can_be_cut_in_silence(self):
        estate = self.called()
        self.ask("POST", "echo", {"cut": ["group"]})
        self.call(estate)
        self.ask("POST", "echo/flush")
        self.assertEqual((len(self.in_objects(estate)), self.in_group(estate)), (1, []))
        status = estate.client("cloudtrail").get_trail_status(Name=estate.arn)
        self.assertEqual([k for k in status if k.endswith("Error")], [])
