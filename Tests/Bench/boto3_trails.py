#!/usr/bin/env python3
"""What anybody would write with boto3 to see whether every trail logs in every region: the bench's
alternative to `watchkeeper check --only trail`, with a pool of sixteen threads."""

import sys
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config

session = boto3.session.Session()
config = Config(retries={"mode": "standard"}, max_pool_connections=16)
regions = [r["RegionName"] for r in session.client("ec2", config=config).describe_regions()["Regions"]]
clients = {region: session.client("cloudtrail", region_name=region, config=config) for region in regions}
trails = clients[regions[0]].describe_trails()["trailList"]


def look(pair):
    trail, region = pair
    if region == trail["HomeRegion"]:
        clients[region].get_event_selectors(TrailName=trail["TrailARN"])
    status = clients[region].get_trail_status(Name=trail["TrailARN"])
    return status["IsLogging"] and "LatestDeliveryError" not in status


with ThreadPoolExecutor(16) as pool:
    looks = list(pool.map(look, [(trail, region) for trail in trails for region in regions]))
print(sum(looks), "of", len(looks), "log")
sys.exit(0 if all(looks) else 2)
