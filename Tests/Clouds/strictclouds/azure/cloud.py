"""The tenant: its clock makes records arrive; its settings decide where; every service answers from it."""

import json
import uuid

from ..common.cloud import Cloud
from ..common.moments import stamp, varied
from ..common.rsa import KeyPair
from . import errors, estate
from .activity import Event
from .arm import ResourceManager, Target
from .entra import Entra
from .names import CLIENT, CUSTOMER, QUEUE, STORE, SUBSCRIPTIONS, VAULTS, WORKSPACE
from .query import QueryService
from .storage import Blobs, Queues
from .tables import FREE, TABLES

ROUTINE = ("Microsoft.Compute/virtualMachines/start/action", "Microsoft.Resources/deployments/write",
           "Microsoft.Web/sites/restart/action", "Microsoft.Network/networkSecurityGroups/write")


class AzureCloud(Cloud):
    SERVICES = ("login", "imds", "appservice", "arm", "loganalytics", "blob", "queue")

    def __init__(self):
        self.endpoints, self.ready = {}, False
        super().__init__()

    def endpoint(self, service):
        return self.endpoints.get(service, "http://127.0.0.1:9")

    def key(self, name):
        if name not in self.keys:
            self.keys[name] = KeyPair("watchkeeper")
        return self.keys[name]

    def clear(self):
        super().clear()
        self.entra, self.arm, self.query = Entra(self), ResourceManager(self), QueryService(self)
        self.blob, self.queue = Blobs(self), Queues(self)
        self.subscriptions = {sub: name for name, sub in SUBSCRIPTIONS.items()}
        made, self.groups = estate.whole(self)
        self.store = {"/" + r["id"].strip("/").lower(): r for r in made}
        self.delays = {"activity": 60.0, "workspace": 90.0, "storage": 120.0, "grid": 2.0}
        self.cuts, self.stopped, self.firewalled, self.queue_names = [], False, False, {QUEUE}
        self.streams = {sub: {"every": every, "resource_every": 300.0} for sub, every in zip(SUBSCRIPTIONS.values(), (240.0, 300.0))}
        self.rebuild()

    def rebuild(self):
        """A day of history again, as the streams now are."""
        self.events, self.appended, self.turn = [], [], 0
        self.rows = {CUSTOMER: {name: [] for name in TABLES}}
        self.usage_next = self.now() - self.history
        for stream in self.streams.values():
            stream.update(next=self.now() - self.history, resource_next=self.now() - self.history)
        self.tick()
        self.queue.held.clear()

    def tick(self):
        now = self.now()
        for sub, stream in self.streams.items():
            while stream["every"] and stream["next"] <= now:
                self.routine(sub, stream["next"])
                stream["next"] += stream["every"]
            while stream["resource_every"] and stream["resource_next"] <= now:
                self.resource_record(VAULTS[sub], stream["resource_next"])
                stream["resource_next"] += stream["resource_every"]
        while self.usage_next <= now:
            self.usage(self.usage_next)
            self.usage_next += 3600

    def routine(self, sub, at):
        self.turn += 1
        operation = ROUTINE[self.turn % len(ROUTINE)]
        resource = f"/subscriptions/{sub}/resourceGroups/apps/providers/{operation.split('/')[0]}/{operation.split('/')[1]}/app-{self.turn % 7}"
        self.happens(sub, operation, resource, at=at, twice=True)

    def happens(self, sub, operation, resource, at=None, person="dev", status="Succeeded", twice=True, agent="", category="Administrative", **more):
        """One act: Started and its end, with one correlation id."""
        at = self.now() if at is None else at
        correlation = str(uuid.uuid4())
        for word, later in ((("Started", 0.0), (status, 0.75)) if twice else ((status, 0.0),)):
            self.turn += 1
            self.record(Event(sub, spelled(operation, self.turn), resource, at + later - (0.75 if twice else 0), at + self.delays["activity"], person,
                              word, correlation, category, self.turn, agent, **more))
        return correlation

    def record(self, event):
        """In the activity log always; in workspace, archive and queue as the settings of this moment say."""
        self.events.append(event)
        for setting in self.settings(f"/subscriptions/{event.subscription}"):
            chosen = any(log["enabled"] and log["category"] == event.category for log in setting["logs"])
            if chosen and self.reaches("workspace", event.subscription, "activity", setting["workspaceId"]):
                self.arrive("AzureActivity", event.row(event.at + self.delays["workspace"]))
            if chosen and self.reaches("storage", event.subscription, "activity", setting["storageAccountId"]):
                self.append("insights-activity-logs", f"/subscriptions/{event.subscription}", event.at, event.told())
        if event.status == "Succeeded":
            self.send_grid(event)

    def settings(self, owner):
        kind = "/providers/microsoft.insights/diagnosticsettings/"
        return [r["properties"] for key, r in self.store.items() if key.startswith(owner.lower() + kind)]

    def reaches(self, end, sub, kind, destination):
        if not destination or destination.lower() not in self.store:
            return False
        known = {"workspace": WORKSPACE, "storage": STORE}[end].lower()
        return destination.lower() == known and not any(
            c.get("end", end) == end and c.get("kind", kind) == kind and c.get("subscription", sub) == sub for c in self.cuts)

    def arrive(self, table, row):
        status = self.store[WORKSPACE.lower()]["properties"]["workspaceCapping"]["dataIngestionStatus"]
        if status in ("ForceOff", "SubscriptionSuspended") or (status == "OverQuota" and table not in FREE):
            return
        if table in self.rows[CUSTOMER]:
            self.rows[CUSTOMER][table].append(row)

    def append(self, container, owner, at, line):
        arrives = at + self.delays["storage"]
        hour = stamp(arrives - arrives % 3600)
        name = f"resourceId={owner.upper()}/y={hour[:4]}/m={hour[5:7]}/d={hour[8:10]}/h={hour[11:13]}/m=00/PT1H.json"
        self.appended.append((arrives, container, name, line))

    def resource_record(self, vault, at):
        self.turn += 1
        sub, name = Target(vault).subscription, vault.rsplit("/", 1)[-1]
        for setting in self.settings(vault):
            chosen = any(g["enabled"] and (g["category"] == "AuditEvent" or g["categoryGroup"] in ("audit", "allLogs")) for g in setting["logs"])
            common = {"$at": at + self.delays["workspace"], "TenantId": CUSTOMER, "TimeGenerated": at, "SourceSystem": "Azure", "_ResourceId": vault.lower(),
                      "_SubscriptionId": sub, "_IsBillable": "True", "_BilledSize": 900.0, "OperationName": "SecretGet", "CorrelationId": str(uuid.uuid4()),
                      "OperationVersion": "7.4", "ResultType": "Success", "ResultSignature": "OK", "DurationMs": 12}
            if chosen and self.reaches("workspace", sub, "resource", setting["workspaceId"]):
                if setting["logAnalyticsDestinationType"] == "Dedicated":
                    self.arrive("AZKVAuditLogs", {**common, "Type": "AZKVAuditLogs", "CallerIpAddress": "203.0.113.5", "HttpStatusCode": 200})
                else:
                    self.arrive("AzureDiagnostics", {**common, "Type": "AzureDiagnostics", "Category": "AuditEvent", "ResourceId": vault.upper(), "Resource": name.upper(),
                                                     "ResourceGroup": "APPS", "ResourceProvider": "MICROSOFT.KEYVAULT", "ResourceType": "VAULTS", "SubscriptionId": sub,
                                                     "CallerIPAddress": "203.0.113.5", "httpStatusCode_d": 200.0})
            if chosen and self.reaches("storage", sub, "resource", setting["storageAccountId"]):
                self.append("insights-logs-auditevent", vault, at, {"time": varied(at, self.turn), "category": "AuditEvent", "resourceId": vault.upper(), "operationName": "SecretGet"})

    def usage(self, at):
        """What an hour took in, in megabytes; free tables are told apart."""
        for table, billable in (("AzureActivity", False), ("AzureDiagnostics", True), ("AZKVAuditLogs", True)):
            self.arrive("Usage", {"$at": at + 600, "TenantId": CUSTOMER, "TimeGenerated": at, "SourceSystem": "OMS", "Type": "Usage", "DataType": table,
                                  "Solution": "LogManagement", "StartTime": at - 3600, "EndTime": at, "Quantity": 0.25, "QuantityUnit": "MBytes",
                                  "IsBillable": billable, "ResourceUri": WORKSPACE, "_IsBillable": "False", "_BilledSize": 0.0,
                                  "_ResourceId": WORKSPACE.lower(), "_SubscriptionId": Target(WORKSPACE).subscription})

    def operation_row(self, category, operation, level, detail):
        """What _LogOperation shows."""
        self.rows[CUSTOMER]["Operation"].append({
            "$at": self.now(), "TenantId": CUSTOMER, "TimeGenerated": self.now(), "SourceSystem": "OpsManager", "Type": "Operation", "_ResourceId": WORKSPACE.lower(),
            "_SubscriptionId": Target(WORKSPACE).subscription, "_IsBillable": "False", "_BilledSize": 0.0, "OperationCategory": category, "OperationKey": operation,
            "OperationStatus": level, "Detail": detail, "Solution": "LogManagement"})

    def send_grid(self, event):
        wired = [r["properties"] for key, r in self.store.items() if "/systemtopics/activity/eventsubscriptions/" in key
                 and key.startswith(f"/subscriptions/{event.subscription}/")]
        verb = {"write": "Write", "delete": "Delete"}.get(event.operation.rsplit("/", 1)[-1].lower(), "Action")
        kind = f"Microsoft.Resources.Resource{verb}Success"
        if any(kind in w["filter"]["includedEventTypes"] and w["destination"]["properties"]["queueName"] in self.queue_names for w in wired):
            self.queue.put(grid_event(event, kind), event.at + self.delays["grid"])

    # What the services ask
    def workspace(self, customer):
        found = self.store.get(WORKSPACE.lower())
        return found if found and customer.lower() == found["properties"]["customerId"] else None

    def containers(self):
        root = f"{STORE.lower()}/blobservices/default/containers/"
        return {key.removeprefix(root) for key in self.store if key.startswith(root) and "/" not in key.removeprefix(root)}

    def blobs(self, container):
        found, now = {}, self.now()
        for arrives, where, name, line in self.appended:
            if where == container and arrives <= now:
                blob = found.setdefault(name, {"first": arrives, "modified": arrives, "lines": []})
                blob["modified"] = max(blob["modified"], arrives)
                blob["lines"].append(line)
        for blob in found.values():
            blob["body"] = "".join(json.dumps(line) + "\r\n" for line in blob["lines"]).encode()
        return found

    def sign_in(self, request, call, service):
        token = request.bearer()
        held = self.entra.tokens.get(token)
        if token is None:
            raise errors.unauthorized(call["service"], "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.")
        if held is None:
            raise errors.unauthorized(call["service"], "InvalidAuthenticationToken", "The access token is invalid.")
        if held["service"] != service:
            raise errors.unauthorized(call["service"], "InvalidAuthenticationTokenAudience", "The access token has been obtained for wrong audience or "
                                      f"resource '{held['audience']}'. It should exactly match with one of the allowed audiences.")
        if held["until"] <= self.now():
            raise errors.unauthorized(call["service"], "ExpiredAuthenticationToken", "The access token expiry UTC time is earlier than current UTC time.")
        call["principal"] = held["principal"]

    def refuse_write(self, call):
        """The watcher may write nothing but the tag."""
        if call["write"]:
            raise errors.forbidden(call, (call["permissions"] or ["unknown"])[0])

    def route(self, request, call):
        routes = {"arm": self.arm, "loganalytics": self.query, "blob": self.blob, "queue": self.queue}
        return routes.get(request.service, self.entra).route(request, call)

    def fault(self, call, kind, text):
        call["principal"] = call["principal"] or CLIENT
        return errors.faulted(call, kind, text).answer


def spelled(operation, turn):
    """Azure writes one operation in several cases."""
    provider, _, rest = operation.partition("/")
    return (operation, f"{provider.lower()}/{rest}", f"{provider.upper()}/{rest.lower()}")[turn % 3]


def grid_event(event, kind):
    told = event.told()
    return {"id": event.id, "topic": f"/subscriptions/{event.subscription}", "subject": event.resource, "eventType": kind, "eventTime": varied(event.at, event.turn),
            "dataVersion": "2", "metadataVersion": "1", "data": {
                "authorization": told["authorization"], "claims": told["claims"], "correlationId": event.correlation, "httpRequest": {
                    **told["httpRequest"], "url": f"https://management.azure.com{event.resource}"},
                "resourceProvider": event.provider, "resourceUri": event.resource, "operationName": event.operation, "status": event.status,
                "subscriptionId": event.subscription, "tenantId": told["tenantId"]}}
