"""Faults on demand, per service, operation, region and caller: what networks and services really do."""

import itertools
import random
import threading
import time

from .answers import Answer, refusal

KINDS = ("deny", "throttle", "error", "unavailable", "expired_token", "latency", "hang", "reset", "cut",
         "wrong_length", "garbage", "html", "empty", "null", "deep", "drip", "answer")
PREFIXES = {"monitoring": "cloudwatch", "s3control": "s3"}  # IAM's words for a service and an operation
ACTIONS = {"ListObjectsV2": "ListBucket", "ListObjects": "ListBucket", "HeadBucket": "ListBucket"}
PORTAL = b"<!doctype html><html><head><title>Welcome to Airport WiFi</title></head><body>Please sign in.</body></html>"


class Faults:
    def __init__(self):
        self.lock = threading.Lock()
        self.numbers = itertools.count(1)
        self.held = {}

    def add(self, asked):
        unknown = set(asked) - {"resource", "service", "operation", "region", "user", "kind", "times", "skip",
                                "ms", "status", "body", "type", "message", "prefix"}
        if asked.get("kind") not in KINDS or unknown:
            raise ValueError(f"no such fault: {asked.get('kind')} {sorted(unknown)}; kinds: {', '.join(KINDS)}")
        with self.lock:
            number = str(next(self.numbers))
            self.held[number] = {**asked, "hits": 0}
            return number

    def remove(self, number=None):
        with self.lock:
            if number:
                return self.held.pop(number, None) is not None
            self.held.clear()
            return True

    def pick(self, call, user):
        """The faults that meet this call, oldest first; each counts its hits."""
        met = []
        with self.lock:
            for fault in self.held.values():
                if not meets(fault, call, user):
                    continue
                fault["hits"] += 1
                past = fault["hits"] - fault.get("skip", 0)
                if past >= 1 and past <= fault.get("times", past):
                    met.append(fault)
        return met


def meets(fault, call, user):
    pairs = (("service", call.service), ("operation", call.operation), ("region", call.region), ("user", user))
    prefix, resource = fault.get("prefix"), fault.get("resource")
    if resource and resource not in f"{call.bucket} {call.key} {call.params}":
        return False
    return all(fault.get(n) in (None, "*", v) for n, v in pairs) and (
        prefix is None or call.query.get("prefix", call.key).startswith(prefix))


def before(fault, call, identity):
    """The answer of a fault that does not need the real one, or None."""
    kind = fault["kind"]
    if kind == "latency":
        time.sleep(fault.get("ms", 200) / 1000)
        return None
    if kind == "deny":
        arn = identity.get("arn", "unknown")
        action = f"{PREFIXES.get(call.service, call.service)}:{ACTIONS.get(call.operation, call.operation)}"
        text = "Access Denied" if call.protocol == "s3" else (
            f"User: {arn} is not authorized to perform: {action} because no identity-based policy "
            f"allows the {action} action")
        return refusal(call, "deny", fault.get("message", text))
    if kind in ("throttle", "error", "unavailable", "expired_token"):
        texts = {"throttle": "Rate exceeded", "error": "We encountered an internal error. Please try again.",
                 "unavailable": "Service is unable to handle request.",
                 "expired_token": "The security token included in the request is expired"}
        return refusal(call, kind, fault.get("message", texts[kind]))
    if kind in ("reset", "hang"):
        return Answer(0, reset=kind == "reset", hang=kind == "hang")
    if kind == "answer":
        body = fault.get("body", "")
        return Answer(fault.get("status", 200), [("Content-Type", fault.get("type", "application/x-amz-json-1.1"))],
                      body.encode() if isinstance(body, str) else bytes(body))
    return None


def after(fault, answer):
    """What a fault makes of the real answer."""
    kind, size = fault["kind"], len(answer.body)
    if kind == "html":
        return Answer(200, [("Content-Type", "text/html; charset=utf-8")], PORTAL)
    if kind == "garbage":
        return Answer(200, answer.headers, random.Random(7).randbytes(512))
    if kind == "empty":
        return Answer(200, answer.headers, b"")
    if kind == "null":
        return Answer(200, answer.headers, b"null")
    if kind == "deep":
        return Answer(200, answer.headers, b"[" * 100_000 + b"]" * 100_000)
    if kind == "cut":
        answer.cut_to = size // 2
    elif kind == "wrong_length":
        answer.promise = size // 2
    elif kind == "drip":
        answer.drip_ms = fault.get("ms", 20)
    return answer
