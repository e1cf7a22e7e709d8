"""CloudWatch Logs: patterns, times of arrival, pages."""

import json
import unittest

from awsoverlay.patterns import BadPattern, compiled

from .case import OverlayCase

STOP = json.dumps({"eventName": "StopLogging", "userIdentity": {"type": "IAMUser", "userName": "dev"}, "errorCode": "AccessDenied",
                   "n": 3, "on": True, "gone": None, "list": ["a", {"b": 1}], "sourceIPAddress": "203.0.113.7"})


class Patterns(unittest.TestCase):
    YES = ["", "{ $.eventName = StopLogging }", '{ ($.eventName = "Stop*") }', "{ $.n > 2 && $.n <= 3 }", "{ $.gone IS NULL }",
           "{ $.none NOT EXISTS }", "{ $.on IS TRUE }", "{ $.eventName != StartLogging }", '{ $.list[0] = "a" }', "{ $.list[1].b = 1 }",
           "{ $.eventName = X || ($.n = 3 && $.userIdentity.userName = dev) }", "{ $.eventName = %Stop.+% }",
           '{$.sourceIPAddress = "203.0.*"}', "StopLogging", '"AccessDenied" StopLogging', "?Nothing ?StopLogging", "-Nothing"]
    NO = ["{ $.eventName = stoplogging }", "{ $.none = X }", "{ $.none != X }", "{ $.userIdentity = X }", "{ $.list = a }",
          "{ $.gone NOT EXISTS }", "{ $.n < 3 }", "StopLogging Nothing", "-StopLogging", "?Nothing ?Never", "{ $.on IS FALSE }"]
    BAD = ["{ $.a EXISTS }", "{ $.a IS NOT NULL }", "{ $.a = }", "{ eventName = X }", "{ ($.a = 1 }", "{ $.a = 1", "{ $.a = 1 } }", "{ }"]

    def test_table(self):
        for pattern in self.YES + self.NO:
            with self.subTest(pattern=pattern):
                self.assertEqual(bool(compiled(pattern)(STOP)), pattern in self.YES)
        for pattern in self.BAD:
            with self.subTest(pattern=pattern), self.assertRaises(BadPattern):
                compiled(pattern)
        self.assertFalse(compiled("{ $.a = 1 }")("no JSON"))


class Groups(OverlayCase):
    GROUP = "/cloudtrail/main"

    def lay(self, count):
        self.ask("POST", "group/events", {"group": self.GROUP, "arrived": "-1m", "events": [
            {"eventName": f"Change{n}", "at": f"-{n}m"} for n in range(count, 0, -1)]})

    def read(self, client, **asked):
        pages = list(client.get_paginator("filter_log_events").paginate(logGroupName=self.GROUP, **asked))
        return [e for p in pages for e in p["events"]], len(pages)

    def test_times_pages_and_patterns(self):
        client = self.estate(log_group=True).client("logs", "watchkeeper")
        self.lay(12)
        found, _ = self.read(client)
        self.assertEqual([json.loads(e["message"])["eventName"] for e in found], [f"Change{n}" for n in range(12, 0, -1)])
        self.assertAlmostEqual((found[0]["ingestionTime"] - found[0]["timestamp"]) / 1000, 11 * 60, delta=2)
        found, _ = self.read(client, filterPattern="{ $.eventName = Change7 }")
        self.assertEqual(len(found), 1)
        start = found[0]["timestamp"]
        self.assertEqual(len(self.read(client, startTime=start)[0]), 7)
        self.ask("POST", "group", {"empty_pages": 2, "shard": 5})
        self.assertEqual([len(x) if isinstance(x, list) else x for x in self.read(client)], [12, 5])
        self.refused(lambda: client.filter_log_events(logGroupName=self.GROUP, nextToken="x"), "InvalidParameterException")
        self.refused(lambda: client.filter_log_events(logGroupName="none"), "ResourceNotFoundException", 400)
        self.refused(lambda: client.filter_log_events(logGroupName=self.GROUP, filterPattern="{ $.a EXISTS }"), "InvalidParameterException")

    def test_streams_tell_the_last_arrival_and_groups_age(self):
        client = self.estate(log_group=True).client("logs")
        self.lay(3)
        stream = lambda: client.describe_log_streams(logGroupName=self.GROUP, orderBy="LastEventTime", descending=True)["logStreams"][0]
        before = stream()
        self.assertEqual(before["logStreamName"], "123456789012_CloudTrail_us-east-1")
        self.ask("POST", "group/age", {"group": self.GROUP, "seconds": 3600})
        self.assertEqual(before["lastIngestionTime"] - stream()["lastIngestionTime"], 3_600_000)

    def test_what_is_put_is_found(self):
        client = self.estate(log_group=True).client("logs")
        client.create_log_stream(logGroupName=self.GROUP, logStreamName="s")
        import time
        client.put_log_events(logGroupName=self.GROUP, logStreamName="s", logEvents=[{"timestamp": int(time.time() * 1000), "message": "AccessDenied"}])
        self.assertEqual(len(self.read(client, filterPattern="AccessDenied")[0]), 1)
        arn = f"arn:aws:logs:us-east-1:123456789012:log-group:{self.GROUP}"
        self.assertEqual(len(client.filter_log_events(logGroupIdentifier=arn)["events"]), 1)
