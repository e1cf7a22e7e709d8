"""Resource Manager, Log Analytics, blobs and queues: what is answered and what is refused."""

import base64
import json
import re
import urllib.parse

from ..azure import names
from ..azure.changes import Changes
from .case import StrictCase

DEV = f"/subscriptions/{names.DEV}"
SETTINGS = "/providers/Microsoft.Insights/diagnosticSettings?api-version=2021-05-01-preview"
AUDIENCES = {"arm": "https://management.azure.com", "loganalytics": "https://api.loganalytics.io", "blob": "https://storage.azure.com", "queue": "https://storage.azure.com"}
XML = {"x-ms-version": "2021-12-02"}


class AzureCase(StrictCase):
    name = "azure"

    def token(self, service):
        return self.cloud.entra.mint(AUDIENCES[service])

    def get(self, path):
        return self.call("arm", path)

    def log(self, text, sub=DEV, more=""):
        return self.get(f"{sub}/providers/Microsoft.Insights/eventtypes/management/values?api-version=2015-04-01&$filter={urllib.parse.quote(text)}{more}")

    def since(self, seconds):
        from ..common.moments import stamp
        return f"eventTimestamp ge '{stamp(self.cloud.now() - seconds)}' and eventTimestamp le '{stamp(self.cloud.now() + 5)}'"

    def query(self, text, timespan="PT24H", **more):
        body = {"query": text, **({"timespan": timespan} if timespan else {}), **more}
        return self.call("loganalytics", f"/v1/workspaces/{names.CUSTOMER}/query", "POST", body)

    def rows(self, text, **more):
        status, told = self.query(text, **more)
        self.assertEqual(status, 200, told)
        return told["tables"][0]["rows"]


class Manager(AzureCase):
    def test_refusals(self):
        vault = names.VAULTS[names.DEV]
        table = [("/subscriptions", 400, "MissingApiVersionParameter"), ("/subscriptions?api-version=2001-01-01", 400, "InvalidApiVersionParameter"),
                 (f"{DEV}/resources?api-version=2021-04-01&$flter=x", 400, "BadRequest"), (f"{DEV}/resources?api-version=2021-04-01&$filter=name%20eq%20x", 400, "InvalidFilterInQueryString"),
                 (f"/subscriptions/{names.CUSTOMER}/resources?api-version=2021-04-01", 404, "SubscriptionNotFound"), ("/subscriptions/dev/resources?api-version=2021-04-01", 400, "InvalidSubscriptionId"),
                 (f"{DEV}/providers/Microsoft.Nope/things?api-version=2021-04-01", 404, "InvalidResourceType"), (f"{vault}x?api-version=2023-07-01", 404, "ResourceNotFound"),
                 (f"{DEV}/resourceGroups/none?api-version=2021-04-01", 404, "ResourceGroupNotFound"), (f"{names.STORE}/blobServices/default/containers/x?api-version=2023-05-01", 404, "ContainerNotFound")]
        for path, status, code in table:
            self.assertEqual((self.get(path)[0], self.get(path)[1]["error"]["code"]), (status, code), path)

    def test_lists_in_any_case(self):
        status, told = self.get(DEV.upper().replace("SUBSCRIPTIONS", "Subscriptions") + SETTINGS.upper().replace("API-VERSION=2021-05-01-PREVIEW", "Api-Version=2021-05-01-preview"))
        self.assertEqual((status, [s["name"] for s in told["value"]]), (200, ["to-siem", "to-archive"]))
        self.assertFalse(told["value"][0]["id"].startswith("/"))
        self.assertNotIn("nextLink", told)
        for path in ("activityLogAlerts?api-version=2020-10-01", "scheduledQueryRules?api-version=2023-12-01", "actionGroups?api-version=2023-01-01"):
            self.assertTrue(self.get(f"{DEV}/providers/Microsoft.Insights/{path}")[1]["value"], path)
        self.assertEqual(self.get(f"{names.VAULTS[names.DEV]}{SETTINGS}")[1]["value"][0]["name"], "audit")
        self.assertEqual(len(self.get(f"{DEV}/providers/Microsoft.Authorization/locks?api-version=2020-05-01")[1]["value"]), 3)

    def test_pages(self):
        self.ask("POST", "settings", {"page_size": 1})
        path, names_ = f"{DEV}/providers/Microsoft.Insights/activityLogAlerts?api-version=2020-10-01", []
        while path:
            status, told = self.get(path)
            self.assertEqual((status, len(told["value"])), (200, 1))
            names_.append(told["value"][0]["name"])
            link = told.get("nextLink", "")
            path = link.removeprefix(self.told["endpoints"]["arm"])
        self.assertEqual(names_, ["setting-written", "setting-deleted"])
        token = re.search(r"skiptoken=[^&]+", self.get(f"{DEV}/resources?api-version=2021-04-01")[1]["nextLink"])[0]
        self.assertEqual(self.get(f"{DEV}/resourcegroups?api-version=2021-04-01&${token}")[1]["error"]["code"], "InvalidSkipToken")

    def test_activity_log(self):
        status, told = self.log(self.since(3600))
        self.assertEqual(status, 200)
        stamps = [e["eventTimestamp"] for e in told["value"]]
        self.assertTrue({"0", "3", "7"} <= {str(len(s.split(".")[1].rstrip("Z").split("+")[0])) if "." in s else "0" for s in stamps}, stamps)
        self.assertGreater(len({e["operationName"]["value"].split("/")[0] for e in told["value"]}), 3)
        self.assertEqual({e["status"]["value"] for e in told["value"]}, {"Started", "Succeeded"})
        chosen = self.log(self.since(3600), more="&$select=caller,operationName")[1]["value"][0]
        self.assertEqual(set(chosen), {"caller", "operationName"})
        for text in ("", "caller eq 'x'", self.since(60) + " and operationName eq 'x'", "eventTimestamp ge 'soon'", self.since(91 * 86400),
                     self.since(60) + " and resourceGroupName eq 'a' and correlationId eq 'b'", self.since(60).replace("'", "")):
            status, told = self.log(text)
            self.assertEqual((status, told.get("code")), (400, "BadRequest"), text)

    def test_changes_leave_events(self):
        for change in Changes(self.cloud).known():
            with self.subTest(change):
                self.ask("POST", "reset")
                if change == "unsuppress":
                    self.ask("POST", "change", {"change": "suppress"})
                before = len(self.cloud.events)
                self.ask("POST", "change", {"change": change, "as": "svc-terraform"})
                added = [e for e in self.cloud.events[before:] if e.caller.startswith("5c1e")]
                self.assertGreaterEqual(len(added), 2)
                self.assertEqual(added[0].correlation, added[1].correlation)

    def test_denial_and_writes(self):
        self.ask("POST", "deny", {"permission": "Microsoft.Insights/diagnosticSettings/read", "scope": f"/subscriptions/{names.TEST}"})
        self.assertEqual(self.get(DEV + SETTINGS)[0], 200)
        status, told = self.get(f"/subscriptions/{names.TEST}{SETTINGS}")
        self.assertEqual((status, told["error"]["code"]), (403, "AuthorizationFailed"))
        self.assertEqual(self.call("arm", f"{DEV}/providers/Microsoft.Insights/diagnosticSettings/to-siem?api-version=2021-05-01-preview", "DELETE")[0], 403)
        calls = self.ask("GET", "calls")["calls"]
        self.assertEqual([c["permissions"] for c in calls if c["write"]], [["Microsoft.Insights/diagnosticSettings/delete"]])

    def test_tag(self):
        path = f"{DEV}/resourceGroups/{names.ECHO_GROUP}?api-version=2021-04-01"
        self.assertEqual(self.call("arm", path, "PATCH", {"tags": {"echo": "n-1"}})[1]["tags"], {"echo": "n-1"})
        self.assertEqual(self.call("arm", path, "PATCH", {"tagz": {}})[1]["error"]["code"], "InvalidRequestContent")
        self.assertEqual(self.call("arm", path, "PATCH", b"{}", {"Content-Type": "text/plain"})[0], 415)
        self.assertIn("resourcegroups/write", self.cloud.events[-1].operation.lower())


    def test_merge_of_tags(self):
        path = f"{DEV}/resourceGroups/{names.ECHO_GROUP}/providers/Microsoft.Resources/tags/default?api-version=2021-04-01"
        body = {"operation": "Merge", "properties": {"tags": {"echo": "n-1"}}}
        self.assertEqual(self.call("arm", path, "PATCH", body, {"x-ms-client-request-id": "n-1"})[1]["properties"], {"tags": {"echo": "n-1"}})
        self.assertEqual(self.cloud.events[-1].told()["httpRequest"]["clientRequestId"], "n-1")
        for bad in ({**body, "operation": "Add"}, {**body, "more": 1}, {"operation": "Merge", "properties": {}}):
            self.assertEqual(self.call("arm", path, "PATCH", bad)[1]["error"]["code"], "InvalidRequestContent", bad)
        self.ask("POST", "deny", {"permission": "Microsoft.Resources/tags/write"})
        self.assertEqual(self.call("arm", path, "PATCH", body)[0], 403)


class Queries(AzureCase):
    def test_shapes(self):
        kind = self.query("AzureActivity | summarize Last=max(TimeGenerated), N=count() by SubscriptionId")[1]["tables"][0]
        self.assertEqual(kind["columns"], [{"name": "SubscriptionId", "type": "string"}, {"name": "Last", "type": "datetime"}, {"name": "N", "type": "long"}])
        self.assertEqual(len(kind["rows"]), 2)
        self.assertEqual(self.rows("AzureActivity | where TimeGenerated > now() | summarize max(TimeGenerated)"), [[None]])
        self.assertEqual(self.rows("AzureActivity | take 3 | count"), [[3]])
        self.assertEqual(len(self.rows("AzureActivity | where Level =~ 'informational' and OperationNameValue has 'restart' | top 2 by ingestion_time() desc | project TimeGenerated")), 2)
        self.assertLess(self.rows("AzureActivity | count", timespan="PT1H")[0][0], self.rows("AzureActivity | count", timespan=None)[0][0])
        self.assertEqual(len(self.rows("union isfuzzy=true withsource=T Nope, AzureDiagnostics, AZKVAuditLogs | summarize arg_max(TimeGenerated, _ResourceId) by T")), 2)
        self.assertEqual(self.rows("let cut = ago(1h); AzureActivity | where TimeGenerated between (cut .. ago(2h)) | count"), [[0]])

    def test_usage(self):
        self.assertGreater(self.rows("Usage | where IsBillable == true | summarize Used = sum(Quantity)")[0][0], 0)
        wanted = "AzureActivity | where TimeGenerated >= datetime(2026-01-02T03:04:05.5Z) | where Caller !in~ (\"X\") | summarize Rows = count() by Event = tolower(EventDataId)"
        self.assertGreater(len(self.rows(wanted)), 40)

    def test_refusals(self):
        table = [("AzureActivity | wher x", "SyntaxError"), ("Nope | take 1", "SemanticError"), ("AzureActivity | where Nope == 1", "SemanticError"),
                 ("AzureActivity | where TimeGenerated > '2026'", "SemanticError"), ("AzureActivity | summarize Latest(TimeGenerated)", "SemanticError"),
                 ("AzureActivity | join x", "SyntaxError"), ("AzureActivity | where x('a')", "SemanticError")]
        for text, kind in table:
            status, told = self.query(text)
            self.assertEqual((status, told["error"]["code"], told["error"]["innererror"]["code"]), (400, "BadArgumentError", kind), text)
        self.assertEqual(self.query("AzureActivity", timespan="a day")[0], 400)
        self.assertEqual(self.query("AzureActivity", top=3)[0], 400)
        path = f"/v1/workspaces/{names.CUSTOMER}/query"
        self.assertEqual(self.call("loganalytics", path, "POST", b'{"query":"AzureActivity"}'), (200, b""))
        self.assertEqual(self.call("loganalytics", path.replace("9", "8"), "POST", {"query": "AzureActivity"})[1]["error"]["code"], "WorkspaceNotFoundError")
        self.assertEqual(self.call("loganalytics", "/v1/nope", "POST", {})[1]["error"]["code"], "PathNotFoundError")

    def test_denied_table_and_faults(self):
        self.ask("POST", "deny", {"permission": "Microsoft.OperationalInsights/workspaces/query/AzureActivity/read"})
        self.assertEqual(self.query("AzureActivity | count")[1]["error"]["code"], "InsufficientAccessError")
        self.assertEqual(self.query("Usage | count")[0], 200)
        self.ask("POST", "faults", {"kind": "partial", "service": "loganalytics", "times": 1})
        self.assertEqual(self.query("Usage | count")[1]["error"]["code"], "PartialError")
        self.ask("POST", "faults", {"kind": "no_content", "times": 1})
        self.assertEqual(self.query("Usage | count"), (204, b""))
        self.ask("POST", "tables", {"drop": ["AZKVAuditLogs"]})
        self.assertEqual(self.query("AZKVAuditLogs | count")[1]["error"]["innererror"]["innererror"]["code"], "SEM0100")

    def newest(self, table, by="_SubscriptionId"):
        return {row[0]: row[1] for row in self.rows(f"{table} | summarize max(TimeGenerated) by {by}")}

    def test_pipeline_follows_the_settings(self):
        self.ask("POST", "change", {"change": "delete-setting", "subscription": "dev"})
        before = self.newest("AzureActivity")
        self.ask("POST", "clock", {"move": 3600})
        after = self.newest("AzureActivity")
        self.assertLess(after[names.DEV], after[names.TEST])
        self.assertGreater(after[names.TEST], before[names.TEST])
        self.assertTrue(any(e["operationName"]["value"].lower().endswith("diagnosticsettings/delete") for e in self.log(self.since(7200))[1]["value"]))

    def test_cap_stops_billable_tables_only(self):
        self.ask("POST", "change", {"change": "cap"})
        before = self.newest("AzureDiagnostics"), self.newest("AzureActivity")
        self.ask("POST", "clock", {"move": 1200})
        middle = self.newest("AzureDiagnostics")
        self.ask("POST", "clock", {"move": 3600})
        self.assertEqual(self.newest("AzureDiagnostics"), middle)
        self.assertGreater(self.newest("AzureActivity")[names.DEV], before[1][names.DEV])
        self.assertEqual(len(self.rows("_LogOperation | where Category =~ 'Ingestion' | where Detail contains 'OverQuota' | project TimeGenerated, Level")), 1)


class Stores(AzureCase):
    def test_versions(self):
        path = "/insights-activity-logs?restype=container&comp=list"
        for headers in ({}, {"x-ms-version": "2015-02-21"}):
            self.assertEqual(self.call("blob", path, headers=headers)[0], 403)
        status, head, raw = self.raw("blob", "GET", path + "&nope=1", None, {**XML, "Authorization": f"Bearer {self.token('blob')}"})
        self.assertEqual((status, head["x-ms-error-code"]), (400, "InvalidQueryParameterValue"))
        self.assertTrue(raw.startswith(b"\xef\xbb\xbf<?xml"))
        self.assertEqual(self.call("blob", "/nope?restype=container&comp=list", headers=XML)[0], 404)
        self.assertEqual(self.call("blob", "/insights-activity-logs/x", "PUT", b"x", XML)[0], 403)

    def test_markers(self):
        self.cloud.history = 26 * 3600
        self.ask("POST", "reset")
        self.ask("POST", "settings", {"page_size": 1})
        found, marker, turns = [], "", 0
        prefix = urllib.parse.quote(f"resourceId=/SUBSCRIPTIONS/{names.DEV.upper()}/")
        while turns < 60:
            status, raw = self.call("blob", f"/insights-activity-logs?restype=container&comp=list&prefix={prefix}&marker={marker}", headers=XML)
            text = raw.decode("utf-8-sig")
            found += re.findall(r"<Name>([^<]+)</Name>", text)
            marker, turns = (re.findall(r"<NextMarker>([^<]+)", text) or [""])[0], turns + 1
            if not marker:
                break
        self.assertGreater(len(found), 20)
        self.assertEqual(len(set(found)), len(found))
        self.assertRegex(found[-1], r"/y=\d{4}/m=\d\d/d=\d\d/h=\d\d/m=00/PT1H\.json$")
        body = self.call("blob", "/insights-activity-logs/" + urllib.parse.quote(found[-1]), headers=XML)[1]
        self.assertTrue(json.loads(body.splitlines()[0]) if isinstance(body, bytes) else body)

    def test_queue(self):
        self.ask("POST", "change", {"change": "delete-setting", "as": "svc-terraform"})
        self.ask("POST", "clock", {"move": 30})
        status, raw = self.call("queue", "/audit-events/messages?numofmessages=5", headers=XML)
        text = raw.decode("utf-8-sig")
        event = json.loads(base64.b64decode(re.findall(r"<MessageText>([^<]+)", text)[-1]))
        self.assertEqual(event["eventType"], "Microsoft.Resources.ResourceDeleteSuccess")
        one, receipt = re.findall(r"<MessageId>([^<]+)", text)[0], re.findall(r"<PopReceipt>([^<]+)", text)[0]
        path = f"/audit-events/messages/{one}?popreceipt="
        self.assertEqual(self.call("queue", path + "wrong", "DELETE", headers=XML)[0], 400)
        self.assertEqual(self.call("queue", path + urllib.parse.quote(receipt, safe=""), "DELETE", headers=XML)[0], 204)
        self.assertEqual(self.call("queue", "/audit-events/messages?numofmessages=40", headers=XML)[0], 400)
        self.ask("POST", "change", {"change": "delete-event-subscription"})
        before = self.ask("GET", "messages")["count"]
        self.ask("POST", "change", {"change": "delete-lock"})
        self.assertEqual(self.ask("GET", "messages")["count"], before)

    def test_throttle(self):
        self.ask("POST", "faults", {"kind": "throttle", "service": "arm", "times": 1, "retry_after": 20})
        status, head, _ = self.raw("arm", "GET", "/subscriptions?api-version=2022-12-01", None, {"Authorization": f"Bearer {self.token('arm')}"})
        self.assertEqual((status, head["Retry-After"]), (429, "20"))
        self.assertEqual(self.get("/subscriptions?api-version=2022-12-01")[0], 429)
        self.assertTrue(self.ask("GET", "calls")["calls"][-1]["early"])
        self.ask("POST", "clock", {"move": 21})
        self.assertEqual(self.get("/subscriptions?api-version=2022-12-01")[0], 200)
