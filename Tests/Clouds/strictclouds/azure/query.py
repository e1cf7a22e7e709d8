"""The Log Analytics query API of one workspace."""

import json
import re

from ..common.moments import duration, parse, stamp
from ..common.wire import Answer
from . import errors
from .kql import Query, QueryError
from .tables import LOG_OPERATION, TABLES

READ = "Microsoft.OperationalInsights/workspaces/query"
BODY = {"query": str, "timespan": str, "workspaces": list, "maxRows": int}


class QueryService:
    def __init__(self, cloud):
        self.cloud = cloud

    def route(self, request, call):
        call.update(operation="query", permissions=[f"{READ}/read"], write=False)
        found = re.fullmatch(r"/v1/workspaces/([^/]+)/query", request.path)
        if not found or request.method not in ("GET", "POST"):
            call.update(operation="unknown")
            self.cloud.sign_in(request, call, "loganalytics")
            raise errors.query(404, "PathNotFoundError", "The requested path does not exist")
        workspace = self.cloud.workspace(found[1])
        call["scope"] = workspace["id"] if workspace else f"workspaces/{found[1]}"
        return lambda: self.asked(request, call, found[1])

    def asked(self, request, call, customer):
        self.cloud.sign_in(request, call, "loganalytics")
        if "no_content" in call["quirks"]:
            return Answer(204)
        body = self.body(request)
        if body is None:
            return Answer(200)  # documented: wrong type or no body is an empty 200
        workspace = self.cloud.workspace(customer)
        if workspace is None:
            raise errors.query(404, "WorkspaceNotFoundError", f"The workspace {customer} could not be found")
        if self.cloud.denied(f"{READ}/read", call["scope"]):
            raise errors.forbidden(call, READ)
        return self.run(body, call, customer)

    def body(self, request):
        if request.method == "GET":
            given = dict(request.query)
        else:
            if request.media() != "application/json" or not request.body:
                return None
            if request.query:
                raise self.bad(f"The parameter '{sorted(request.query)[0]}' is not known")
            try:
                given = json.loads(request.body)
            except ValueError:
                raise self.bad("Request is not valid json") from None
        for name, value in given.items() if isinstance(given, dict) else [("", None)]:
            if name not in BODY or not isinstance(value, BODY[name]):
                raise self.bad(f"The property '{name}' is not known or not of its type")
        if "query" not in given:
            raise self.bad("Missing required query text")
        return given

    def bad(self, text, inner=None):
        return errors.query(400, "BadArgumentError", "The request had some invalid properties", inner or {
            "code": "InvalidProperty", "message": text})

    def span(self, text):
        """(start, end) that `timespan` says; an hour without one is not implied."""
        try:
            now = self.cloud.now()
            if text is None:
                return None, None
            if "/" not in text:
                return now - duration(text), now
            left, right = text.split("/")
            start = None if left.startswith("P") else parse(left)
            end = parse(right) if not right.startswith("P") else start + duration(right)
            return start if start is not None else end - duration(left), end
        except (ValueError, TypeError):
            raise self.bad(f"The timespan '{text}' is not valid") from None

    def run(self, body, call, customer):
        start, end = self.span(body.get("timespan"))
        now, tables = self.cloud.now(), {}
        for name, rows in self.cloud.rows[customer].items():
            seen = [r for r in rows if r["$at"] <= now and (start is None or start <= r["TimeGenerated"] <= end)]
            tables[name] = (TABLES[name], seen)
        if "Operation" in tables:
            tables["_LogOperation"] = (LOG_OPERATION, [{**r, "Category": r.get("OperationCategory"), "Operation": r.get("OperationKey"),
                                                        "Level": r.get("OperationStatus")} for r in tables["Operation"][1]])
        query = Query(body["query"], tables, now)
        try:
            columns, rows = query.run()
        except QueryError as problem:
            raise self.bad("", problem.told()) from None
        except (ValueError, TypeError, AttributeError) as problem:
            raise self.bad("", {"code": "SemanticError", "message": "A semantic error occurred.", "innererror": {
                "code": "SEM0000", "message": str(problem)}}) from None
        for name in dict.fromkeys("Operation" if u == "_LogOperation" else u for u in query.used):
            permission = f"{READ}/{name}/read"
            call["permissions"].append(permission)
            if self.cloud.denied(permission, call["scope"]):
                raise errors.forbidden(call, permission)
        told = {"tables": [{"name": "PrimaryResult", "columns": [{"name": n, "type": t} for n, t in columns],
                            "rows": [[written(row.get(n), t) for n, t in columns] for row in rows]}]}
        if "partial" in call["quirks"]:
            told["error"] = {"code": "PartialError", "message": "There were some errors when processing your query.",
                             "details": [{"code": "EngineError", "message": "Something went wrong processing your query on the server.",
                                          "innererror": {"code": "-2133196797", "message": "The results of this query exceed the set limit", "severity": 2,
                                                         "severityName": "Error"}}]}
            told["tables"][0]["rows"] = told["tables"][0]["rows"][:0]
        return Answer.json(200, told)


def written(value, kind):
    if value is None:
        return "" if kind == "string" else None
    if kind == "datetime":
        whole, _, digits = stamp(value, 7, "").partition(".")
        digits = digits.rstrip("0")
        return whole + (f".{digits}" if digits else "") + "Z"
    if kind == "dynamic":
        return value if isinstance(value, str) else json.dumps(value)
    if kind == "timespan":
        hours, rest = divmod(float(value), 3600)
        return f"{int(hours):02d}:{int(rest // 60):02d}:{rest % 60:010.7f}"
    return value
