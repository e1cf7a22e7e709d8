import CloudAPI
import WatchCore

/// The probes of an Azure account (a tenant's watched subscriptions), and the sources that they report
/// on besides the configured ones. A subscription's label stands in the paths' region.
public enum AzureProbes {
  /// The Activity Log itself, asked of Resource Manager: one `.history` path a subscription.
  public static func historySource(_ account: String) -> SourceID {
    SourceID(cloud: .azure, account: account, name: "event-history")
  }

  /// What is visible and whether a diagnostic setting covers it: one `.region` path a subscription.
  public static func regionsSource(_ account: String) -> SourceID {
    SourceID(cloud: .azure, account: account, name: "regions")
  }

  /// The watch's own storage queue: one `.queue` path.
  public static func queueSource(_ account: String) -> SourceID {
    SourceID(cloud: .azure, account: account, name: "event-queue")
  }

  /// All probes of one account: for each of its sources that is not switched off, what arrives in
  /// workspace and archive, the diagnostic settings, the set-up of stores and alert path, and the echo
  /// where it is configured; for the account, the Activity Log and which subscriptions are covered.
  ///
  /// - Parameters:
  ///   - sources: those of other accounts are passed over.
  ///   - parts: shared with the account's readers.
  public static func make(
    account: CloudAccount, sources: [SourcePlan], client: AzureClient, clock: ProbeClock = .live,
    parts: PartMemory = PartMemory()
  ) -> [Probe] {
    let facts = AzureFacts(
      account: account, sources: own(sources, account), client: client, parts: parts)
    return facts.sources.flatMap { plan in probes(of: plan, facts, clock) } + [
      AzureHistoryProbe(facts: facts).probe(clock), AzureRegionProbe(facts: facts).probe(clock),
    ]
  }

  private static func probes(
    of plan: SourcePlan, _ facts: AzureFacts, _ clock: ProbeClock
  ) -> [Probe] {
    let arrivals = [
      ActivityProbe(facts: facts, plan: plan).probe(clock),
      ArchiveProbe(facts: facts, plan: plan).probe(clock),
      ResourceProbe(facts: facts, plan: plan).probe(clock),
      AzureEchoProbe(facts: facts, plan: plan).probe(clock),
    ]
    let stores = [
      WorkspaceProbe(facts: facts, plan: plan).probe(clock),
      ArchivePostureProbe(facts: facts, plan: plan).probe(clock),
      AzureAlertPathProbe(facts: facts, plan: plan).probe(clock),
    ]
    return arrivals.compactMap { $0 } + [
      AzureSettingProbe(facts: facts, plan: plan).probe(clock),
      AzurePostureProbe(facts: facts, plan: plan).probe(clock),
    ] + stores.compactMap { $0 }
  }

  /// The readers of one account: of its storage queue, where it has one.
  ///
  /// - Parameter parts: shared with the account's probes, which know what belongs to the pipeline.
  public static func readers(
    account: CloudAccount, sources: [SourcePlan], client: AzureClient, clock: ProbeClock = .live,
    parts: PartMemory = PartMemory()
  ) -> [EventReader] {
    guard let queue = account.queue.flatMap({ QueuePlace(url: $0) }) else { return [] }
    let facts = AzureFacts(
      account: account, sources: own(sources, account), client: client, parts: parts)
    return [AzureQueueReader(facts: facts, queue: queue, clock: clock).reader]
  }

  /// What became of the records of a silent time.
  public static func gap(
    account: CloudAccount, sources: [SourcePlan], client: AzureClient, clock: ProbeClock = .live
  ) -> GapProbe {
    let all = sources.filter { $0.id.cloud == .azure && $0.id.account == account.name }
    let facts = AzureFacts(account: account, sources: all, client: client)
    return AzureGapReader(facts: facts).probe
  }

  /// The containers of its archive that a source's logs are in.
  public static func containers(of source: AzureSource) -> [String] {
    let categories = source.resources.flatMap(\.categories)
    let own = Set(categories.map { BlobLayout.container(category: $0) }).sorted()
    return [BlobLayout.activityLog] + (source.workspace == nil ? own : [])
  }

  /// What the echo needs besides reading, on the resource group that it writes to and nowhere else.
  public static let echoPermission = AzureEchoProbe.permission.name

  static func own(_ sources: [SourcePlan], _ account: CloudAccount) -> [SourcePlan] {
    sources.filter {
      $0.id.cloud == .azure && $0.id.account == account.name && $0.off == nil && $0.azure != nil
    }
  }
}

extension AzureFacts {
  /// A probe whose report is these looks.
  func probe(
    id: String, every interval: Duration, permissions: [AzureAction], paths: [PathID],
    clock: ProbeClock, looks: @escaping @Sendable (Timestamp) async -> [Look]
  ) -> Probe {
    let client = client
    return Probe(
      id: id, every: interval, permissions: permissions.map(\.name), paths: paths, clock: clock,
      known: known, skew: { client.lastClockSkewSeconds }, looks: looks)
  }
}
