import CloudAPI
import WatchCore

/// The probes of an AWS account, and the sources that they report on besides the configured trails.
public enum AWSProbes {
  /// Event history (LookupEvents) of an account: one `.history` path a region.
  public static func historySource(_ account: String) -> SourceID {
    SourceID(cloud: .aws, account: account, name: "event-history")
  }

  /// Region coverage of an account: one `.region` path a region.
  public static func regionsSource(_ account: String) -> SourceID {
    SourceID(cloud: .aws, account: account, name: "regions")
  }

  /// The watch's own queue of an account: one `.queue` path, in the queue's region.
  public static func queueSource(_ account: String) -> SourceID {
    SourceID(cloud: .aws, account: account, name: "event-queue")
  }

  /// All probes of one account: for each of its sources that is not switched off, trail status, what
  /// arrives in bucket and log group, the signed digests, the set-up of the pipeline, and the echo
  /// where it is switched on; for the account, Event history and region coverage.
  ///
  /// - Parameters:
  ///   - sources: those of other accounts are passed over.
  ///   - parts: shared with the account's readers.
  public static func make(
    account: CloudAccount, sources: [SourcePlan], client: AWSClient, clock: ProbeClock = .live,
    parts: PartMemory = PartMemory()
  ) -> [Probe] {
    let own = sources.filter {
      $0.id.cloud == .aws && $0.id.account == account.name && $0.off == nil
    }
    let facts = AccountFacts(
      account: account, sources: own, client: client, clock: clock, parts: parts)
    let trails = own.map { TrailProbe(facts: facts, plan: $0).probe(clock) }
    let deliveries = own.flatMap { plan in
      [
        DeliveryProbe(facts: facts, plan: plan).probe(clock),
        GroupProbe(facts: facts, plan: plan).probe(clock),
        DigestProbe(facts: facts, plan: plan).probe(clock),
      ]
    }
    let echoes = own.filter { $0.echo != .off }.map {
      EchoProbe(facts: facts, plan: $0).probe(clock)
    }
    let alerting = AlertFacts(client: client)
    let alertPaths = own.map {
      AlertPathProbe(facts: facts, shared: alerting, plan: $0).probe(clock)
    }
    let store = StoreFacts(facts: facts)
    let postures = own.map { StorePostureProbe(store: store, plan: $0).probe(clock) }
    return trails + deliveries + echoes + postures + alertPaths + [
      HistoryProbe(facts: facts, sources: own).probe(clock),
      RegionProbe(facts: facts).probe(clock),
    ]
  }

  /// The readers of one account: of its queue, where it has one.
  ///
  /// - Parameter parts: shared with the account's probes, which know what belongs to the pipeline.
  public static func readers(
    account: CloudAccount, sources: [SourcePlan], client: AWSClient, clock: ProbeClock = .live,
    parts: PartMemory = PartMemory()
  ) -> [EventReader] {
    let own = sources.filter {
      $0.id.cloud == .aws && $0.id.account == account.name && $0.off == nil
    }
    guard let queue = account.queue else { return [] }
    let facts = AccountFacts(
      account: account, sources: own, client: client, clock: clock, parts: parts)
    return [QueueReader(facts: facts, sources: own, queue: queue, clock: clock).reader]
  }

  /// What became of the records of a silent time.
  public static func gap(
    account: CloudAccount, sources: [SourcePlan], client: AWSClient, clock: ProbeClock = .live
  ) -> GapProbe {
    let own = sources.filter { $0.id.cloud == .aws && $0.id.account == account.name }
    let facts = AccountFacts(account: account, sources: own, client: client, clock: clock)
    return GapReader(facts: facts, sources: own).probe
  }
}

extension AccountFacts {
  /// A probe whose report is these looks.
  func probe(
    id: String, every interval: Duration, permissions: [String], paths: [PathID],
    needsRegions: Bool = true, clock: ProbeClock,
    looks: @escaping @Sendable (Timestamp) async -> [Look]
  ) -> Probe {
    let (client, known) = (client, known)
    let regions = needsRegions && account.regions == nil ? ["ec2:DescribeRegions"] : []
    return Probe(id: id, interval: interval, permissions: permissions + regions, paths: paths) {
      now in
      let start = clock.uptime()
      let looks = await looks(now)
      await known.keep(looks)
      let skew = client.lastClockSkewSeconds.map { Duration.milliseconds(-$0 * 1000) }
      return ProbeReport(
        probe: id, began: now, ended: now + (clock.uptime() - start), looks: looks, clockSkew: skew)
    }
  }
}
