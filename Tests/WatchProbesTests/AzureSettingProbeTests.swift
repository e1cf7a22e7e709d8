import CloudAPI
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

/// A diagnostic setting as Azure lists it: those of subscriptions without a slash at the start.
func azureSetting(
  id: String = String(AzureNames.setting().dropFirst()), name: String = "export",
  _ logs: [String] = ["Administrative", "Security", "Alert", "Policy"], off: [String] = [],
  groups: [String] = [], workspace: String? = AzureNames.workspace, storage: String? = nil
) -> String {
  func text(_ value: String?) -> String { value.map { "\"\($0)\"" } ?? "null" }
  let entries =
    logs.map { #"{"category":"\#($0)","enabled":true}"# }
    + off.map { #"{"category":"\#($0)","enabled":false}"# }
    + groups.map { #"{"category":null,"categoryGroup":"\#($0)","enabled":true}"# }
  return #"{"id":"\#(id)","name":"\#(name)","properties":{"workspaceId":\#(text(workspace)),"#
    + #""storageAccountId":\#(text(storage)),"logs":[\#(entries.joined(separator: ","))]}}"#
}

struct AzureSettingProbeTests {
  private static let dev = "/subscriptions/\(AzureNames.dev)\(tail)"
  private static let test = "/subscriptions/\(AzureNames.test)\(tail)"
  private static let vault = "\(AzureNames.vault)\(tail)"
  private static let tail = "/providers/Microsoft.Insights/diagnosticSettings"

  private func cloud(_ settings: String...) -> CannedAzure {
    let list = #"{"value":[\#(settings.joined(separator: ","))]}"#
    return CannedAzure([
      Self.dev: { _ in .json(list) }, Self.test: { _ in .json(#"{"value":[]}"#) },
    ])
  }

  @Test func `what a subscription's settings carry, and where to`() async throws {
    let seen = try await cloud(
      azureSetting(["administrative", "Policy"], off: ["Security"], storage: AzureNames.archive)
    ).look("azure.setting")
    let settings = try #require(seen["setting dev"]?.settings?.settings)
    let one = try #require(settings.first)
    #expect(settings.count == 1 && one.kind == .diagnosticSetting && one.name == "export")
    #expect(one.id == AzureNames.setting())
    // As Azure's own list writes them: another case is no other category.
    #expect(one.fact("categories") == .covers(["Administrative", "Policy"]))
    #expect(one.fact("workspaceId") == .place(AzureNames.workspace.lowercased()))
    #expect(one.fact("storageAccountId") == .place(AzureNames.archive.lowercased()))
    #expect(one.fact("eventHub") == .place(nil))
    #expect(seen["setting test"]?.settings?.settings == [])
  }

  @Test func `a group that is replaced by its members narrows nothing`() async throws {
    let all = DiagnosticCategory.activityLog.map(\.name)
    func look(_ setting: String) async throws -> PipelineSetting {
      let seen = try await cloud(setting).look("azure.setting")
      return try #require(seen["setting dev"]?.settings?.settings.first)
    }
    let group = try await look(azureSetting([], groups: ["allLogs"]))
    let list = try await look(azureSetting(all))
    let less = try await look(azureSetting(all.filter { $0 != "Security" }))
    #expect(list.change(from: group) == nil)
    #expect(less.change(from: group)?.code == "azure.setting.narrowed")
    #expect(group.change(from: less)?.code == nil)
    let moved = try await look(
      azureSetting(all, workspace: AzureNames.workspace.replacing("central", with: "other")))
    #expect(moved.change(from: list)?.code == "azure.setting.remapped")
  }

  @Test func `a resource's settings beside its subscription's, groups by its own categories`()
    async throws
  {
    let cloud = cloud(azureSetting())
    let id = "\(AzureNames.vault)/providers/microsoft.insights/diagnosticSettings/kv"
    cloud.set(
      Self.vault, #"{"value":[\#(azureSetting(id: id, name: "kv", [], groups: ["audit"]))]}"#)
    cloud.set(
      "\(Self.vault)Categories",
      """
      {"value":[{"name":"AuditEvent","properties":{"categoryType":"Logs","categoryGroups":\
      ["audit","allLogs"]}},{"name":"AzurePolicyEvaluationDetails","properties":{"categoryType":\
      "Logs","categoryGroups":["allLogs"]}},{"name":"AllMetrics","properties":{"categoryType":\
      "Metrics","categoryGroups":["audit"]}}]}
      """)
    let plan = SourcePlan.azure(
      AzureSource(
        workspace: AzureNames.workspace,
        resources: [.init(id: AzureNames.vault, categories: ["AuditEvent"])]))
    let seen = try await cloud.look("azure.setting", [plan])
    let settings = try #require(seen["setting dev"]?.settings?.settings)
    #expect(settings.map(\.name) == ["export", "kv of vault-dev"])
    #expect(settings[1].fact("categories") == .covers(["AuditEvent"]))
    #expect(settings[1].id == id.lowercased())
  }

  @Test func `each look asks anew: what was told of a second ago is seen`() async throws {
    let cloud = cloud(azureSetting())
    let probe = try #require(cloud.probes().named("azure.setting"))
    #expect(await probe.look(three).results["setting dev"]?.settings?.settings.count == 1)
    cloud.set(Self.dev, #"{"value":[]}"#)
    let later = await probe.look(three + .seconds(5)).results["setting dev"]
    #expect(later?.settings?.settings == [])
  }

  @Test func `without workspace and archive the settings are watched all the same`() async throws {
    let cloud = cloud(azureSetting())
    let bare = SourcePlan.azure(AzureSource())
    let seen = try await cloud.look("azure.setting", [bare])
    #expect(seen["setting dev"]?.settings?.settings.map(\.name) == ["export"])
    #expect(seen["setting test"]?.settings?.settings == [])
    let posture = try await cloud.look("azure.posture", [bare])
    let checks = posture["posture test"]?.posture?.checks ?? []
    #expect(checks.first { $0.rule == "azure.setting.exists" }?.verdict == .fails)
  }

  @Test func `what was asked for is told, so that less of it is no loss`() async throws {
    let plan = SourcePlan.azure(
      AzureSource(workspace: AzureNames.workspace, resources: [.init(id: AzureNames.vault)]))
    let cloud = cloud(azureSetting())
    cloud.set(Self.vault, #"{"value":[]}"#)
    let seen = try await cloud.look("azure.setting", [plan])
    let both = try #require(seen["setting dev"]?.settings)
    #expect(both.scopes?.map(\.name) == [nil, "vault-dev"])
    #expect(both.asked(AzureNames.setting()) && !both.asked(AzureNames.setting(AzureNames.test)))
    let own = "\(AzureNames.vault)/providers/microsoft.insights/diagnosticSettings/kv".lowercased()
    #expect(both.lacks(own))
    let less = try #require(try await cloud.look("azure.setting")["setting dev"]?.settings)
    #expect(!less.asked(own) && !less.lacks(own))
  }

  @Test func `a group without a list of what it holds is blind, not narrowed`() async throws {
    let cloud = cloud(azureSetting())
    let id = "\(AzureNames.vault)/providers/microsoft.insights/diagnosticSettings/kv"
    cloud.set(
      Self.vault, #"{"value":[\#(azureSetting(id: id, name: "kv", [], groups: ["allLogs"]))]}"#)
    cloud.set("\(Self.vault)Categories", #"{"value":[]}"#)
    let plan = SourcePlan.azure(
      AzureSource(workspace: AzureNames.workspace, resources: [.init(id: AzureNames.vault)]))
    let seen = try await cloud.look("azure.setting", [plan])
    #expect(seen["setting dev"]?.blindness?.kind == .unreadable)
  }

  @Test func `part of a list is no list, and only that subscription is blind`() async throws {
    let cloud = cloud(azureSetting())
    cloud.refuse(Self.test)
    let seen = try await cloud.look("azure.setting")
    #expect(seen["setting dev"]?.settings?.settings.count == 1)
    let why = try #require(seen["setting test"]?.blindness)
    #expect(why.kind == .denied)
    #expect(why.detail.contains("needs Microsoft.Insights/diagnosticSettings/read"))
    let plan = SourcePlan.azure(
      AzureSource(workspace: AzureNames.workspace, resources: [.init(id: AzureNames.vault)]))
    cloud.refuse(Self.vault)
    #expect(
      try await cloud.look("azure.setting", [plan])["setting dev"]?.blindness?.kind == .denied)
  }

  @Test(arguments: [
    HTTPResponse.html, HTTPResponse(status: 200), .json("{}"), .json(#"{"value":null}"#),
    .json(#"{"value":[1]}"#), .json(#"{"value":[{"id":"x"}]}"#), .json(#"{"value":["#),
    .json(#"{"value":[],"nextLink":"https://evil.example/next"}"#),
    .json(azureSetting()),
  ])
  func `unreadable is blind, never empty`(_ answer: HTTPResponse) async throws {
    let cloud = CannedAzure([Self.dev: { _ in answer }, Self.test: { _ in answer }])
    let seen = try await cloud.look("azure.setting")
    #expect(seen["setting dev"]?.blindness?.kind == .unreadable)
  }

  @Test func `an old answer's categories serve while the list cannot be read`() async throws {
    let cloud = cloud(azureSetting())
    cloud.set(
      Self.vault, #"{"value":[\#(azureSetting(id: "\(Self.vault)/kv", [], groups: ["x"]))]}"#)
    cloud.set(
      "\(Self.vault)Categories",
      #"{"value":[{"name":"A","properties":{"categoryType":"Logs","categoryGroups":["x"]}}]}"#)
    let plan = SourcePlan.azure(AzureSource(resources: [.init(id: AzureNames.vault)]))
    let probe = try #require(cloud.probes([plan]).named("azure.setting"))
    let first = await probe.look(three).results["setting dev"]?.settings
    cloud.refuse("\(Self.vault)Categories")
    let later = await probe.look(three + .hours(3)).results["setting dev"]?.settings
    #expect(first?.settings.last?.fact("categories") == .covers(["A"]))
    #expect(later?.settings == first?.settings)
  }
}
