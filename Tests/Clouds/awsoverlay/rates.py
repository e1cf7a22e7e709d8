"""Requests a second, per account and region, as AWS counts them: what is over is throttled in the service's words.
Tests of the counting itself take longer than a second: then no slow machine passes for a patient one."""

import threading
import time


class Rates:
    def __init__(self):
        self.lock = threading.Lock()
        self.limits = []  # {service, operations or None, per_second, seconds: instead of one}
        self.passed = {}

    def too_fast(self, call, account):
        """Whether this call is one too many."""
        now = time.monotonic()
        with self.lock:
            for number, limit in enumerate(self.limits):
                if limit["service"] != call.service or call.operation not in (limit.get("operations") or [call.operation]):
                    continue
                place = (number, account, call.region)
                recent = [t for t in self.passed.get(place, []) if now - t < limit.get("seconds", 1)]
                if len(recent) >= limit["per_second"]:
                    self.passed[place] = recent
                    return True
                self.passed[place] = recent + [now]
        return False
