"""Faults on demand, per service, operation and resource: what networks and services really do."""

import fnmatch
import itertools
import random
import threading
import time

from .wire import Answer

KINDS = ("deny", "throttle", "error", "unavailable", "expired_token", "latency", "hang", "reset", "cut",
         "wrong_length", "garbage", "html", "empty", "null", "deep", "drip", "answer", "partial", "no_content")
WORDS = {"service", "operation", "resource", "principal", "kind", "times", "skip", "ms", "status", "body", "type",
         "message", "retry_after"}
PORTAL = b"<!doctype html><html><head><title>Welcome to Airport WiFi</title></head><body>Please sign in.</body></html>"


class Faults:
    def __init__(self):
        self.lock = threading.Lock()
        self.numbers = itertools.count(1)
        self.held = {}

    def add(self, asked):
        if asked.get("kind") not in KINDS or set(asked) - WORDS:
            raise ValueError(f"no such fault: {asked.get('kind')} {sorted(set(asked) - WORDS)}; kinds: {', '.join(KINDS)}")
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

    def pick(self, call, now):
        """The faults that meet this call, oldest first; each counts its hits."""
        met = []
        with self.lock:
            for fault in self.held.values():
                if not meets(fault, call):
                    continue
                if fault.get("until", 0) > now:  # asked again before Retry-After had run out
                    call["early"] = True
                    met.append(fault)
                    continue
                fault["hits"] += 1
                past = fault["hits"] - fault.get("skip", 0)
                if 1 <= past <= fault.get("times", past):
                    if fault["kind"] == "throttle":
                        fault["until"] = now + fault.get("retry_after", 0)
                    met.append(fault)
        return met


def meets(fault, call):
    if fault.get("resource") and fault["resource"].lower() not in call["target"].lower():
        return False
    return all(fnmatch.fnmatchcase((call.get(word) or "").lower(), fault.get(word, "*").lower())
               for word in ("service", "operation", "principal"))


def before(fault, refused):
    """The answer of a fault that does not need the real one, or None. `refused` makes the cloud's own envelope."""
    kind = fault["kind"]
    if kind == "latency":
        time.sleep(fault.get("ms", 200) / 1000)
        return None
    if kind in ("deny", "throttle", "error", "unavailable", "expired_token"):
        answer = refused(kind, fault.get("message"))
        if "retry_after" in fault:
            answer.headers.append(("Retry-After", str(fault["retry_after"])))
        return answer
    if kind in ("reset", "hang"):
        return Answer(0, reset=kind == "reset", hang=kind == "hang")
    if kind == "no_content":
        return Answer(204)
    if kind == "answer":
        body = fault.get("body", "")
        return Answer(fault.get("status", 200), [("Content-Type", fault.get("type", "application/json"))],
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
        return Answer(200, answer.headers)
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
