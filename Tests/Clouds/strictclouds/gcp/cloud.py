"""The organization: its clock makes entries arrive, its sinks send them on, every service answers from it."""

import hashlib
import json


from ..common.cloud import Cloud
from ..common.moments import STYLES, rfc1123, stamp
from ..common.rsa import KeyPair, pad, unpad
from ..common.wire import Answer
from . import errors, estate, schema
from .language import compiled
from .logging import Logging
from .monitoring import Monitoring
from .names import ACTIVITY, ARCHIVE, DATA, DATASET, EMAIL, MAIN, NUMBERS, PEOPLE, TOPIC
from .resources import Resources
from .tokens import Tokens

ROUTINE = (("v1.compute.instances.insert", "compute.googleapis.com", "gce_instance", "compute.instances.create"),
           ("google.cloud.bigquery.v2.JobService.InsertJob", "bigquery.googleapis.com", "bigquery_project", "bigquery.jobs.create"),
           ("google.iam.admin.v1.CreateServiceAccount", "iam.googleapis.com", "service_account", "iam.serviceAccounts.create"))
TIMES = ((9, "Z"), (0, "Z"), (3, "Z"), (6, "Z"), (9, "Z"))
POSTED_READS = ("entries.list", "getIamPolicy", "testIamPermissions", "getAncestry", "pull", "acknowledge", "modifyAckDeadline", "generateAccessToken")
PERMISSIONS = {"logging.entries.list": "logging.logEntries.list", "logging.getSettings": "logging.settings.get", "logging.updateSettings": "logging.settings.update",
               "pubsub.subscriptions.pull": "pubsub.subscriptions.consume", "pubsub.subscriptions.acknowledge": "pubsub.subscriptions.consume",
               "pubsub.subscriptions.modifyAckDeadline": "pubsub.subscriptions.consume", "resourcemanager.projects.getAncestry": "resourcemanager.projects.get",
               "resourcemanager.projects.search": None, "resourcemanager.organizations.search": None, "resourcemanager.folders.search": None,
               "resourcemanager.projects.list": None}


class GoogleCloud(Cloud):
    SERVICES = ("token", "sts", "iamcredentials", "metadata", "logging", "monitoring", "cloudresourcemanager", "storage", "pubsub", "bigquery")
    chunks = zips = True

    def __init__(self):
        self.endpoints = {}
        super().__init__()

    def endpoint(self, service):
        return self.endpoints.get(service, "http://127.0.0.1:9")

    def key(self, name):
        if name not in self.keys:
            self.keys[name] = KeyPair("watchkeeper")
        return self.keys[name]

    def clear(self):
        super().clear()
        made = self.now() - 120 * 86400
        self.tokens, self.logs, self.monitor, self.resources = Tokens(self), Logging(self), Monitoring(self), Resources(self)
        self.user_scopes = {"cloud-platform"}
        self.logging = {p: estate.logging(p, made) for p in estate.PARENTS}
        self.settings = {p: {"name": f"{p}/settings", "loggingServiceAccountId": estate.writer(p).removeprefix("serviceAccount:"),
                             "kmsServiceAccountId": estate.writer(p).removeprefix("serviceAccount:")} for p in estate.PARENTS}
        self.monitoring = {f"projects/{p}": estate.monitoring(f"projects/{p}", made) for p in NUMBERS}
        self.policies = {p: estate.policy(p) for p in estate.PARENTS}
        self.states = {p: "ACTIVE" for p in NUMBERS}
        self.buckets, self.bucket_policies = {ARCHIVE: estate.bucket(made)}, {ARCHIVE: estate.bucket_policy()}
        self.topics, self.topic_policies = {TOPIC: {"name": TOPIC, "messageRetentionDuration": "604800s"}}, estate.topic_policies()
        self.subscriptions, self.dataset = estate.subscriptions(), estate.dataset(made)
        self.delays = {"entries": 3.0, "metrics": 120.0, "archive": 300.0, "topic": 2.0}
        self.empty_pages, self.cuts = 0, []
        self.streams = {f"projects/{p}": {"every": every, "data_every": 300.0} for p, every in zip(NUMBERS, (240.0, 300.0, 360.0))}
        self.rebuild()

    def rebuild(self):
        """A day of history again, as the streams now are."""
        self.entries, self.times = {p: [] for p in estate.PARENTS}, {}
        self.exports, self.objects, self.turn, self.told_errors, self.kept = [], [], 0, {}, {}
        self.messages = {name: [] for name in self.subscriptions}
        for stream in self.streams.values():
            stream.update(next=self.now() - self.history, data_next=self.now() - self.history)
        self.tick()
        self.messages = {name: [] for name in self.subscriptions}

    def tick(self):
        now = self.now()
        for parent, stream in self.streams.items():
            while stream["every"] and stream["next"] <= now:
                method, service, kind, permission = ROUTINE[self.turn % len(ROUTINE)]
                self.happens(parent, method, f"{parent}/things/{self.turn % 7}", service, at=stream["next"], kind=kind, permission=permission)
                stream["next"] += stream["every"]
            while stream["data_every"] and stream["data_next"] <= now:
                self.happens(parent, "storage.objects.get", f"projects/_/buckets/lake/objects/{self.turn % 9}", "storage.googleapis.com", at=stream["data_next"],
                             kind="gcs_bucket", permission="storage.objects.get", log=DATA, data="DATA_READ")
                stream["data_next"] += stream["data_every"]

    def happens(self, parent, method, resource, service, at=None, person="dev", kind="audited_resource", permission=None, log=ACTIVITY, data=None, agent="google-cloud-sdk gcloud/500",
                request=None, **more):
        """One audit entry, stored and sent on as the settings of this moment say."""
        at = self.now() if at is None else at
        if data and not self.audited(parent, service, data, PEOPLE.get(person, (person, ""))[0]):
            return None
        self.turn += 1
        who, address = PEOPLE.get(person, (person, "198.51.100.99"))
        digits, zone = TIMES[self.turn % len(TIMES)]
        at = at if digits else float(int(at))
        payload = {"@type": "type.googleapis.com/google.cloud.audit.AuditLog", "serviceName": service, "methodName": method, "resourceName": resource,
                   "authenticationInfo": {"principalEmail": who}, "requestMetadata": {"callerIp": address, "callerSuppliedUserAgent": agent}, "status": {},
                   "authorizationInfo": [{"permission": permission or method, "granted": True, "resource": resource}], **({"request": request} if request else {}), **more}
        entry = {"insertId": f"{self.turn:x}{hashlib.md5(f'{parent}{at}'.encode()).hexdigest()[:8]}", "logName": f"{parent}/logs/{log}", "timestamp": stamp(at, digits, zone),
                 "receiveTimestamp": stamp(at + 0.9, STYLES[(self.turn + 2) % len(STYLES)][0]), "severity": "INFO" if data else "NOTICE",
                 "resource": {"type": kind, "labels": {"project_id": parent.split("/")[1]}}, "protoPayload": payload}
        self.record(parent, entry, at)
        return entry["insertId"]

    def record(self, parent, entry, at):
        settings = self.logging[parent]
        held = [s for s in settings["sinks"].values() if s["name"] in ("_Required", "_Default")]
        into = [s for s in held if self.routed(s, entry, settings["exclusions"].values() if s["name"] == "_Default" else ())]
        self.times[entry["insertId"]] = at
        self.entries[parent].append({"entry": entry, "at": at, "seen": at + self.delays["entries"], "stored": bool(into)})
        for sink in into:
            self.keep(sink, self.entries[parent][-1])
        for sink in settings["sinks"].values():
            if sink not in held and self.routed(sink, entry):
                self.export(parent, sink, entry, at)

    def keep(self, sink, record):
        """In the log bucket that a sink names."""
        self.kept.setdefault(sink["destination"].partition("/")[2], []).append(record)

    def routed(self, sink, entry, more=()):
        if sink.get("disabled") or (sink.get("filter") and not compiled(sink["filter"])(entry)):
            return False
        return not any(not x.get("disabled") and compiled(x["filter"])(entry) for x in [*sink.get("exclusions", []), *more])

    def export(self, parent, sink, entry, at):
        wrong = self.broken(sink)
        self.exports.append({"parent": parent, "sink": sink["name"], "destination": sink["destination"], "at": at, "ok": wrong is None})
        if wrong:
            return self.tell_error(parent, sink, wrong, at)
        if any(c.get("sink") == sink["name"] and c.get("project", parent) == parent for c in self.cuts):
            return None
        place = sink["destination"]
        if place.startswith("logging."):
            self.keep(sink, self.entries[parent][-1])
        if place.startswith("pubsub."):
            self.resources.publish(place.split("/", 1)[1], entry, at + self.delays["topic"])
        elif place.startswith("storage."):
            arrives = at + self.delays["archive"]
            hour = stamp(arrives - arrives % 3600)
            log = entry["logName"].partition("/logs/")[2].replace("%2F", "/")
            name = f"{log}/{hour[:4]}/{hour[5:7]}/{hour[8:10]}/{hour[11:13]}:00:00_{hour[11:13]}:59:59_S0.json"
            found = next((o for o in self.objects if o["name"] == name and o["bucket"] == place.split("/", 1)[1]), None)
            if found:
                found.update(at=max(found["at"], arrives), size=found["size"] + 900)
            else:
                self.objects.append({"bucket": place.split("/", 1)[1], "name": name, "at": arrives, "size": 900})
        return None

    def broken(self, sink):
        """Why a destination takes nothing: the code of the sink_error entry."""
        kind, _, place = sink["destination"].partition(".googleapis.com/")
        member = sink.get("writerIdentity", "")
        if kind == "storage":
            if place not in self.buckets:
                return "bucket_not_found"
            return None if granted(self.bucket_policies[place], "roles/storage.objectCreator", member) else "bucket_permission_denied"
        if kind == "pubsub":
            if place not in self.topics:
                return "topic_not_found"
            return None if granted(self.topic_policies.get(place, {}), "roles/pubsub.publisher", member) else "topic_permission_denied"
        if kind == "bigquery":
            return None if self.dataset and place == f"projects/{MAIN}/datasets/{DATASET}" else "dataset_not_found"
        return None

    def tell_error(self, parent, sink, code, at):
        """At most once a day per sink and code."""
        if at - self.told_errors.get((parent, sink["name"], code), -1e12) < 86400:
            return
        self.told_errors[parent, sink["name"], code] = at
        self.turn += 1
        labels = {"sink_id": sink["name"], "error_code": code, "error_detail": "", "destination": sink["destination"], "log_filter": sink["filter"], "activity_type_name": "LoggingSinkConfigErrorV2"}
        self.record(parent, {"insertId": f"e{self.turn:x}", "logName": f"{parent}/logs/logging.googleapis.com%2Fsink_error", "timestamp": stamp(at, 9),
                             "receiveTimestamp": stamp(at + 1, 9), "severity": "ERROR", "labels": labels, "resource": {"type": "logging_sink", "labels": {
                                 "project_id": parent.split("/")[1], "name": sink["name"], "destination": sink["destination"]}},
                             "textPayload": f"Cloud Logging sink configuration error in {parent.split('/')[1]}, sink {sink['name']}: {code}"}, at)

    def audited(self, parent, service, kind, who):
        """Whether Data Access entries of this kind are made: the union of all levels; an exemption counts at its own."""
        for name in (parent, *estate.PARENTS[-2:]):
            for config in self.policies[name].get("auditConfigs", []):
                if config["service"] in ("allServices", service):
                    for one in config["auditLogConfigs"]:
                        if one["logType"] == kind and f"user:{who}" not in one.get("exemptedMembers", []):
                            return True
        return False

    # Requests
    def route(self, request, call):
        if request.service in ("token", "sts", "metadata", "iamcredentials"):
            return self.tokens.route(request, call)
        met = schema.find(request.service, request.method, request.raw_path.replace("%2F", "\0").replace("%2f", "\0"))
        if met is None or met[0] is None:
            call["operation"] = "unknown"
            raise errors.no_path()
        method, places = met[0], tuple(p.replace("\0", "/") for p in met[1])
        call.update(operation=method.op, permissions=[p for p in [permission(method.op)] if p], scope=scope(method, places),
                    write=method.http != "GET" and not method.op.endswith(POSTED_READS))
        return lambda: self.checked(method, places, request, call)

    def checked(self, method, places, request, call):
        if request.query.get("alt", "json") != "json":
            raise errors.invalid("Invalid value for alt")
        unknown = [n for n, _ in request.pairs if n not in method.query and n not in schema.GLOBAL]
        if unknown:
            raise errors.invalid(f'Invalid JSON payload received. Unknown name "{unknown[0]}": Cannot bind query parameter. Field \'{unknown[0]}\' could not be found in request message.')
        for name, kind in method.query.items():
            given = [v for n, v in request.pairs if n == name]
            if len(given) > 1 and not kind.startswith("repeated"):
                raise errors.invalid(f'Invalid value at "{name}": it is not repeated')
            if given and "int32" in kind and not given[0].lstrip("-").isdigit():
                raise errors.invalid(f"Invalid value at '{name}' (TYPE_INT32), \"{given[0]}\"")
        if "access_token" in request.query or "oauth_token" in request.query:
            raise errors.invalid("strict cloud: tokens belong into a header")
        self.tokens.signed_in(request, call, method.scopes)
        body = self.body(request, method.api, method.request)
        known = self.known(method, places)
        for name in call["permissions"]:
            if not known or self.denied(name, call["scope"]):
                raise errors.denied(call, name)
        act = {"logging": self.logs, "monitoring": self.monitor}.get(request.service, self.resources)
        told = schema.pruned(act.act(method, places, request, call, body) or {})
        wrong = schema.misfit(method.api, method.response, told) if method.response else None
        if wrong:
            raise ValueError(f"{method.op} would answer what is not published: {wrong}")
        return Answer.json(200, told, [("Vary", "Origin, X-Origin, Referer"), ("Cache-Control", "private"), ("Expires", rfc1123(self.now()))])

    def known(self, method, places):
        """A parent that one may not see answers like one that is denied."""
        service, parent = method.op.split(".")[0], method.op.split(".")[1]
        if service in ("logging", "monitoring") and places:
            return f"{parent}/{places[0]}" in self.logging
        return True

    def body(self, request, api, kind):
        if not kind:
            if request.body:
                raise errors.invalid("Invalid JSON payload received. A body is not expected here.")
            return {}
        if not request.body:
            return {}
        if request.media() != "application/json":
            raise errors.invalid("Invalid JSON payload received. The Content-Type is not application/json.")
        try:
            given = json.loads(request.body)
        except ValueError:
            raise errors.invalid("Invalid JSON payload received. Unexpected token.") from None
        if wrong := schema.misfit(api, kind, given):
            raise errors.invalid(wrong)
        return given

    def paged(self, request, asked, items, most, name, told=None, empty_first=0):
        """A page of `items`; its token is good for the same question only."""
        size = asked.get("pageSize")
        size = self.pages(int(size) if size not in (None, "") else None, most)
        question = {k: v for k, v in asked.items() if k not in ("pageToken", "pageSize")}
        mark = hashlib.md5(json.dumps([request.raw_path, question], sort_keys=True).encode()).hexdigest()
        start, empty = 0, 0
        if asked.get("pageToken"):
            try:
                place = json.loads(unpad(asked["pageToken"]))
                start, empty = place["at"], place["empty"]
                if place["of"] != mark:
                    raise ValueError
            except (ValueError, KeyError, TypeError):
                raise errors.invalid("page_token doesn't match arguments from the request, or is not valid") from None
        token = lambda at, n: pad(json.dumps({"at": at, "of": mark, "empty": n}).encode())
        told = dict(told or {})
        if empty < empty_first:  # the search is not finished
            return {**told, "nextPageToken": token(0, empty + 1)}
        told[name] = items[start:start + size]
        if start + size < len(items):
            told["nextPageToken"] = token(start + size, empty)
        return told

    def fault(self, call, kind, text):
        call["principal"] = call["principal"] or EMAIL
        return errors.faulted(call, kind, text).answer


def granted(policy, role, member):
    return any(b["role"] == role and member in b["members"] for b in policy.get("bindings", []))


def permission(op):
    """The IAM permission of a method, as Google names them."""
    words = op.replace("cloudresourcemanager", "resourcemanager").split(".")
    if words[0] in ("logging", "monitoring", "pubsub") and words[1] in ("projects", "folders", "organizations"):
        del words[1]
    words = [w for w in words if w != "locations"]
    words = [{"metrics": "logMetrics"}.get(w, w) if words[0] == "logging" else w for w in words]
    words[-1] = {"patch": "update"}.get(words[-1], words[-1])
    if words[-1] == "testIamPermissions":
        return None
    return PERMISSIONS.get(".".join(words), ".".join(words))


def scope(method, places):
    words = method.op.split(".")
    if not places:
        return ""
    if words[0] in ("storage", "bigquery"):
        return f"buckets/{places[0]}" if words[0] == "storage" else f"projects/{places[0]}/datasets/{places[-1]}"
    rest = "/".join(str(p) for p in places[1:])
    return f"{words[1]}/{places[0]}" + (f"/{words[2]}/{rest}" if rest and len(words) > 3 else "")


