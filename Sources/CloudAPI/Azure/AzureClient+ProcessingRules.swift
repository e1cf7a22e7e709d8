extension AzureClient {
  /// Alert Processing Rules - List By Subscription.
  public func alertProcessingRules(
    subscription: String
  ) async throws(CloudError) -> [AlertProcessingRule] {
    try await list(
      Read(
        operation: "Alert Processing Rules - List", action: .readProcessingRules,
        place: subscription,
        path: "\(Self.root(subscription))/providers/Microsoft.AlertsManagement/actionRules",
        version: "2021-08-08"), Self.processingRule)
  }

  /// Management Locks - List By Scope: locks of the scope itself, of what is inside of it, and those
  /// that it inherits.
  public func locks(scope: AzureID) async throws(CloudError) -> [ManagementLock] {
    try await list(
      Read(
        operation: "Management Locks - List", action: .readLocks, place: scope.short,
        path: "\(scope.path)/providers/Microsoft.Authorization/locks", version: "2020-05-01")
    ) { (entry) throws(CloudError) in
      let properties = try entry.needObject("properties")
      return ManagementLock(
        id: try entry.needID("id"), name: try entry.needText("name"),
        level: try properties.needText("level"), notes: try properties.text("notes"))
    }
  }

  private static func processingRule(
    _ entry: CloudMembers
  ) throws(CloudError) -> AlertProcessingRule {
    let properties = try entry.needObject("properties")
    var rule = AlertProcessingRule(
      id: try entry.needID("id"), name: try entry.needText("name"),
      // Left out means on (the API's default).
      isEnabled: try properties.flag("enabled") ?? true)
    rule.scopes = try properties.ids("scopes")
    for part in try properties.objects("conditions") {
      rule.conditions.append(
        AlertProcessingRule.Condition(
          field: try part.needText("field"), comparison: try part.needText("operator"),
          values: try part.texts("values")))
    }
    for action in try properties.objects("actions") {
      rule.actions.append(try action.needText("actionType"))
    }
    if let schedule = try properties.object("schedule") {
      rule.schedule = AlertProcessingRule.Schedule(
        from: try schedule.text("effectiveFrom"), until: try schedule.text("effectiveUntil"),
        timeZone: try schedule.text("timeZone"),
        isRecurring: try !schedule.objects("recurrences").isEmpty)
    }
    return rule
  }
}
