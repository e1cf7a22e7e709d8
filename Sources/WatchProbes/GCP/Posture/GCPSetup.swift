import CloudAPI
import WatchCore

/// The same answers as ``GCPFacts``, each as a reading: what cannot be read makes its own checks unknown,
/// and no others.
struct GCPSetup: Sendable {
  let facts: GCPFacts

  init(_ facts: GCPFacts) { self.facts = facts }

  var account: CloudAccount { facts.account }
  var client: GCPClient { facts.client }

  func sinks(of parent: GCPParent, at now: Timestamp) async -> Reading<[LogSink]> {
    await kept { () async throws(Blindness) in
      try await facts.sinks(of: parent, at: now, maxAge: .minutes(2))
    }
  }

  /// The parent's own sinks and those from above that take its entries.
  func inherited(by parent: GCPParent, at now: Timestamp) async -> Reading<[LogSink]> {
    await kept { () async throws(Blindness) in try await facts.inherited(by: parent, at: now) }
  }

  func buckets(of parent: GCPParent, at now: Timestamp) async -> Reading<[LogBucket]> {
    await kept { () async throws(Blindness) in try await facts.buckets(of: parent, at: now) }
  }

  func exclusions(of parent: GCPParent, at now: Timestamp) async -> Reading<[LogExclusion]> {
    await kept { () async throws(Blindness) in
      try await facts.exclusions(of: parent, at: now, maxAge: .minutes(4))
    }
  }

  func policy(of parent: GCPParent, at now: Timestamp) async -> Reading<GCPAccessPolicy> {
    await kept { () async throws(Blindness) in
      try await facts.policy(of: parent, at: now, maxAge: .minutes(4))
    }
  }

  /// Those of the folders and the organization above: what they record is recorded in each project, and
  /// whom they exempt is exempted there. A way that cannot be seen to its end is blind.
  func policies(
    above parent: GCPParent, at now: Timestamp
  ) async -> Reading<[GCPSinkView.Level]> {
    await kept { () async throws(Blindness) in
      let above = try await facts.ancestors(of: parent, at: now)
      if case .folder(let id)? = above.last {
        throw Blindness(kind: .denied, detail: "what is above folders/\(id) cannot be seen")
      }
      var levels: [GCPSinkView.Level] = []
      for place in above {
        levels.append(
          GCPSinkView.Level(
            name: place.name,
            policy: try await facts.policy(of: place, at: now, maxAge: .minutes(4))))
      }
      return levels
    }
  }

  func aloneInDefault(
    _ sinks: [LogSink], of plan: SourcePlan, in unit: CloudUnit, at now: Timestamp
  ) async -> Reading<[String]> {
    await kept { () async throws(Blindness) in
      try await facts.aloneInDefault(sinks, of: plan, in: unit, at: now)
    }
  }

  func exports(of unit: CloudUnit, at now: Timestamp) async throws(Blindness) -> GCPExports {
    try await facts.exports.value(unit, at: now, maxAge: .minutes(2))
  }

  private func kept<Value: Sendable>(
    _ ask: () async throws(Blindness) -> Value
  ) async -> Reading<Value> {
    do throws(Blindness) {
      return .success(try await ask())
    } catch {
      return .failure(error)
    }
  }
}
