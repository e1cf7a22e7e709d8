import CloudAPI
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

/// An event as the Activity Log lists it.
func azureEvent(
  _ operation: String, at second: Int, _ resource: String = AzureNames.setting(),
  status: String = "Succeeded", caller: String = "dev@example.org", correlation: String? = nil,
  category: String = "Administrative", properties: String = "{}"
) -> String {
  let time = (three + .seconds(second)).iso
  let id = correlation ?? "c\(second)"
  return """
    {"eventTimestamp":"\(time)","submissionTimestamp":"\(time)","caller":"\(caller)",\
    "operationName":{"value":"\(operation)","localizedValue":"x"},"status":{"value":"\(status)"},\
    "subStatus":{"value":"\(status == "Failed" ? "Forbidden" : "OK")"},\
    "category":{"value":"\(category)"},"resourceId":"\(resource)","correlationId":"\(id)",\
    "eventDataId":"e\(second)-\(status)","claims":{"appid":"04b07795-8ddb-461a-bbee-02f9e1bf7b46"},\
    "httpRequest":{"clientIpAddress":"198.51.100.7","method":"DELETE"},"properties":\(properties)}
    """
}

struct AzureHistoryProbeTests {
  private static let log = "/providers/Microsoft.Insights/eventtypes/management/values"
  private static let dev = "/subscriptions/\(AzureNames.dev)\(log)"
  private static let delete = "Microsoft.Insights/diagnosticSettings/delete"

  private func cloud(_ events: [String]) -> CannedAzure {
    CannedAzure([
      Self.dev: { _ in .json(#"{"value":[\#(events.joined(separator: ","))]}"#) },
      "/subscriptions/\(AzureNames.test)\(Self.log)": { _ in .json(#"{"value":[]}"#) },
    ])
  }

  private static let plan = SourcePlan.azure(
    AzureSource(
      workspace: AzureNames.workspace, archive: AzureNames.archive,
      alertRules: ["\(group)/Microsoft.Insights/activityLogAlerts/told"]))
  private static let group = "/subscriptions/\(AzureNames.dev)/resourceGroups/sec/providers"

  private func look(_ cloud: CannedAzure) async throws -> Look.Result? {
    try await cloud.look("azure.history", [Self.plan])["history dev"]
  }

  private func changes(_ events: String...) async throws -> [PipelineChange] {
    try #require(try await look(cloud(events))?.history).changes
  }

  @Test func `names who deleted the setting, once`() async throws {
    let seen = try #require(
      try await look(
        cloud([
          azureEvent("microsoft.insights/diagnosticSettings/DELETE", at: -98, correlation: "c"),
          azureEvent(Self.delete, at: -100, status: "Started", correlation: "c"),
        ]))?.history)
    let change = try #require(seen.changes.first)
    #expect(seen.changes.count == 1)
    #expect(change.cause.actor == "dev@example.org" && change.cause.from == "198.51.100.7")
    #expect(change.cause.at == three - .seconds(98) && change.cause.region == "dev")
    #expect(change.cause.agent == "Azure CLI" && change.cause.error == nil)
    #expect(change.part == PipelineNode.ID(.setting, AzureNames.setting()))
    #expect(change.stage == .export && change.harm == .cuts)
    #expect(change.code == "azure.setting.deleted" && change.sources == [Self.plan.id])
    #expect(change.cause.event?.hasPrefix("c:") == true && change.witness == "Activity Log")
    #expect(change.raw.contains("diagnosticSettings"))
    #expect(seen.activity == [three - .seconds(98)] && seen.latest?.actor == "dev@example.org")
    #expect(seen.from == three - .hours(24) && seen.to == three)
  }

  @Test func `an attempt that failed says so, and is another event`() async throws {
    let failed = try await changes(azureEvent(Self.delete, at: -9, status: "Failed"))
    #expect(failed.first?.cause.error == "Forbidden")
    #expect(failed.first?.cause.event?.hasSuffix(":failed") == true)
    let again = try await changes(
      azureEvent(Self.delete, at: -9, status: "Failed", correlation: "c"),
      azureEvent(Self.delete, at: -3, correlation: "c"))
    #expect(again.map(\.cause.error) == [nil])
  }

  @Test func `what has begun is told when it ends, or after ten minutes`() async throws {
    let young = try await changes(azureEvent(Self.delete, at: -60, status: "Started"))
    #expect(young == [])
    let old = try await changes(azureEvent(Self.delete, at: -700, status: "Accepted"))
    #expect(old.first?.difference == ["how it ended has not been told"])
  }

  /// Each part, how it is acted on, and what that comes to; nil: no change of ours.
  @Test(arguments: [
    (delete, AzureNames.setting(), "cuts azure.setting.deleted"),
    (
      "\(AzureNames.vault)/providers/Microsoft.Insights/diagnosticSettings/delete",
      AzureNames.setting(), "cuts azure.setting.deleted"
    ),
    (delete, "\(AzureNames.vault)/providers/microsoft.insights/diagnosticSettings/kv", nil),
    ("Microsoft.Insights/diagnosticSettings/write", AzureNames.setting(), "changes"),
    (
      "MICROSOFT.OPERATIONALINSIGHTS/WORKSPACES/DELETE", AzureNames.workspace.uppercased(),
      "cuts azure.pipeline.tampered"
    ),
    (
      "Microsoft.OperationalInsights/workspaces/delete", "\(AzureNames.workspace)-other", nil
    ),
    ("Microsoft.OperationalInsights/workspaces/write", AzureNames.workspace, "changes"),
    (
      "Microsoft.OperationalInsights/workspaces/tables/write",
      "\(AzureNames.workspace)/tables/AzureActivity", "changes"
    ),
    (
      "Microsoft.Storage/storageAccounts/delete", AzureNames.archive,
      "cuts azure.pipeline.tampered"
    ),
    ("Microsoft.Storage/storageAccounts/listKeys/action", AzureNames.archive, "changes"),
    (
      "Microsoft.Storage/storageAccounts/blobServices/containers/delete",
      "\(AzureNames.archive)/blobServices/default/containers/insights-activity-logs",
      "shrinks azure.pipeline.tampered"
    ),
    (
      "Microsoft.Storage/storageAccounts/blobServices/containers/delete",
      "\(AzureNames.archive)/blobServices/default/containers/website", nil
    ),
    (
      "Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies/delete",
      "\(AzureNames.archive)/blobServices/default/containers/insights-activity-logs"
        + "/immutabilityPolicies/default", "shrinks azure.pipeline.tampered"
    ),
    (
      "Microsoft.Storage/storageAccounts/queueServices/queues/delete",
      "\(AzureNames.archive)/queueServices/default/queues/jobs", nil
    ),
    (
      "Microsoft.Authorization/locks/delete",
      "\(AzureNames.workspace)/providers/Microsoft.Authorization/locks/keep",
      "shrinks azure.pipeline.tampered"
    ),
    (
      "Microsoft.Authorization/locks/delete",
      "\(AzureNames.vault)/providers/Microsoft.Authorization/locks/keep", nil
    ),
    (
      "Microsoft.Resources/subscriptions/resourceGroups/delete",
      "/subscriptions/\(AzureNames.dev)/resourceGroups/SEC", "cuts azure.pipeline.tampered"
    ),
    (
      "Microsoft.Resources/subscriptions/resourceGroups/delete",
      "/subscriptions/\(AzureNames.dev)/resourceGroups/se", nil
    ),
    (
      "Microsoft.Insights/activityLogAlerts/delete",
      "\(group)/microsoft.insights/ActivityLogAlerts/told", "shrinks azure.alertpath.silenced"
    ),
    (
      "Microsoft.Insights/activityLogAlerts/delete",
      "\(group)/microsoft.insights/ActivityLogAlerts/others", nil
    ),
    (
      "Microsoft.AlertsManagement/actionRules/write",
      "\(group)/Microsoft.AlertsManagement/actionRules/quiet", "changes"
    ),
    ("Microsoft.Compute/virtualMachines/delete", AzureNames.vault, nil),
  ])
  func `changes are those of our own parts`(
    _ operation: String, _ resource: String, _ wanted: String?
  ) async throws {
    let change = try await changes(azureEvent(operation, at: -9, resource)).first
    let seen = change.map { change in
      ([change.harm.rawValue] + [change.code?.text].compactMap { $0 }).joined(separator: " ")
    }
    #expect(seen == wanted)
  }

  @Test(arguments: [
    (
      "Microsoft.Insights/activityLogAlerts/write",
      "\(group)/microsoft.insights/activityLogAlerts/told", #"{"properties":{"enabled":false}}"#,
      "azure.alertpath.silenced", "enabled false"
    ),
    (
      "Microsoft.AlertsManagement/actionRules/write",
      "\(group)/Microsoft.AlertsManagement/actionRules/quiet",
      #"{"properties":{"enabled":true,"actions":[{"actionType":"RemoveAllActionGroups"}]}}"#,
      "azure.alertpath.silenced", "removes all action groups"
    ),
    (
      "Microsoft.Insights/diagnosticSettings/write", AzureNames.setting(),
      #"{"properties":{"logs":[{"category":"Security","enabled":false}]}}"#, nil, "Security off"
    ),
    (
      "Microsoft.OperationalInsights/workspaces/write", AzureNames.workspace,
      #"{"properties":{"retentionInDays":30,"workspaceCapping":{"dailyQuotaGb":0.5}}}"#, nil,
      "retentionInDays 30, dailyQuotaGb 0.5"
    ),
    ("Microsoft.Insights/diagnosticSettings/write", AzureNames.setting(), "[[[[", nil, ""),
  ])
  func `what a request asked for, where the log kept it`(
    _ operation: String, _ resource: String, _ body: String, _ code: FailureCode?,
    _ difference: String
  ) async throws {
    let properties = #"{"requestbody":\#(JSONValue.string(body).text)}"#
    let change = try #require(
      try await changes(azureEvent(operation, at: -9, resource, properties: properties)).first)
    #expect(change.code == code)
    #expect(change.harm == (code == nil ? .changes : .shrinks))
    #expect(change.difference.joined(separator: ", ") == difference)
  }

  @Test func `Azure's own events and ourselves are no activity`() async throws {
    let vm = "/subscriptions/\(AzureNames.dev)/resourceGroups/app"
    let write = "Microsoft.Resources/tags/write"
    let seen = try await look(
      cloud([
        azureEvent(write, at: -1, vm, caller: "0B0B-own-object"),
        azureEvent("Microsoft.ResourceHealth/healthevent/action", at: -2, vm, category: "Health"),
        azureEvent("Microsoft.Authorization/policies/audit/action", at: -3, vm, category: "Policy"),
        azureEvent(write, at: -4, vm, caller: ""),
        azureEvent(write, at: -5, vm, caller: "5d5d5d5d-1111-2222-3333-444444444444"),
      ]))?.history
    #expect(seen?.activity == [three - .seconds(5)])
    #expect(seen?.latest?.actor == "app 5d5d5d5d")
  }

  @Test func `the watch's own role taken away is told`() async throws {
    let id = "/subscriptions/\(AzureNames.dev)/providers/Microsoft.Authorization/roleAssignments/r"
    let operation = "Microsoft.Authorization/roleAssignments/delete"
    let body = JSONValue.string(#"{"properties":{"principalId":"0B0B-own-object"}}"#).text
    let ours = try await changes(
      azureEvent(operation, at: -9, id, properties: #"{"responseBody":\#(body),"other":"x"}"#))
    #expect(ours.first?.code == "azure.pipeline.tampered" && ours.first?.stage == .role)
    #expect(try await changes(azureEvent(operation, at: -9, id)) == [])
  }

  @Test func `looks overlap by more than events are late, each counts once`() async throws {
    let vm = "/subscriptions/\(AzureNames.dev)/resourceGroups/app"
    let first = azureEvent("Microsoft.Resources/tags/write", at: -300, vm)
    let cloud = cloud([first, first])
    let probe = try #require(cloud.probes([Self.plan]).named("azure.history"))
    _ = await probe.look(three)
    let late = azureEvent("Microsoft.Resources/tags/write", at: -1_200, vm)
    cloud.set(Self.dev, #"{"value":[\#(first),\#(late)]}"#)
    let seen = await probe.look(three + .minutes(1)).results["history dev"]?.history
    #expect(seen?.activity == [three - .seconds(300), three - .seconds(1_200)])
    let filters = cloud.requests.filter { $0.key.contains(AzureNames.dev) }
      .compactMap { $0.parameters["$filter"] }
    #expect(filters.first?.hasPrefix("eventTimestamp ge '2026-11-19T03:00:00Z'") == true)
    #expect(filters.last?.hasPrefix("eventTimestamp ge '2026-11-20T02:20:00Z'") == true)
  }

  @Test func `pages are followed, and what is too much is asked for apart`() async throws {
    let cloud = cloud([])
    cloud.set(Self.dev) { call in
      let filter = call.parameters["$filter"] ?? ""
      if filter.contains("resourceProvider eq 'Microsoft.Insights'") {
        return .json(#"{"value":[\#(azureEvent(Self.delete, at: -9_000))]}"#)
      }
      if filter.contains("resourceProvider") { return .json(#"{"value":[]}"#) }
      let page = call.parameters["$skiptoken"].flatMap { Int($0) } ?? 0
      let busy = azureEvent(
        "Microsoft.Resources/tags/write", at: -10 * page - 1, "/subscriptions/x")
      let link =
        "https://management.azure.com\(Self.dev)?api-version=2015-04-01&$skiptoken=\(page + 1)"
      return .json(#"{"value":[\#(busy)],"nextLink":"\#(link)"}"#)
    }
    let seen = try #require(try await look(cloud)?.history)
    #expect(seen.activityCut && seen.changes.map(\.cause.action) == [Self.delete])
    #expect(seen.from == three - .seconds(191))
  }

  @Test func `one subscription's refusal is its own`() async throws {
    let cloud = cloud([])
    // As Microsoft.Insights refuses: without a wrapper.
    cloud.set("/subscriptions/\(AzureNames.test)\(Self.log)") { _ in
      HTTPResponse(status: 403, body: Array(#"{"code":"AuthorizationFailed","message":"no"}"#.utf8))
    }
    let seen = try await cloud.look("azure.history", [Self.plan])
    #expect(seen["history dev"]?.history?.changes == [])
    let why = try #require(seen["history test"]?.blindness)
    #expect(why.kind == .denied && why.detail.contains("Microsoft.Insights/eventtypes/values/Read"))
  }

  @Test(arguments: [
    "<html>", #"{"value":null}"#, #"{"value":[1]}"#, #"{"value":[{"caller":"x"}]}"#,
    #"{"value":[{"eventTimestamp":"soon"}]}"#, #"{"value":["#,
  ])
  func `unreadable is blind`(_ body: String) async throws {
    let cloud = cloud([])
    cloud.set(Self.dev, body)
    #expect(try await look(cloud)?.blindness?.kind == .unreadable)
  }
}
