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
  private let sinkMemo: Memo<CloudUnit, [LogSink]>
  private let exclusionMemo: Memo<CloudUnit, [LogExclusion]>
  private let policyMemo: Memo<String, GCPAccessPolicy>
  private let ancestorMemo: Memo<CloudUnit, [GCPParent]>
  private let heldMemo: Memo<CloudUnit, Set<GCPPermission>>

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
    sinkMemo = Memo { (unit, _, _) async throws(Blindness) in
      let place = try unit.needPlace()
      return try await blindly { () async throws(CloudError) in try await client.sinks(of: place) }
    }
    exclusionMemo = Memo { (unit, _, _) async throws(Blindness) in
      let place = try unit.needPlace()
      return try await blindly { () async throws(CloudError) in
        try await client.exclusions(of: place)
      }
    }
    policyMemo = Memo { (name, _, _) async throws(Blindness) in
      let place = try CloudUnit(id: name).needPlace()
      return try await blindly { () async throws(CloudError) in
        try await client.accessPolicy(of: place)
      }
    }
    ancestorMemo = Memo { (unit, _, _) async throws(Blindness) in
      try await GCPAncestors.read(try unit.needPlace(), client)
    }
    heldMemo = Memo { (unit, _, _) async throws(Blindness) in
      let place = try unit.needPlace()
      return try await blindly { () async throws(CloudError) in
        try await client.heldPermissions(of: [.privateLogEntriesList], on: place)
      }
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

  func sinks(
    of unit: CloudUnit, at now: Timestamp, maxAge: Duration = .seconds(50)
  ) async throws(Blindness) -> [LogSink] {
    try await sinkMemo.value(unit, at: now, maxAge: maxAge)
  }

  func lastSinks(of unit: CloudUnit) async -> [LogSink] { await sinkMemo.last(unit) ?? [] }

  func exclusions(of unit: CloudUnit, at now: Timestamp) async throws(Blindness) -> [LogExclusion] {
    try await exclusionMemo.value(unit, at: now, maxAge: .seconds(50))
  }

  /// - Parameter name: `projects/acme-1`, `folders/9`.
  func policy(
    of name: String, at now: Timestamp, maxAge: Duration = .seconds(50)
  ) async throws(Blindness) -> GCPAccessPolicy {
    try await policyMemo.value(name, at: now, maxAge: maxAge)
  }

  /// The folders and the organization above, nearest first, as far as they can be seen.
  func ancestors(of unit: CloudUnit, at now: Timestamp) async throws(Blindness) -> [GCPParent] {
    try await ancestorMemo.value(unit, at: now, maxAge: .minutes(30))
  }

  /// Whether Data Access entries are shown to us: who may not read them is not told so.
  func readsPrivate(_ unit: CloudUnit, at now: Timestamp) async throws(Blindness) -> Bool {
    try await heldMemo.value(unit, at: now, maxAge: .minutes(10)).contains(.privateLogEntriesList)
  }

  /// Entries may be asked for some sixty times a minute in all, by everybody.
  func interval(calls: Int) -> Duration { .seconds(60 * max(1, (calls + 35) / 36)) }

  /// A probe whose report is these looks.
  func probe(
    id: String, every interval: Duration, permissions: [GCPPermission], paths: [PathID],
    clock: ProbeClock, looks: @escaping @Sendable (Timestamp) async -> [Look]
  ) -> Probe {
    let (client, known) = (client, known)
    return Probe(
      id: id, interval: interval, permissions: permissions.map(\.rawValue), paths: paths
    ) { now in
      let start = clock.uptime()
      let looks = await looks(now)
      await known.keep(looks)
      let skew = client.lastClockSkewSeconds.map { Duration.milliseconds(-$0 * 1000) }
      return ProbeReport(
        probe: id, began: now, ended: now + (clock.uptime() - start), looks: looks, clockSkew: skew)
    }
  }
}

extension CloudUnit {
  /// Throws where the configuration has no plain name.
  func needPlace() throws(Blindness) -> GCPParent {
    guard let place = GCPParent(name: id) else {
      throw Blindness(
        kind: .other,
        detail: PlainLine.make("\(label): no project, folder, organization", limit: 160)
      )
    }
    return place
  }
}

/// What stands above a project or folder.
enum GCPAncestors {
  /// Folders may be nested ten deep.
  private static let limit = 12

  /// As far as it can be seen: a folder that is refused ends the way.
  static func read(_ place: GCPParent, _ client: GCPClient) async throws(Blindness) -> [GCPParent] {
    var above: [GCPParent] = []
    var next = try await blindly { () async throws(CloudError) in
      try await parent(of: place, client)
    }
    while let found = next, above.count < limit, !above.contains(found) {
      above.append(found)
      next = (try? await parent(of: found, client)) ?? nil
    }
    return above
  }

  private static func parent(
    of place: GCPParent, _ client: GCPClient
  ) async throws(CloudError) -> GCPParent? {
    switch place {
    case .project(let id): try await client.project(id).parent
    case .folder(let id): try await client.folder(id).parent
    case .organization, .billingAccount: nil
    }
  }
}
