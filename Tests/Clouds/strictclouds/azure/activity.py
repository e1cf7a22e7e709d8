"""The activity log: what is in an event, as the API tells it and as the workspace's table tells it."""

import hashlib
import json
import re
import uuid

from ..common.moments import parse, varied
from .errors import insights
from .names import CUSTOMER, PEOPLE, TENANT

DAYS = 90
PAIRS = ("resourceGroupName", "resourceUri", "resourceProvider", "correlationId")
FIELDS = ("authorization", "caller", "claims", "category", "correlationId", "description", "eventDataId", "eventName", "eventTimestamp",
          "httpRequest", "id", "level", "operationId", "operationName", "properties", "resourceGroupName", "resourceId",
          "resourceProviderName", "resourceType", "status", "subStatus", "submissionTimestamp", "subscriptionId", "tenantId")
SUBSTATUS = {"Started": "", "Succeeded": "OK", "Failed": "Forbidden", "Accepted": "Accepted"}
TABLE_STATUS = {"Started": "Start", "Succeeded": "Success", "Failed": "Failure", "Accepted": "Accept"}


def localized(value, shown=None):
    return {"value": value, "localizedValue": shown if shown is not None else value}


class Event:
    """One record. `visible`: when the API tells it."""

    def __init__(self, subscription, operation, resource, at, visible, person="dev", status="Succeeded", correlation=None,
                 category="Administrative", turn=0, agent="", properties=None, caller=None, address=None, client_request=None):
        self.subscription, self.operation, self.resource = subscription, operation, resource
        self.at, self.visible, self.status, self.category, self.turn = at, visible, status, category, turn
        self.caller, self.address = PEOPLE.get(person, (person, "198.51.100.99"))
        self.caller, self.address = caller or self.caller, address or self.address
        seed = f"{subscription}{operation}{resource}{at}"
        self.correlation = correlation or str(uuid.UUID(hashlib.md5(seed.encode()).hexdigest()))
        self.id = str(uuid.UUID(hashlib.md5(f"{seed}{status}".encode()).hexdigest()))
        self.agent, self.properties, self.client_request = agent, properties or {}, client_request

    @property
    def group(self):
        found = re.search(r"/resourcegroups/([^/]+)", self.resource, re.I)
        return found[1] if found else ""

    @property
    def provider(self):
        return self.operation.split("/")[0]

    def told(self):
        method = {"write": "PUT", "delete": "DELETE", "action": "POST"}.get(self.operation.rsplit("/", 1)[-1].lower(), "GET")
        kind = "/".join(self.operation.split("/")[:-1])
        sub, status = SUBSTATUS.get(self.status, ""), self.status
        return {
            "authorization": {"action": self.operation, "scope": self.resource}, "caller": self.caller, "channels": "Operation",
            "claims": {"ipaddr": self.address, "name": self.caller.split("@")[0], "aud": "https://management.azure.com/"},
            "correlationId": self.correlation, "description": "", "eventDataId": self.id,
            "eventName": localized("BeginRequest" if status == "Started" else "EndRequest", "Begin request" if status == "Started" else "End request"),
            "category": localized(self.category), "eventTimestamp": varied(self.at, self.turn),
            "id": f"{self.resource}/events/{self.id}/ticks/{int(self.at * 1e7)}", "level": "Error" if status == "Failed" else "Informational",
            "operationId": self.correlation, "operationName": localized(self.operation, f"Do {self.operation.split('/')[-1]}"),
            "resourceGroupName": self.group, "resourceProviderName": localized(self.provider.lower(), self.provider),
            "resourceType": localized(kind), "resourceId": self.resource, "status": localized(status),
            "subStatus": localized(sub, f"{sub} (HTTP Status Code: 200)" if sub else ""),
            "submissionTimestamp": varied(self.visible, self.turn + 1), "subscriptionId": self.subscription, "tenantId": TENANT,
            "httpRequest": {"clientRequestId": self.client_request or self.correlation, "clientIpAddress": self.address, "method": method},
            "properties": {"statusCode": sub, "serviceRequestId": None, **self.properties}}

    def row(self, arrives, kept=CUSTOMER):
        """As AzureActivity has it: operation in capitals, resource ids in small letters, other words for the status."""
        told = self.told()
        claims, authorization = told["claims"], told["authorization"]
        return {
            "$at": arrives, "TenantId": kept, "TimeGenerated": self.at, "EventSubmissionTimestamp": self.visible, "SourceSystem": "Azure",
            "Type": "AzureActivity", "OperationName": told["operationName"]["localizedValue"], "OperationNameValue": self.operation.upper(),
            "ActivityStatus": "", "ActivityStatusValue": TABLE_STATUS.get(self.status, self.status), "ActivitySubstatusValue": SUBSTATUS.get(self.status, ""),
            "Caller": self.caller, "CallerIpAddress": self.address, "Category": "", "CategoryValue": self.category,
            "Claims": json.dumps(claims), "Claims_d": json.dumps(claims), "Authorization": json.dumps(authorization),
            "Authorization_d": json.dumps(authorization), "CorrelationId": self.correlation, "EventDataId": self.id,
            "HTTPRequest": json.dumps(told["httpRequest"]), "Hierarchy": f"{TENANT}/{self.subscription}", "Level": told["level"],
            "OperationId": self.correlation, "Properties": json.dumps(told["properties"]), "Properties_d": json.dumps(told["properties"]),
            "Resource": self.resource.rsplit("/", 1)[-1].upper(), "ResourceGroup": self.group.upper(), "ResourceId": "",
            "ResourceProvider": "", "ResourceProviderValue": self.provider.upper(), "SubscriptionId": self.subscription,
            "_ResourceId": self.resource.lower(), "_SubscriptionId": self.subscription, "_IsBillable": "False", "_BilledSize": 0.0}


def window(text, now):
    """(start, end, other pair) of a documented `$filter`; the provider's own refusal otherwise."""
    start = end = other = None
    for part in re.split(r"\s+and\s+", text.strip(), flags=re.I) if text else ():
        form = re.fullmatch(r"(\w+)\s+(ge|le|eq)\s+'([^']*)'", part)
        if not form:
            raise insights(400, "BadRequest", "$filter searching parameters invalid")
        name, sign, value = form.groups()
        if name == "eventTimestamp" and sign in ("ge", "le"):
            try:
                moment = parse(value)
            except ValueError:
                raise insights(400, "BadRequest", f"The time '{value}' is not valid.") from None
            if (start if sign == "ge" else end) is not None:
                raise insights(400, "BadRequest", "$filter searching parameters invalid")
            start, end = (moment, end) if sign == "ge" else (start, moment)
        elif name in PAIRS and sign == "eq" and other is None:
            other = (name, value)
        else:
            raise insights(400, "BadRequest", "$filter searching parameters invalid")
    if start is None:
        raise insights(400, "BadRequest", "The $filter must have a start time: eventTimestamp ge '...'.")
    if start < now - DAYS * 86400 - 300:
        raise insights(400, "BadRequest", "The start time cannot be more than 90 days in the past.")
    if end is not None and end < start:
        raise insights(400, "BadRequest", "The end time should be after the start time.")
    return start, end, other


def meets(event, other):
    if other is None:
        return True
    name, value = other[0], other[1].lower()
    return value == {"resourceGroupName": event.group, "resourceUri": event.resource, "resourceProvider": event.provider,
                     "correlationId": event.correlation}[name].lower()
