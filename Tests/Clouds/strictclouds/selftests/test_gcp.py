"""Google Cloud: tokens, Logging, Monitoring, Resource Manager, Storage, Pub/Sub."""

import base64
import gzip
import json
import tempfile
import urllib.parse

from ..azure.control import sign
from ..common.moments import stamp
from ..gcp import names
from ..gcp.changes import Changes
from .case import StrictCase

P = f"projects/{names.MAIN}"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
ROOT = "https://www.googleapis.com/auth/"
ACTIVITY = 'log_id("cloudaudit.googleapis.com/activity")'


class GoogleCase(StrictCase):
    name = "gcp"

    def token(self, service, *scopes, kind="account"):
        return self.cloud.tokens.mint("w@example.org", scopes or ["cloud-platform"], kind)

    def entries(self, filter="", names_=(P,), **more):
        return self.call("logging", "/v2/entries:list", "POST", {"resourceNames": list(names_), "filter": filter, **more})

    def series(self, filter, **more):
        query = {"filter": filter, "interval.startTime": stamp(self.cloud.now() - 7200), "interval.endTime": stamp(self.cloud.now()), **more}
        return self.call("monitoring", f"/v3/{P}/timeSeries?{urllib.parse.urlencode(query)}")


class Tokens(GoogleCase):
    def oauth(self, service="token", path="/token", **form):
        return self.call(service, path, "POST", urllib.parse.urlencode(form).encode(), FORM, token=False)

    def works(self, token, wanted=200):
        self.assertEqual(self.call("logging", f"/v2/{P}/sinks", token=token)[0], wanted)

    def assertion(self, key="account", **more):
        now = int(self.cloud.now())
        claims = {"iss": names.EMAIL, "scope": ROOT + "logging.read", "aud": "https://oauth2.googleapis.com/token", "iat": now, "exp": now + 3600, **more}
        return self.oauth(grant_type="urn:ietf:params:oauth:grant-type:jwt-bearer", assertion=sign(self.cloud.key(key), claims, kid=names.KEY_ID))

    def test_service_account(self):
        self.works(self.assertion()[1]["access_token"])
        for more, error in (({"key": "federated"}, "Invalid JWT Signature."), ({"iss": "x@y"}, "Invalid grant: account not found"), ({"aud": "https://x"}, "Invalid JWT: Failed audience check"),
                            ({"exp": 5}, None), ({"iat": int(self.cloud.now()) + 4000}, None)):
            status, told = self.assertion(**more)
            self.assertEqual((status, told["error"]), (400, "invalid_grant"), more)
            self.assertTrue(error is None or told["error_description"] == error)
        self.assertEqual(self.assertion(scope=ROOT + "everything")[1]["error"], "invalid_scope")
        own = sign(self.cloud.key("account"), {"iss": names.EMAIL, "sub": names.EMAIL, "aud": "https://logging.googleapis.com/", "iat": int(self.cloud.now()), "exp": int(self.cloud.now()) + 3600})
        self.works(own)
        self.assertEqual(self.call("monitoring", f"/v3/{P}/snoozes", token=own)[0], 401)

    def test_user(self):
        form = {"grant_type": "refresh_token", "client_id": names.CLIENT_ID, "client_secret": names.CLIENT_SECRET, "refresh_token": names.REFRESH}
        token = self.oauth(**form)[1]["access_token"]
        status, told = self.call("logging", f"/v2/{P}/sinks", token=token)
        self.assertEqual((status, told["error"]["details"][0]["reason"]), (403, "SERVICE_DISABLED"))
        self.assertEqual(self.call("logging", f"/v2/{P}/sinks", token=token, headers={"X-Goog-User-Project": names.MAIN})[0], 200)
        self.assertEqual(self.oauth(**{**form, "refresh_token": "x"})[1]["error"], "invalid_grant")
        self.assertEqual(self.oauth(**{**form, "client_secret": "x"})[1]["error"], "invalid_client")
        self.assertEqual(self.oauth(**{**form, "more": "x"})[1]["error"], "invalid_request")

    def test_federation_and_impersonation(self):
        with tempfile.TemporaryDirectory() as folder:
            told = self.ask("POST", "credentials", {"folder": folder})
            with open(told["subject-token"], encoding="utf-8") as file:
                subject = json.load(file)["id_token"]
        form = {"grant_type": "urn:ietf:params:oauth:grant-type:token-exchange", "audience": names.POOL, "scope": ROOT + "cloud-platform", "subject_token": subject,
                "requested_token_type": "urn:ietf:params:oauth:token-type:access_token", "subject_token_type": "urn:ietf:params:oauth:token-type:jwt"}
        first = self.oauth("sts", "/v1/token", **form)[1]["access_token"]
        self.assertEqual(self.oauth("sts", "/v1/token", **{**form, "audience": "x"})[1]["error"], "invalid_target")
        path = f"/v1/projects/-/serviceAccounts/{names.TARGET}:generateAccessToken"
        status, told = self.call("iamcredentials", path, "POST", {"scope": [ROOT + "logging.read"], "lifetime": "3600s"}, token=first)
        self.works(told["accessToken"])
        self.assertEqual(self.call("iamcredentials", path, "POST", {"scopes": []}, token=first)[0], 400)
        self.assertEqual(self.call("iamcredentials", path.replace("audit-reader", "other"), "POST", {"scope": [ROOT + "logging.read"]}, token=first)[0], 403)

    def test_metadata(self):
        path = "/computeMetadata/v1/instance/service-accounts/default/token"
        status, head, raw = self.raw("metadata", "GET", path, None, {"Metadata-Flavor": "Google"})
        self.assertEqual((status, head["Metadata-Flavor"]), (200, "Google"))
        self.works(json.loads(gzip.decompress(raw) if head["Content-Encoding"] else raw)["access_token"])
        self.assertEqual(self.raw("metadata", "GET", path, None, {})[0], 403)
        self.assertEqual(self.raw("metadata", "GET", path + "?x=1", None, {"Metadata-Flavor": "Google"})[0], 404)

    def test_scopes_and_expiry(self):
        narrow = self.token("logging", "logging.read")
        self.works(narrow)
        status, told = self.call("monitoring", f"/v3/{P}/snoozes", token=narrow)
        self.assertEqual((status, told["error"]["details"][0]["reason"]), (403, "ACCESS_TOKEN_SCOPE_INSUFFICIENT"))
        self.assertEqual(self.call("monitoring", f"/v3/{P}/snoozes", token=self.token("", "cloud-platform.read-only"))[0], 403)
        self.assertEqual(self.call("pubsub", f"/v1/{names.TOPIC}", token=self.token("", "pubsub"))[0], 200)
        self.ask("POST", "clock", {"move": 4000})
        status, told = self.call("logging", f"/v2/{P}/sinks", token=narrow)
        self.assertEqual((status, told["error"]["details"][0]["reason"]), (401, "ACCESS_TOKEN_EXPIRED"))
        self.works(False, 401)


class Logging(GoogleCase):
    def test_filters(self):
        since = stamp(self.cloud.now() - 3600)
        count = lambda text: len(self.entries(text)[1].get("entries", []))
        whole = count(f'timestamp>="{since}"')
        self.assertGreater(whole, 10)
        activity = count(f'{ACTIVITY} AND timestamp>="{since}"')
        self.assertEqual(activity, count(f'logName="{P}/logs/cloudaudit.googleapis.com%2Factivity" timestamp >= "{since}"'))
        self.assertEqual(whole, activity + count(f'NOT {ACTIVITY} AND timestamp>="{since}"'))
        # NOT, then OR, then AND: the wrong order would count more
        self.assertEqual(count(f'timestamp>="{since}" AND severity=NOTICE OR severity=INFO'), whole)
        self.assertEqual(count('timestamp>"2099-01-01T00:00:00Z" AND severity=NOTICE OR severity=INFO'), 0)
        self.assertEqual(count(f'log_id("cloudaudit.googleapis.com%2Factivity") timestamp>="{since}"'), 0)
        self.assertGreater(count(f'protoPayload.authenticationInfo.principalEmail=("x" OR "DEV@example.org") timestamp>="{since}"'), 0)
        self.assertEqual(count(f'-protoPayload.methodName:* timestamp>="{since}"'), 0)
        for bad in (f"timestamp>={since}", "severity>=LOUD", 'timestamp>="soon"', "nofield=1", "(severity=INFO", "log_name()", "AND"):
            status, told = self.entries(bad)
            self.assertEqual((status, told["error"]["status"]), (400, "INVALID_ARGUMENT"), bad)
        self.assertEqual(self.entries(f"timestamp>={since}")[1]["error"]["message"], "Unparseable filter: syntax error at line 1, column 25, token ':'")

    def test_order_and_pages(self):
        newest = self.entries(ACTIVITY, orderBy="timestamp desc", pageSize=1)[1]
        oldest = self.entries(ACTIVITY, pageSize=1)[1]
        self.assertGreater(newest["entries"][0]["timestamp"], oldest["entries"][0]["timestamp"])
        token = newest["nextPageToken"]
        self.assertEqual(self.entries(ACTIVITY, pageSize=1, pageToken=token)[0], 400)
        self.assertEqual(self.entries(ACTIVITY, orderBy="timestamp desc", pageSize=1, pageToken=token)[0], 200)
        self.ask("POST", "settings", {"empty_pages": 2})
        first = self.entries('severity=ALERT')[1]
        self.assertEqual(set(first), {"nextPageToken"})
        second = self.entries('severity=ALERT', pageToken=first["nextPageToken"])[1]
        self.assertEqual(self.entries('severity=ALERT', pageToken=second["nextPageToken"])[1], {})

    def test_refusals(self):
        self.assertEqual(self.entries(pageSze=1)[1]["error"]["message"], 'Invalid JSON payload received. Unknown name "pageSze": Cannot find field.')
        self.assertEqual(self.entries(pageSize="1")[0], 400)
        self.assertEqual(self.entries(orderBy="insertId")[0], 400)
        self.assertEqual(self.entries(names_=())[0], 400)
        self.assertEqual(self.entries(names_=(P, "projects/nope"))[0], 403)
        self.assertEqual(self.call("logging", f"/v2/{P}/sinks?pagesize=1")[0], 400)
        self.assertEqual(self.call("logging", f"/v2/{P}/sinks", "POST", {"name": "x", "destination": "y"})[0], 403)
        self.assertEqual(self.raw("logging", "GET", "/v2/nope", None, {})[0], 404)
        self.assertEqual(self.call("logging", "/v2/entries:list", "POST", b'{"resourceNames":["x"]}', {"Content-Type": "text/plain"})[0], 400)

    def test_lists(self):
        self.assertEqual(self.call("logging", f"/v2/{P}/exclusions"), (200, {}))
        sinks = self.call("logging", f"/v2/{P}/sinks")[1]["sinks"]
        self.assertEqual([s["name"] for s in sinks], ["_Required", "_Default", "to-archive", "to-siem"])
        self.assertNotIn("disabled", sinks[2])
        self.ask("POST", "change", {"change": "disable-sink"})
        self.assertIs(self.call("logging", f"/v2/{P}/sinks/to-archive")[1]["disabled"], True)
        count = lambda place: len(self.call("logging", f"/v2/{P}/locations/{place}/buckets")[1]["buckets"])
        self.assertEqual((count("-"), count("global")), (3, 2))
        self.assertEqual(self.call("logging", f"/v2/{names.ORGANIZATION}/settings")[0], 200)

    def test_private_entries_are_left_out_silently(self):
        self.ask("POST", "deny", {"permission": "logging.privateLogEntries.list", "scope": P})
        self.assertNotIn("entries", self.entries('log_id("cloudaudit.googleapis.com/data_access")')[1])
        self.assertIn("entries", self.entries('log_id("cloudaudit.googleapis.com/data_access")', names_=("projects/acme-ingest",))[1])

    def test_changes_leave_entries(self):
        for change in Changes(self.cloud).known():
            with self.subTest(change):
                self.ask("POST", "reset")
                if change == "delete-exclusion":
                    self.ask("POST", "change", {"change": "add-exclusion"})
                self.ask("POST", "change", {"change": change, "as": "svc-terraform"})
                self.assertTrue(any("terraform" in e["entry"]["protoPayload"]["authenticationInfo"]["principalEmail"]
                                    for e in self.cloud.entries[P] if "protoPayload" in e["entry"]))

    def test_metric_of_the_echo(self):
        path = f"/v2/{P}/metrics/{names.ECHO_METRIC}"
        held = self.call("logging", path)[1]
        self.assertEqual(self.call("logging", path, "PUT", {"name": held["name"], "filter": held["filter"], "description": "n-1"})[1]["description"], "n-1")
        self.assertEqual(self.call("logging", path, "PUT", {"name": held["name"], "description": "n-1"})[0], 400)
        self.assertEqual(self.call("logging", path, "PUT", {"nme": "x"})[0], 400)
        self.assertEqual(self.call("logging", path, "PUT", {"filter": "severity=ERROR"}, token=self.token("", "logging.read"))[0], 403)
        self.ask("POST", "clock", {"move": 10})
        self.assertIn("entries", self.entries('protoPayload.methodName="google.logging.v2.MetricsServiceV2.UpdateLogMetric"')[1])


class Others(GoogleCase):
    def test_series(self):
        wanted = 'metric.type="logging.googleapis.com/exports/log_entry_count" AND resource.type="logging_sink"'
        told = self.series(wanted, **{"aggregation.alignmentPeriod": "3600s", "aggregation.perSeriesAligner": "ALIGN_DELTA"})[1]
        self.assertIsInstance(told["timeSeries"][0]["points"][0]["value"]["int64Value"], str)
        self.assertEqual(self.series('metric.type="logging.googleapis.com/exports/error_count"')[1], {})
        self.ask("POST", "change", {"change": "revoke-writer"})
        self.ask("POST", "clock", {"move": 3600})
        self.assertIn("timeSeries", self.series('metric.type="logging.googleapis.com/exports/error_count"')[1])
        self.assertIn("entries", self.entries(f'logName="{P}/logs/logging.googleapis.com%2Fsink_error"')[1])
        self.ask("POST", "settings", {"page_size": 1})
        self.assertIn("nextPageToken", self.series(wanted)[1])
        for bad, more in (("resource.type=\"x\"", {}), (wanted, {"orderBy": "x"}), (wanted, {"aggregation.alignmentPeriod": "30s", "aggregation.perSeriesAligner": "ALIGN_SUM"}),
                          (wanted, {"aggregation.alignmentPeriod": "60s"}), (wanted, {"interval.endTime": "soon"}), (wanted, {"pagesize": "1"})):
            self.assertEqual(self.series(bad, **more)[0], 400, (bad, more))
        self.ask("POST", "faults", {"kind": "partial", "service": "monitoring"})
        self.assertIn("executionErrors", self.series(wanted)[1])

    def test_monitored(self):
        for kind in ("alertPolicies", "notificationChannels", "snoozes"):
            self.assertEqual(self.call("monitoring", f"/v3/{P}/{kind}")[0], 200)
        self.ask("POST", "change", {"change": "disable-policy"})
        self.assertIs(self.call("monitoring", f"/v3/{P}/alertPolicies/1001")[1]["enabled"], False)

    def test_projects(self):
        self.ask("POST", "deny", {"permission": "resourcemanager.projects.get", "scope": "projects/acme-ingest"})
        self.assertEqual(len(self.call("cloudresourcemanager", "/v1/projects?filter=lifecycleState%3AACTIVE")[1]["projects"]), 2)
        self.assertEqual(self.call("cloudresourcemanager", "/v3/projects:search?query=state%3AACTIVE&pageSize=1")[1]["nextPageToken"][:2], "ey")
        self.assertEqual(self.call("cloudresourcemanager", f"/v3/{P}:getIamPolicy", "POST", {"options": {"requestedPolicyVersion": 3}})[1]["version"], 1)
        self.assertEqual(self.call("cloudresourcemanager", f"/v3/{P}:getIamPolicy", "POST", {"option": {}})[0], 400)
        self.assertEqual(self.call("cloudresourcemanager", f"/v3/{P}:testIamPermissions", "POST", {"permissions": ["logging.sinks.list"]})[1], {"permissions": ["logging.sinks.list"]})
        self.assertEqual(self.call("cloudresourcemanager", f"/v3/{P}:testIamPermissions", "POST", {"permissions": ["nonsense"]})[0], 400)

    def test_bucket_topic_dataset(self):
        bucket = self.call("storage", f"/storage/v1/b/{names.ARCHIVE}")[1]
        self.assertEqual(bucket["retentionPolicy"]["retentionPeriod"], "94608000")
        self.assertEqual(self.call("storage", "/storage/v1/b/nope")[0], 404)
        self.assertEqual(self.call("storage", f"/storage/v1/b/{names.ARCHIVE}/o?prefix=cloudaudit.googleapis.com%2Factivity%2F&maxResults=1")[1]["items"][0]["kind"], "storage#object")
        self.assertEqual(self.call("bigquery", f"/bigquery/v2/projects/{names.MAIN}/datasets/audit")[0], 200)
        path = f"/v1/{names.SUBSCRIPTION}"
        self.ask("POST", "change", {"change": "delete-sink", "as": "svc-terraform"})
        self.ask("POST", "clock", {"move": 10})
        message = self.call("pubsub", f"{path}:pull", "POST", {"maxMessages": 5})[1]["receivedMessages"][-1]
        entry = json.loads(base64.b64decode(message["message"]["data"]))
        self.assertEqual(entry["protoPayload"]["methodName"], "google.logging.v2.ConfigServiceV2.DeleteSink")
        self.assertEqual(self.call("pubsub", f"{path}:acknowledge", "POST", {"ackIds": [message["ackId"]]}), (200, {}))
        self.assertEqual(self.call("pubsub", f"{path}:pull", "POST", {"maxMessages": 0})[0], 400)
        self.assertEqual(self.call("pubsub", f"{path}:pull", "POST", {"max": 1})[0], 400)
        self.ask("POST", "change", {"change": "delete-subscription"})
        self.assertEqual(self.call("pubsub", path)[0], 404)

    def test_wire(self):
        head = self.raw("logging", "GET", f"/v2/{P}/sinks", None, {"Authorization": f"Bearer {self.token('')}", "Accept-Encoding": "gzip"})
        self.assertEqual((head[1]["Transfer-Encoding"], head[1]["Content-Encoding"]), ("chunked", "gzip"))
        self.assertIn(b"to-siem", gzip.decompress(head[2]))
        self.ask("POST", "faults", {"kind": "throttle", "service": "logging", "times": 1})
        status, told = self.call("logging", f"/v2/{P}/sinks")
        self.assertEqual((status, told["error"]["status"]), (429, "RESOURCE_EXHAUSTED"))
        self.ask("POST", "faults", {"kind": "nonsense"}, wanted=400)
