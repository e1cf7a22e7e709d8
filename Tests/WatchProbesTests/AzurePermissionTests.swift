import CloudAPI
import Synchronization
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

/// What a probe declares is what it calls: a role made of the declarations is neither too narrow nor
/// too wide.
struct AzurePermissionTests {
  private static let plan = SourcePlan.azure(
    AzureSource(
      subscriptions: ["dev"], workspace: AzureNames.workspace, archive: AzureNames.archive,
      resources: [.init(id: AzureNames.vault, categories: ["AuditEvent"])], echoGroup: "dev/echo"))

  /// Answers so that each call is made that a probe can make.
  private static func cloud() -> CannedAzure {
    let dev = "/subscriptions/\(AzureNames.dev)"
    let insights = "\(dev)/providers/Microsoft.Insights"
    let grid = "\(dev)/providers/Microsoft.EventGrid"
    let topic = "\(dev)/resourceGroups/sec/providers/Microsoft.EventGrid/systemTopics/t"
    let group = "\(dev)/resourceGroups/sec/providers/Microsoft.Insights"
    let cloud = CannedAzure()
    cloud.set("get /subscriptions", #"{"value":[{"subscriptionId":"\#(AzureNames.dev)"}]}"#)
    for unit in [AzureNames.dev, AzureNames.test] {
      cloud.set("/\(unit)/providers/Microsoft.Insights/diagnosticSettings", #"{"value":[]}"#)
      cloud.set(
        "/\(unit)/providers/Microsoft.Insights/eventtypes/management/values", #"{"value":[]}"#)
    }
    cloud.set(
      "\(AzureNames.vault)/providers/Microsoft.Insights/diagnosticSettings",
      #"{"value":[\#(azureSetting(id: "\(AzureNames.vault)/x", [], groups: ["audit"]))]}"#)
    cloud.set(
      "\(AzureNames.vault)/providers/Microsoft.Insights/diagnosticSettingsCategories",
      #"{"value":[]}"#)
    cloud.set("/workspaces/central", azureWorkspace(#","workspaceCapping":{"dailyQuotaGb":5}"#))
    cloud.set(
      "/storageAccounts/acmeaudit",
      #"{"id":"\#(AzureNames.archive)","name":"acmeaudit","properties":{"encryption":{"keySource":"#
        + #""Microsoft.Keyvault","keyvaultproperties":{"keyname":"k","keyvaulturi":"#
        + #""https://vault-dev.vault.azure.net/"}}}}"#)
    cloud.set(
      "\(dev)/providers/Microsoft.KeyVault/vaults",
      #"{"value":[{"id":"\#(AzureNames.vault)","name":"vault-dev"}]}"#)
    cloud.set(
      "\(insights)/activityLogAlerts",
      #"{"value":[{"id":"\#(group)/activityLogAlerts/a","name":"a","properties":{"scopes":["\#(dev)"],"#
        + #""condition":{"allOf":[{"field":"category","equals":"Administrative"}]},"actions":"#
        + #"{"actionGroups":[{"actionGroupId":"\#(group)/actionGroups/g"}]}}}]}"#)
    for list in [
      "\(insights)/scheduledQueryRules", "\(dev)/providers/Microsoft.AlertsManagement/actionRules",
      "\(grid)/eventSubscriptions", "\(topic)/eventSubscriptions",
    ] {
      cloud.set(list, #"{"value":[]}"#)
    }
    cloud.set(
      "\(grid)/systemTopics",
      #"{"value":[{"id":"\#(topic)","name":"t","properties":{"source":"\#(dev)"}}]}"#)
    // Whether a table is there is asked where a query does not know it.
    cloud.set("query azureactivity") { _ in .noTable }
    cloud.set("query azurediagnostics") { _ in .noTable("AzureDiagnostics") }
    cloud.set("patch \(dev)/resourcegroups/echo/providers/microsoft.resources/tags/default", "{}")
    return cloud
  }

  @Test(arguments: [
    "azure.activity ", "azure.archive ", "azure.resource ", "azure.setting ", "azure.history ",
    "azure.regions ", "azure.posture ", "azure.workspace ", "azure.archive-posture ",
    "azure.alertpath ", "azure.echo ",
  ])
  func `declared is called`(_ name: String) async throws {
    let called = Mutex<Set<String>>([])
    var account = CloudAccount.azureDev
    account.queue = "https://acmewatch.queue.core.windows.net/events"
    let probes = Self.cloud().probes([Self.plan], account: account) { action, _, _ in
      _ = called.withLock { $0.insert(action) }
    }
    let probe = try #require(probes.named(name))
    _ = await probe.look(three)
    // The echo looks for what was sent before.
    if name == "azure.echo " { _ = await probe.look(three + .minutes(5)) }
    #expect(called.withLock { $0 } == Set(probe.permissions))
    #expect(probe.permissions.allSatisfy { AzureAction.named($0) != nil })
  }

  @Test func `the gap's too`() async throws {
    let called = Mutex<Set<String>>([])
    let gap = AzureProbes.gap(
      account: .azureDev, sources: [Self.plan],
      client: Self.cloud().client { action, _, _ in _ = called.withLock { $0.insert(action) } })
    _ = await gap.ask(
      GapProbe.Question(
        source: Self.plan.id, region: "dev", from: three - .hours(1), to: three), three)
    #expect(called.withLock { $0 } == Set(gap.permissions))
  }

  @Test func `each source's probes report the paths that they declare`() async {
    for probe in Self.cloud().probes([Self.plan]) {
      let paths = Set(await probe.look(three).looks.map(\.path))
      #expect(paths.isSuperset(of: probe.paths), "\(probe.id)")
    }
  }

  @Test func `what is switched off or another account's has no probes`() {
    var off = Self.plan
    off.off = "by mira"
    let other = SourcePlan(
      id: SourceID(cloud: .azure, account: "other", name: "x"), azure: AzureSource())
    let ids = Self.cloud().probes([off, other, .use1]).map(\.id)
    #expect(ids == ["azure.history azure/dev", "azure.regions azure/dev"])
  }
}
