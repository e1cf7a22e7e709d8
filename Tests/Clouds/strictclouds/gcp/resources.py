"""Resource Manager, Cloud Storage, Pub/Sub and BigQuery, as far as an audit pipeline touches them."""

import base64
import json
import re
import uuid

from ..common.moments import stamp
from . import errors
from .names import DATASET, FOLDER, MAIN, NUMBERS, ORGANIZATION


class Resources:
    def __init__(self, cloud):
        self.cloud = cloud

    def act(self, method, places, request, call, body):
        words = method.op.split(".")
        service, verb = words[0], words[-1]
        return getattr(self, f"{service}_act")(method, words[1:], verb, places, request, call, body)

    # Resource Manager
    def project(self, name, version):
        """One project, in the words of that version of the API."""
        state = self.cloud.states[name]
        if version == "v1":
            return {"projectId": name, "projectNumber": NUMBERS[name], "name": name.title(), "lifecycleState": state,
                    "parent": {"type": "folder", "id": FOLDER.split("/")[1]}, "createTime": "2025-01-02T03:04:05.678Z"}
        return {"name": f"projects/{NUMBERS[name]}", "projectId": name, "parent": FOLDER, "state": state, "displayName": name.title(),
                "createTime": "2025-01-02T03:04:05.678912Z", "etag": "W/\"5d1c\""}

    def seen(self):
        return [n for n in NUMBERS if not self.cloud.denied("resourcemanager.projects.get", f"projects/{n}")]

    def cloudresourcemanager_act(self, method, words, verb, places, request, call, body):
        version = method.api[-2:]
        if verb in ("list", "search"):
            return self.listed(words[0], version, verb, request)
        name = f"{words[0]}/{places[0]}"
        if words[0] == "projects" and places[0] not in NUMBERS:
            name = next((f"projects/{p}" for p, n in NUMBERS.items() if n == places[0]), name)
        if name not in self.cloud.policies:
            raise errors.refusal("PERMISSION_DENIED", "The caller does not have permission")
        if verb == "get":
            if words[0] == "projects":
                return self.project(name.split("/")[1], version)
            return {"name": name, "displayName": "acme", "state": "ACTIVE", **({"parent": ORGANIZATION} if name == FOLDER else {})} if version == "v3" else {
                "name": name, "displayName": "acme", "lifecycleState": "ACTIVE"}
        if verb == "getAncestry":
            chain = [("project", name.split("/")[1]), ("folder", FOLDER.split("/")[1]), ("organization", ORGANIZATION.split("/")[1])]
            return {"ancestor": [{"resourceId": {"type": t, "id": i}} for t, i in chain]}
        if verb == "getIamPolicy":
            return self.cloud.policies[name]
        if verb == "testIamPermissions":
            if bad := next((p for p in body.get("permissions", []) if not re.fullmatch(r"[a-z]+(\.[A-Za-z]+){2}", p)), None):
                raise errors.invalid(f"Permission {bad} is not valid for this resource.")
            return {"permissions": [p for p in body.get("permissions", []) if not self.cloud.denied(p, name)]}
        raise errors.denied(call, call["permissions"][0])

    def listed(self, kind, version, verb, request):
        query = request.query
        if kind == "organizations":
            return {"organizations": [{"name": ORGANIZATION, "displayName": "acme.example", "state": "ACTIVE"}]}
        if kind == "folders":
            return {"folders": [{"name": FOLDER, "parent": ORGANIZATION, "displayName": "data", "state": "ACTIVE"}]}
        names = self.seen()
        if version == "v1":
            text = query.get("filter", "")
            if not re.fullmatch(r"(\s*(lifecycleState[:=]ACTIVE|parent\.type:(folder|organization)|parent\.id:\d+)\s*)*", text):
                raise errors.invalid("Request contains an invalid argument.")
            names = [n for n in names if "lifecycleState" not in text or self.cloud.states[n] == "ACTIVE"]
            parents = re.findall(r"parent\.id:(\d+)", text)
            names = [n for n in names if all(p == FOLDER.split("/")[1] for p in parents)]
        elif verb == "search":
            text = query.get("query", "")
            if not re.fullmatch(r"(\s*(state[:=]ACTIVE|parent[:=][\w/]+)\s*(AND)?)*", text):
                raise errors.invalid("Request contains an invalid argument.")
            names = [n for n in names if "state" not in text or self.cloud.states[n] == "ACTIVE"]
        elif query.get("parent") not in (FOLDER, ORGANIZATION) or self.cloud.denied("resourcemanager.projects.list", query["parent"]):
            raise errors.refusal("PERMISSION_DENIED", "The caller does not have permission")
        if query.get("parent") == ORGANIZATION:
            names = []  # direct children only: they are in the folder
        return self.cloud.paged(request, query, [self.project(n, version) for n in names], 300, "projects")

    # Cloud Storage
    def storage_act(self, method, words, verb, places, request, call, body):
        if words == ["buckets", "list"]:
            return self.cloud.paged(request, query_of(request, "maxResults"), list(self.cloud.buckets.values()), 1000, "items", {"kind": "storage#buckets"})
        bucket = self.cloud.buckets.get(places[0])
        if bucket is None:
            raise errors.storage(404, "notFound", "The specified bucket does not exist.")
        if words == ["buckets", "get"]:
            return bucket
        if words == ["buckets", "getIamPolicy"]:
            return self.cloud.bucket_policies[places[0]]
        if words == ["objects", "list"]:
            return self.objects(request, places[0])
        raise errors.denied(call, call["permissions"][0])

    def objects(self, request, bucket):
        query, now = request.query, self.cloud.now()
        if set(query) & {"matchGlob", "softDeleted", "versions", "filter", "includeFoldersAsPrefixes", "includeTrailingDelimiter"}:
            raise errors.storage(400, "invalid", "strict cloud: this parameter is published, but not played here")
        prefix, low, high = query.get("prefix", ""), query.get("startOffset", ""), query.get("endOffset")
        found = sorted((o for o in self.cloud.objects if o["bucket"] == bucket and o["at"] <= now and o["name"].startswith(prefix)
                        and o["name"] >= low and (high is None or o["name"] < high)), key=lambda o: o["name"])
        mark = query.get("delimiter")
        folders = sorted({prefix + o["name"][len(prefix):].split(mark)[0] + mark for o in found if mark in o["name"][len(prefix):]}) if mark else []
        items = [{"kind": "storage#object", "name": o["name"], "bucket": bucket, "size": str(o["size"]), "updated": stamp(o["at"], 3), "timeCreated": stamp(o["at"], 3),
                  "contentType": "application/json", "storageClass": "STANDARD"} for o in found if not mark or mark not in o["name"][len(prefix):]]
        return self.cloud.paged(request, query_of(request, "maxResults"), items, 1000, "items", {"kind": "storage#objects", "prefixes": folders})

    # Pub/Sub
    def pubsub_act(self, method, words, verb, places, request, call, body):
        name = f"projects/{places[0]}/{words[1]}/{places[1]}" if len(places) > 1 else f"projects/{places[0]}"
        held = self.cloud.topics if words[1] == "topics" else self.cloud.subscriptions
        if verb == "list" and len(words) == 3:
            return self.cloud.paged(request, request.query, [v for n, v in held.items() if n.startswith(name + "/")], 100, words[1])
        if name not in held:
            raise errors.refusal("NOT_FOUND", f"Resource not found (resource={places[-1]}).")
        if words[2] == "subscriptions":
            return self.cloud.paged(request, request.query, [n for n, v in self.cloud.subscriptions.items() if v["topic"] == name], 100, "subscriptions")
        if verb == "get":
            return held[name]
        if verb == "getIamPolicy":
            return self.cloud.topic_policies.get(name, {"etag": "ACAB", "version": 1})
        if verb == "pull":
            return self.pull(name, body)
        if verb == "acknowledge":
            ids = body.get("ackIds", [])
            if not ids:
                raise errors.invalid("You have passed an invalid argument to the service (argument=ack_ids).")
            if any(not i.startswith("ack-") for i in ids):
                raise errors.invalid("Some acknowledgement ids in the request were invalid.")
            self.cloud.messages[name] = [m for m in self.cloud.messages[name] if m["ack"] not in ids]
            return {}
        if verb == "modifyAckDeadline":
            for one in self.cloud.messages[name]:
                if one["ack"] in body.get("ackIds", []):
                    one["shown"] = self.cloud.now() + body.get("ackDeadlineSeconds", 0)
            return {}
        raise errors.denied(call, call["permissions"][0])

    def pull(self, name, body):
        most = body.get("maxMessages", 0)
        if most < 1:
            raise errors.invalid("You have passed an invalid argument to the service (argument=max_messages).")
        if self.cloud.subscriptions[name].get("pushConfig", {}).get("pushEndpoint"):
            raise errors.refusal("FAILED_PRECONDITION", "Not supported for this subscription type.")
        now, told = self.cloud.now(), []
        for one in [m for m in self.cloud.messages[name] if m["shown"] <= now][:self.cloud.pages(most, 1000)]:
            one.update(shown=now + self.cloud.subscriptions[name]["ackDeadlineSeconds"], ack=f"ack-{uuid.uuid4().hex}")
            told.append({"ackId": one["ack"], "message": {"data": one["data"], "messageId": one["id"], "publishTime": stamp(one["at"], 3),
                                                          "attributes": {"logging.googleapis.com/timestamp": stamp(one["at"], 9)}}})
        return {"receivedMessages": told}

    def publish(self, topic, value, at):
        raw = value if isinstance(value, str) else json.dumps(value)
        for name, subscription in self.cloud.subscriptions.items():
            if subscription["topic"] == topic:
                self.cloud.messages[name].append({"id": str(uuid.uuid4().int)[:16], "at": at, "shown": at, "ack": "", "data": base64.b64encode(raw.encode()).decode()})

    # BigQuery
    def bigquery_act(self, method, words, verb, places, request, call, body):
        if words == ["datasets", "get"]:
            if places != (MAIN, DATASET) or self.cloud.dataset is None:
                raise errors.storage(404, "notFound", f"Not found: Dataset {places[0]}:{places[1]}")
            return self.cloud.dataset
        raise errors.denied(call, call["permissions"][0])


def query_of(request, size):
    return {"pageSize": request.query.get(size), **{n: v for n, v in request.query.items() if n != size}}


