"""Who calls: signatures, sessions, agents, the record of calls."""

import http.client
import json

import boto3
from botocore.config import Config

from .case import Estate, OverlayCase


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

    def test_an_external_id_can_be_asked_for(self):
        client = Estate(self.endpoint).client("sts", "dev")
        self.ask("POST", "settings", {"external_id": "acme-7"})
        asked = {"RoleArn": "arn:aws:iam::123456789012:role/Audit", "RoleSessionName": "night"}
        self.refused(lambda: client.assume_role(**asked), "AccessDenied", 403)
        client.assume_role(ExternalId="acme-7", **asked)

    def agent(self, method, path, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.ready["port"], timeout=120)
        self.addCleanup(connection.close)
        connection.request(method, path, headers={k.replace("_", "-"): v for k, v in headers.items()})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()

    def test_agents_hand_out_keys_that_work(self):
        path = "/latest/meta-data/iam/security-credentials/"
        self.assertEqual(self.agent("GET", path)[0], 401)
        token = self.agent("PUT", "/latest/api/token", X_aws_ec2_metadata_token_ttl_seconds="60")[1]
        role = self.agent("GET", path, X_aws_ec2_metadata_token=token)[1]
        made = json.loads(self.agent("GET", path + role, X_aws_ec2_metadata_token=token)[1])
        client = boto3.session.Session().client(
            "sts", region_name="us-east-1", endpoint_url=self.endpoint, aws_access_key_id=made["AccessKeyId"],
            aws_secret_access_key=made["SecretAccessKey"], aws_session_token=made["Token"])
        self.assertEqual(client.get_caller_identity()["Arn"],
                         "arn:aws:sts::123456789012:assumed-role/watchkeeper-host/watchkeeper-host")
        self.assertEqual(self.agent("GET", "/v2/credentials/watchkeeper")[0], 401)
        self.assertEqual(self.agent("GET", "/v2/credentials/watchkeeper", Authorization="container-agent-token")[0], 200)
        self.assertEqual(self.agent("GET", "/federation/credentials?role_name=Audit&account_id=1")[0], 401)

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
