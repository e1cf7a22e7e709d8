import Foundation

@testable import CloudAPI

/// Every typed call to Azure: how it is made, what it asks for, an answer that it can read.
struct AzureCallLine: Sendable, CustomStringConvertible {
  var name: String
  var run: @Sendable (AzureClient) async throws(CloudError) -> Void
  var action: AzureAction
  /// From the host on, without the query.
  var path: String
  var version: String?
  var method = "GET"
  var answer: String

  var description: String { name }
}

enum AzureCallTable {
  static let sub = FakeTenant.subscription
  static let root = FakeTenant.root
  static let group = "\(root)/resourceGroups/sec"
  static let vault = "\(group)/providers/Microsoft.KeyVault/vaults/v"
  static let account = "\(group)/providers/Microsoft.Storage/storageAccounts/acct"
  static let workspace = "\(group)/providers/Microsoft.OperationalInsights/workspaces/central"
  static let insights = "/providers/Microsoft.Insights"
  static let topic = "\(group)/providers/Microsoft.EventGrid/systemTopics/t"

  /// An id that is known to be one.
  static func id(_ text: String) -> AzureID {
    AzureID(text) ?? AzureID.unusable
  }

  static let empty = #"{"value":[]}"#

  static func one(_ id: String, _ properties: String = "{}") -> String {
    #"{"id":"\#(id)","name":"n","properties":\#(properties)}"#
  }

  static func line(
    _ name: String, _ action: AzureAction, _ path: String, _ version: String?, _ answer: String,
    method: String = "GET",
    _ run: @escaping @Sendable (AzureClient) async throws(CloudError) -> Void
  ) -> AzureCallLine {
    AzureCallLine(
      name: name, run: run, action: action, path: path, version: version, method: method,
      answer: answer)
  }

  static let all: [AzureCallLine] = lists + resources + storage

  static let lists: [AzureCallLine] = [
    line("subscriptions", .readSubscription, "/subscriptions", "2022-12-01", empty) {
      (c) async throws(CloudError) in _ = try await c.subscriptions()
    },
    line("groups", .readGroups, "\(root)/resourcegroups", "2021-04-01", empty) {
      (c) async throws(CloudError) in _ = try await c.resourceGroups(subscription: sub)
    },
    line("resources", .readResources, "\(root)/resources", "2021-04-01", empty) {
      (c) async throws(CloudError) in _ = try await c.resources(subscription: sub)
    },
    line(
      "subscription settings", .readDiagnosticSettings, "\(root)\(insights)/diagnosticSettings",
      "2021-05-01-preview", empty
    ) { (c) async throws(CloudError) in _ = try await c.diagnosticSettings(subscription: sub) },
    line(
      "resource settings", .readDiagnosticSettings, "\(vault)\(insights)/diagnosticSettings",
      "2021-05-01-preview", empty
    ) { (c) async throws(CloudError) in _ = try await c.diagnosticSettings(of: id(vault)) },
    line(
      "categories", .readDiagnosticCategories, "\(vault)\(insights)/diagnosticSettingsCategories",
      "2021-05-01-preview", empty
    ) { (c) async throws(CloudError) in _ = try await c.diagnosticCategories(of: id(vault)) },
    line(
      "activity log", .readActivityLog, "\(root)\(insights)/eventtypes/management/values",
      "2015-04-01", empty
    ) { (c) async throws(CloudError) in
      _ = try await c.activityLog(
        subscription: sub, start: Date(timeIntervalSince1970: 0),
        end: Date(timeIntervalSince1970: 60))
    },
    line(
      "activity log alerts", .readActivityLogAlerts, "\(root)\(insights)/activityLogAlerts",
      "2020-10-01", empty
    ) { (c) async throws(CloudError) in _ = try await c.activityLogAlerts(subscription: sub) },
    line(
      "query rules", .readQueryRules, "\(root)\(insights)/scheduledQueryRules", "2023-12-01", empty
    ) { (c) async throws(CloudError) in _ = try await c.queryRules(subscription: sub) },
    line(
      "action groups", .readActionGroups, "\(root)\(insights)/actionGroups", "2023-01-01", empty
    ) { (c) async throws(CloudError) in _ = try await c.actionGroups(subscription: sub) },
    line(
      "processing rules", .readProcessingRules,
      "\(root)/providers/Microsoft.AlertsManagement/actionRules", "2021-08-08", empty
    ) { (c) async throws(CloudError) in _ = try await c.alertProcessingRules(subscription: sub) },
    line(
      "locks", .readLocks, "\(group)/providers/Microsoft.Authorization/locks", "2020-05-01", empty
    ) { (c) async throws(CloudError) in _ = try await c.locks(scope: id(group)) },
    line(
      "workspaces", .readWorkspaces, "\(root)/providers/Microsoft.OperationalInsights/workspaces",
      "2023-09-01", empty
    ) { (c) async throws(CloudError) in _ = try await c.workspaces(subscription: sub) },
    line("tables", .readTables, "\(workspace)/tables", "2023-09-01", empty) {
      (c) async throws(CloudError) in _ = try await c.tables(workspace: id(workspace))
    },
    line(
      "accounts", .readStorageAccounts, "\(root)/providers/Microsoft.Storage/storageAccounts",
      "2023-05-01", empty
    ) { (c) async throws(CloudError) in _ = try await c.storageAccounts(subscription: sub) },
    line(
      "vaults", .readVaults, "\(root)/providers/Microsoft.KeyVault/vaults", "2023-07-01", empty
    ) { (c) async throws(CloudError) in _ = try await c.keyVaults(subscription: sub) },
    line(
      "event subscriptions", .readEventSubscriptions,
      "\(root)/providers/Microsoft.EventGrid/eventSubscriptions", "2022-06-15", empty
    ) { (c) async throws(CloudError) in _ = try await c.eventSubscriptions(subscription: sub) },
    line(
      "system topics", .readSystemTopics, "\(root)/providers/Microsoft.EventGrid/systemTopics",
      "2022-06-15", empty
    ) { (c) async throws(CloudError) in _ = try await c.systemTopics(subscription: sub) },
    line(
      "topic subscriptions", .readTopicSubscriptions, "\(topic)/eventSubscriptions", "2022-06-15",
      empty
    ) { (c) async throws(CloudError) in
      _ = try await c.eventSubscriptions(systemTopic: id(topic))
    },
  ]

  static let resources: [AzureCallLine] = [
    line(
      "subscription", .readSubscription, root, "2022-12-01", #"{"subscriptionId":"\#(sub)"}"#
    ) { (c) async throws(CloudError) in _ = try await c.subscription(sub) },
    line("group", .readGroups, group, "2021-04-01", one(group)) {
      (c) async throws(CloudError) in _ = try await c.resourceGroup(id(group))
    },
    line(
      "action group", .readActionGroups, "\(group)\(insights)/actionGroups/g", "2023-01-01",
      one("\(group)\(insights)/actionGroups/g", #"{"enabled":true}"#)
    ) { (c) async throws(CloudError) in
      _ = try await c.actionGroup(id("\(group)\(insights)/actionGroups/g"))
    },
    line("workspace", .readWorkspaces, workspace, "2023-09-01", one(workspace)) {
      (c) async throws(CloudError) in _ = try await c.workspace(id(workspace))
    },
    line(
      "table", .readTables, "\(workspace)/tables/AzureActivity", "2023-09-01",
      one("\(workspace)/tables/AzureActivity")
    ) { (c) async throws(CloudError) in
      _ = try await c.table("AzureActivity", workspace: id(workspace))
    },
    line("account", .readStorageAccounts, account, "2023-05-01", one(account)) {
      (c) async throws(CloudError) in _ = try await c.storageAccount(id(account))
    },
    line(
      "container", .readContainers, "\(account)/blobServices/default/containers/c", "2023-05-01",
      one("\(account)/c")
    ) { (c) async throws(CloudError) in _ = try await c.blobContainer("c", account: id(account)) },
    line(
      "immutability", .readImmutability,
      "\(account)/blobServices/default/containers/c/immutabilityPolicies/default", "2023-05-01",
      one(
        "\(account)/c", #"{"immutabilityPeriodSinceCreationInDays":7,"state":"Locked"}"#)
    ) { (c) async throws(CloudError) in
      _ = try await c.immutabilityPolicy(container: "c", account: id(account))
    },
    line(
      "blob service", .readBlobService, "\(account)/blobServices/default", "2023-05-01",
      one("\(account)/b")
    ) { (c) async throws(CloudError) in _ = try await c.blobService(account: id(account)) },
    line(
      "lifecycle", .readLifecycle, "\(account)/managementPolicies/default", "2023-05-01",
      one("\(account)/m")
    ) { (c) async throws(CloudError) in _ = try await c.lifecycleRules(account: id(account)) },
    line("vault", .readVaults, vault, "2023-07-01", one(vault)) {
      (c) async throws(CloudError) in _ = try await c.keyVault(id(vault))
    },
    line("key", .readVaultKeys, "\(vault)/keys/k", "2023-07-01", one("\(vault)/keys/k")) {
      (c) async throws(CloudError) in _ = try await c.vaultKey("k", vault: id(vault))
    },
    line(
      "echo", .writeTags, "\(group)/providers/Microsoft.Resources/tags/default", "2021-04-01", "{}",
      method: "PATCH"
    ) { (c) async throws(CloudError) in
      _ = try await c.writeEchoTag(group: id(group), name: "echo", value: "1", requestID: "r")
    },
  ]

  static let listing =
    "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults><Blobs/><NextMarker/>"
    + "</EnumerationResults>"

  static let storage: [AzureCallLine] = [
    line(
      "query", .query, "/v1/workspaces/w-1/query", nil,
      #"{"tables":[{"name":"PrimaryResult","columns":[],"rows":[]}]}"#, method: "POST"
    ) { (c) async throws(CloudError) in
      _ = try await c.query(workspace: "w-1", "T", tables: [], columns: [], hours: 1)
    },
    line("blobs", .readBlobs, "/c", nil, listing) { (c) async throws(CloudError) in
      _ = try await c.listBlobs(BlobPlace(account: "acct", container: "c"))
    },
    line(
      "messages", .processMessages, "/q/messages", nil, "\u{feff}<QueueMessagesList/>"
    ) { (c) async throws(CloudError) in
      _ = try await c.receiveMessages(QueuePlace(account: "acct", queue: "q"))
    },
  ]
}

extension AzureID {
  /// Where a test's own id is broken: every expectation on it fails.
  static var unusable: AzureID {
    guard let id = AzureID("/unusable") else { preconditionFailure("a plain id was refused") }
    return id
  }
}
