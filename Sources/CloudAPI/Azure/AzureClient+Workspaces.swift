extension AzureClient {
  private static let workspaceVersion = "2023-09-01"

  /// Workspaces - List.
  public func workspaces(subscription: String) async throws(CloudError) -> [LogWorkspace] {
    try await list(
      Read(
        operation: "Workspaces - List", action: .readWorkspaces, place: subscription,
        path: "\(Self.root(subscription))/providers/Microsoft.OperationalInsights/workspaces",
        version: Self.workspaceVersion), Self.workspace)
  }

  /// Workspaces - Get.
  public func workspace(_ id: AzureID) async throws(CloudError) -> LogWorkspace {
    try Self.workspace(
      try await resource(
        Read(
          operation: "Workspaces - Get", action: .readWorkspaces, place: id.short, path: id.path,
          version: Self.workspaceVersion)))
  }

  /// Tables - List By Workspace.
  public func tables(workspace id: AzureID) async throws(CloudError) -> [LogTableSettings] {
    var read = Read(
      operation: "Tables - List", action: .readTables, place: id.short, path: "\(id.path)/tables",
      version: Self.workspaceVersion)
    // Every table comes with all of its columns.
    read.bodyLimit = 64 << 20
    return try await list(read, Self.table)
  }

  /// Tables - Get; nil when there is none.
  public func table(
    _ name: String, workspace id: AzureID
  ) async throws(CloudError) -> LogTableSettings? {
    let found = try await resourceIfThere(
      Read(
        operation: "Tables - Get", action: .readTables, place: "\(id.short)/\(name)",
        path: "\(id.path)/tables/\(PercentEncoding.encode(name))", version: Self.workspaceVersion))
    guard let found else { return nil }
    return try Self.table(found)
  }

  private static func workspace(_ entry: CloudMembers) throws(CloudError) -> LogWorkspace {
    let properties = try entry.needObject("properties")
    var workspace = LogWorkspace(id: try entry.needID("id"), name: try entry.needText("name"))
    workspace.location = try entry.text("location")
    workspace.customerID = try properties.text("customerId")
    workspace.provisioningState = try properties.text("provisioningState")
    workspace.retentionDays = try properties.count("retentionInDays")
    workspace.sku = try properties.object("sku")?.text("name")
    let cap = try properties.object("workspaceCapping")
    workspace.dailyQuotaGB = try cap?.number("dailyQuotaGb")
    workspace.quotaReset = try cap?.time("quotaNextResetTime")
    workspace.ingestionStatus = try cap?.text("dataIngestionStatus")
    workspace.publicIngestion = try properties.text("publicNetworkAccessForIngestion")
    workspace.publicQuery = try properties.text("publicNetworkAccessForQuery")
    return workspace
  }

  private static func table(_ entry: CloudMembers) throws(CloudError) -> LogTableSettings {
    let properties = try entry.needObject("properties")
    var table = LogTableSettings(name: try entry.needText("name"))
    table.retentionDays = try properties.count("retentionInDays")
    table.totalRetentionDays = try properties.count("totalRetentionInDays")
    table.archiveRetentionDays = try properties.count("archiveRetentionInDays")
    table.retentionIsDefault = try properties.flag("retentionInDaysAsDefault")
    table.plan = try properties.text("plan")
    return table
  }
}
