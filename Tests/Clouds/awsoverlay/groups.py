"""CloudWatch Logs as AWS answers where moto does not: what is in a group, when it came, and filter patterns
(https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html)."""

import base64
import hashlib
import json
import threading

from .answers import failure, success
from .patterns import BadPattern, compiled

TARGET = "Logs_20140328."


class Groups:
    def __init__(self, upstream):
        self.upstream = upstream
        self.lock = threading.Lock()
        self.lines = {}  # (account, region, group) -> [line]
        self.number = 0
        self.empty_pages = 0  # pages without a line, but with a token, before the first full one
        self.shard = None  # lines looked through a page at most: AWS stops after a megabyte

    def add(self, account, region, group, stream, message, at, arrived):
        """One line; times in epoch seconds."""
        with self.lock:
            self.number += 1
            self.lines.setdefault((account, region, group), []).append({
                "logStreamName": stream, "timestamp": int(at * 1000), "message": message,
                "ingestionTime": int(arrived * 1000), "eventId": f"{int(at * 1000):038d}{self.number:018d}"})

    def shift(self, account, region, group, seconds):
        """Makes all of a group that much older, also its arrival."""
        for line in self.lines.get((account, region, group), []):
            for name in ("timestamp", "ingestionTime"):
                line[name] -= int(seconds * 1000)

    def answer(self, call, account, now):
        """AWS's answer, or None where moto's own will do."""
        if call.operation == "FilterLogEvents":
            return self.filter(call, account, now)
        return None

    def noted(self, call, account, answer, now):
        """Learns from what passed, and puts the told times into lists of streams."""
        if answer.status != 200:
            return
        group = self.name(call)
        place = (account, call.region, group)
        if call.operation == "PutLogEvents":
            for event in call.params.get("logEvents", []):
                self.add(*place, call.params["logStreamName"], event["message"], event["timestamp"] / 1000, now)
        elif call.operation == "DeleteLogGroup":
            self.lines.pop(place, None)
        elif call.operation == "DeleteLogStream":
            stream = call.params.get("logStreamName")
            self.lines[place] = [x for x in self.lines.get(place, []) if x["logStreamName"] != stream]
        elif call.operation == "DescribeLogStreams":
            self.streams(call, place, answer)

    def streams(self, call, place, answer):
        value = json.loads(answer.body)
        held = {s["logStreamName"]: s for s in value.get("logStreams", [])}
        prefix = call.params.get("logStreamNamePrefix", "")
        for line in self.lines.get(place, []):
            name = line["logStreamName"]
            if not name.startswith(prefix):
                continue
            stream = held.setdefault(name, {"logStreamName": name, "creationTime": line["ingestionTime"],
                                            "arn": arn(*place)[:-1] + f"log-stream:{name}", "storedBytes": 0})
            mine = [x for x in self.lines[place] if x["logStreamName"] == name]
            stream["firstEventTimestamp"] = min(x["timestamp"] for x in mine)
            stream["lastEventTimestamp"] = max(x["timestamp"] for x in mine)
            stream["lastIngestionTime"] = max(x["ingestionTime"] for x in mine)
        by_time = call.params.get("orderBy") == "LastEventTime"
        order = (lambda s: s.get("lastEventTimestamp", 0)) if by_time else (lambda s: s["logStreamName"])
        value["logStreams"] = sorted(held.values(), key=order, reverse=bool(call.params.get("descending")))
        value["logStreams"] = value["logStreams"][:call.params.get("limit", 50)]
        answer.body = json.dumps(value).encode()

    def filter(self, call, account, now):
        p, group = call.params, self.name(call)
        if not group or ("logGroupName" in p and "logGroupIdentifier" in p):
            return failure(call, 400, "InvalidParameterException", "Exactly one of logGroupName and logGroupIdentifier")
        if not self.exists(call, group):
            return failure(call, 400, "ResourceNotFoundException", "The specified log group does not exist.")
        try:
            fits = compiled(p.get("filterPattern"))
        except BadPattern as problem:
            return failure(call, 400, "InvalidParameterException", str(problem))
        start, end = p.get("startTime", 0), p.get("endTime", int(now * 1000))
        if start > end:
            return failure(call, 400, "InvalidParameterException", "endTime must not be before startTime")
        with self.lock:
            every = sorted(self.lines.get((account, call.region, group), []), key=lambda x: (x["timestamp"], x["eventId"]))
        names, prefix = p.get("logStreamNames"), p.get("logStreamNamePrefix", "")
        held = [x for x in every if start <= x["timestamp"] <= end and x["logStreamName"].startswith(prefix)
                and (not names or x["logStreamName"] in names)]
        return self.page(call, held, fits)

    def page(self, call, held, fits):
        p = call.params
        asked = hashlib.sha256(json.dumps({k: v for k, v in p.items() if k != "nextToken"}, sort_keys=True).encode()).hexdigest()
        begin, skipped = 0, 0
        if p.get("nextToken"):
            try:
                begin, skipped, same = json.loads(base64.b64decode(p["nextToken"]))
                assert same == asked
            except (ValueError, TypeError, AssertionError):
                return failure(call, 400, "InvalidParameterException", "The specified nextToken is invalid.")
        token = lambda *place: base64.b64encode(json.dumps([*place, asked]).encode()).decode()
        if skipped < self.empty_pages:
            return success(call, {"events": [], "searchedLogStreams": [], "nextToken": token(begin, skipped + 1)})
        limit, found, at = p.get("limit", 10_000), [], begin
        while at < len(held) and len(found) < limit and at - begin < (self.shard or len(held) + 1):
            if fits(held[at]["message"]):
                found.append(held[at])
            at += 1
        value = {"events": found, "searchedLogStreams": []}
        if at < len(held):
            value["nextToken"] = token(at, skipped)
        return success(call, value)

    def name(self, call):
        held = call.params.get("logGroupIdentifier") or call.params.get("logGroupName") or ""
        return held.split(":log-group:", 1)[-1].removesuffix(":*") if isinstance(held, str) else ""

    def exists(self, call, group, region=None):
        asked = {"logGroupNamePrefix": group}
        answer = self.upstream.json(call, "logs", region or call.region, TARGET + "DescribeLogGroups", asked)
        found = json.loads(answer.body).get("logGroups", []) if answer.status == 200 else []
        return any(g["logGroupName"] == group for g in found)


def arn(account, region, group):
    return f"arn:aws:logs:{region}:{account}:log-group:{group}:*"
