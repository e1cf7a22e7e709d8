extension FailureCatalogue {
  static let azure: [Failure] = azureArrival + azureSettings + azurePipeline

  private static let azureArrival: [Failure] = [
    entry(
      "azure.activity.late", .condition, .low, .capture, probe: "activity",
      runbook: "azure-activity-silent",
      "Activity Log late", "The subscription's newest row or blob is older than its period."),
    entry(
      "azure.activity.silent", .condition, .high, .capture, probe: "activity",
      "Activity Log silent",
      "Nothing of the subscription has arrived in workspace or archive within period and grace."),
    entry(
      "azure.resource.late", .condition, .low, .capture, probe: "resource",
      runbook: "azure-resource-silent",
      "Resource log late", "A watched resource's newest row is older than its period."),
    entry(
      "azure.resource.silent", .condition, .medium, .capture, probe: "resource",
      "Resource log silent", "No row of a watched resource has arrived within period and grace."),
    entry(
      "azure.echo.missing", .condition, .high, .capture, probe: "echo",
      "Echo missing", "Our own audited call did not come out at the end of the path."),
  ]

  private static let azureSettings: [Failure] = [
    entry(
      "azure.setting.none", .condition, .high, .capture, probe: "setting",
      "No diagnostic setting",
      "No diagnostic setting carries the audit categories of a subscription or resource anywhere."),
    entry(
      "azure.setting.deleted", .condition, .high, .capture, probe: "setting",
      "Diagnostic setting deleted", "A diagnostic setting that we watched is gone."),
    entry(
      "azure.setting.narrowed", .event, .high, .capture, probe: "setting",
      "Diagnostic setting narrowed", "A diagnostic setting carries fewer categories than before."),
    entry(
      "azure.setting.remapped", .event, .high, .capture, probe: "setting",
      "Diagnostic setting remapped", "A diagnostic setting now writes to another destination."),
  ]

  private static let azurePipeline: [Failure] = [
    entry(
      "azure.store.capped", .condition, .high, .storage, probe: "store",
      "Workspace takes no more",
      "Daily cap reached, over quota, ingestion suspended, or the workspace reports lost records."),
    entry(
      "azure.store.erasable", .condition, .medium, .storage, probe: "store",
      "Records erasable",
      "Retention below the bar, no immutability, or the store is deleted or unlocked."),
    entry(
      "azure.alertpath.broken", .condition, .high, .capture, probe: "alertpath",
      "Alert path broken",
      "An alert rule or action group is missing, disabled, invalid or tells nobody."),
    entry(
      "azure.alertpath.silenced", .event, .high, .capture, probe: "history",
      "Alert path silenced",
      "Somebody removed or disabled an alert rule or action group, or added a suppression."),
    entry(
      "azure.pipeline.tampered", .event, .high, .capture, probe: "history",
      "Pipeline tampered with", "Somebody acted on workspace, storage account, key, lock or role."),
    entry(
      "azure.posture.weak", .condition, .low, .capture, probe: "posture",
      "Weak set-up", "Other findings of the checks of settings, stores and alert path."),
    entry(
      "azure.probe.blind", .condition, .medium, .error, probe: "any",
      "Cannot look",
      "Permission, throttling, a time-out or an unreadable answer kept us from looking."),
    entry(
      "azure.source.never", .condition, .medium, .capture, probe: "any",
      "Never seen", "Configured, and no record was ever seen past period and grace."),
  ]
}
