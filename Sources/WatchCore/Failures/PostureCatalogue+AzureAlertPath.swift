extension PostureCatalogue {
  private static let alerts = "https://learn.microsoft.com/en-us/azure/azure-monitor/alerts/"

  /// Alert rules, action groups and what takes them off.
  static let azureAlerts: [PostureRule] = [
    PostureRule(
      "azure.alert.exists", "azure.alertpath.broken", .high, "there",
      why: "An alert rule that the configuration names does not exist.",
      mend: "Make the rule again, and look in the Activity Log for its deletion.",
      reference: alerts + "alerts-overview", breaksNow: true),
    PostureRule(
      "azure.alert.enabled", "azure.alertpath.broken", .high, "switched on",
      why: "A disabled rule fires never, and says nothing about it.",
      mend: "az monitor activity-log alert update --enabled true, or az monitor scheduled-query "
        + "update --disabled false.",
      reference: alerts + "alerts-overview", breaksNow: true),
    PostureRule(
      "azure.alert.scope", "azure.posture.weak", .medium, "about the whole subscription",
      why: "The alert for deleted diagnostic settings looks at a part of the subscription only: "
        + "the setting of the subscription itself is outside of it.",
      mend: "Set the alert's scope to the subscription.",
      reference: alerts + "alerts-create-activity-log-alert-rule"),
    PostureRule(
      "azure.alert.actions", "azure.alertpath.broken", .high, "followed by an action group",
      why: "The rule fires and nobody is told: it names no action group, or one that is gone.",
      mend: "Name an action group that exists in the rule's actions.",
      reference: alerts + "action-groups", breaksNow: true),
    PostureRule(
      "azure.actions.enabled", "azure.alertpath.broken", .high, "switched on",
      why: "A disabled action group tells nobody.",
      mend: "az monitor action-group update --set enabled=true",
      reference: alerts + "action-groups", breaksNow: true),
    PostureRule(
      "azure.actions.receiver", "azure.alertpath.broken", .high, "heard by somebody",
      why: "The action group has no receiver, or each of them has unsubscribed.",
      mend: "Add a receiver, or have the disabled ones confirm again.",
      reference: alerts + "action-groups", breaksNow: true),
    PostureRule(
      "azure.processing.suppresses", "azure.alertpath.broken", .high,
      "free of rules that silence it",
      why: "An alert processing rule that is in force takes the action groups off these alerts: "
        + "they fire, and nobody is told.",
      mend: "az monitor alert-processing-rule update --enabled false, or narrow its scope and "
        + "schedule.",
      reference: alerts + "alerts-processing-rules", breaksNow: true),
  ]

  /// Whether what matters reaches anybody.
  static let azureReach: [PostureRule] = [
    PostureRule(
      "azure.reach.setting-delete", "azure.alertpath.broken", .medium,
      "followed by an alert that reaches somebody when its setting is deleted",
      why: "Somebody can delete the diagnostic setting, and nothing of Azure's own tells anybody.",
      mend: "az monitor activity-log alert create --scope /subscriptions/ID --condition "
        + "category=Administrative and "
        + "operationName=Microsoft.Insights/diagnosticSettings/delete --action-group GROUP_ID",
      reference: alerts + "alerts-create-activity-log-alert-rule"),
    PostureRule(
      "azure.reach.setting-write", "azure.posture.weak", .low,
      "followed by an alert that reaches somebody when its setting is changed",
      why: "A setting that is written without a category is as blind as one that is deleted.",
      mend: "Add an activity log alert for Microsoft.Insights/diagnosticSettings/write.",
      reference: alerts + "alerts-create-activity-log-alert-rule"),
    PostureRule(
      "azure.reach.silence", "azure.posture.weak", .medium,
      "followed by a log search alert that reaches somebody when rows stop",
      why: "No log search alert on the workspace fires for want of Activity Log rows.",
      mend: "az monitor scheduled-query create with a query on AzureActivity, aggregation Count "
        + "and an operator LessThan.",
      reference: alerts + "alerts-create-log-alert-rule"),
    PostureRule(
      "azure.queue.fed", "azure.alertpath.broken", .high, "pushed to the watch's queue",
      why: "The watch's own queue is to bring changes at once, and no event subscription that "
        + "works sends those of this subscription there.",
      mend: "az eventgrid event-subscription create --source-resource-id /subscriptions/ID "
        + "--endpoint-type storagequeue --included-event-types "
        + "Microsoft.Resources.ResourceWriteSuccess Microsoft.Resources.ResourceDeleteSuccess",
      reference:
        "https://learn.microsoft.com/en-us/azure/event-grid/event-schema-subscriptions",
      breaksNow: true),
  ]
}
