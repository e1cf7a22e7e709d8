#!/usr/bin/env python3
"""Proves the overlay with boto3 before anything is proven with the overlay."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
import unittest

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import boto3  # noqa: E402
from botocore.config import Config  # noqa: E402
from botocore.exceptions import ClientError  # noqa: E402

from estate import ORGANIZATION, Estate, overlay  # noqa: E402

HOUR = 3600


class OverlayCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.child = subprocess.Popen([sys.executable, os.path.join(HERE, "aws_overlay.py"), "--until-eof"],
                                     stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        cls.ready = json.loads(cls.child.stdout.readline())
        cls.endpoint = f"http://127.0.0.1:{cls.ready['port']}"

    @classmethod
    def tearDownClass(cls):
        cls.child.stdin.close()
        status = cls.child.wait(timeout=10)
        cls.child.stdout.close()
        assert status == 0, f"the overlay ended with {status}"

    def setUp(self):
        self.ask("POST", "reset")

    def ask(self, method, path, value=None):
        return overlay(self.endpoint, method, path, value)

    def estate(self, **more):
        made = Estate(self.endpoint, **more)
        made.build()
        return made

    def fault(self, **asked):
        self.ask("POST", "faults", asked)

    def refused(self, act, code, status=None):
        with self.assertRaises(ClientError) as caught:
            act()
        self.assertEqual(caught.exception.response["Error"]["Code"], code)
        if status:
            self.assertEqual(caught.exception.response["ResponseMetadata"]["HTTPStatusCode"], status)


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
        self.assertLess(abs(found[0]["EventTime"].timestamp() - time.time()), 60)
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
        self.ask("POST", "history", {"rate": 1, "empty_pages": 0})
        client.lookup_events()
        self.refused(client.lookup_events, "ThrottlingException", 400)


class Trails(OverlayCase):
    def status(self, estate, region=None, name=None):
        return estate.client("cloudtrail", region=region).get_trail_status(Name=name or estate.arn)

    def test_a_healthy_trail_delivers_and_digests(self):
        value = self.status(self.estate())
        now = time.time()
        self.assertTrue(value["IsLogging"])
        self.assertNotIn("LatestDeliveryError", value)
        self.assertLess(now - value["LatestDeliveryTime"].timestamp(), 301)
        self.assertLess(now - value["LatestDigestDeliveryTime"].timestamp(), HOUR + 1)
        self.assertGreater(now - value["StartLoggingTime"].timestamp(), 29 * 86400)

    def test_times_grow_old_where_they_are_set(self):
        estate = self.estate()
        self.ask("POST", "status", {"trail": "main", "region": "eu-west-1", "fields": {
            "LatestDeliveryTime": "-45m", "LatestDeliveryError": "AccessDenied", "LatestDigestDeliveryTime": None,
            "LatestCloudWatchLogsDeliveryError": "Access denied. Verify in IAM that the role has adequate permissions."}})
        there, here = self.status(estate, "eu-west-1"), self.status(estate, "us-east-1")
        self.assertAlmostEqual(time.time() - there["LatestDeliveryTime"].timestamp(), 45 * 60, delta=30)
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


class Storage(OverlayCase):
    def newest(self, estate, prefix):
        pages = estate.client("s3", "watchkeeper").get_paginator("list_objects_v2").paginate(
            Bucket=estate.bucket, Prefix=prefix)
        return max(o["LastModified"].timestamp() for p in pages for o in p.get("Contents", []))

    def test_objects_have_the_age_that_they_were_laid_with(self):
        estate = self.estate()
        prefix = f"{estate.root()}123456789012/CloudTrail/eu-west-1/"
        self.assertAlmostEqual(time.time() - self.newest(estate, prefix), 180, delta=60)
        self.ask("POST", "objects", {"bucket": estate.bucket, "prefix": prefix, "age": HOUR})
        self.assertAlmostEqual(time.time() - self.newest(estate, prefix), HOUR + 180, delta=60)
        estate.lay([0], ["eu-west-1"])
        self.ask("DELETE", "objects")
        self.assertLess(time.time() - self.newest(estate, prefix), 60)

    def test_age_leaves_nothing_younger(self):
        estate = self.estate()
        estate.age(50)
        self.assertAlmostEqual(time.time() - self.newest(estate, estate.root()), 50 * 60, delta=60)
        listed = estate.client("s3").list_objects_v2(Bucket=estate.bucket, MaxKeys=2)
        self.assertTrue(listed["IsTruncated"])
        head = estate.client("s3").head_object(Bucket=estate.bucket, Key=listed["Contents"][0]["Key"])
        self.assertEqual(head["LastModified"], listed["Contents"][0]["LastModified"].replace(microsecond=0))

    def test_layouts(self):
        estate = self.estate(organization=ORGANIZATION, accounts=["123456789012", "210987654321"], prefix="logs")
        keys = [o["Key"] for o in estate.client("s3").list_objects_v2(Bucket=estate.bucket)["Contents"]]
        self.assertTrue(any(k.startswith(f"logs/AWSLogs/{ORGANIZATION}/210987654321/CloudTrail/eu-west-1/20") for k in keys))
        self.assertTrue(any(f"{ORGANIZATION}/123456789012/CloudTrail-Digest/us-east-1/" in k for k in keys))

    def test_a_bucket_of_another_region_redirects(self):
        estate = self.estate(home="eu-west-1")
        connection = estate.client("s3", region="us-east-1")
        self.assertTrue(connection.list_objects_v2(Bucket=estate.bucket)["Contents"])
        calls = self.ask("GET", "calls?operation=ListObjectsV2")["calls"]
        self.assertEqual([(c["region"], c["status"]) for c in calls], [("us-east-1", 301), ("eu-west-1", 200)])
        self.assertEqual(estate.client("s3", region="us-east-1").get_bucket_location(
            Bucket=estate.bucket)["LocationConstraint"], "eu-west-1")


class Callers(OverlayCase):
    def test_signatures_are_checked(self):
        estate = self.estate()
        estate.users["dev"]["secret"] = "not the secret"
        self.refused(lambda: estate.client("cloudtrail", "dev").describe_trails(), "InvalidSignatureException", 400)
        self.refused(lambda: estate.client("s3", "dev").list_buckets(), "SignatureDoesNotMatch", 403)
        estate.users["dev"]["key"] = "AKIANOBODYXXXXEXAMPLE"
        self.refused(lambda: estate.client("sts", "dev").get_caller_identity(), "InvalidClientTokenId", 403)

    def test_odd_keys_and_queries_sign_right(self):
        estate = self.estate()
        client = estate.client("s3")
        for key in ("a b+c=d~e/é~(1)*.gz", "x%2Fy", "日本"):
            client.put_object(Bucket=estate.bucket, Key=key, Body=b"1")
            self.assertEqual(client.get_object(Bucket=estate.bucket, Key=key)["Body"].read(), b"1")
            self.assertEqual(client.list_objects_v2(Bucket=estate.bucket, Prefix=key)["KeyCount"], 1)

    def test_who_is_who(self):
        estate = self.estate()
        self.assertEqual(estate.client("sts", "dev").get_caller_identity()["Arn"], "arn:aws:iam::123456789012:user/dev")

    def test_a_role_session_acts_by_its_name_and_runs_out(self):
        estate = self.estate()
        for seconds, ends in ((None, False), (0, True)):
            self.ask("POST", "settings", {"session_seconds": seconds})
            given = estate.client("sts", "dev").assume_role(
                RoleArn="arn:aws:iam::123456789012:role/Audit", RoleSessionName="night-shift")["Credentials"]
            client = boto3.session.Session().client(
                "cloudtrail", region_name="us-east-1", endpoint_url=self.endpoint, aws_access_key_id=given["AccessKeyId"],
                aws_secret_access_key=given["SecretAccessKey"], aws_session_token=given["SessionToken"],
                config=Config(retries={"total_max_attempts": 1}))
            if ends:
                self.refused(client.describe_trails, "ExpiredTokenException")
            else:
                client.stop_logging(Name="main")
        found = estate.client("cloudtrail").lookup_events(
            LookupAttributes=[{"AttributeKey": "Username", "AttributeValue": "night-shift"}])["Events"]
        self.assertIn("StopLogging", [e["EventName"] for e in found])

    def test_calls_are_recorded(self):
        estate = self.estate()
        self.ask("DELETE", "calls")
        estate.client("cloudtrail", "watchkeeper", "eu-west-1").describe_trails()
        calls = self.ask("GET", "calls?operation=DescribeTrails")["calls"]
        self.assertEqual([(c["service"], c["region"], c["user"], c["status"]) for c in calls],
                         [("cloudtrail", "eu-west-1", "watchkeeper", 200)])

    def test_regions_are_the_tests_own(self):
        client = self.estate().client("ec2")
        names = lambda **asked: [r["RegionName"] for r in client.describe_regions(**asked)["Regions"]]
        self.assertEqual(names(), ["us-east-1", "eu-west-1", "ap-southeast-2"])
        self.assertIn("me-south-1", names(AllRegions=True))
        listed = Estate(self.endpoint).client("account").list_regions(RegionOptStatusContains=["DISABLED"])
        self.assertEqual([r["RegionName"] for r in listed["Regions"]], ["me-south-1"])


class Faults(OverlayCase):
    REFUSED = [("cloudtrail", "deny", "AccessDeniedException", 400), ("cloudtrail", "throttle", "ThrottlingException", 400),
               ("cloudtrail", "expired_token", "ExpiredTokenException", 400), ("cloudtrail", "error", "InternalFailure", 500),
               ("ec2", "deny", "UnauthorizedOperation", 403), ("ec2", "throttle", "RequestLimitExceeded", 503),
               ("s3", "deny", "AccessDenied", 403), ("s3", "throttle", "SlowDown", 503), ("s3", "error", "InternalError", 500),
               ("sts", "deny", "AccessDenied", 403), ("sts", "expired_token", "ExpiredToken", 403),
               ("s3", "expired_token", "ExpiredToken", 400)]
    ASKED = {"cloudtrail": "describe_trails", "ec2": "describe_regions", "s3": "list_buckets", "sts": "get_caller_identity"}

    def test_refusals_wear_the_services_own_envelope(self):
        estate = self.estate()
        for service, kind, code, status in self.REFUSED:
            with self.subTest(service=service, kind=kind):
                self.ask("DELETE", "faults")
                self.fault(service=service, kind=kind)
                self.refused(getattr(estate.client(service), self.ASKED[service]), code, status)

    def test_a_fault_meets_only_what_it_names(self):
        estate = self.estate()
        self.fault(service="cloudtrail", operation="LookupEvents", region="eu-west-1", user="watchkeeper", kind="deny", times=1)
        look = lambda user, region: estate.client("cloudtrail", user, region).lookup_events()
        look("watchkeeper", "us-east-1")
        look("ops", "eu-west-1")
        self.refused(lambda: look("watchkeeper", "eu-west-1"), "AccessDeniedException")
        look("watchkeeper", "eu-west-1")

    def test_unknown_operations_never_answer_html(self):
        estate = self.estate()
        self.refused(lambda: estate.client("cloudtrail").list_public_keys(), "UnknownOperationException", 400)
        self.refused(lambda: estate.client("iam").simulate_principal_policy(
            PolicySourceArn="arn:aws:iam::123456789012:user/dev", ActionNames=["s3:PutObject"]), "InvalidAction", 400)

    def raw(self, target="DescribeTrails"):
        """One signed call's answer as bytes, without a client that smooths things over."""
        client = Estate(self.endpoint).client("cloudtrail")
        held = []
        client.meta.events.register("before-send.cloudtrail", lambda request, **_: held.append(request) or self.Stop())
        try:
            getattr(client, {"DescribeTrails": "describe_trails"}[target])()
        except Exception:  # the stand-in answer is none: only the request was wanted
            pass
        request = held[0]
        connection = http.client.HTTPConnection("127.0.0.1", self.ready["port"], timeout=10)
        self.addCleanup(connection.close)
        headers = {k: v.decode() if isinstance(v, bytes) else v for k, v in request.headers.items()}
        connection.request(request.method, "/", body=request.body, headers=headers)
        return connection.getresponse()

    class Stop:
        status_code, headers, content, raw = 500, {}, b"", None

    def test_broken_answers(self):
        self.estate()
        for kind in ("html", "garbage", "empty", "null", "deep", "cut", "wrong_length", "drip", "latency"):
            with self.subTest(kind=kind):
                self.ask("DELETE", "faults")
                self.fault(service="cloudtrail", kind=kind, ms=1)
                answer = self.raw()
                self.assertEqual(answer.status, 200)
                if kind == "cut":
                    with self.assertRaises(http.client.IncompleteRead):
                        answer.read()
                    continue
                body = answer.read()
                {"html": lambda: self.assertIn(b"<html>", body),
                 "garbage": lambda: self.assertRaises(ValueError, json.loads, body),
                 "empty": lambda: self.assertEqual(body, b""), "null": lambda: self.assertEqual(body, b"null"),
                 "deep": lambda: self.assertEqual(len(body), 200_000),
                 "wrong_length": lambda: self.assertRaises(ValueError, json.loads, body),
                 "drip": lambda: self.assertEqual(len(json.loads(body)["trailList"]), 1),
                 "latency": lambda: self.assertEqual(len(json.loads(body)["trailList"]), 1)}[kind]()

    def test_reset_and_hang(self):
        self.estate()
        self.fault(service="cloudtrail", kind="reset")
        with self.assertRaises((ConnectionError, http.client.BadStatusLine)):
            self.raw()
        self.ask("DELETE", "faults")
        self.fault(service="cloudtrail", kind="hang")
        client = socket.create_connection(("127.0.0.1", self.ready["port"]), timeout=0.3)
        self.addCleanup(client.close)
        client.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: x.CloudTrail_20131101.LookupEvents\r\n"
                       b"Authorization: AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/cloudtrail/aws4_request\r\n"
                       b"Content-Length: 2\r\n\r\n{}")
        with self.assertRaises(TimeoutError):
            client.recv(1)

    def test_a_wrong_clock_is_told_by_code_and_date(self):
        estate = self.estate()
        self.ask("POST", "settings", {"skew": 1200})
        self.refused(estate.client("cloudtrail").describe_trails, "InvalidSignatureException", 400)
        with self.assertRaises(ClientError) as caught:
            estate.client("s3").list_objects_v2(Bucket=estate.bucket)
        self.assertEqual(caught.exception.response["Error"]["Code"], "RequestTimeTooSkewed")

    def test_bad_control_requests_are_said(self):
        for method, path, value in (("POST", "faults", {"kind": "nonsense"}), ("POST", "settings", {"colour": 1}),
                                    ("GET", "nothing", None)):
            with self.assertRaises(Exception):
                self.ask(method, path, value)


if __name__ == "__main__":
    unittest.main()
