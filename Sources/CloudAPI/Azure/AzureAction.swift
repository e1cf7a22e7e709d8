/// What a role must allow for a call, as Azure's roles name it. Names compare without case.
/// (Azure RBAC, "resource provider operations"; storage: "Authorize with Microsoft Entra ID",
/// permissions for calling data operations.)
public struct AzureAction: Sendable, Hashable, CustomStringConvertible {
  /// Such as `Microsoft.Insights/diagnosticSettings/read`.
  public let name: String
  /// Belongs to a role's `DataActions`, not to its `Actions`.
  public let isData: Bool

  init(_ name: String, isData: Bool = false) {
    self.name = name
    self.isData = isData
  }

  public var description: String { name }

  public static func == (one: AzureAction, other: AzureAction) -> Bool {
    one.name.lowercased() == other.name.lowercased()
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(name.lowercased()) }

  /// The action of that name, as `AzureClient`'s `OnCall` is told of it; nil for a stranger.
  public static func named(_ name: String) -> AzureAction? {
    let wanted = name.lowercased()
    if let known = all.first(where: { $0.name.lowercased() == wanted }) { return known }
    let parts = name.split(separator: "/")
    guard wanted.hasPrefix("\(queryPrefix.lowercased())/"), parts.count == 5 else { return nil }
    return .query(table: String(parts[3]))
  }

  public static let readSubscription = AzureAction("Microsoft.Resources/subscriptions/read")
  public static let readGroups = AzureAction(
    "Microsoft.Resources/subscriptions/resourceGroups/read")
  public static let readResources = AzureAction(
    "Microsoft.Resources/subscriptions/resources/read")
  public static let readTags = AzureAction("Microsoft.Resources/tags/read")
  /// Of the echo alone: opt-in, on its own empty resource group.
  public static let writeTags = AzureAction("Microsoft.Resources/tags/write")
  public static let readLocks = AzureAction("Microsoft.Authorization/locks/read")

  public static let readDiagnosticSettings = AzureAction(
    "Microsoft.Insights/diagnosticSettings/read")
  public static let readDiagnosticCategories = AzureAction(
    "Microsoft.Insights/diagnosticSettingsCategories/read")
  /// The path says `eventtypes/management/values`, the action does not.
  public static let readActivityLog = AzureAction("Microsoft.Insights/eventtypes/values/Read")
  public static let readActivityLogAlerts = AzureAction("Microsoft.Insights/ActivityLogAlerts/Read")
  public static let readQueryRules = AzureAction("Microsoft.Insights/ScheduledQueryRules/Read")
  public static let readActionGroups = AzureAction("Microsoft.Insights/ActionGroups/Read")
  public static let readProcessingRules = AzureAction("Microsoft.AlertsManagement/actionRules/read")

  public static let readWorkspaces = AzureAction("Microsoft.OperationalInsights/workspaces/read")
  public static let readTables = AzureAction("Microsoft.OperationalInsights/workspaces/tables/read")
  public static let query = AzureAction("\(queryPrefix)/read")
  /// Reading one table by queries.
  public static func query(table: String) -> AzureAction {
    AzureAction("\(queryPrefix)/\(table)/read")
  }

  public static let readStorageAccounts = AzureAction("Microsoft.Storage/storageAccounts/read")
  public static let readBlobService = AzureAction(
    "Microsoft.Storage/storageAccounts/blobServices/read")
  public static let readContainers = AzureAction(
    "Microsoft.Storage/storageAccounts/blobServices/containers/read")
  public static let readImmutability = AzureAction(
    "Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies/read")
  public static let readLifecycle = AzureAction(
    "Microsoft.Storage/storageAccounts/managementPolicies/read")
  public static let readBlobs = AzureAction(
    "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read", isData: true)
  /// Getting messages and deleting them: on the watch's own queue.
  public static let processMessages = AzureAction(
    "Microsoft.Storage/storageAccounts/queueServices/queues/messages/process/action", isData: true)

  public static let readVaults = AzureAction("Microsoft.KeyVault/vaults/read")
  public static let readVaultKeys = AzureAction("Microsoft.KeyVault/vaults/keys/read")
  public static let readEventSubscriptions = AzureAction(
    "Microsoft.EventGrid/eventSubscriptions/read")
  public static let readSystemTopics = AzureAction("Microsoft.EventGrid/systemTopics/read")
  public static let readTopicSubscriptions = AzureAction(
    "Microsoft.EventGrid/systemTopics/eventSubscriptions/read")

  /// All but those of single tables.
  public static let all: [AzureAction] = [
    readSubscription, readGroups, readResources, readTags, writeTags, readLocks,
    readDiagnosticSettings, readDiagnosticCategories, readActivityLog, readActivityLogAlerts,
    readQueryRules, readActionGroups, readProcessingRules, readWorkspaces, readTables, query,
    readStorageAccounts, readBlobService, readContainers, readImmutability, readLifecycle,
    readBlobs, processMessages, readVaults, readVaultKeys, readEventSubscriptions,
    readSystemTopics, readTopicSubscriptions,
  ]

  private static let queryPrefix = "Microsoft.OperationalInsights/workspaces/query"
}
