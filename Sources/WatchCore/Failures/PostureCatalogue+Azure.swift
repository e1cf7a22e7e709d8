extension PostureCatalogue {
  /// Azure: diagnostic settings, workspace, archive, alert path.
  static let azure: [PostureRule] =
    azureSettings + azureWorkspace + azureArchive + azureArchiveAccess + azureAlerts + azureReach

  private static let page = "https://learn.microsoft.com/en-us/azure/azure-monitor/platform/"

  /// How the Activity Log and the watched resources' logs are carried out.
  private static let azureSettings: [PostureRule] = [
    PostureRule(
      "azure.setting.exists", "azure.setting.none", .high, "carried anywhere",
      why: "Without a diagnostic setting that has a destination the Activity Log is kept for 90 "
        + "days by Azure and goes nowhere: no workspace, no archive and no alert on it sees it.",
      mend: "az monitor diagnostic-settings subscription create --name export --location global "
        + "--workspace WORKSPACE_ID --logs '[{\"category\":\"Administrative\",\"enabled\":true}]'",
      reference: page + "diagnostic-settings", breaksNow: true),
    PostureRule(
      "azure.setting.administrative", "azure.setting.none", .high,
      "carrying the category Administrative",
      why: "Every create, change and deletion is in this category: who deleted what is in no "
        + "other.",
      mend: "Enable Administrative in the subscription's diagnostic setting.",
      reference: page + "activity-log-schema", breaksNow: true),
    PostureRule(
      "azure.setting.security", "azure.posture.weak", .medium, "carrying the category Security",
      why: "Alerts of Microsoft Defender for Cloud are in this category.",
      mend: "Enable Security in the subscription's diagnostic setting.",
      reference: page + "activity-log-schema"),
    PostureRule(
      "azure.setting.alert", "azure.posture.weak", .medium, "carrying the category Alert",
      why: "That Azure's own alerts fired is in this category: without it nobody can show later "
        + "that they did.",
      mend: "Enable Alert in the subscription's diagnostic setting.",
      reference: page + "activity-log-schema"),
    PostureRule(
      "azure.setting.policy", "azure.posture.weak", .medium, "carrying the category Policy",
      why: "What Azure Policy denied, audited or changed is in this category.",
      mend: "Enable Policy in the subscription's diagnostic setting.",
      reference: page + "activity-log-schema"),
    PostureRule(
      "azure.setting.workspace", "azure.setting.none", .high, "carried to the watched workspace",
      why: "No diagnostic setting of the subscription writes the category Administrative to the "
        + "workspace that the configuration names.",
      mend: "Set the workspace in the subscription's diagnostic setting, or correct the "
        + "configuration.",
      reference: page + "diagnostic-settings", breaksNow: true),
    PostureRule(
      "azure.setting.archive", "azure.setting.none", .high, "carried to the watched archive",
      why: "No diagnostic setting of the subscription writes the category Administrative to the "
        + "storage account that the configuration names.",
      mend: "Set the storage account in the subscription's diagnostic setting, or correct the "
        + "configuration.",
      reference: page + "diagnostic-settings", breaksNow: true),
    PostureRule(
      "azure.resource.setting", "azure.setting.none", .medium, "carrying the watched categories",
      why: "No diagnostic setting of the resource writes these categories to the watched "
        + "workspace or archive: what is done inside of it is in no log.",
      mend: "az monitor diagnostic-settings create --resource RESOURCE_ID --name export "
        + "--workspace WORKSPACE_ID --logs '[{\"categoryGroup\":\"audit\",\"enabled\":true}]'",
      reference: page + "resource-logs", breaksNow: true),
  ]
}
