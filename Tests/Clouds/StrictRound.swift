import CloudAPI
import WatchCore
import WatchProbes

/// The probes of one account of a ``StrictCloud`` over real HTTP, each looked through once in a round.
struct StrictRound: Sendable {
  let probes: [Probe]

  /// Both subscriptions, the central workspace, the archive, a vault's log each in the two kinds of
  /// table, and the echo's resource group.
  static func azure(_ cloud: StrictCloud, echo: Bool = false) throws -> StrictRound {
    let units = [
      CloudUnit(id: cloud.dev, label: "dev"), CloudUnit(id: cloud.test, label: "test"),
    ]
    let account = CloudAccount(
      cloud: .azure, name: "corp",
      azure: AzureAccount(tenant: cloud.facts.tenant, subscriptions: units))
    let vaults = cloud.facts.vaults ?? [:]
    let source = AzureSource(
      workspace: cloud.facts.workspace, archive: cloud.facts.store,
      resources: [
        AzureSource.Resource(id: vaults["dev"] ?? ""),
        AzureSource.Resource(id: vaults["test"] ?? "", table: "AZKVAuditLogs"),
      ], echoGroup: echo ? "dev/watchkeeper-echo" : nil)
    let plan = SourcePlan(
      id: SourceID(cloud: .azure, account: "corp", name: "activity-log"), azure: source,
      echo: echo ? .home : .off)
    return StrictRound(
      probes: AzureProbes.make(
        account: account, sources: [plan], client: try cloud.azureClient()))
  }

  /// All looks of a round: the probes run side by side.
  func look(at now: Timestamp = .now) async -> Looks {
    await withTaskGroup(of: [Look].self) { group in
      for probe in probes {
        group.addTask { await probe.look(now).looks }
      }
      var all: [Look] = []
      for await looks in group { all += looks }
      return Looks(all: all)
    }
  }
}
