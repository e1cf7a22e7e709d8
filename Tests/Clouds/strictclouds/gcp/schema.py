"""The published methods and messages (published.json: names and types out of Google's discovery documents)."""

import json
import os
import re

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "published.json"), encoding="utf-8") as file:
    PUBLISHED = json.load(file)
GLOBAL = {"$.xgafv", "access_token", "alt", "callback", "fields", "key", "oauth_token", "prettyPrint", "quotaUser", "uploadType", "upload_protocol"}
ALL = {"int32": int, "boolean": bool, "string": str, "number": (int, float), "google-datetime": str, "date-time": str, "google-duration": str,
       "byte": str, "google-fieldmask": str, "int64": str, "uint64": str}


class Method:
    def __init__(self, given):
        self.api, self.op, self.http = given["api"], given["op"], given["http"]
        self.query, self.request, self.response, self.scopes = given["query"], given["request"], given["response"], given["scopes"]
        self.path = re.compile(re.escape(given["path"]).replace(r"\{\}", "([^/:]+)") + r"\Z")


METHODS = [Method(m) for m in PUBLISHED["methods"]]


def find(service, method, path):
    """(Method, what stood in the path's places), None if the path is no such service's."""
    met = [(m, m.path.match(path)) for m in METHODS if m.op.split(".")[0] == service]
    met = [(m, found) for m, found in met if found]
    if not met:
        return None
    return next(((m, found.groups()) for m, found in met if m.http == method), (None, ()))


def misfit(api, kind, value, where=""):
    """What is wrong with a message, in Google's words, or None. `response` messages are held to the same."""
    if isinstance(kind, list):
        if kind[0] == "map":
            return None if isinstance(value, dict) else f"Invalid value at '{where}'"
        if not isinstance(value, list):
            return f"Invalid value at '{where}', Proto field is not repeating, cannot start list."
        return next((w for w in (misfit(api, kind[1], v, f"{where}[{i}]") for i, v in enumerate(value)) if w), None)
    if kind == "any":
        return None
    if kind.startswith("enum:"):
        return None if value in kind[5:].split("|") else f"Invalid value at '{where}' (type.googleapis.com/enum), \"{value}\""
    if kind in ALL:
        right = isinstance(value, ALL[kind]) and not (kind == "int32" and isinstance(value, bool))
        if right and kind in ("int64", "uint64"):
            right = bool(re.fullmatch(r"-?\d+", value))
        if right and kind == "google-duration":
            right = bool(re.fullmatch(r"-?\d+(\.\d{1,9})?s", value))
        return None if right else f"Invalid value at '{where}' ({kind}), {json.dumps(value)}"
    fields = PUBLISHED["schemas"][api].get(kind)
    if fields is None:
        return None
    if not isinstance(value, dict):
        return f"Invalid value at '{where}', expected an object"
    for name, one in value.items():
        at = fields.get(name, fields.get("*"))
        if at is None:
            place = f" at '{where}'" if where else ""
            return f'Invalid JSON payload received. Unknown name "{name}"{place}: Cannot find field.'
        wrong = misfit(api, at, one, f"{where}.{name}" if where else name)
        if wrong:
            return wrong
    return None


def pruned(value, whole=("protoPayload", "jsonPayload", "labels", "value", "enabled")):
    """Keys with default values are left out of answers."""
    if isinstance(value, dict):
        kept = {k: v if k in whole else pruned(v) for k, v in value.items()}
        return {k: v for k, v in kept.items() if k in whole or v not in (None, False, 0, "", [], {})}
    return [pruned(v) for v in value] if isinstance(value, list) else value
