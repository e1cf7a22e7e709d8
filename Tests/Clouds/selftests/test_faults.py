"""Faults on demand, each in the service's own envelope."""

import http.client
import json
import socket

from botocore.exceptions import ClientError

from .case import Estate, OverlayCase


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
        self.refused(lambda: estate.client("cloudtrail").list_imports(), "UnknownOperationException", 400)
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
        connection = http.client.HTTPConnection("127.0.0.1", self.ready["port"], timeout=120)
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
