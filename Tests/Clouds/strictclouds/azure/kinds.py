"""The resource types of Resource Manager that a watcher reads: versions, permission, where they are listed."""


class Kind:
    """`lists`: where a list of it may be asked for: `subscription`, `group`, `parent`, or `scope` (exactly there).
    `insights`: errors without the wrapper. `extra`: query parameters beside api-version. `gets`: one by name."""

    def __init__(self, versions, permission, lists=("subscription", "group"), insights=False, extra=(), most=100,
                 gets=True, paged=True):
        self.versions, self.permission, self.lists = set(versions.split()), permission, lists
        self.insights, self.extra, self.most, self.gets, self.paged = insights, set(extra), most, gets, paged


STORAGE = "2021-04-01 2021-09-01 2022-05-01 2022-09-01 2023-01-01 2023-04-01 2023-05-01 2024-01-01 2025-01-01 2025-06-01"
ACCOUNT = "microsoft.storage/storageaccounts"
EVENTGRID = "2021-12-01 2022-06-15 2025-02-15"
KEYVAULT = "2021-10-01 2022-07-01 2023-02-01 2023-07-01 2024-11-01"
WORKSPACES = "2020-08-01 2021-06-01 2022-10-01 2023-09-01 2025-02-01 2025-07-01"
TOP = ("$filter", "$top")

KINDS = {
    "microsoft.insights/diagnosticsettings": Kind(
        "2017-05-01-preview 2021-05-01-preview", "Microsoft.Insights/diagnosticSettings/read", ("scope",), insights=True, paged=False),
    "microsoft.insights/diagnosticsettingscategories": Kind(
        "2017-05-01-preview 2021-05-01-preview", "Microsoft.Insights/diagnosticSettingsCategories/read", ("scope",), insights=True, paged=False),
    "microsoft.insights/activitylogalerts": Kind("2017-04-01 2020-10-01 2023-01-01-preview", "Microsoft.Insights/ActivityLogAlerts/Read"),
    "microsoft.insights/scheduledqueryrules": Kind(
        "2021-08-01 2022-06-15 2022-08-01-preview 2023-03-15-preview 2023-12-01", "Microsoft.Insights/ScheduledQueryRules/Read"),
    "microsoft.insights/actiongroups": Kind("2019-06-01 2021-09-01 2022-06-01 2023-01-01", "Microsoft.Insights/ActionGroups/Read"),
    "microsoft.alertsmanagement/actionrules": Kind("2021-08-08", "Microsoft.AlertsManagement/actionRules/read"),
    "microsoft.authorization/locks": Kind("2016-09-01 2017-04-01 2020-05-01", "Microsoft.Authorization/locks/read",
                                          ("subscription", "group", "scope"), extra=("$filter",)),
    "microsoft.operationalinsights/workspaces": Kind(WORKSPACES, "Microsoft.OperationalInsights/workspaces/read"),
    "microsoft.operationalinsights/workspaces/tables": Kind(
        WORKSPACES, "Microsoft.OperationalInsights/workspaces/tables/read", ("parent",), paged=False),
    ACCOUNT: Kind(STORAGE, "Microsoft.Storage/storageAccounts/read", extra=("$expand",)),
    f"{ACCOUNT}/blobservices": Kind(STORAGE, "Microsoft.Storage/storageAccounts/blobServices/read", ("parent",), paged=False),
    f"{ACCOUNT}/managementpolicies": Kind(STORAGE, "Microsoft.Storage/storageAccounts/managementPolicies/read", ()),
    f"{ACCOUNT}/blobservices/containers": Kind(
        STORAGE, "Microsoft.Storage/storageAccounts/blobServices/containers/read", ("parent",), extra=("$maxpagesize", "$filter", "$include")),
    f"{ACCOUNT}/blobservices/containers/immutabilitypolicies": Kind(
        STORAGE, "Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies/read", ()),
    "microsoft.keyvault/vaults": Kind(KEYVAULT, "Microsoft.KeyVault/vaults/read", extra=("$top",)),
    "microsoft.keyvault/vaults/keys": Kind(KEYVAULT, "Microsoft.KeyVault/vaults/keys/read", ("parent",)),
    "microsoft.eventgrid/systemtopics": Kind(EVENTGRID, "Microsoft.EventGrid/systemTopics/read", extra=TOP),
    "microsoft.eventgrid/systemtopics/eventsubscriptions": Kind(
        EVENTGRID, "Microsoft.EventGrid/systemTopics/eventSubscriptions/read", ("parent",), extra=TOP),
    "microsoft.eventgrid/eventsubscriptions": Kind(
        EVENTGRID, "Microsoft.EventGrid/eventSubscriptions/read", ("subscription", "group", "scope"), extra=TOP),
}
SUBSCRIPTIONS = "2016-06-01 2019-06-01 2020-01-01 2021-01-01 2022-12-01".split()
RESOURCES = "2019-10-01 2020-06-01 2021-04-01 2022-09-01 2023-07-01 2024-03-01 2024-07-01 2025-04-01".split()
ACTIVITY = ["2015-04-01"]
