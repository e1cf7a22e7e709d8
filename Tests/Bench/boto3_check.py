#!/usr/bin/env python3
"""What anybody would write with boto3 to see whether an account's trail delivers: the bench's
alternative to `watchkeeper check`. It asks the same calls, region by region, in eight threads."""

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import boto3
from botocore.config import Config

arn = sys.argv[1]
home, account = arn.split(":")[3:5]
session = boto3.session.Session()
config = Config(retries={"mode": "standard"}, s3={"addressing_style": "path"}, max_pool_connections=8)
now = datetime.now(timezone.utc)
hour_ago = now - timedelta(hours=1)


def client(service, region):
    return session.client(service, region_name=region, config=config)


own = client("sts", home).get_caller_identity()["Arn"]
regions = [r["RegionName"] for r in client("ec2", home).describe_regions()["Regions"]]
clients = {region: client("cloudtrail", region) for region in regions}  # clients are not made in threads
s3 = client("s3", home)
trail = next(t for t in clients[home].describe_trails()["trailList"] if t["TrailARN"] == arn)
selectors = clients[home].get_event_selectors(TrailName=arn)["EventSelectors"]
bucket = trail["S3BucketName"]
root = f"{trail['S3KeyPrefix']}/AWSLogs" if trail.get("S3KeyPrefix") else "AWSLogs"


def newest_object(region):
    folder, times = f"{root}/{account}/CloudTrail/{region}", []
    start = f"{folder}/{hour_ago:%Y/%m/%d}/{account}_CloudTrail_{region}_{hour_ago:%Y%m%dT%H%MZ}"
    for day in sorted({f"{hour_ago:%Y/%m/%d}", f"{now:%Y/%m/%d}"}):
        after = {"StartAfter": start} if day == f"{hour_ago:%Y/%m/%d}" else {}
        listing = s3.list_objects_v2(Bucket=bucket, Prefix=f"{folder}/{day}/", **after)
        times += [found["LastModified"] for found in listing.get("Contents", [])]
    return max(times, default=None)


def look(region):
    if region != home:
        clients[region].describe_trails()
    status = clients[region].get_trail_status(Name=arn)
    pages = clients[region].get_paginator("lookup_events").paginate(
        StartTime=now - timedelta(hours=24), PaginationConfig={"MaxItems": 500},
        LookupAttributes=[{"AttributeKey": "ReadOnly", "AttributeValue": "false"}])
    stops = sum(event["EventName"] == "StopLogging" for page in pages for event in page["Events"])
    newest = newest_object(region)
    return region, status["IsLogging"], newest is not None and now - newest < timedelta(minutes=30), stops


with ThreadPoolExecutor(8) as pool:
    looks = list(pool.map(look, regions))
for region, logging, delivering, stops in looks:
    print(region, "logging" if logging else "STOPPED", "delivering" if delivering else "SILENT", f"{stops} stops")
print(f"{len(selectors)} selectors, asked by {own}")
sys.exit(0 if all(logging and delivering for _, logging, delivering, _ in looks) else 2)
