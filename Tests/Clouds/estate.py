#!/usr/bin/env python3
"""Builds an audited estate behind the overlay with boto3, lays its log objects, and acts as its people."""

import argparse
import gzip
import hashlib
import json
import os
import sys
import time
import urllib.request

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import boto3  # noqa: E402
from botocore.config import Config  # noqa: E402

from awsoverlay import events, pipeline  # noqa: E402
from awsoverlay.identity import ACCOUNT, USERS  # noqa: E402

MONTH = 30 * 86400
ORGANIZATION = "o-exampleorgid"
SESSION = boto3.session.Session()  # one: it keeps the service models, which take long to read


def overlay(endpoint, method, path, value=None):
    body = None if value is None else json.dumps(value).encode()
    request = urllib.request.Request(f"{endpoint}/_overlay/{path}", body, method=method)
    with urllib.request.urlopen(request, timeout=120) as answer:
        return json.load(answer)


class Estate:
    def __init__(self, endpoint, trail="main", bucket="acme-audit", home="us-east-1", prefix="",
                 organization="", accounts=(ACCOUNT,), regions=("us-east-1", "eu-west-1", "ap-southeast-2"),
                 multi_region=True, log_group=False, whole=False):
        self.endpoint, self.trail, self.bucket, self.home = endpoint.rstrip("/"), trail, bucket, home
        self.prefix, self.organization, self.accounts = prefix, organization, list(accounts)
        self.regions = list(regions) if multi_region else [home]
        self.enabled, self.multi_region, self.log_group = list(regions), multi_region, log_group
        self.users = overlay(self.endpoint, "GET", "ready")["users"]
        self.whole, self.pipeline = whole, pipeline.Pipeline(self, ACCOUNT)

    @property
    def arn(self):
        return f"arn:aws:cloudtrail:{self.home}:{ACCOUNT}:trail/{self.trail}"

    def client(self, service, user="ops", region=None, **config):
        keys = self.users[user]
        config = Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"},
                        connect_timeout=60, read_timeout=120, **config)
        return SESSION.client(
            service, region_name=region or self.home, endpoint_url=self.endpoint, config=config,
            aws_access_key_id=keys["key"], aws_secret_access_key=keys["secret"])

    def build(self, minutes=(3, 8, 13, 28, 58), keep_young=False):
        """Bucket, policy, trail, logging; objects and digests of the last hours; made a month ago."""
        s3, cloudtrail = self.client("s3"), self.client("cloudtrail")
        overlay(self.endpoint, "POST", "regions", {"enabled": self.enabled})
        where = {} if self.home == "us-east-1" else {
            "CreateBucketConfiguration": {"LocationConstraint": self.home}}
        s3.create_bucket(Bucket=self.bucket, ObjectLockEnabledForBucket=self.whole, **where)
        s3.put_bucket_policy(Bucket=self.bucket, Policy=json.dumps(self.policy()))
        more = {"S3KeyPrefix": self.prefix} if self.prefix else {}
        if self.organization:
            more["IsOrganizationTrail"] = True
        if self.log_group:
            more.update(self.make_log_group())
        if self.whole:
            more.update(self.pipeline.trail_settings())
        cloudtrail.create_trail(Name=self.trail, S3BucketName=self.bucket, IsMultiRegionTrail=self.multi_region,
                                IncludeGlobalServiceEvents=True, EnableLogFileValidation=True, **more)
        cloudtrail.start_logging(Name=self.trail)
        if self.whole:
            self.pipeline.guard_bucket()
            self.pipeline.make_alert_path()
        overlay(self.endpoint, "POST", "status", {"trail": self.arn, "fields": {"StartLoggingTime": "-30d"}})
        self.lay(minutes)
        self.lay_digests((1, 2, 3))
        if not keep_young:
            overlay(self.endpoint, "POST", "events/age", {"seconds": MONTH})
        return self.told()

    def told(self):
        return {"trail": self.trail, "arn": self.arn, "bucket": self.bucket, "home": self.home,
                "regions": self.regions, "accounts": self.accounts, "account": ACCOUNT, "prefix": self.prefix}

    def confirm(self, endpoint, confirmed=True):
        overlay(self.endpoint, "POST", "subscriptions", {"endpoint": endpoint, "confirmed": confirmed})

    def make_log_group(self):
        group = f"/cloudtrail/{self.trail}"
        self.client("logs").create_log_group(logGroupName=group)
        role = self.client("iam").create_role(RoleName="cloudtrail-to-logs", AssumeRolePolicyDocument="{}")
        return {"CloudWatchLogsLogGroupArn": f"arn:aws:logs:{self.home}:{ACCOUNT}:log-group:{group}:*",
                "CloudWatchLogsRoleArn": role["Role"]["Arn"]}

    def put_policy(self, user, kind):
        """The bucket's policy, weaker by one thing."""
        policy = self.policy()
        if kind == "public":
            policy["Statement"].append({"Sid": "Everybody", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
                                        "Resource": f"arn:aws:s3:::{self.bucket}/*"})
        if kind == "no-tls":
            policy["Statement"] = [s for s in policy["Statement"] if s["Sid"] != "TLSOnly"]
        if kind == "no-source":
            for one in policy["Statement"]:
                one.get("Condition", {}).get("StringEquals", {}).pop("aws:SourceArn", None)
        self.client("s3", user).put_bucket_policy(Bucket=self.bucket, Policy=json.dumps(policy))

    def set_trail(self, user, **settings):
        self.client("cloudtrail", user).update_trail(Name=self.arn, **settings)

    def select(self, user, selectors):
        self.client("cloudtrail", user).put_event_selectors(TrailName=self.arn, EventSelectors=selectors)

    def policy(self, blocked=False):
        service = {"Service": "cloudtrail.amazonaws.com"}
        here = f"arn:aws:s3:::{self.bucket}"
        statements = [
            {"Sid": "AWSCloudTrailAclCheck", "Effect": "Allow", "Principal": service,
             "Action": "s3:GetBucketAcl", "Resource": here},
            {"Sid": "AWSCloudTrailWrite", "Effect": "Allow", "Principal": service, "Action": "s3:PutObject",
             "Resource": f"{here}/{self.root()}*",
             "Condition": {"StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control"}}}]
        if self.whole:
            for one in statements:
                one.setdefault("Condition", {}).setdefault("StringEquals", {})["aws:SourceArn"] = self.arn
            statements.append({"Sid": "TLSOnly", "Effect": "Deny", "Principal": "*", "Action": "s3:*",
                               "Resource": [here, f"{here}/*"], "Condition": {"Bool": {"aws:SecureTransport": "false"}}})
        if blocked:
            statements.append({"Sid": "NoMoreWrites", "Effect": "Deny", "Principal": service,
                               "Action": "s3:PutObject", "Resource": f"{here}/*"})
        return {"Version": "2012-10-17", "Statement": statements}

    def root(self):
        head = f"{self.prefix}/" if self.prefix else ""
        return f"{head}AWSLogs/" + (f"{self.organization}/" if self.organization else "")

    def log_key(self, account, region, at, unique):
        day, stamp = time.strftime("%Y/%m/%d", time.gmtime(at)), time.strftime("%Y%m%dT%H%MZ", time.gmtime(at))
        return f"{self.root()}{account}/CloudTrail/{region}/{day}/{account}_CloudTrail_{region}_{stamp}_{unique}.json.gz"

    def digest_key(self, account, region, at):
        day, stamp = time.strftime("%Y/%m/%d", time.gmtime(at)), time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(at))
        return (f"{self.root()}{account}/CloudTrail-Digest/{region}/{day}/"
                f"{account}_CloudTrail-Digest_{region}_{self.trail}_{self.home}_{stamp}.json.gz")

    def lay(self, minutes, regions=None):
        """A log object per account, region and age in minutes; key, records and LastModified agree."""
        s3, now, told = self.client("s3"), time.time(), {}
        for account in self.accounts:
            for region in regions or self.regions:
                for ago in minutes:
                    at = now - ago * 60
                    unique = hashlib.sha256(f"{account}{region}{at}".encode()).hexdigest()[:16]
                    key = self.log_key(account, region, at, unique)
                    s3.put_object(Bucket=self.bucket, Key=key, Body=self.log_body(account, region, at))
                    told[key] = int(at)
        overlay(self.endpoint, "POST", "objects", {"bucket": self.bucket, "modified": told})
        return sorted(told)

    def deliver(self, region, minutes):
        """Late delivery: the last `minutes` of Event history in one log object, stamped now."""
        since = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - minutes * 60))
        records = [e for e in overlay(self.endpoint, "GET", "events")["events"]
                   if e["awsRegion"] == region and e["eventTime"] >= since]
        key = self.log_key(ACCOUNT, region, time.time(), "LateLateLateLate")
        body = gzip.compress(json.dumps({"Records": records}).encode(), mtime=0)
        self.client("s3").put_object(Bucket=self.bucket, Key=key, Body=body)

    def log_body(self, account, region, at):
        dev = {**USERS["AKIADEVELOPEREXAMPLE"], "accountId": account}
        records = [events.record(dev, "ec2.amazonaws.com", "RunInstances", region, at - 240, {"instanceType": "t3.micro"}),
                   events.record(dev, "s3.amazonaws.com", "ListBuckets", region, at - 180)]
        return gzip.compress(json.dumps({"Records": records}).encode(), mtime=0)

    def lay_digests(self, hours, regions=None):
        s3, told, full = self.client("s3"), {}, time.time() // 3600 * 3600
        for account in self.accounts:
            for region in regions or self.regions:
                before = None
                for ago in sorted(hours, reverse=True):
                    end = full - (ago - 1) * 3600
                    key, body = self.digest(account, region, end, before)
                    s3.put_object(Bucket=self.bucket, Key=key, Body=gzip.compress(body, mtime=0), Metadata={
                        "signature": "ab" * 256, "signature-algorithm": "SHA256withRSA"})
                    before, told[key] = (key, hashlib.sha256(body).hexdigest()), int(end)
        overlay(self.endpoint, "POST", "objects", {"bucket": self.bucket, "modified": told})

    def digest(self, account, region, end, before):
        iso = lambda t: time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(t))
        key = self.digest_key(account, region, end)
        body = {"awsAccountId": account, "digestStartTime": iso(end - 3600), "digestEndTime": iso(end),
                "digestS3Bucket": self.bucket, "digestS3Object": key, "digestPublicKeyFingerprint": "31e8b5433410dfb61a9dc45cc65b22ff",
                "digestSignatureAlgorithm": "SHA256withRSA", "newestEventTime": None, "oldestEventTime": None,
                "previousDigestS3Bucket": self.bucket if before else None,
                "previousDigestS3Object": before[0] if before else None,
                "previousDigestHashValue": before[1] if before else None,
                "previousDigestHashAlgorithm": "SHA-256" if before else None,
                "previousDigestSignature": "ab" * 256 if before else None, "logFiles": []}
        return key, json.dumps(body).encode()

    def age(self, minutes, regions=None):
        """Silence: nothing younger than `minutes` is left in the bucket, and the status agrees."""
        s3, now = self.client("s3"), time.time()
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=self.root()):
            for found in page.get("Contents", []):
                meant = regions is None or any(f"/{r}/" in found["Key"] for r in regions)
                if meant and found["LastModified"].timestamp() > now - minutes * 60:
                    s3.delete_object(Bucket=self.bucket, Key=found["Key"])
        self.lay((minutes, minutes + 5), regions)
        times = {"LatestDeliveryTime": f"-{minutes}m", "LatestDigestDeliveryTime": f"-{max(minutes, 60)}m"}
        for region in regions or [None]:
            overlay(self.endpoint, "POST", "status", {"trail": self.arn, "region": region, "fields": times})

    def act(self, action, user="dev", region=None):
        cloudtrail, s3 = self.client("cloudtrail", user, region), self.client("s3", user)
        selector = {"ReadWriteType": "ReadOnly", "IncludeManagementEvents": True, "DataResources": []}
        acts = {
            "stop-logging": lambda: cloudtrail.stop_logging(Name=self.arn),
            "start-logging": lambda: cloudtrail.start_logging(Name=self.arn),
            "delete-trail": lambda: cloudtrail.delete_trail(Name=self.arn),
            "narrow": lambda: cloudtrail.update_trail(Name=self.arn, IsMultiRegionTrail=False),
            "no-validation": lambda: cloudtrail.update_trail(Name=self.arn, EnableLogFileValidation=False),
            "reads-only": lambda: cloudtrail.put_event_selectors(TrailName=self.arn, EventSelectors=[selector]),
            "block-bucket": lambda: s3.put_bucket_policy(Bucket=self.bucket, Policy=json.dumps(self.policy(True))),
            "unblock-bucket": lambda: s3.put_bucket_policy(Bucket=self.bucket, Policy=json.dumps(self.policy())),
            "delete-policy": lambda: s3.delete_bucket_policy(Bucket=self.bucket),
            "use-region": lambda: self.client("ec2", user, region).create_security_group(
                GroupName=f"lab-{time.time_ns()}", Description="lab"),
        }
        (acts.get(action) or self.pipeline.acts(user)[action])()

    ACTIONS = ("stop-logging", "start-logging", "delete-trail", "narrow", "no-validation", "reads-only",
               "block-bucket", "unblock-bucket", "delete-policy", "use-region")


def main(argv=None):
    """With the words of a command line; by itself, with its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--endpoint", required=True)
    parser.add_argument("--trail", default="main")
    parser.add_argument("--bucket", default="acme-audit")
    parser.add_argument("--home", default="us-east-1")
    parser.add_argument("--prefix", default="")
    parser.add_argument("--regions", default="us-east-1,eu-west-1,ap-southeast-2", help="the account's enabled regions")
    parser.add_argument("--single-region", action="store_true")
    parser.add_argument("--log-group", action="store_true")
    parser.add_argument("--organization", action="store_true")
    parser.add_argument("--accounts", default=ACCOUNT)
    parser.add_argument("--whole", action="store_true", help="the whole pipeline: key, group, filter, alarm, rule, topic, queues")
    verbs = parser.add_subparsers(dest="verb", required=True)
    build = verbs.add_parser("build", help="make the estate; prints it as JSON")
    build.add_argument("--minutes", default="3,8,13,28,58", help="ages of the log objects")
    build.add_argument("--keep-young", action="store_true", help="do not date the building back by a month")
    lay = verbs.add_parser("lay", help="log objects of these ages in minutes")
    lay.add_argument("minutes")
    lay.add_argument("--in", dest="where", default="")
    age = verbs.add_parser("age", help="nothing younger than this many minutes")
    age.add_argument("minutes", type=int)
    age.add_argument("--in", dest="where", default="")
    digests = verbs.add_parser("digests", help="signed hourly digests that ended these hours ago")
    digests.add_argument("hours")
    digests.add_argument("--in", dest="where", default="")
    deliver = verbs.add_parser("deliver", help="the last minutes of Event history, late, as one log object")
    deliver.add_argument("minutes", type=float)
    deliver.add_argument("--in", dest="where", default="us-east-1")
    act = verbs.add_parser("act", help="do something as somebody")
    act.add_argument("action", help=f"{', '.join(Estate.ACTIONS)}; or a name of awsoverlay/pipeline.py's acts")
    act.add_argument("--as", dest="user", default="dev")
    act.add_argument("--region", default=None)
    asked = parser.parse_args(argv)
    estate = Estate(asked.endpoint, asked.trail, asked.bucket, asked.home, asked.prefix,
                    ORGANIZATION if asked.organization else "", asked.accounts.split(","),
                    asked.regions.split(","), not asked.single_region, asked.log_group, asked.whole)
    numbers = lambda text: [float(n) for n in text.split(",")]
    where = asked.where.split(",") if getattr(asked, "where", "") else None
    if asked.verb == "build":
        print(json.dumps(estate.build(numbers(asked.minutes), asked.keep_young)))
    elif asked.verb == "lay":
        print(json.dumps(estate.lay(numbers(asked.minutes), where)))
    elif asked.verb == "digests":
        estate.lay_digests([int(n) for n in numbers(asked.hours)], where)
    elif asked.verb == "age":
        estate.age(asked.minutes, where)
    elif asked.verb == "deliver":
        estate.deliver(asked.where, asked.minutes)
    else:
        estate.act(asked.action, asked.user, asked.region)


if __name__ == "__main__":
    main()
