import CloudAPI
import WatchCore

/// How things are set up around the entries, and the account's other witnesses.
extension GCPProbes {
  /// Projects that are visible and not watched: one `.region` path each.
  public static func regionsSource(_ account: String) -> SourceID {
    SourceID(cloud: .gcp, account: account, name: "regions")
  }

  /// The watch's own Pub/Sub subscription: one `.queue` path.
  public static func queueSource(_ account: String) -> SourceID {
    SourceID(cloud: .gcp, account: account, name: "event-queue")
  }

  /// What the echo needs besides reading, on the project of its metric and nowhere else.
  public static let echoPermission = GCPEchoProbe.permission.rawValue

  /// The set-up of sinks, stores and alert path, and the echo where it is configured; for the account,
  /// which other projects are covered.
  static func second(_ facts: GCPFacts, _ clock: ProbeClock) -> [Probe] {
    let setup = GCPSetup(facts)
    return facts.sources.flatMap { plan in
      [
        GCPPostureProbe(setup: setup, plan: plan).probe(clock),
        GCPAlertPathProbe(setup: setup, plan: plan).probe(clock),
        GCPEchoProbe(facts: facts, plan: plan).probe(clock),
      ].compactMap { $0 }
    } + [GCPRegionProbe(facts: facts).probe(clock)]
  }

  static func secondReaders(_ facts: GCPFacts, _ clock: ProbeClock) -> [EventReader] {
    guard let queue = facts.account.queue.flatMap(GCPQueuePlace.init) else { return [] }
    return [GCPQueueReader(facts: facts, queue: queue, clock: clock).reader]
  }
}
