"""What CloudTrail does with a record: into the log group and, in log objects, into the bucket. Off unless switched on;
then every recorded call comes out (read events too) as far as trails, selectors, policies and groups let it.
So a call's own User-Agent comes back: the echo."""

import calendar
import gzip
import json
import secrets
import threading
import time

from .selectors import admits

PATHS = ("group", "s3")


class Delivery:
    def __init__(self, trails, groups, storage, upstream):
        self.trails, self.groups, self.storage, self.upstream = trails, groups, storage, upstream
        self.lock = threading.Lock()
        self.on, self.delay = False, 0
        self.cut = set()  # of PATHS: silently not delivered, though no error is set
        self.waiting = []  # (due, call, trail, event)
        self.delivered = 0

    def offer(self, call, event, live, now):
        """`live`: the trails that were logging in the event's region when the call was made."""
        if not self.on:
            return
        taken = [(now + self.delay, call, trail, event) for trail in live if admits(trail["selectors"], event)]
        with self.lock:
            self.waiting += taken

    def flush(self, now, all_of_it=False):
        """Delivers what is due: one object per trail and region."""
        with self.lock:
            due = [w for w in self.waiting if all_of_it or w[0] <= now]
            self.waiting = [w for w in self.waiting if not (all_of_it or w[0] <= now)]
        batches = {}
        for _, call, trail, event in due:
            batches.setdefault((trail["TrailARN"], event["awsRegion"]), (call, trail, []))[2].append(event)
        for (_, region), (call, trail, events) in batches.items():
            if "s3" not in self.cut:
                self.put_object(call, trail, region, events, now)
            if "group" not in self.cut:
                self.put_lines(call, trail, region, events, now)
            self.delivered += len(events)
        return len(due)

    def put_object(self, call, trail, region, events, now):
        if self.trails.refused(call, trail, now)[0]:
            return
        account = events[0]["recipientAccountId"]
        day, stamp = time.strftime("%Y/%m/%d", time.gmtime(now)), time.strftime("%Y%m%dT%H%MZ", time.gmtime(now))
        root = (f"{trail['S3KeyPrefix']}/" if trail.get("S3KeyPrefix") else "") + "AWSLogs/"
        key = (f"{root}{account}/CloudTrail/{region}/{day}/"
               f"{account}_CloudTrail_{region}_{stamp}_{secrets.token_hex(8)}.json.gz")
        body = gzip.compress(json.dumps({"Records": events}).encode(), mtime=0)
        self.upstream.bucket(call, "PUT", f"{trail['S3BucketName']}/{key}", body)
        self.storage.modified.pop((trail["S3BucketName"], key), None)

    def put_lines(self, call, trail, region, events, now):
        arn = trail.get("CloudWatchLogsLogGroupArn")
        if not arn or self.trails.group_refused(call, trail, now)[0]:
            return
        _, _, _, home, account, _, group = arn.split(":")[:7]
        for event in events:
            at = calendar.timegm(time.strptime(event["eventTime"], "%Y-%m-%dT%H:%M:%SZ"))
            stream = f"{event['recipientAccountId']}_CloudTrail_{region}"
            self.groups.add(account, home, group, stream, json.dumps(event), at, now)
