"""The order in which a call is judged: caller, faults, AWS's own rules, moto; then noted."""

import re
import sys
import threading
import time

from . import call as calls
from . import agents, changes, events, faults, keys, lake
from .alarms import Alarms
from .answers import refusal
from .bridge import Bridge
from .buckets import Buckets
from .delivery import Delivery
from .groups import Groups
from .history import History
from .identity import ACCOUNT, Identities, word
from .organization import Organization
from .people import People
from .rates import Rates
from .regions import Regions
from .storage import Storage
from .trails import Trails


class Overlay:
    def __init__(self, upstream):
        self.upstream = upstream
        self.lock = threading.Lock()
        self.clear()

    def clear(self):
        self.identities, self.history, self.regions = Identities(), History(), Regions()
        self.storage, self.faults, self.rates = Storage(), faults.Faults(), Rates()
        self.buckets, self.organization = Buckets(self.upstream), Organization()
        self.trails = Trails(self.upstream, self.buckets, self.organization)
        self.lake, self.people, self.alarms = lake.Lake(), People(), Alarms(self.upstream)
        self.groups, self.bridge = Groups(self.upstream), Bridge(self.upstream)
        self.delivery = Delivery(self.trails, self.groups, self.storage, self.upstream)
        self.calls, self.skew, self.strict, self.session_seconds = [], 0, True, None
        self.external_id = None

    def now(self):
        """Seconds since 1970, UTC, by the cloud's clock: `skew` puts it off the machine's."""
        return time.time() + self.skew

    def answer(self, method, target, headers, body):
        call = calls.read(method, target, headers, body)
        identity = self.identities.users.get(call.access_key, {"type": "Unknown", "accountId": ACCOUNT, "arn": "anonymous"})
        user = word(identity) if identity["type"] != "Unknown" else "anonymous"
        line = {"at": time.time(), "service": call.service, "operation": call.operation, "region": call.region,
                "user": user, "agent": call.header("User-Agent"), "status": None, "fault": None,
                "params": call.params, "bucket": call.bucket, "key": call.key,
                "query": call.query if call.protocol == "s3" else {}}
        with self.lock:
            line["n"] = len(self.calls) + 1
            self.calls.append(line)
        if self.delivery.on:
            self.delivery.flush(self.now())
        live = self.live(call, identity)
        answer, transport = self.judge(call, identity, user, line)
        line["status"] = answer.status
        if answer.error:
            line["error"] = answer.error[0]
        if not transport:
            self.note(call, identity, answer, live)
        return answer

    def live(self, call, identity):
        """Which trails log while this call is made; only asked where somebody wants to know."""
        if identity["type"] == "Unknown" or not (self.delivery.on or self.bridge.on):
            return []
        return self.trails.live(call, self.place(call)) if events.kept(call) else []

    def place(self, call):
        """The region that a call is recorded in."""
        if call.service in events.GLOBAL:
            return "us-east-1"
        return self.storage.regions.get(call.bucket, call.region) if call.service == "s3" else call.region

    def judge(self, call, identity, user, line):
        met = self.faults.pick(call, user)
        line["fault"] = met[0]["kind"] if met else None
        for fault in met:
            made = faults.before(fault, call, identity)
            if made:
                if call.service == "s3":
                    self.storage.dress(call, made)
                return made, fault["kind"] not in ("deny",)
        handed = agents.answer(call, self.identities, self.session_seconds)
        if handed:
            line["service"], line["operation"] = "agent", call.path
            return handed, True
        answer = self.identities.check(call, self.now()) if self.strict else None
        if answer is None and self.rates.too_fast(call, identity["accountId"]):
            return refusal(call, "throttle", "Rate exceeded"), True
        answer = answer or self.real(call, identity)
        for fault in met:
            answer = faults.after(fault, answer)
        return answer, False

    def real(self, call, identity):
        if call.unreadable:
            return refusal(call, "unreadable", "The request could not be read")
        now, raw = self.now(), None
        own = self.own(call, identity, identity["accountId"], now)
        if call.service == "s3":
            own = self.storage.elsewhere(call) or own
            self.storage.prepare(call)
        elif call.service == "kms":
            raw = keys.body(call)
        answer = own or self.upstream.pass_on(call, raw)
        if "html" in (answer.header("Content-Type") or "") and answer.status >= 400:
            print(f"overlay: moto has no {call.service}:{call.operation}", file=sys.stderr)
            return refusal(call, "unknown", f"The operation {call.operation} is not valid.")
        return self.corrected(call, identity, answer, now)

    def own(self, call, identity, account, now):
        """The overlay's own answer, or None: then moto's."""
        if call.service == "cloudtrail":
            if call.operation == "LookupEvents":
                return self.history.lookup(call, account, now)
            if call.operation in lake.NAMES:
                return self.lake.answer(call, account)
            return self.trails.answer(call, account, now)
        if (call.service, call.operation) == ("ec2", "DescribeRegions"):
            return self.regions.describe(call)
        if (call.service, call.operation) == ("account", "ListRegions"):
            return self.regions.list(call)
        if call.operation == "AssumeRole" and self.external_id not in (None, call.params.get("ExternalId")):
            return refusal(call, "deny", f"User: {identity['arn']} is not authorized to perform: sts:AssumeRole "
                           f"on resource: {call.params.get('RoleArn')}")
        if call.service in ("s3", "s3control"):
            return self.buckets.answer(call, account)
        if call.service == "logs":
            return self.groups.answer(call, account, now)
        return self.alarms.answer(call) if call.service == "monitoring" else None

    def corrected(self, call, identity, answer, now):
        if answer.status >= 400 and answer.error is None:
            answer.error = named(answer)
        if call.service == "s3":
            answer = self.buckets.corrected(call, answer)
            self.storage.note(call, answer)
            self.storage.age(call, answer)
            self.storage.dress(call, answer)
        elif call.service == "logs":
            self.groups.noted(call, identity["accountId"], answer, now)
        elif call.service == "sns":
            self.people.corrected(call, answer)
        if answer.status < 300 and changes.part(call):
            self.trails.changed[changes.part(call)] = now
        if call.service == "sts" and answer.status == 200:
            if call.operation.startswith("AssumeRole"):
                answer.body = self.identities.learn_session(answer.body, self.session_seconds)
            elif call.operation == "GetCallerIdentity" and identity["type"] != "Unknown":
                answer.body = re.sub(rb"<Arn>[^<]*<", f"<Arn>{identity['arn']}<".encode(), answer.body)
        return answer

    def note(self, call, identity, answer, live):
        event = events.from_call(call, identity, self.now(), answer, self.place(call))
        if not event or identity["type"] == "Unknown":
            return
        self.history.add(event, int(self.now()))
        self.bridge.offer(call, event, live)
        self.delivery.offer(call, event, live, self.now())


def named(answer):
    """The code and message of an error that moto answered."""
    text = answer.body.decode("utf-8", "replace")
    code = re.search(r"<Code>([^<]*)<", text) or re.search(r'"__type":\s*"(?:[^"#]*#)?([^"]*)"', text)
    message = re.search(r"<Message>([^<]*)<", text) or re.search(r'"[Mm]essage":\s*"([^"]*)"', text)
    return (code[1] if code else str(answer.status), message[1] if message else "")
