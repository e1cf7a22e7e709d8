extension PostureCatalogue {
  private static let logs = "https://learn.microsoft.com/en-us/azure/azure-monitor/logs/"

  /// The Log Analytics workspace.
  static let azureWorkspace: [PostureRule] = [
    PostureRule(
      "azure.workspace.exists", "azure.store.erasable", .high, "there",
      why: "Diagnostic settings name a workspace that does not exist: nothing arrives, and what "
        + "it held can be had back for 14 days only.",
      mend: "az monitor log-analytics workspace recover, and look in the Activity Log for "
        + "workspaces/delete.",
      reference: logs + "delete-workspace", breaksNow: true),
    PostureRule(
      "azure.workspace.ingests", "azure.store.capped", .high, "taking records in",
      why: "Its state is OverQuota, ForceOff or SubscriptionSuspended: records of billable tables "
        + "are dropped, and nobody gets them back.",
      mend: "Raise or remove the daily cap, or pay the subscription; see when the cap's day "
        + "starts again.",
      reference: logs + "daily-cap", breaksNow: true),
    PostureRule(
      "azure.workspace.near-cap", "azure.store.capped", .medium, "clear of its daily cap",
      why: "Most of the day's quota is used: when it is reached, records are dropped until the "
        + "next day.",
      mend: "Raise the daily cap, or find out which table grew.",
      reference: logs + "daily-cap"),
    PostureRule(
      "azure.workspace.cap", "azure.posture.weak", .low, "without a daily cap",
      why: "A cap drops audit records just on the day when much happens; whoever can write a lot "
        + "of logs can reach it.",
      mend: "Remove the cap from the workspace that keeps audit logs, and alert on its size "
        + "instead.",
      reference: logs + "daily-cap"),
    PostureRule(
      "azure.workspace.losses", "azure.store.capped", .high, "without lost records",
      why: "The workspace itself reports that records could not be taken in.",
      mend: "Read _LogOperation, category Ingestion: it names the table and the reason.",
      reference: logs + "monitor-workspace", breaksNow: true),
    PostureRule(
      "azure.workspace.retention", "azure.store.erasable", .medium, "kept long enough",
      why: "Rows are deleted before the time that the chosen framework asks has passed.",
      mend: "az monitor log-analytics workspace update --retention-time DAYS, or set the total "
        + "retention of its tables.",
      reference: logs + "data-retention-configure"),
    PostureRule(
      "azure.table.retention", "azure.store.erasable", .medium, "kept long enough",
      why: "The table has a retention of its own, below the time that the chosen framework asks.",
      mend: "az monitor log-analytics workspace table update --name TABLE "
        + "--total-retention-time DAYS",
      reference: logs + "data-retention-configure"),
    PostureRule(
      "azure.workspace.lock", "azure.posture.weak", .medium, "locked against deletion",
      why: "One call deletes the workspace and all that it holds.",
      mend: "az lock create --name keep --lock-type CanNotDelete --resource WORKSPACE_ID",
      reference:
        "https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/lock-resources"),
  ]

  private static let blobs = "https://learn.microsoft.com/en-us/azure/storage/blobs/"

  /// How long the storage account keeps what it was given, and who can take it away.
  static let azureArchive: [PostureRule] = [
    PostureRule(
      "azure.archive.exists", "azure.store.erasable", .high, "there",
      why: "Diagnostic settings name a storage account that does not exist: nothing is archived.",
      mend: "Recover the account (possible for 14 days), and look in the Activity Log for "
        + "storageAccounts/delete.",
      reference:
        "https://learn.microsoft.com/en-us/azure/storage/common/storage-account-recover",
      breaksNow: true),
    PostureRule(
      "azure.archive.immutable", "azure.store.erasable", .medium, "kept by an immutability policy",
      why: "Whoever may write to the account may delete or overwrite the archived log.",
      mend: "az storage container immutability-policy create --container-name "
        + "insights-activity-logs --period DAYS --allow-protected-append-writes true",
      reference: blobs + "immutable-policy-configure-container-scope"),
    PostureRule(
      "azure.archive.locked", "azure.store.erasable", .medium, "kept by a policy that is locked",
      why: "An unlocked immutability policy can be shortened or removed by whoever may change the "
        + "account.",
      mend: "az storage container immutability-policy lock (it cannot be undone).",
      reference: blobs + "immutable-time-based-retention-policy-overview"),
    PostureRule(
      "azure.archive.retention", "azure.store.erasable", .medium, "kept long enough",
      why: "The immutability policy ends before the time that the chosen framework asks.",
      mend: "az storage container immutability-policy extend --period DAYS",
      reference: blobs + "immutable-time-based-retention-policy-overview"),
    PostureRule(
      "azure.archive.appends", "azure.store.capped", .high, "open to appended logs",
      why: "Logs are appended to a blob for an hour; an immutability policy without protected "
        + "append writes refuses that, and records are lost.",
      mend: "Allow protected append writes in the container's immutability policy.",
      reference: blobs + "immutable-time-based-retention-policy-overview", breaksNow: true),
    PostureRule(
      "azure.archive.lifecycle", "azure.store.erasable", .medium, "spared by lifecycle rules",
      why: "A lifecycle rule deletes archived logs before the time that the chosen framework asks.",
      mend: "Take the insights containers out of the rule, or lengthen its days.",
      reference: blobs + "lifecycle-management-overview"),
    PostureRule(
      "azure.archive.versioning", "azure.posture.weak", .low, "kept in versions",
      why: "Without versions an overwritten log is gone. A locked immutability policy does more.",
      mend: "az storage account blob-service-properties update --enable-versioning true",
      reference: blobs + "versioning-overview"),
    PostureRule(
      "azure.archive.soft-delete", "azure.posture.weak", .medium, "recoverable after deletion",
      why: "Without soft delete of blobs and containers a deleted log is gone at once.",
      mend: "az storage account blob-service-properties update --enable-delete-retention true "
        + "--delete-retention-days 30 --enable-container-delete-retention true "
        + "--container-delete-retention-days 30",
      reference: blobs + "soft-delete-blob-overview"),
    PostureRule(
      "azure.archive.lock", "azure.posture.weak", .medium, "locked against deletion",
      why: "One call deletes the storage account and all that it holds.",
      mend: "az lock create --name keep --lock-type CanNotDelete --resource ACCOUNT_ID",
      reference:
        "https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/lock-resources"),
  ]

  /// Who can come to the storage account, and by which key it is encrypted.
  static let azureArchiveAccess: [PostureRule] = [
    PostureRule(
      "azure.archive.network", "azure.store.capped", .high, "open to Azure's own services",
      why: "Behind its firewall the account does not let trusted services in: diagnostic settings "
        + "cannot write.",
      mend: "az storage account update --bypass AzureServices",
      reference: "https://learn.microsoft.com/en-us/azure/storage/common/storage-network-security",
      breaksNow: true),
    PostureRule(
      "azure.archive.public", "azure.posture.weak", .high, "closed to the public",
      why: "Anybody on the internet can read the archived log.",
      mend: "az storage account update --allow-blob-public-access false",
      reference: blobs + "anonymous-read-access-prevent"),
    PostureRule(
      "azure.archive.public-allowed", "azure.posture.weak", .medium, "refusing to be made public",
      why: "Whoever may change a container can open the archived log to the internet.",
      mend: "az storage account update --allow-blob-public-access false",
      reference: blobs + "anonymous-read-access-prevent"),
    PostureRule(
      "azure.archive.tls", "azure.posture.weak", .medium, "reached by TLS 1.2 alone",
      why: "Plain http or an old TLS version lets others read and change what is sent.",
      mend: "az storage account update --https-only true --min-tls-version TLS1_2",
      reference:
        "https://learn.microsoft.com/en-us/azure/storage/common/transport-layer-security-configure-minimum-version"
    ),
    PostureRule(
      "azure.archive.shared-keys", "azure.posture.weak", .medium, "closed to shared keys",
      why: "Whoever has one of the account's keys can do everything with its blobs, and the log "
        + "names nobody.",
      mend: "az storage account update --allow-shared-key-access false",
      reference:
        "https://learn.microsoft.com/en-us/azure/storage/common/shared-key-authorization-prevent"),
    PostureRule(
      "azure.archive.key", "azure.store.capped", .high, "encrypted by a key that works",
      why: "The customer's key is disabled, has run out or is gone: nothing can be written or "
        + "read.",
      mend: "Enable the key in its vault, or name another version.",
      reference:
        "https://learn.microsoft.com/en-us/azure/storage/common/customer-managed-keys-overview",
      breaksNow: true),
  ]
}
