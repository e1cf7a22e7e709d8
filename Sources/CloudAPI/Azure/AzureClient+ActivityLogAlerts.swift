extension AzureClient {
  /// Activity Log Alerts - List By Subscription Id.
  public func activityLogAlerts(
    subscription: String
  ) async throws(CloudError) -> [ActivityLogAlert] {
    try await list(
      Read(
        operation: "Activity Log Alerts - List", action: .readActivityLogAlerts,
        place: subscription,
        path: "\(Self.root(subscription))/providers/Microsoft.Insights/activityLogAlerts",
        version: "2020-10-01")
    ) { (entry) throws(CloudError) in
      let properties = try entry.needObject("properties")
      var alert = ActivityLogAlert(
        id: try entry.needID("id"), name: try entry.needText("name"),
        // Left out means on (the API's default).
        isEnabled: try properties.flag("enabled") ?? true)
      alert.scopes = try properties.ids("scopes")
      for condition in try properties.needObject("condition").objects("allOf") {
        var leaves: [ActivityLogAlert.Leaf] = []
        for leaf in try condition.objects("anyOf") { leaves.append(try Self.leaf(leaf)) }
        if leaves.isEmpty { leaves = [try Self.leaf(condition)] }
        alert.conditions.append(ActivityLogAlert.Condition(anyOf: leaves))
      }
      for group in try properties.object("actions")?.objects("actionGroups") ?? [] {
        alert.actionGroups.append(try group.needID("actionGroupId"))
      }
      return alert
    }
  }

  private static func leaf(_ entry: CloudMembers) throws(CloudError) -> ActivityLogAlert.Leaf {
    ActivityLogAlert.Leaf(
      field: try entry.needText("field"), equals: try entry.text("equals"),
      containsAny: try entry.texts("containsAny"))
  }
}
