"""Event history: what LookupEvents answers, per account and region, newest first
(https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html)."""

import base64
import binascii
import hashlib
import json
import threading
import time

from . import events
from .answers import failure, refusal, success
from .identity import word

KEEP_SECONDS = 90 * 86400
KEYS = ("EventId", "EventName", "ReadOnly", "Username", "ResourceType", "ResourceName", "EventSource", "AccessKeyId")


class History:
    def __init__(self):
        self.lock = threading.Lock()
        self.events = []  # (epoch seconds, number, account, event)
        self.number = 0
        self.delay = 0  # seconds until an event can be looked up; AWS says up to 15 minutes
        self.rate = None  # LookupEvents a second, per account and region; AWS: 2
        self.rate_seconds = 1  # the rate is counted over so many
        self.empty_pages = 0  # pages without an event, but with a token, before the first full one
        self.looked = {}

    def add(self, event, at):
        with self.lock:
            self.number += 1
            self.events.append((at, self.number, event["recipientAccountId"], event))

    def shift(self, seconds):
        """Makes everything so far that much older."""
        with self.lock:
            self.events = [(at - seconds, n, account, aged(event, at - seconds))
                           for at, n, account, event in self.events]

    def clear(self):
        with self.lock:
            self.events = []

    def lookup(self, call, account, now):
        if self.rate and self.too_fast(account, call.region):
            return refusal(call, "throttle", "Rate exceeded")
        asked, problem = self.asked(call, now)
        if problem:
            return failure(call, 400, *problem)
        start, end, size, attribute, after, skipped = asked
        with self.lock:
            every = sorted(self.events, key=lambda e: (e[0], e[1]), reverse=True)
        wanted = [e for e in every if e[2] == account and e[3]["awsRegion"] == call.region
                  and start <= e[0] <= min(end, now - self.delay)
                  and (after is None or (e[0], e[1]) < tuple(after)) and matches(e[3], attribute)]
        if skipped < self.empty_pages:
            return success(call, {"Events": [], "NextToken": token(call, after, skipped + 1)})
        page = wanted[:size]
        answer = {"Events": [entry(at, event) for at, _, _, event in page]}
        if len(wanted) > size:
            answer["NextToken"] = token(call, page[-1][:2], skipped)
        return success(call, answer)

    def asked(self, call, now):
        p = call.params
        start, end = p.get("StartTime", 0), p.get("EndTime", now)
        if not isinstance(start, (int, float)) or not isinstance(end, (int, float)):
            return None, ("SerializationException", "Timestamps must be numbers")
        if start > end:
            return None, ("InvalidTimeRangeException", "Time range is invalid: start time is after end time")
        size = p.get("MaxResults", 50)
        if not isinstance(size, int) or not 1 <= size <= 50:
            return None, ("InvalidMaxResultsException", f"MaxResults must be between 1 and 50, not {size}")
        attributes = p.get("LookupAttributes") or []
        if len(attributes) > 1:
            return None, ("InvalidLookupAttributesException", "You can only specify one attribute key")
        attribute = attributes[0] if attributes else None
        if attribute and (attribute.get("AttributeKey") not in KEYS or not attribute.get("AttributeValue")):
            return None, ("InvalidLookupAttributesException", "Attribute key or value is not valid")
        after, skipped = None, 0
        if p.get("NextToken"):
            held = unfold(p["NextToken"])
            if held is None or held["asked"] != digest(p):
                return None, ("InvalidNextTokenException", "Invalid token, or its other parameters have changed")
            after, skipped = held["after"], held["skipped"]
        return (max(start, now - KEEP_SECONDS), end, size, attribute, after, skipped), None

    def too_fast(self, account, region):
        now = time.monotonic()
        with self.lock:
            recent = [t for t in self.looked.get((account, region), []) if now - t < self.rate_seconds]
            self.looked[(account, region)] = recent + ([now] if len(recent) < self.rate else [])
        return len(recent) >= self.rate


def entry(at, event):
    value = {"EventId": event["eventID"], "EventName": event["eventName"],
             "ReadOnly": "true" if event["readOnly"] else "false", "EventTime": float(int(at)),
             "EventSource": event["eventSource"], "Username": word(event["userIdentity"]),
             "Resources": events.resources(event), "CloudTrailEvent": json.dumps(event)}
    if event["userIdentity"].get("accessKeyId"):
        value["AccessKeyId"] = event["userIdentity"]["accessKeyId"]
    return value


def matches(event, attribute):
    if not attribute:
        return True
    key, value = attribute["AttributeKey"], attribute["AttributeValue"]
    if key in ("ResourceType", "ResourceName"):
        return any(r[key] == value for r in events.resources(event))
    line = entry(0, event)
    return line.get(key) == value


def aged(event, at):
    return {**event, "eventTime": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))}


def digest(params):
    rest = {k: v for k, v in params.items() if k != "NextToken"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()


def token(call, after, skipped):
    held = {"after": list(after) if after else None, "skipped": skipped, "asked": digest(call.params)}
    return base64.b64encode(json.dumps(held).encode()).decode()


def unfold(text):
    try:
        held = json.loads(base64.b64decode(text, validate=True))
        return held if set(held) == {"after", "skipped", "asked"} else None
    except (binascii.Error, ValueError, TypeError):
        return None
