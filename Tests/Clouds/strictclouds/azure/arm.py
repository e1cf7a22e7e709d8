"""Resource Manager: parses a path into scope, type and name; answers from one store of resources."""

import json
import re
import urllib.parse

from ..common.rsa import pad, unpad
from ..common.wire import Answer
from . import activity, errors
from .kinds import ACTIVITY, KINDS, RESOURCES, SUBSCRIPTIONS
from .names import TENANT

GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)
GROUP_FIELDS = {"name": str, "properties": dict, "managedBy": str, "tags": dict}


class Target:
    """What a path names. `scope` is its id up to the last provider; `name` None asks for a list."""

    def __init__(self, path):
        self.words = [w for w in path.split("/") if w]
        small = [w.lower() for w in self.words]
        last = max((i for i, w in enumerate(small) if w == "providers"), default=None)
        self.id = "/" + "/".join(self.words)
        self.subscription = small[1] if len(small) > 1 and small[0] == "subscriptions" else None
        self.group = small[3] if len(small) > 3 and small[2] == "resourcegroups" else None
        self.type = self.name = None
        self.scope = self.parent = self.id
        if last is not None and last + 2 < len(small):
            self.scope = "/" + "/".join(self.words[:last])
            rest = small[last + 2:]
            self.type = "/".join([small[last + 1], *rest[0::2]])
            self.name = rest[-1] if len(rest) % 2 == 0 else None
            self.parent = "/" + "/".join(self.words[:len(self.words) - (2 if self.name else 1)])


class ResourceManager:
    def __init__(self, cloud):
        self.cloud = cloud

    def route(self, request, call):
        path = request.path.rstrip("/")
        target = Target(path)
        call["scope"] = target.id
        small = path.lower()
        if small == "/metadata/endpoints":
            call.update(operation="endpoints")
            return lambda: self.endpoints(request)
        if small == "/subscriptions":
            return self.plan(request, call, "subscriptions.list", None, SUBSCRIPTIONS, (), lambda: self.subscriptions(request))
        rest = re.fullmatch(r"/subscriptions/([^/]+)(/.*)?", small)
        if not rest:
            raise errors.arm(404, "InvalidResourceType", "The resource type could not be found.")
        tail = rest[2] or ""
        group = re.fullmatch(r"/resourcegroups/([^/]+)", tail)
        if tail == "":
            act = lambda: Answer.json(200, self.subscription(target.subscription))
            return self.plan(request, call, "subscriptions.get", "Microsoft.Resources/subscriptions/read", SUBSCRIPTIONS, (), act)
        if tail == "/resources":
            act = lambda: self.resources(request, call, target)
            return self.plan(request, call, "resources.list", "Microsoft.Resources/subscriptions/resources/read", RESOURCES,
                             ("$filter", "$expand", "$top"), act)
        if tail == "/resourcegroups":
            act = lambda: self.page(request, call, [self.group(t) for t in self.groups(target.subscription)], 1000)
            return self.plan(request, call, "resourceGroups.list", "Microsoft.Resources/subscriptions/resourceGroups/read", RESOURCES,
                             ("$filter", "$top"), act)
        if group and request.method == "PATCH":
            return self.plan(request, call, "resourceGroups.update", "Microsoft.Resources/subscriptions/resourceGroups/write", RESOURCES,
                             (), lambda: self.tag(request, call, target), "PATCH")
        if group:
            return self.plan(request, call, "resourceGroups.get", "Microsoft.Resources/subscriptions/resourceGroups/read", RESOURCES,
                             (), lambda: Answer.json(200, self.group(self.found_group(target))))
        if tail == "/providers/microsoft.insights/eventtypes/management/values":
            return self.plan(request, call, "activityLogs.list", "Microsoft.Insights/eventtypes/values/Read", ACTIVITY,
                             ("$filter", "$select"), lambda: self.log(request, call, target), insights=True)
        if target.type == "microsoft.resources/tags" and target.name == "default" and request.method == "PATCH":
            return self.plan(request, call, "tags.write", "Microsoft.Resources/tags/write", RESOURCES, (),
                             lambda: self.merge(request, call, Target(target.scope)), "PATCH")
        return self.resource(request, call, target)

    def plan(self, request, call, operation, permission, versions, extra, act, method="GET", insights=False):
        """Says what a call is; the act checks the rest in the order in which the service does."""
        call.update(operation=operation, permissions=[permission] if permission else [], write=request.method not in ("GET", "HEAD"))

        def checked():
            self.cloud.sign_in(request, call, "arm")
            raise_ = errors.insights if insights else errors.arm
            if request.method != method:
                self.cloud.refuse_write(call)
                raise errors.arm(405, "MethodNotAllowed", f"The HTTP method '{request.method}' is not supported at this resource.")
            self.versions(request, versions)
            unknown = {n for n in request.query if n.lower() not in {"api-version", "$skiptoken", *(e.lower() for e in extra)}}
            if unknown or len(request.pairs) != len(request.query):
                raise raise_(400, "BadRequest", f"The query parameter '{sorted(unknown or request.query)[0]}' is not known or was given twice.")
            self.known(call["scope"])
            if permission and self.cloud.denied(permission, call["scope"]):
                raise errors.forbidden(call, permission)
            return act()

        return checked

    def versions(self, request, versions):
        asked = next((v for n, v in request.pairs if n.lower() == "api-version"), None)
        if not asked:
            raise errors.arm(400, "MissingApiVersionParameter", "The api-version query parameter (?api-version=) is required for all requests.")
        if asked not in versions:
            raise errors.arm(400, "InvalidApiVersionParameter", f"The api-version '{asked}' is invalid. The supported versions are "
                             f"'{','.join(sorted(versions))}'.")

    def known(self, scope):
        words = [w for w in scope.split("/") if w]
        if len(words) < 2 or words[0].lower() != "subscriptions":
            return
        if not GUID.fullmatch(words[1]):
            raise errors.arm(400, "InvalidSubscriptionId", f"The provided subscription identifier '{words[1]}' is malformed or invalid.")
        if words[1].lower() not in self.cloud.subscriptions:
            raise errors.arm(404, "SubscriptionNotFound", f"The subscription '{words[1]}' could not be found.")

    def resource(self, request, call, target):
        kind = KINDS.get(target.type)
        if kind is None:
            call.update(operation="unknown")
            self.cloud.sign_in(request, call, "arm")
            self.cloud.refuse_write(call)
            raise errors.arm(404, "InvalidResourceType", f"The resource type '{target.type}' could not be found in the namespace.")
        word = kind.permission.rsplit("/", 1)[0].split("/", 1)[1]
        verb = "get" if target.name else "list"
        if request.method != "GET":
            verb, words = {"PUT": "write", "PATCH": "write", "DELETE": "delete"}.get(request.method, "action"), kind.permission.rsplit("/", 1)[0]
            return self.plan(request, call, f"{word}.{verb}", f"{words}/{verb}", kind.versions, (), lambda: None, "GET")
        act = (lambda: self.one(target, kind)) if target.name else (lambda: self.listed(request, call, target, kind))
        return self.plan(request, call, f"{word}.{verb}", kind.permission, kind.versions, kind.extra if not target.name else
                         ("$expand",) if target.type == "microsoft.storage/storageaccounts" else (), act, insights=kind.insights)

    def missing(self, target, kind=None):
        if target.group and target.group not in self.groups_of(target.subscription):
            raise errors.arm(404, "ResourceGroupNotFound", f"Resource group '{target.group}' could not be found.")
        if kind and kind.insights:
            raise errors.insights(404, "ResourceNotFound", f"The diagnostic setting '{target.name}' was not found.")
        code = "ContainerNotFound" if (target.type or "").endswith("/containers") else "ResourceNotFound"
        raise errors.arm(404, code, f"The Resource '{target.type}/{target.name}' under resource group '{target.group}' was not found.")

    def one(self, target, kind):
        found = self.cloud.store.get(target.id.lower())
        if found is None:
            self.missing(target, kind)
        return Answer.json(200, found)

    def listed(self, request, call, target, kind):
        scope, parent = target.scope.lower(), target.parent.lower()
        level = "parent" if target.type.count("/") > 1 else "subscription" if scope == f"/subscriptions/{target.subscription}" else (
            "group" if target.group and scope.count("/") == 4 else "scope")
        if level == "parent" and parent not in self.cloud.store and not parent.endswith("/default"):
            self.missing(Target(target.parent))
        if level == "scope" and scope not in self.cloud.store:
            self.missing(Target(target.scope))
        exact = "scope" in kind.lists and (level == "scope" or kind.lists == ("scope",))
        if not exact and level not in kind.lists:
            raise errors.arm(404, "InvalidResourceType", f"A list of '{target.type}' cannot be asked for here.")
        found = []
        for key, value in self.cloud.store.items():
            item = Target(key)
            if item.type == target.type and (item.scope == scope if exact else
                                             item.parent == parent if level == "parent" else (item.scope + "/").startswith(scope + "/")):
                found.append(value)
        if not kind.paged:
            return Answer.json(200, {"value": found})
        return self.page(request, call, found, kind.most)

    def page(self, request, call, items, most, shape=lambda item: item):
        """A real page; its nextLink carries the place and is good only for the same question."""
        size = self.cloud.pages(None, most)
        others = sorted((n.lower(), v) for n, v in request.pairs if n.lower() != "$skiptoken")
        given = next((v for n, v in request.pairs if n.lower() == "$skiptoken"), None)
        start = 0
        if given is not None:
            try:
                place = json.loads(unpad(given))
                start = place["at"]
                if place["of"] != [list(o) for o in others] or place["path"] != request.path.lower():
                    raise ValueError
            except (ValueError, KeyError, TypeError):
                raise errors.arm(400, "InvalidSkipToken", "The skip token is not valid for this request.") from None
        told = {"value": [shape(item) for item in items[start:start + size]]}
        if start + size < len(items):
            token = pad(json.dumps({"at": start + size, "of": others, "path": request.path.lower()}).encode())
            pairs = [(n, v) for n, v in request.pairs if n.lower() != "$skiptoken"] + [("$skiptoken", token)]
            told["nextLink"] = f"{self.cloud.endpoint('arm')}{request.raw_path}?{urllib.parse.urlencode(pairs, quote_via=urllib.parse.quote)}"
        return Answer.json(200, told, [("x-ms-ratelimit-remaining-subscription-reads", "249")])

    def subscription(self, one):
        return {"id": f"/subscriptions/{one}", "authorizationSource": "RoleBased", "managedByTenants": [], "subscriptionId": one,
                "tenantId": TENANT, "displayName": self.cloud.subscriptions[one], "state": "Enabled",
                "subscriptionPolicies": {"locationPlacementId": "Public_2014-09-01", "quotaId": "PayAsYouGo_2014-09-01", "spendingLimit": "Off"}}

    def subscriptions(self, request):
        seen = [self.subscription(s) for s in self.cloud.subscriptions
                if not self.cloud.denied("Microsoft.Resources/subscriptions/read", f"/subscriptions/{s}")]
        answer = self.page(request, {}, seen, 100)
        body = json.loads(answer.body)
        body["count"] = {"type": "Total", "value": len(seen)}
        return Answer.json(200, body)

    def resources(self, request, call, target):
        wanted = None
        text = next((v for n, v in request.pairs if n.lower() == "$filter"), None)
        if text:
            form = re.fullmatch(r"resourceType eq '([^']+)'(?: or resourceType eq '([^']+)')*", text, re.I)
            if not form:
                raise errors.arm(400, "InvalidFilterInQueryString", f"Invalid $filter '{text}' specified in the query string.")
            wanted = {w.lower() for w in re.findall(r"'([^']+)'", text)}
        told = []
        for key, value in self.cloud.store.items():
            item = Target(key)
            if item.subscription == target.subscription and item.type and item.type.count("/") == 1 and item.scope.count("/providers/") == 0:
                if value.get("location") and (wanted is None or item.type in wanted):
                    told.append({k: value[k] for k in ("id", "name", "type", "location", "tags", "kind", "sku") if k in value})
        return self.page(request, call, told, 1000)

    # Resource groups
    def groups(self, subscription):
        return [key for key in self.cloud.groups if key[0] == subscription]

    def groups_of(self, subscription):
        return {name for sub, name in self.cloud.groups if sub == subscription}

    def found_group(self, target):
        if (target.subscription, target.group) not in self.cloud.groups:
            raise errors.arm(404, "ResourceGroupNotFound", f"Resource group '{target.group}' could not be found.")
        return target.subscription, target.group

    def group(self, key):
        return self.cloud.groups[key]

    def tag(self, request, call, target):
        key = self.found_group(target)
        if request.media() != "application/json":
            raise errors.arm(415, "UnsupportedMediaType", "The content media type is not supported. Only 'application/json' is supported.")
        try:
            body = json.loads(request.body)
            for name, value in body.items():
                if name not in GROUP_FIELDS or not isinstance(value, GROUP_FIELDS[name]):
                    raise ValueError(f"Could not find member '{name}' on object of type 'ResourceGroupPatchable'.")
            if not all(isinstance(v, str) for v in body.get("tags", {}).values()):
                raise ValueError("tags are text")
        except (ValueError, AttributeError) as problem:
            raise errors.arm(400, "InvalidRequestContent", f"The request content was invalid and could not be deserialized: '{problem}'.") from None
        group = self.cloud.groups[key]
        group.update({n: v for n, v in body.items() if n in ("tags", "managedBy")})
        self.cloud.happens(target.subscription, "Microsoft.Resources/subscriptions/resourceGroups/write", group["id"],
                           person="watchkeeper", agent=call["agent"], twice=True)
        return Answer.json(200, group)

    def merge(self, request, call, target):
        """Tags - Update At Scope, of a resource group."""
        group = self.cloud.groups[self.found_group(target)]
        if request.media() != "application/json":
            raise errors.arm(415, "UnsupportedMediaType", "The content media type is not supported. Only 'application/json' is supported.")
        try:
            body = json.loads(request.body)
            tags = body["properties"]["tags"]
            if set(body) != {"operation", "properties"} or set(body["properties"]) != {"tags"} or not all(isinstance(v, str) for v in tags.values()):
                raise ValueError("a member is not known")
            change = {"Merge": lambda: {**group["tags"], **tags}, "Replace": lambda: tags,
                      "Delete": lambda: {n: v for n, v in group["tags"].items() if n not in tags}}[body["operation"]]
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            raise errors.arm(400, "InvalidRequestContent", f"The request content was invalid and could not be deserialized: '{problem}'.") from None
        group["tags"] = change()
        place = f"{group['id']}/providers/Microsoft.Resources/tags/default"
        correlation = self.cloud.happens(target.subscription, "Microsoft.Resources/tags/write", place, person="watchkeeper", agent=call["agent"],
                                         client_request=request.header("x-ms-client-request-id"))
        return Answer.json(200, {"id": place, "name": "default", "type": "Microsoft.Resources/tags", "properties": {"tags": group["tags"]}},
                           [("x-ms-correlation-request-id", correlation), ("x-ms-request-id", correlation)])

    def log(self, request, call, target):
        text = next((v for n, v in request.pairs if n.lower() == "$filter"), None)
        start, end, other = activity.window(text, self.cloud.now())
        chosen = next((v for n, v in request.pairs if n.lower() == "$select"), None)
        if chosen is not None and set(chosen.split(",")) - set(activity.FIELDS):
            raise errors.insights(400, "BadRequest", "$select names a field that is not known")
        now = self.cloud.now()
        met = [e for e in self.cloud.events if e.subscription == target.subscription and e.visible <= now and start <= e.at
               and (end is None or e.at <= end) and activity.meets(e, other)]
        met.sort(key=lambda e: e.at, reverse=True)
        names = set(chosen.split(",")) if chosen else None
        return self.page(request, call, met, 200, lambda e: {n: v for n, v in e.told().items() if names is None or n in names})

    def endpoints(self, request):
        self.versions(request, ["2019-05-01", "2020-06-01", "2022-09-01", "2023-12-01"])
        here = self.cloud.endpoint
        return Answer.json(200, {"portal": "https://portal.azure.com", "name": "AzureCloud", "resourceManager": here("arm") + "/",
                                 "authentication": {"loginEndpoint": here("login") + "/", "audiences": [
                                     "https://management.core.windows.net/", "https://management.azure.com/"], "tenant": "common",
                                     "identityProvider": "AAD"}, "logAnalyticsResourceId": "https://api.loganalytics.io",
                                 "suffixes": {"storage": "core.windows.net", "keyVaultDns": "vault.azure.net"}})
