"""What people do to the estate. Every change leaves its events in the activity log, with its author."""

import copy

from ..common.moments import stamp
from .arm import Target
from .estate import setting
from .names import SEC, STORE, SUBSCRIPTIONS, VAULTS, WORKSPACE

OTHER = WORKSPACE.rsplit("/", 1)[0] + "/elsewhere"


class Changes:
    def __init__(self, cloud):
        self.cloud = cloud

    def known(self):
        return sorted(n.removeprefix("do_").replace("_", "-") for n in dir(self) if n.startswith("do_"))

    def make(self, change, person="dev", subscription="dev", **more):
        act = getattr(self, "do_" + change.replace("-", "_"), None)
        if act is None:
            raise ValueError(f"no change {change}; known: {', '.join(self.known())}")
        return act(SUBSCRIPTIONS.get(subscription, subscription), person, **more)

    # The three that all others are made of
    def put(self, id, edit, person, operation=None, sub=None):
        """`edit` changes the resource in place, or is the resource."""
        key = "/" + id.strip("/").lower()
        old = self.cloud.store.get(key)
        new = copy.deepcopy(old) if callable(edit) else edit
        if callable(edit):
            if old is None:
                raise KeyError(id)
            edit(new)
        self.tell(id, "write", person, operation, sub, lambda: self.cloud.store.__setitem__(key, new))

    def remove(self, id, person, operation=None, sub=None):
        key = "/" + id.strip("/").lower()
        if key not in self.cloud.store:
            raise KeyError(id)

        def gone():
            for one in [k for k in self.cloud.store if k == key or k.startswith(key + "/")]:
                del self.cloud.store[one]
        self.tell(id, "delete", person, operation, sub, gone)

    def tell(self, id, verb, person, operation, sub, act):
        target = Target(id)
        kind = target.type or "microsoft.resources/subscriptions/resourcegroups"
        name = operation or f"{self.cased(kind)}/{verb}"
        act()
        self.cloud.happens(sub or target.subscription, name, "/" + id.strip("/"), person=person, twice=True)

    def cased(self, kind):
        from .kinds import KINDS
        found = KINDS.get(kind)
        return found.permission.rsplit("/", 1)[0] if found else kind

    def edited(self, id, person, **properties):
        self.put(id, lambda r: r["properties"].update(properties), person)

    def setting_id(self, sub, name):
        return f"/subscriptions/{sub}/providers/microsoft.insights/diagnosticSettings/{name}"

    def place(self, sub, rest):
        return f"/subscriptions/{sub}/resourceGroups/sec/providers/{rest}"

    # Diagnostic settings
    def do_delete_setting(self, sub, person, name="to-siem"):
        self.remove(self.setting_id(sub, name), person)

    def do_restore_setting(self, sub, person, name="to-siem"):
        self.put(self.setting_id(sub, name), setting(f"/subscriptions/{sub}", name, **(
            {"workspace": WORKSPACE} if name == "to-siem" else {"store": STORE})), person)

    def do_narrow_setting(self, sub, person, name="to-siem", off=("Security", "Administrative")):
        def edit(resource):
            for log in resource["properties"]["logs"]:
                log["enabled"] = log["enabled"] and log["category"] not in off
        self.put(self.setting_id(sub, name), edit, person)

    def do_widen_setting(self, sub, person, name="to-siem"):
        self.put(self.setting_id(sub, name), lambda r: [log.update(enabled=True) for log in r["properties"]["logs"]], person)

    def do_remap_setting(self, sub, person, name="to-siem", workspace=OTHER):
        self.edited(self.setting_id(sub, name), person, workspaceId=workspace)

    def do_delete_resource_setting(self, sub, person, name="audit"):
        self.remove(f"{VAULTS[sub]}/providers/microsoft.insights/diagnosticSettings/{name}", person)

    # The workspace
    def do_cap(self, sub, person, quota=0.5):
        """The daily cap is reached: billable tables stop, free ones go on."""
        self.put(WORKSPACE, lambda r: r["properties"]["workspaceCapping"].update(dailyQuotaGb=quota, dataIngestionStatus="OverQuota"), person)
        self.cloud.operation_row("Ingestion", "Data collection Status", "Warning", "Data collection stopped due to daily limit of free data reached. Ingestion status = OverQuota")

    def do_ingestion(self, sub, person, status="RespectQuota"):
        self.put(WORKSPACE, lambda r: r["properties"]["workspaceCapping"].update(dataIngestionStatus=status), person)

    def do_workspace_retention(self, sub, person, days=30):
        self.edited(WORKSPACE, person, retentionInDays=days)

    def do_table_retention(self, sub, person, table="AzureActivity", days=30):
        self.edited(f"{WORKSPACE}/tables/{table}", person, retentionInDays=days, totalRetentionInDays=days, retentionInDaysAsDefault=False)

    def do_delete_workspace(self, sub, person):
        self.remove(WORKSPACE, person)

    def do_close_ingestion(self, sub, person):
        self.edited(WORKSPACE, person, publicNetworkAccessForIngestion="Disabled")

    # The archive
    def do_unlock_policy(self, sub, person, container="insights-activity-logs"):
        at = f"{STORE}/blobServices/default/containers/{container}"
        self.put(at, lambda r: r["properties"]["immutabilityPolicy"]["properties"].update(state="Unlocked"), person)
        self.edited(f"{at}/immutabilityPolicies/default", person, state="Unlocked")

    def do_remove_policy(self, sub, person, container="insights-activity-logs"):
        at = f"{STORE}/blobServices/default/containers/{container}"
        self.put(at, lambda r: (r["properties"].update(hasImmutabilityPolicy=False), r["properties"].pop("immutabilityPolicy")), person)
        self.remove(f"{at}/immutabilityPolicies/default", person)

    def do_suspend_versioning(self, sub, person):
        self.edited(f"{STORE}/blobServices/default", person, isVersioningEnabled=False)

    def do_short_lifecycle(self, sub, person, days=7):
        self.put(f"{STORE}/managementPolicies/default", lambda r: r["properties"]["policy"]["rules"][0]["definition"]["actions"]["baseBlob"]["delete"].update(
            daysAfterModificationGreaterThan=days), person)

    def do_public_blobs(self, sub, person):
        self.edited(STORE, person, allowBlobPublicAccess=True)

    def do_firewall(self, sub, person):
        """The firewall no longer lets Azure's own services in: nothing is archived any more."""
        self.put(STORE, lambda r: r["properties"]["networkAcls"].update(bypass="None", defaultAction="Deny"), person)
        self.cloud.cuts.append({"end": "storage"})

    def do_delete_account(self, sub, person):
        self.remove(STORE, person)

    def do_disable_key(self, sub, person):
        key = f"{next(v for v in VAULTS.values() if v.endswith('kv-dev'))}/keys/archive-cmk"
        self.put(key, lambda r: r["properties"]["attributes"].update(enabled=False, updated=int(self.cloud.now())), person)

    def do_delete_lock(self, sub, person):
        self.remove(f"{SEC}/providers/Microsoft.Authorization/locks/no-delete", person)

    # The alert path
    def do_disable_alert(self, sub, person, name="setting-deleted"):
        self.edited(self.place(sub, f"Microsoft.Insights/activityLogAlerts/{name}"), person, enabled=False)

    def do_delete_alert(self, sub, person, name="setting-deleted"):
        self.remove(self.place(sub, f"Microsoft.Insights/activityLogAlerts/{name}"), person)

    def do_disable_rule(self, sub, person):
        self.edited(self.place(sub, "Microsoft.Insights/scheduledQueryRules/activity-silent"), person, enabled=False)

    def do_delete_rule(self, sub, person):
        self.remove(self.place(sub, "Microsoft.Insights/scheduledQueryRules/activity-silent"), person)

    def do_disable_group(self, sub, person):
        self.edited(self.place(sub, "Microsoft.Insights/actionGroups/security"), person, enabled=False)

    def do_empty_group(self, sub, person):
        self.edited(self.place(sub, "Microsoft.Insights/actionGroups/security"), person, emailReceivers=[])

    def do_unsubscribe(self, sub, person):
        self.edited(self.place(sub, "Microsoft.Insights/actionGroups/security"), person, emailReceivers=[
            {"name": "lead", "emailAddress": "security@example.org", "status": "Disabled", "useCommonAlertSchema": True}])

    def do_delete_group(self, sub, person):
        self.remove(self.place(sub, "Microsoft.Insights/actionGroups/security"), person)

    def do_suppress(self, sub, person, name="quiet", until=None):
        """An alert processing rule that takes every action group away."""
        id = self.place(sub, f"Microsoft.AlertsManagement/actionRules/{name}")
        schedule = {"effectiveFrom": stamp(self.cloud.now() - 60)[:-1], "timeZone": "UTC"}
        if until:
            schedule["effectiveUntil"] = until
        self.put(id, {"id": id, "name": name, "type": "Microsoft.AlertsManagement/actionRules", "location": "Global", "tags": {}, "properties": {
            "scopes": [f"/subscriptions/{sub}"], "conditions": [], "schedule": schedule, "actions": [{"actionType": "RemoveAllActionGroups"}],
            "description": "", "enabled": True}}, person)

    def do_unsuppress(self, sub, person, name="quiet"):
        self.remove(self.place(sub, f"Microsoft.AlertsManagement/actionRules/{name}"), person)

    # The witness
    def do_delete_event_subscription(self, sub, person):
        self.remove(self.place(sub, "Microsoft.EventGrid/systemTopics/activity/eventSubscriptions/to-queue"), person)

    def do_delete_topic(self, sub, person):
        self.remove(self.place(sub, "Microsoft.EventGrid/systemTopics/activity"), person)
