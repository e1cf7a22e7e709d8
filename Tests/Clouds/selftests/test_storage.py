"""S3 where moto differs: the age of objects, layouts, buckets of other regions."""

import time

from .case import HOUR, ORGANIZATION, OverlayCase


class Storage(OverlayCase):
    def newest(self, estate, prefix):
        pages = estate.client("s3", "watchkeeper").get_paginator("list_objects_v2").paginate(
            Bucket=estate.bucket, Prefix=prefix)
        return max(o["LastModified"].timestamp() for p in pages for o in p.get("Contents", []))

    def test_objects_have_the_age_that_they_were_laid_with(self):
        estate = self.estate()
        prefix = f"{estate.root()}123456789012/CloudTrail/eu-west-1/"
        self.assertAlmostEqual(time.time() - self.newest(estate, prefix), 180, delta=240)
        self.ask("POST", "objects", {"bucket": estate.bucket, "prefix": prefix, "age": HOUR})
        self.assertAlmostEqual(time.time() - self.newest(estate, prefix), HOUR + 180, delta=240)
        estate.lay([0], ["eu-west-1"])
        self.ask("DELETE", "objects")
        self.assertLess(time.time() - self.newest(estate, prefix), 150)

    def test_age_leaves_nothing_younger(self):
        estate = self.estate()
        estate.age(50)
        self.assertAlmostEqual(time.time() - self.newest(estate, estate.root()), 50 * 60, delta=240)
        listed = estate.client("s3").list_objects_v2(Bucket=estate.bucket, MaxKeys=2)
        self.assertTrue(listed["IsTruncated"])
        head = estate.client("s3").head_object(Bucket=estate.bucket, Key=listed["Contents"][0]["Key"])
        self.assertEqual(head["LastModified"], listed["Contents"][0]["LastModified"].replace(microsecond=0))

    def test_small_pages_lose_nothing_and_odd_keys_come_back(self):
        estate = self.estate(regions=("us-east-1",))
        client = estate.client("s3")
        for key in ("odd/a b+c", "odd/é&<x>'"):
            client.put_object(Bucket=estate.bucket, Key=key, Body=b"1")
        self.ask("POST", "settings", {"list_page": 3})
        pages = list(client.get_paginator("list_objects_v2").paginate(Bucket=estate.bucket))
        keys = [o["Key"] for p in pages for o in p["Contents"]]
        self.assertEqual(len(keys), 10)
        self.assertEqual(keys[-2:], ["odd/a b+c", "odd/é&<x>'"])
        self.assertEqual([p["KeyCount"] for p in pages], [3, 3, 3, 1])
        head = client.list_objects_v2(Bucket=estate.bucket)["ResponseMetadata"]["HTTPHeaders"]
        self.assertEqual(head["x-amz-bucket-region"], "us-east-1")
        self.assertIn("x-amz-request-id", head)

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
