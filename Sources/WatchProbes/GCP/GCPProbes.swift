import CloudAPI
import WatchCore

/// The probes of a GCP account (a set of watched projects, folders and organizations), and the sources
/// that they report on besides the configured ones. A unit's label stands in the paths' region.
public enum GCPProbes {
  /// Admin Activity: one `.history` path a unit.
  public static func historySource(_ account: String) -> SourceID {
    SourceID(cloud: .gcp, account: account, name: "event-history")
  }

  /// All probes of one account: for each of its sources that is not switched off, what Cloud Logging
  /// takes in, what sinks hand on, the settings of that, the set-up of stores and alert path, and the
  /// echo where it is configured; for the account, Admin Activity and which other projects are covered.
  ///
  /// - Parameters:
  ///   - sources: those of other accounts are passed over.
  ///   - parts: shared with the account's readers.
  public static func make(
    account: CloudAccount, sources: [SourcePlan], client: GCPClient, clock: ProbeClock = .live,
    parts: PartMemory = PartMemory()
  ) -> [Probe] {
    let facts = GCPFacts(
      account: account, sources: own(sources, account), client: client, parts: parts)
    return facts.sources.flatMap { plan in
      [
        GCPEntriesProbe(facts: facts, plan: plan).probe(clock),
        GCPExportProbe(facts: facts, plan: plan).probe(clock),
        GCPSettingProbe(facts: facts, plan: plan).probe(clock),
      ]
    } + [GCPHistoryProbe(facts: facts).probe(clock)] + second(facts, clock)
  }

  /// The readers of one account: of its subscription, where it has one.
  ///
  /// - Parameter parts: shared with the account's probes, which know what belongs to the pipeline.
  public static func readers(
    account: CloudAccount, sources: [SourcePlan], client: GCPClient, clock: ProbeClock = .live,
    parts: PartMemory = PartMemory()
  ) -> [EventReader] {
    secondReaders(
      GCPFacts(account: account, sources: own(sources, account), client: client, parts: parts),
      clock)
  }

  /// What became of the records of a silent time.
  public static func gap(
    account: CloudAccount, sources: [SourcePlan], client: GCPClient, clock: ProbeClock = .live
  ) -> GapProbe {
    let all = sources.filter { $0.id.cloud == .gcp && $0.id.account == account.name }
    return GCPGapReader(
      facts: GCPFacts(account: account, sources: all, client: client)
    ).probe
  }

  static func own(_ sources: [SourcePlan], _ account: CloudAccount) -> [SourcePlan] {
    sources.filter {
      $0.id.cloud == .gcp && $0.id.account == account.name && $0.off == nil && $0.gcp != nil
    }
  }
}
