import CloudAPI
import WatchCore

/// What the probes of one GCP account share about its entries and sinks: asked for once and then
/// remembered for a while. What cannot be read is blind with its reason, never empty; each project,
/// folder and organization by itself.
final class GCPFacts: Sendable {
  let account: CloudAccount
  /// Those of this account that are not switched off.
  let sources: [SourcePlan]
  let client: GCPClient
  /// The parts of the pipelines, as they were last seen.
  let known: KnownParts
  /// Admin Activity entries, by unit.
  let history: Memo<CloudUnit, GCPWindow>
  /// What the sinks of a project have handed on lately.
  let exports: Memo<CloudUnit, GCPExports>
  let newest: Memo<GCPEntryQuestion, Arrival>
  private let sinkMemo: Memo<GCPParent, [LogSink]>
  private let inheritedMemo: Memo<GCPParent, [LogSink]>
  private let bucketMemo: Memo<GCPParent, [LogBucket]>
  private let exclusionMemo: Memo<GCPParent, [LogExclusion]>
  private let policyMemo: Memo<GCPParent, GCPAccessPolicy>
  private let ancestorMemo: Memo<GCPParent, [GCPParent]>
  private let heldMemo: Memo<GCPParent, Set<GCPPermission>>

  init(
    account: CloudAccount, sources: [SourcePlan], client: GCPClient,
    parts: PartMemory = PartMemory()
  ) {
    self.account = account
    self.sources = sources
    self.client = client
    known = parts.known
    let reaches = Dictionary(
      account.units.map { unit in (unit, Self.reach(of: unit, sources, account)) },
      uniquingKeysWith: { first, _ in first })
    history = .gcpHistory(client: client, reaches: reaches)
    exports = .gcpExports(client: client)
    newest = .gcpEntries(client: client)
    sinkMemo = .asking { (parent) async throws(CloudError) in try await client.sinks(of: parent) }
    inheritedMemo = .asking { (parent) async throws(CloudError) in
      try await client.sinks(of: parent, inherited: true)
    }
    bucketMemo = .asking { (parent) async throws(CloudError) in
      try await client.logBuckets(of: parent)
    }
    exclusionMemo = .asking { (parent) async throws(CloudError) in
      try await client.exclusions(of: parent)
    }
    policyMemo = .asking { (parent) async throws(CloudError) in
      try await client.accessPolicy(of: parent)
    }
    heldMemo = .asking { (parent) async throws(CloudError) in
      try await client.heldPermissions(of: [.privateLogEntriesList], on: parent)
    }
    ancestorMemo = Memo { (parent, _, _) async throws(Blindness) in
      try await GCPAncestors.read(parent, client)
    }
  }

  /// How far back a first look goes: a source with one entry a week must be seen to have had one.
  private static func reach(
    of unit: CloudUnit, _ sources: [SourcePlan], _ account: CloudAccount
  ) -> Duration {
    let limits = sources.filter { $0.units(of: account).contains(unit) }.compactMap {
      $0.expectation(.entries)?.limit
    }
    return min(max(.hours(24), (limits.max() ?? .zero) * 2), .hours(30 * 24))
  }

  /// Whose entries ours are; nil where that cannot be told beforehand.
  var ownPrincipal: String? { (try? client.ownPrincipal()) ?? nil }

  /// The parent's own sinks.
  func sinks(
    of parent: GCPParent, at now: Timestamp, maxAge: Duration = .seconds(50)
  ) async throws(Blindness) -> [LogSink] {
    try await sinkMemo.value(parent, at: now, maxAge: maxAge)
  }

  func sinks(
    of unit: CloudUnit, at now: Timestamp, maxAge: Duration = .seconds(50)
  ) async throws(Blindness) -> [LogSink] {
    try await sinks(of: try unit.needParent(), at: now, maxAge: maxAge)
  }

  func lastSinks(of unit: CloudUnit) async -> [LogSink] {
    guard let parent = unit.parent else { return [] }
    return await sinkMemo.last(parent) ?? []
  }

  /// The parent's own sinks and those from above that can take its entries.
  func inherited(
    by parent: GCPParent, at now: Timestamp, maxAge: Duration = .minutes(4)
  ) async throws(Blindness) -> [LogSink] {
    try await inheritedMemo.value(parent, at: now, maxAge: maxAge)
  }

  func buckets(
    of parent: GCPParent, at now: Timestamp, maxAge: Duration = .minutes(4)
  ) async throws(Blindness) -> [LogBucket] {
    try await bucketMemo.value(parent, at: now, maxAge: maxAge)
  }

  func exclusions(
    of parent: GCPParent, at now: Timestamp, maxAge: Duration = .seconds(50)
  ) async throws(Blindness) -> [LogExclusion] {
    try await exclusionMemo.value(parent, at: now, maxAge: maxAge)
  }

  func policy(
    of parent: GCPParent, at now: Timestamp, maxAge: Duration = .seconds(50)
  ) async throws(Blindness) -> GCPAccessPolicy {
    try await policyMemo.value(parent, at: now, maxAge: maxAge)
  }

  /// The folders and the organization above, nearest first, as far as they may be seen.
  func ancestors(of parent: GCPParent, at now: Timestamp) async throws(Blindness) -> [GCPParent] {
    try await ancestorMemo.value(parent, at: now, maxAge: .minutes(30))
  }

  /// Whether Data Access entries are shown to us: who may not read them is not told so.
  func readsPrivate(_ unit: CloudUnit, at now: Timestamp) async throws(Blindness) -> Bool {
    try await heldMemo.value(try unit.needParent(), at: now, maxAge: .minutes(10))
      .contains(.privateLogEntriesList)
  }

  /// Whether a project is watched: what is in it must then be readable.
  func isWatched(project: String) -> Bool {
    account.units.contains { $0.id == "projects/\(project)" }
  }

  /// How often entries are asked for: some forty times a minute in all, by all who read them. Never so
  /// seldom that a look is stale before the next.
  var pace: Duration {
    let entries = sources.map { plan in
      let others = (plan.gcp?.logs ?? []).count { $0 != "activity" }
      return plan.units(of: account).count * (others + 1)
    }
    let calls = account.units.count + entries.reduce(0, +)
    return .seconds(60 * min(6, max(1, (calls + 35) / 36)))
  }

  /// What one probe has just read serves the others.
  var shared: Duration { max(.seconds(50), pace - .seconds(10)) }

  /// A probe whose report is these looks.
  func probe(
    id: String, every interval: Duration, permissions: [GCPPermission], paths: [PathID],
    clock: ProbeClock, looks: @escaping @Sendable (Timestamp) async -> [Look]
  ) -> Probe {
    let client = client
    return Probe(
      id: id, every: interval, permissions: permissions.map(\.rawValue), paths: paths,
      clock: clock, known: known, skew: { client.lastClockSkewSeconds }, looks: looks)
  }
}

extension Memo where Key == GCPParent {
  fileprivate static func asking(
    _ ask: @escaping @Sendable (GCPParent) async throws(CloudError) -> Value
  ) -> Memo {
    Memo { (parent, _, _) async throws(Blindness) in
      try await blindly { () async throws(CloudError) in try await ask(parent) }
    }
  }
}

extension CloudUnit {
  /// Nil where the configuration has no plain `projects/…`, `folders/…`, `organizations/…`.
  var parent: GCPParent? { GCPParent(name: id) }

  func needParent() throws(Blindness) -> GCPParent {
    guard let parent else {
      throw Blindness(
        kind: .other,
        detail: PlainLine.make("\(label): no project, folder, organization", limit: 160)
      )
    }
    return parent
  }
}
