"""Cloud Logging v2: entries, sinks, exclusions, buckets, settings, metrics."""

import copy

from ..common.moments import stamp
from . import errors
from .language import Filter
from .names import DATA, FOLDER, ORGANIZATION

ABOVE = (FOLDER, ORGANIZATION)


class Logging:
    def __init__(self, cloud):
        self.cloud = cloud

    def act(self, method, places, request, call, body):
        """The answer as a message, for what op means."""
        words = method.op.split(".")[1:]
        if words == ["entries", "list"]:
            return self.entries(request, call, body)
        parent = f"{words[0]}/{places[0]}"
        if words[1] == "getSettings":
            return self.cloud.settings[parent]
        kind, verb = ("buckets" if words[1] == "locations" else words[1]), words[-1]
        held = self.cloud.logging[parent][kind]
        if kind == "buckets" and places[1] != "-":
            held = {n: v for n, v in held.items() if f"/locations/{places[1]}/" in v["name"]}
        if verb == "list":
            if kind == "sinks" and request.query.get("filter") not in (None, "", 'in_scope("ALL")', 'in_scope("DEFAULT")', 'in_scope("ANCESTOR")'):
                raise errors.invalid("Invalid filter")
            if kind == "sinks" and request.query.get("filter") in ('in_scope("ALL")', 'in_scope("ANCESTOR")'):
                own = list(held.values()) if "ALL" in request.query["filter"] else []
                above = [s for p in ABOVE if p != parent for s in self.cloud.logging[p]["sinks"].values() if s.get("includeChildren")]
                return self.cloud.paged(request, request.query, own + above, 100, kind)
            return self.cloud.paged(request, request.query, list(held.values()), 100, kind)
        name = places[-1]
        if verb == "get":
            if name not in held:
                raise errors.refusal("NOT_FOUND", f"{kind[:-1].capitalize()} {name} does not exist")
            return held[name]
        if (kind, verb) == ("metrics", "update"):
            return self.describe(parent, held, name, body, call)
        raise errors.denied(call, call["permissions"][0])

    def describe(self, parent, held, name, body, call):
        """The whole metric is replaced: what is left out is gone. The echo writes with it."""
        if not body.get("filter") or body.get("name") not in (None, name):
            raise errors.invalid("A metric has a name and a filter.")
        Filter(body["filter"])
        old = held.get(name, {"createTime": stamp(self.cloud.now(), 9)})
        kept = {n: old[n] for n in ("createTime", "metricDescriptor", "resourceName") if n in old}
        held[name] = {**copy.deepcopy(body), **kept, "name": name, "updateTime": stamp(self.cloud.now(), 9)}
        self.cloud.happens(parent, "google.logging.v2.MetricsServiceV2.UpdateLogMetric", f"{parent}/metrics/{name}", "logging.googleapis.com", person="watchkeeper",
                           permission="logging.logMetrics.update", agent=call["agent"], request={"metricName": f"{parent}/metrics/{name}", "metric": body})
        return held[name]

    def view(self, name, parent, wanted, call):
        """What is in a log bucket, as one of its views shows it."""
        bucket = name.partition("/views/")[0]
        call["permissions"] = ["logging.views.access"]
        if not any(b["name"] == bucket for b in self.cloud.logging.get(parent, {}).get("buckets", {}).values()) or self.cloud.denied("logging.views.access", name):
            raise errors.refusal("PERMISSION_DENIED", "Permission 'logging.views.access' denied on resource (or it may not exist).",
                                 "IAM_PERMISSION_DENIED", "iam.googleapis.com", permission="logging.views.access", resource=name)
        return [e["entry"] for e in self.cloud.kept.get(bucket, []) if e["seen"] <= self.cloud.now() and wanted(e["entry"])]

    def entries(self, request, call, body):
        names = body.get("resourceNames", []) + [f"projects/{p}" for p in body.get("projectIds", [])]
        if not 1 <= len(names) <= 100:
            raise errors.invalid("At least one resource name is required, and at most 100.")
        if body.get("orderBy", "timestamp asc") not in ("timestamp asc", "timestamp desc", "timestamp"):
            raise errors.invalid("Invalid order_by: only 'timestamp asc' and 'timestamp desc' are supported")
        if not 0 <= body.get("pageSize", 0) <= 1000:
            raise errors.invalid("page_size must be between 1 and 1000")
        wanted, met, now = Filter(body.get("filter", "")), [], self.cloud.now()
        call["scope"] = " ".join(names)
        for name in names:
            parent = "/".join(name.split("/")[:2])
            if "/views/" in name:
                met += self.view(name, parent, wanted, call)
                continue
            if parent not in self.cloud.logging or self.cloud.denied("logging.logEntries.list", parent):
                raise errors.refusal("PERMISSION_DENIED", "Permission 'logging.logEntries.list' denied on resource (or it may not exist).",
                                     "IAM_PERMISSION_DENIED", "iam.googleapis.com", permission="logging.logEntries.list", resource=parent)
            private = not self.cloud.denied("logging.privateLogEntries.list", parent)
            met += [e["entry"] for e in self.cloud.entries[parent] if e["seen"] <= now and e["stored"]
                    and (private or DATA not in e["entry"]["logName"]) and wanted(e["entry"])]
        met.sort(key=lambda e: self.cloud.times[e["insertId"]], reverse=body.get("orderBy") == "timestamp desc")
        asked = {**body, "pageSize": body.get("pageSize")}
        told = self.cloud.paged(request, asked, met, 1000, "entries", empty_first=self.cloud.empty_pages)
        return told
