import CloudAPI
import WatchCore

/// What the looks at a GCP account's set-up share: answers that are asked for once and then remembered
/// for a while. What cannot be read is blind with its reason, never empty; each unit by itself.
final class GCPSetup: Sendable {
  let account: CloudAccount
  let client: GCPClient
  private let facts: GCPFacts
  /// The parts of the pipelines, as they were last seen.
  let known: KnownParts
  private let sinkMemo: Memo<GCPParent, [LogSink]>
  private let inheritedMemo: Memo<GCPParent, [LogSink]>
  private let bucketMemo: Memo<GCPParent, [LogBucket]>
  private let exclusionMemo: Memo<GCPParent, [LogExclusion]>
  private let policyMemo: Memo<GCPParent, GCPAccessPolicy>

  init(_ facts: GCPFacts) {
    self.facts = facts
    account = facts.account
    client = facts.client
    known = facts.known
    let client = facts.client
    sinkMemo = Memo { (parent, _, _) async throws(Blindness) in
      try await blindly { () async throws(CloudError) in try await client.sinks(of: parent) }
    }
    inheritedMemo = Memo { (parent, _, _) async throws(Blindness) in
      try await blindly { () async throws(CloudError) in
        try await client.sinks(of: parent, inherited: true)
      }
    }
    bucketMemo = Memo { (parent, _, _) async throws(Blindness) in
      try await blindly { () async throws(CloudError) in try await client.logBuckets(of: parent) }
    }
    exclusionMemo = Memo { (parent, _, _) async throws(Blindness) in
      try await blindly { () async throws(CloudError) in try await client.exclusions(of: parent) }
    }
    policyMemo = Memo { (parent, _, _) async throws(Blindness) in
      try await blindly { () async throws(CloudError) in try await client.accessPolicy(of: parent) }
    }
  }

  func sinks(
    of parent: GCPParent, at now: Timestamp, maxAge: Duration = .minutes(2)
  ) async -> Reading<[LogSink]> {
    await kept { () async throws(Blindness) in
      try await self.sinkMemo.value(parent, at: now, maxAge: maxAge)
    }
  }

  /// The parent's own sinks and those from above that take its entries.
  func inherited(by parent: GCPParent, at now: Timestamp) async -> Reading<[LogSink]> {
    await kept { () async throws(Blindness) in
      try await self.inheritedMemo.value(parent, at: now, maxAge: .minutes(4))
    }
  }

  func buckets(of parent: GCPParent, at now: Timestamp) async -> Reading<[LogBucket]> {
    await kept { () async throws(Blindness) in
      try await self.bucketMemo.value(parent, at: now, maxAge: .minutes(4))
    }
  }

  func exclusions(of parent: GCPParent, at now: Timestamp) async -> Reading<[LogExclusion]> {
    await kept { () async throws(Blindness) in
      try await self.exclusionMemo.value(parent, at: now, maxAge: .minutes(4))
    }
  }

  func policy(of parent: GCPParent, at now: Timestamp) async -> Reading<GCPAccessPolicy> {
    await kept { () async throws(Blindness) in
      try await self.policyMemo.value(parent, at: now, maxAge: .minutes(4))
    }
  }

  /// Those of the folders and the organization above: what they record is recorded in each project. A
  /// way that cannot be seen to its end is blind.
  func policies(
    above unit: CloudUnit, at now: Timestamp
  ) async -> Reading<[GCPAccessPolicy]> {
    let facts = facts
    return await kept { () async throws(Blindness) in
      let above = try await facts.ancestors(of: unit, at: now)
      if case .folder(let id)? = above.last {
        throw Blindness(kind: .denied, detail: "what is above folders/\(id) cannot be seen")
      }
      var policies: [GCPAccessPolicy] = []
      for place in above {
        policies.append(try await facts.policy(of: place.name, at: now, maxAge: .minutes(4)))
      }
      return policies
    }
  }

  /// Whether a project is watched: what is in it must then be readable.
  func isWatched(project: String) -> Bool {
    account.units.contains { $0.id == "projects/\(project)" }
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

extension CloudUnit {
  /// Nil where the configuration has no plain `projects/…`, `folders/…`, `organizations/…`.
  var parent: GCPParent? { GCPParent(name: id) }
}
