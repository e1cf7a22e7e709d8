"""Buckets, accounts, organization trails, lakes, limits: what AWS says where moto says it wrongly or not at all."""

import http.client
import json

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from .case import OverlayCase

SHARED = "arn:aws:cloudtrail:us-east-1:999988887777:trail/org"


class Posture(OverlayCase):
    def test_policy_status(self):
        estate = self.estate()
        s3 = estate.client("s3")
        public = lambda: s3.get_bucket_policy_status(Bucket=estate.bucket)["PolicyStatus"]["IsPublic"]
        self.assertFalse(public())
        estate.act("public-policy")
        self.assertTrue(public())
        estate.act("delete-policy")
        self.refused(public, "NoSuchBucketPolicy", 404)
        self.refused(lambda: s3.get_bucket_policy(Bucket=estate.bucket), "NoSuchBucketPolicy", 404)
        self.refused(lambda: s3.get_bucket_policy(Bucket="nobody-has-this"), "NoSuchBucket", 404)
        s3.put_public_access_block(Bucket=estate.bucket, PublicAccessBlockConfiguration={"BlockPublicPolicy": True})
        self.refused(lambda: estate.act("public-policy"), "AccessDenied", 403)
        self.refused(lambda: s3.put_bucket_policy(Bucket=estate.bucket, Policy="{"), "MalformedPolicy", 400)

    def test_versioning_encryption_and_lock(self):
        estate = self.estate()
        s3, bucket = estate.client("s3"), estate.bucket
        self.assertNotIn("Status", s3.get_bucket_versioning(Bucket=bucket))
        s3.put_bucket_versioning(Bucket=bucket, MFA="123456 1", VersioningConfiguration={"Status": "Enabled", "MFADelete": "Enabled"})
        told = s3.get_bucket_versioning(Bucket=bucket)
        self.assertEqual((told["Status"], told["MFADelete"]), ("Enabled", "Enabled"))
        estate.act("suspend-versioning")
        self.assertEqual(s3.get_bucket_versioning(Bucket=bucket)["Status"], "Suspended")
        rule = s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"][0]
        self.assertEqual(rule["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"], "AES256")
        self.refused(lambda: s3.get_object_lock_configuration(Bucket=bucket), "ObjectLockConfigurationNotFoundError", 404)

    def control(self, estate, method, body=b"", account="123456789012"):
        """s3control, path style: boto3 itself insists on a host name per account."""
        url = f"{self.endpoint}/v20180820/configuration/publicAccessBlock"
        request = AWSRequest(method, url, headers={"x-amz-account-id": account}, data=body)
        keys = estate.users["ops"]
        S3SigV4Auth(Credentials(keys["key"], keys["secret"]), "s3", "us-east-1").add_auth(request)
        connection = http.client.HTTPConnection("127.0.0.1", self.ready["port"], timeout=120)
        self.addCleanup(connection.close)
        connection.request(method, "/v20180820/configuration/publicAccessBlock", body, dict(request.headers.items()))
        answer = connection.getresponse()
        return answer.status, answer.read().decode()

    def test_the_accounts_own_access_block(self):
        estate = self.estate()
        status, body = self.control(estate, "GET")
        self.assertEqual(status, 404)
        self.assertIn("<ErrorResponse xmlns=\"http://awss3control.amazonaws.com/doc/2018-08-20/\"><Error>", body)
        self.assertIn("<Code>NoSuchPublicAccessBlockConfiguration</Code>", body)
        self.assertEqual(self.control(estate, "PUT", b"<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls>"
                                      b"</PublicAccessBlockConfiguration>")[0], 201)
        self.assertIn("<BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>false<", self.control(estate, "GET")[1])
        self.assertEqual(self.control(estate, "GET", account="1")[0], 403)
        self.assertEqual([e["eventName"] for e in self.ask("GET", "events")["events"]][-2:-1], ["GetAccountPublicAccessBlock"])

    def test_an_organizations_trail_seen_from_a_member(self):
        estate = self.estate()
        self.ask("POST", "organization", {"arn": SHARED, "status": {
            "LatestDeliveryTime": "-3m", "LatestDeliveryError": "AccessDenied"}})
        for region in ("us-east-1", "eu-west-1"):
            client = estate.client("cloudtrail", "watchkeeper", region)
            listed = {t["TrailARN"]: t for t in client.describe_trails()["trailList"]}
            self.assertTrue(listed[SHARED]["IsOrganizationTrail"])
            status = client.get_trail_status(Name=SHARED)
            self.assertTrue(status["IsLogging"])
            self.assertNotIn("LatestDeliveryError", status)
            self.assertNotIn("LatestDigestDeliveryTime", status)
            self.refused(lambda: client.get_trail_status(Name="org"), "TrailNotFoundException", 400)
            self.refused(lambda: client.get_event_selectors(TrailName=SHARED), "TrailNotFoundException", 400)
            self.refused(lambda: client.stop_logging(Name=SHARED), "NotOrganizationMasterAccountException", 400)
        shadowless = estate.client("cloudtrail", region="eu-west-1").describe_trails(includeShadowTrails=False)
        self.assertEqual(shadowless["trailList"], [])

    def test_lake_insights_and_keys(self):
        client = self.estate().client("cloudtrail")
        arn = "arn:aws:cloudtrail:us-east-1:123456789012:eventdatastore/1"
        self.assertEqual(client.list_event_data_stores()["EventDataStores"], [])
        self.ask("POST", "data_stores", {"stores": [{"EventDataStoreArn": arn, "Name": "lake", "Status": "ENABLED"}]})
        self.assertEqual(client.list_event_data_stores()["EventDataStores"][0]["Name"], "lake")
        self.assertEqual(client.get_event_data_store(EventDataStore=arn)["Status"], "ENABLED")
        self.refused(lambda: client.get_event_data_store(EventDataStore=arn + "x"), "EventDataStoreNotFoundException", 400)
        self.assertEqual((client.list_channels()["Channels"], client.list_public_keys()["PublicKeyList"]), ([], []))
        self.assertEqual(client.get_event_configuration(TrailName="main")["MaxEventSize"], "Standard")
        self.refused(lambda: client.get_insight_selectors(TrailName="main"), "InsightNotEnabledException", 400)
        client.put_insight_selectors(TrailName="main", InsightSelectors=[{"InsightType": "ApiCallRateInsight"}])
        self.assertEqual(len(client.get_insight_selectors(TrailName="main")["InsightSelectors"]), 1)
        self.assertTrue(client.describe_trails()["trailList"][0]["HasInsightSelectors"])

    def test_rates_are_per_region_and_name(self):
        estate = self.estate()
        self.ask("POST", "rates", {"limits": [{"service": "cloudtrail", "operations": ["GetTrailStatus"], "per_second": 2, "seconds": 600}]})
        client = estate.client("cloudtrail")
        for _ in range(2):
            client.get_trail_status(Name="main")
        self.refused(lambda: client.get_trail_status(Name="main"), "ThrottlingException", 400)
        client.describe_trails()
        estate.client("cloudtrail", region="eu-west-1").get_trail_status(Name=estate.arn)

    DENIED = [("kms", lambda c: c.list_keys(), "AccessDeniedException", 400), ("logs", lambda c: c.describe_log_groups(), "AccessDeniedException", 400),
              ("events", lambda c: c.list_rules(), "AccessDeniedException", 400), ("sqs", lambda c: c.list_queues(), "AccessDenied", 400),
              ("sns", lambda c: c.list_topics(), "AuthorizationError", 403), ("iam", lambda c: c.list_roles(), "AccessDenied", 403),
              ("cloudwatch", lambda c: c.describe_alarms(), "AccessDenied", 400), ("organizations", lambda c: c.describe_organization(), "AccessDeniedException", 400)]

    def test_denials_wear_each_services_envelope(self):
        estate = self.estate()
        for service, ask, code, status in self.DENIED:
            with self.subTest(service=service):
                self.ask("DELETE", "faults")
                self.fault(service="monitoring" if service == "cloudwatch" else service, kind="deny")
                self.refused(lambda: ask(estate.client(service)), code, status)

    def test_a_fault_can_meet_one_resource(self):
        estate = self.estate()
        self.fault(service="s3", operation="GetBucketPolicy", kind="deny", resource="acme-audit")
        self.refused(lambda: estate.client("s3").get_bucket_policy(Bucket=estate.bucket), "AccessDenied")
        self.refused(lambda: estate.client("s3").get_bucket_policy(Bucket="other"), "NoSuchBucket")
