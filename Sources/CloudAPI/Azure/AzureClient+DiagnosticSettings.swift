extension AzureClient {
  private static let settingsVersion = "2021-05-01-preview"
  private static let settingsPath = "/providers/Microsoft.Insights/diagnosticSettings"

  /// Subscription Diagnostic Settings - List: what happens to the Activity Log.
  public func diagnosticSettings(
    subscription: String
  ) async throws(CloudError) -> [DiagnosticSetting] {
    try await list(
      Read(
        operation: "Subscription Diagnostic Settings - List", action: .readDiagnosticSettings,
        place: subscription, path: "\(Self.root(subscription))\(Self.settingsPath)",
        version: Self.settingsVersion), Self.setting)
  }

  /// Diagnostic Settings - List: what happens to a resource's own logs.
  public func diagnosticSettings(
    of resource: AzureID
  ) async throws(CloudError) -> [DiagnosticSetting] {
    try await list(
      Read(
        operation: "Diagnostic Settings - List", action: .readDiagnosticSettings,
        place: resource.short, path: "\(resource.path)\(Self.settingsPath)",
        version: Self.settingsVersion), Self.setting)
  }

  /// Diagnostic Settings Category - List: what the resource could log.
  public func diagnosticCategories(
    of resource: AzureID
  ) async throws(CloudError) -> [DiagnosticCategory] {
    try await list(
      Read(
        operation: "Diagnostic Settings Category - List", action: .readDiagnosticCategories,
        place: resource.short, path: "\(resource.path)\(Self.settingsPath)Categories",
        version: Self.settingsVersion)
    ) { (entry) throws(CloudError) in
      let properties = try entry.object("properties")
      return DiagnosticCategory(
        name: try entry.needText("name"), type: try properties?.text("categoryType"),
        groups: try properties?.texts("categoryGroups") ?? [])
    }
  }

  private static func setting(_ entry: CloudMembers) throws(CloudError) -> DiagnosticSetting {
    let properties = try entry.needObject("properties")
    var setting = DiagnosticSetting(id: try entry.needID("id"), name: try entry.needText("name"))
    setting.workspaceID = try properties.id("workspaceId")
    setting.storageAccountID = try properties.id("storageAccountId")
    setting.eventHubRuleID = try properties.id("eventHubAuthorizationRuleId")
    setting.eventHubName = try properties.text("eventHubName")
    setting.serviceBusRuleID = try properties.id("serviceBusRuleId")
    setting.partnerID = try properties.id("marketplacePartnerId")
    setting.destinationType = try properties.text("logAnalyticsDestinationType")
    for log in try properties.objects("logs") {
      let selection = DiagnosticSetting.Selection(
        category: try log.text("category"), group: try log.text("categoryGroup"),
        isEnabled: try log.needFlag("enabled"))
      if selection.category == nil, selection.group == nil {
        throw log.answer.unreadable("a log of a setting has neither category nor group")
      }
      setting.logs.append(selection)
    }
    return setting
  }
}
