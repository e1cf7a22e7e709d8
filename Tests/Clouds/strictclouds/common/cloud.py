"""What a cloud does with every request: route it, record it, let faults at it, sign it in, answer it."""

import fnmatch
import itertools
import threading
import time
import traceback

from . import faults
from .wire import Answer, Refusal


class Cloud:
    """`chunks`, `zips`: how this cloud sends its bodies."""

    chunks = zips = False
    history = 26 * 3600  # seconds of records that are there at the start; outlives a reset

    def __init__(self):
        self.lock = threading.RLock()
        self.keys = {}
        self.clear()

    def clear(self):
        self.offset = self.skew = 0.0
        self.token_seconds, self.page_size = 3599, None
        self.calls, self.faults, self.denials = [], faults.Faults(), []
        self.numbers = itertools.count(1)

    def now(self):
        return time.time() + self.offset

    def answer(self, request):
        call = {"n": 0, "service": request.service, "method": request.method, "target": request.target,
                "agent": request.header("User-Agent") or "", "operation": "", "permissions": [], "scope": "",
                "write": request.method not in ("GET", "HEAD"), "principal": "", "status": None, "at": self.now()}
        with self.lock:
            call["n"] = next(self.numbers)
            self.calls.append(call)
        try:
            answer = self.reply(request, call)
        except Refusal as refusal:
            answer = refusal.answer
        except Exception as problem:  # a fault of this server shows as itself, never as a cloud's
            traceback.print_exc()
            answer = Answer(599, [], f"strict cloud: {type(problem).__name__}: {problem}".encode())
        call["status"] = answer.status or None
        return answer

    def reply(self, request, call):
        with self.lock:
            self.tick()
            routed = self.route(request, call)
        met = self.faults.pick(call, self.now())
        for fault in met:
            made = faults.before(fault, lambda kind, text: self.fault(call, kind, text))
            if made is not None:
                return made
        with self.lock:
            call["quirks"] = [f["kind"] for f in met]
            answer = routed()
        for fault in met:
            answer = faults.after(fault, answer)
        return answer

    def denied(self, permission, scope):
        """Whether a test took this permission away here."""
        permission, scope = (permission or "").lower(), f"/{(scope or '').strip('/').lower()}/"
        return any(fnmatch.fnmatchcase(permission, d["permission"].lower())
                   and f"/{d.get('scope', '').strip('/').lower()}/".replace("//", "/") in scope for d in self.denials)

    def pages(self, asked, most):
        """How many items a page may have: what was asked, the service's limit, the test's own."""
        return max(1, min(x for x in (asked or most, most, self.page_size or most)))

    # A cloud's own part
    def tick(self):
        """Lets everything happen that was due by now."""

    def route(self, request, call):
        raise NotImplementedError

    def fault(self, call, kind, text):
        raise NotImplementedError
