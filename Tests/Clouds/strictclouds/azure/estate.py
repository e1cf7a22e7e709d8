"""The default healthy estate: subscriptions dev and test, a central workspace, an archive, alerts and their way out."""

from ..common.moments import stamp
from .names import (ACCOUNT, CATEGORIES, CUSTOMER, DEV, ECHO_GROUP, QUEUE, SEC, STORE, SUBSCRIPTIONS, TENANT, TEST,
                    VAULTS, WORKSPACE)

WATCHED = ("Microsoft.Insights/diagnosticSettings/write", "Microsoft.Insights/diagnosticSettings/delete")


def setting(owner, name, workspace=None, store=None, on=("Administrative", "Security", "Alert", "Policy")):
    """Of a subscription; its id has no leading slash."""
    return {"id": f"{owner.strip('/')}/providers/microsoft.insights/diagnosticSettings/{name}", "name": name,
            "type": "Microsoft.Insights/diagnosticSettings", "location": "global", "kind": None, "tags": None, "identity": None,
            "properties": {"workspaceId": workspace, "storageAccountId": store, "eventHubAuthorizationRuleId": None, "eventHubName": None,
                           "serviceBusRuleId": None, "marketplacePartnerId": None,
                           "logs": [{"category": c, "categoryGroup": None, "enabled": c in on} for c in CATEGORIES]}}


def resource_setting(owner, name, workspace, dedicated, store=None):
    none = {"days": 0, "enabled": False}
    logs = ([{"category": None, "categoryGroup": "audit", "enabled": True, "retentionPolicy": none},
             {"category": None, "categoryGroup": "allLogs", "enabled": False, "retentionPolicy": none}] if dedicated else
            [{"category": "AuditEvent", "categoryGroup": None, "enabled": True, "retentionPolicy": none},
             {"category": "AzurePolicyEvaluationDetails", "categoryGroup": None, "enabled": False, "retentionPolicy": none}])
    return {"id": f"{owner.lower()}/providers/microsoft.insights/diagnosticSettings/{name}", "name": name, "kind": None, "tags": None,
            "type": "Microsoft.Insights/diagnosticSettings", "location": None, "identity": None,
            "properties": {"workspaceId": workspace.lower(), "storageAccountId": store, "serviceBusRuleId": None, "eventHubAuthorizationRuleId": None,
                           "eventHubName": None, "marketplacePartnerId": None, "logs": logs,
                           "metrics": [{"category": "AllMetrics", "enabled": False, "timeGrain": None, "retentionPolicy": none}],
                           "logAnalyticsDestinationType": "Dedicated" if dedicated else None}}


def resource(id, type, location="westeurope", **more):
    return {"id": id, "name": id.rsplit("/", 1)[-1], "type": type, "location": location, "tags": {}, **more}


def workspace(now):
    return resource(WORKSPACE, "Microsoft.OperationalInsights/workspaces", etag='"1c00"', properties={
        "customerId": CUSTOMER, "provisioningState": "Succeeded", "sku": {"name": "PerGB2018", "lastSkuUpdate": stamp(now - 9e6, 7)},
        "retentionInDays": 365, "features": {"enableLogAccessUsingOnlyResourcePermissions": True},
        "workspaceCapping": {"dailyQuotaGb": -1.0, "quotaNextResetTime": stamp(now + 40000), "dataIngestionStatus": "RespectQuota"},
        "publicNetworkAccessForIngestion": "Enabled", "publicNetworkAccessForQuery": "Enabled",
        "createdDate": stamp(now - 9e6, 7), "modifiedDate": stamp(now - 8e6, 7)})


def table(name):
    return {"id": f"{WORKSPACE}/tables/{name}", "name": name, "type": "Microsoft.OperationalInsights/workspaces/tables",
            "properties": {"totalRetentionInDays": 365, "archiveRetentionInDays": 0, "plan": "Analytics", "retentionInDaysAsDefault": True,
                           "totalRetentionInDaysAsDefault": True, "retentionInDays": 365, "provisioningState": "Succeeded",
                           "schema": {"name": name, "tableType": "Microsoft"}}}


def storage(cloud):
    account = resource(STORE, "Microsoft.Storage/storageAccounts", kind="StorageV2", sku={"name": "Standard_GRS", "tier": "Standard"}, properties={
        "provisioningState": "Succeeded", "allowBlobPublicAccess": False, "allowSharedKeyAccess": False, "minimumTlsVersion": "TLS1_2",
        "supportsHttpsTrafficOnly": True, "publicNetworkAccess": "Enabled", "networkAcls": {
            "bypass": "AzureServices", "defaultAction": "Deny", "virtualNetworkRules": [], "ipRules": []},
        "primaryEndpoints": {"blob": cloud.endpoint("blob") + "/", "queue": cloud.endpoint("queue") + "/"}, "primaryLocation": "westeurope",
        "statusOfPrimary": "available", "accessTier": "Hot", "encryption": {
            "keySource": "Microsoft.Keyvault", "services": {"blob": {"enabled": True, "keyType": "Account"}},
            "keyvaultproperties": {"keyname": "archive-cmk", "keyvaulturi": "https://kv-dev.vault.azure.net"}}})
    made = [account, {"id": f"{STORE}/blobServices/default", "name": "default", "type": "Microsoft.Storage/storageAccounts/blobServices",
                      "sku": account["sku"], "properties": {
                          "isVersioningEnabled": True, "deleteRetentionPolicy": {"enabled": True, "days": 30},
                          "containerDeleteRetentionPolicy": {"enabled": True, "days": 30}, "changeFeed": {"enabled": True}}},
            {"id": f"{STORE}/managementPolicies/default", "name": "DefaultManagementPolicy", "type": "Microsoft.Storage/storageAccounts/managementPolicies",
             "properties": {"lastModifiedTime": stamp(cloud.now() - 9e6, 7), "policy": {"rules": [{
                 "enabled": True, "name": "cool-then-gone", "type": "Lifecycle", "definition": {
                     "filters": {"blobTypes": ["appendBlob", "blockBlob"], "prefixMatch": ["insights-"]},
                     "actions": {"baseBlob": {"delete": {"daysAfterModificationGreaterThan": 1100}}}}}]}}}]
    for name in ("insights-activity-logs", "insights-logs-auditevent"):
        held = {"immutabilityPeriodSinceCreationInDays": 1095, "state": "Locked", "allowProtectedAppendWrites": True}
        made.append({"id": f"{STORE}/blobServices/default/containers/{name}", "name": name, "etag": '"8D1"',
                     "type": "Microsoft.Storage/storageAccounts/blobServices/containers", "properties": {
                         "publicAccess": "None", "leaseStatus": "Unlocked", "leaseState": "Available", "hasImmutabilityPolicy": True,
                         "hasLegalHold": False, "deleted": False, "immutabilityPolicy": {"etag": '"8D2"', "properties": held, "updateHistory": []},
                         "legalHold": {"hasLegalHold": False, "tags": []}}})
        made.append({"id": f"{STORE}/blobServices/default/containers/{name}/immutabilityPolicies/default", "name": "default", "etag": '"8D2"',
                     "type": "Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies", "properties": dict(held)})
    return made


def alerting(subscription):
    root = f"/subscriptions/{subscription}"
    place = f"{root}/resourceGroups/sec/providers"
    group = f"{place}/Microsoft.Insights/actionGroups/security"
    made = [resource(group, "Microsoft.Insights/ActionGroups", "Global", properties={
        "groupShortName": "security", "enabled": True, "smsReceivers": [], "itsmReceivers": [], "azureAppPushReceivers": [],
        "automationRunbookReceivers": [], "voiceReceivers": [], "logicAppReceivers": [], "azureFunctionReceivers": [], "armRoleReceivers": [],
        "eventHubReceivers": [], "webhookReceivers": [], "emailReceivers": [
            {"name": "lead", "emailAddress": "security@example.org", "status": "Enabled", "useCommonAlertSchema": True}]})]
    for word, operation in zip(("written", "deleted"), WATCHED):
        made.append(resource(f"{place}/Microsoft.Insights/activityLogAlerts/setting-{word}", "Microsoft.Insights/ActivityLogAlerts", "global", properties={
            "scopes": [root], "enabled": True, "description": "", "condition": {"allOf": [
                {"field": "category", "equals": "Administrative"}, {"field": "operationName", "equals": operation}]},
            "actions": {"actionGroups": [{"actionGroupId": group.lower(), "webhookProperties": {}}]}}))
    made.append(resource(f"{place}/Microsoft.Insights/scheduledQueryRules/activity-silent", "Microsoft.Insights/scheduledQueryRules", kind="LogAlert", properties={
        "displayName": "activity-silent", "severity": 1, "enabled": True, "evaluationFrequency": "PT15M", "scopes": [WORKSPACE], "windowSize": "PT1H",
        "criteria": {"allOf": [{"query": f"AzureActivity | where SubscriptionId == '{subscription}'", "timeAggregation": "Count", "dimensions": [],
                                "operator": "LessThan", "threshold": 1.0, "failingPeriods": {"numberOfEvaluationPeriods": 1, "minFailingPeriodsToAlert": 1}}]},
        "autoMitigate": True, "actions": {"actionGroups": [group]}}))
    return made


def grid(subscription):
    topic = f"/subscriptions/{subscription}/resourceGroups/sec/providers/Microsoft.EventGrid/systemTopics/activity"
    return [resource(topic, "Microsoft.EventGrid/systemTopics", "global", properties={
        "provisioningState": "Succeeded", "source": f"/subscriptions/{subscription}", "topicType": "microsoft.resources.subscriptions"}),
            {"id": f"{topic}/eventSubscriptions/to-queue", "name": "to-queue", "type": "Microsoft.EventGrid/systemTopics/eventSubscriptions",
             "properties": {"topic": topic.lower(), "provisioningState": "Succeeded", "labels": [], "eventDeliverySchema": "EventGridSchema",
                            "destination": {"endpointType": "StorageQueue", "properties": {
                                "resourceId": STORE, "queueName": QUEUE, "queueMessageTimeToLiveInSeconds": 604800}},
                            "filter": {"subjectBeginsWith": "", "subjectEndsWith": "", "includedEventTypes": [
                                "Microsoft.Resources.ResourceWriteSuccess", "Microsoft.Resources.ResourceDeleteSuccess",
                                "Microsoft.Resources.ResourceActionSuccess"], "enableAdvancedFilteringOnArrays": True},
                            "retryPolicy": {"maxDeliveryAttempts": 30, "eventTimeToLiveInMinutes": 1440}}}]


def whole(cloud):
    """All resources, and the resource groups as ((subscription, small name), group)."""
    made = [workspace(cloud.now()), *(table(t) for t in ("AzureActivity", "AzureDiagnostics", "AZKVAuditLogs", "Operation", "Usage")), *storage(cloud)]
    groups = {}
    for name, subscription in SUBSCRIPTIONS.items():
        root, vault = f"/subscriptions/{subscription}", VAULTS[subscription]
        made += [setting(root, "to-siem", workspace=WORKSPACE), setting(root, "to-archive", store=STORE), *alerting(subscription), *grid(subscription)]
        made.append(resource(vault, "Microsoft.KeyVault/vaults", properties={
            "tenantId": TENANT, "sku": {"family": "A", "name": "standard"}, "vaultUri": f"https://kv-{name}.vault.azure.net/", "accessPolicies": [],
            "enableSoftDelete": True, "softDeleteRetentionInDays": 90, "enablePurgeProtection": True, "enableRbacAuthorization": True,
            "provisioningState": "Succeeded", "publicNetworkAccess": "Enabled"}))
        made.append(resource_setting(vault, "audit", WORKSPACE, dedicated=name == "test", store=STORE if name == "dev" else None))
        for category, groups_of in (("AuditEvent", ["audit", "allLogs"]), ("AzurePolicyEvaluationDetails", ["allLogs"])):
            made.append({"id": f"{vault.lower()}/providers/microsoft.insights/diagnosticSettingsCategories/{category}", "name": category,
                         "type": "Microsoft.Insights/diagnosticSettingsCategories", "properties": {"categoryType": "Logs", "categoryGroups": groups_of}})
        for group in ("sec", "apps", ECHO_GROUP):
            groups[subscription, group] = {"id": f"{root}/resourceGroups/{group}", "name": group, "type": "Microsoft.Resources/resourceGroups",
                                           "location": "westeurope", "tags": {}, "properties": {"provisioningState": "Succeeded"}}
    made.append(resource(f"{VAULTS[DEV]}/keys/archive-cmk", "Microsoft.KeyVault/vaults/keys", properties={
        "attributes": {"enabled": True, "created": int(cloud.now() - 9e6), "updated": int(cloud.now() - 9e6), "recoveryLevel": "Recoverable", "exportable": False},
        "kty": "RSA", "keySize": 3072, "keyOps": ["wrapKey", "unwrapKey"], "keyUri": "https://kv-dev.vault.azure.net/keys/archive-cmk",
        "keyUriWithVersion": "https://kv-dev.vault.azure.net/keys/archive-cmk/0123456789abcdef0123456789abcdef"}))
    for owner, name in ((SEC, "no-delete"), (STORE, "no-delete-archive"), (WORKSPACE, "no-delete-central")):
        made.append({"id": f"{owner}/providers/Microsoft.Authorization/locks/{name}", "name": name, "type": "Microsoft.Authorization/locks",
                     "properties": {"level": "CanNotDelete", "notes": "audit evidence"}})
    return made, groups


__all__ = ["ACCOUNT", "TEST", "setting", "whole"]
