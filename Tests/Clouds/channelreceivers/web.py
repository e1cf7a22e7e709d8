"""The receivers that speak HTTP, behind one loopback port."""

import base64
import hashlib
import hmac
import json
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from . import shapes
from .shapes import Refused

KEY = "0123456789abcdef0123456789abcdef"
TOKEN = "jira-t0ken"
AWS = ("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")


class State:
    def __init__(self):
        self.lock = threading.RLock()
        self.accepted, self.refused, self.mails = [], [], []
        self.incidents, self.issues, self.hooks = {}, {}, {}
        # Keys of incidents that were opened: each notified somebody. Made tickets are numbered.
        self.pages, self.made = [], 0
        self.every, self.count, self.lag = 0, 0, False

    def facts(self):
        return {"accepted": self.accepted, "refused": self.refused, "mails": self.mails,
                "incidents": self.incidents, "pages": self.pages, "hooks": self.hooks,
                "issues": {key: {"label": issue["label"], "comments": len(issue["comments"]),
                                 "status": issue["status"]} for key, issue in self.issues.items()}}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    state = None

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.serve()

    def do_POST(self):
        self.serve()

    def serve(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with self.state.lock:
            if self.path == "/_control/facts":
                return self.answer(200, json.dumps(self.state.facts()))
            if self.path == "/_control/every":
                self.state.every = int(body)
                return self.answer(200, "{}")
            if self.path == "/_control/delete":
                self.state.issues.pop(body.decode(), None)
                return self.answer(200, "{}")
            if self.path == "/_control/take":
                key, who = body.decode().split(" ", 1)
                self.state.issues[key].update(status="In Progress", assignee=who)
                return self.answer(200, "{}")
            try:
                status, text, headers = self.route(body)
                self.state.accepted.append(self.path.split("?")[0])
            except Refused as error:
                self.state.refused.append(f"{self.path}: {error}")
                status, text, headers = 400, f"refused: {error}", {}
            self.state.count += 1
            if self.state.every and self.state.count % self.state.every == 0:
                # Taken, and nobody is told.
                self.close_connection = True
                return None
        return self.answer(status, text, headers)

    def answer(self, status, text, headers=None):
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        if status != 204:
            self.wfile.write(text.encode())

    def route(self, body):
        path = self.path.split("?")[0]
        if path == "/services/T0/B0/s3cr3tslack":
            shapes.slack(self.json(body))
            return 200, "ok", {}
        if path == "/workflows/s3cr3tteams":
            shapes.teams(self.json(body), len(body))
            return 202, "", {"x-ms-workflow-run-id": f"run-{self.state.count}"}
        if path == "/v2/enqueue":
            return self.pagerduty(body)
        if path == "/hook/s3cr3thook":
            return self.hook(body)
        if path == "/" and b"Action=" in body:
            return self.topic(body)
        if path.startswith("/rest/api/3/"):
            return self.jira(path[len("/rest/api/3/"):], body)
        raise Refused("no such path")

    def json(self, body):
        if self.headers.get("Content-Type") != "application/json":
            raise Refused("Content-Type")
        try:
            return json.loads(body)
        except ValueError as error:
            raise Refused("not JSON") from error

    def pagerduty(self, body):
        event = self.json(body)
        shapes.pagerduty(event, len(body))
        if event["routing_key"] != KEY:
            raise Refused("unknown routing key")
        # "If there is an open incident with a matching key, the new event will be appended to that incident's
        # Alerts log" (support.pagerduty.com, Event Management): nobody is notified.
        open_now = self.state.incidents.get(event["dedup_key"], "resolve") != "resolve"
        if event["event_action"] == "trigger":
            if not open_now:
                self.state.pages.append(event["dedup_key"])
                self.state.incidents[event["dedup_key"]] = "trigger"
        else:
            self.state.incidents[event["dedup_key"]] = event["event_action"]
        return 202, json.dumps({"status": "success", "message": "Event processed",
                                "dedup_key": event["dedup_key"]}), {}

    def hook(self, body):
        stamp = self.headers.get("X-Watchkeeper-Timestamp") or ""
        signed = b"v1." + stamp.encode() + b"." + body
        wanted = "v1=" + hmac.new(KEY.encode(), signed, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(wanted, self.headers.get("X-Watchkeeper-Signature") or ""):
            raise Refused("signature")
        event = self.json(body)
        shapes.keys(event, ["schema", "act", "dedup_key", "message_key", "priority", "title", "source", "code",
                            "facts", "to", "at"], ["alert", "role"])
        key = self.headers.get("Idempotency-Key")
        if key != event["message_key"]:
            raise Refused("Idempotency-Key")
        self.state.hooks[key] = self.state.hooks.get(key, 0) + 1
        return 200, json.dumps({"id": f"hook-{len(self.state.hooks)}"}), {}

    def topic(self, body):
        """SigV4 over what came (IAM User Guide, "Create a signed AWS API request")."""
        head = self.headers.get("Authorization") or ""
        parts = dict(part.strip().split("=", 1) for part in head.split(" ", 1)[-1].split(","))
        access, day, region, service, _ = parts["Credential"].split("/")
        names = parts["SignedHeaders"].split(";")
        values = "".join(f"{name}:{(self.headers.get(name) or '').strip()}\n" for name in names)
        canonical = "\n".join(["POST", "/", "", values, ";".join(names), hashlib.sha256(body).hexdigest()])
        stamp = self.headers.get("X-Amz-Date")
        text = "\n".join(["AWS4-HMAC-SHA256", stamp, f"{day}/{region}/{service}/aws4_request",
                          hashlib.sha256(canonical.encode()).hexdigest()])
        key = ("AWS4" + AWS[1]).encode()
        for part in (day, region, service, "aws4_request"):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        if access != AWS[0] or hmac.new(key, text.encode(), hashlib.sha256).hexdigest() != parts["Signature"]:
            raise Refused("SignatureDoesNotMatch")
        form = dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True))
        shapes.publish(form)
        if "default" not in json.loads(form["Message"]):
            raise Refused("no default")
        return 200, ("<PublishResponse xmlns='http://sns.amazonaws.com/doc/2010-03-31/'><PublishResult>"
                     f"<MessageId>m-{self.state.count}</MessageId></PublishResult></PublishResponse>"), {}

    def jira(self, path, body):
        login = base64.b64encode(f"watch@acme.example:{TOKEN}".encode()).decode()
        if self.headers.get("Authorization") != f"Basic {login}":
            raise Refused("Client must be authenticated to access this resource.")
        issues = self.state.issues
        if path == "search/jql":
            asked = self.json(body)
            shapes.keys(asked, ["jql"], ["maxResults", "fields", "nextPageToken", "reconcileIssues"])
            found = [{"id": "1", "key": key, "fields": {"status": {"name": issue["status"]},
                                                        "description": issue["description"]}}
                     for key, issue in issues.items() if f'"{issue["label"]}"' in asked["jql"]]
            return 200, json.dumps({"issues": found[:asked.get("maxResults", 50)], "isLast": True}), {}
        if path == "issue":
            made = self.json(body)
            shapes.issue(made)
            self.state.made += 1
            key = f"SEC-{self.state.made}"
            issues[key] = {"label": made["fields"]["labels"][1], "description": made["fields"]["description"],
                           "comments": [], "status": "To Do"}
            return 201, json.dumps({"id": "1", "key": key, "self": "x"}), {}
        _, key, what = (path + "/").split("/")[:3]
        issue = issues.get(key)
        if issue is None:
            return 404, json.dumps({"errorMessages": ["Issue does not exist or you do not have permission to see it."],
                                    "errors": {}}), {}
        if what == "":
            category = {"To Do": "new", "Done": "done"}.get(issue["status"], "indeterminate")
            who = issue.get("assignee")
            return 200, json.dumps({"key": key, "fields": {
                "status": {"name": issue["status"], "statusCategory": {"id": 4, "key": category}},
                "assignee": who and {"accountId": "5b1", "displayName": who, "active": True}}}), {}
        if what == "comment" and self.command == "GET":
            return 200, json.dumps({"comments": issue["comments"][::-1][:50]}), {}
        if what == "comment":
            comment = self.json(body)
            shapes.keys(comment, ["body"])
            shapes.document(comment["body"])
            issue["comments"].append(comment)
            return 201, json.dumps({"id": str(len(issue["comments"]))}), {}
        if self.command == "GET":
            return 200, json.dumps({"transitions": [{"id": "31", "name": "Finish", "to": {"name": "Done"}}]}), {}
        if self.json(body) != {"transition": {"id": "31"}}:
            raise Refused("transition")
        issue["status"] = "Done"
        return 204, "", {}


def serve(state):
    handler = type("Bound", (Handler,), {"state": state})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]
