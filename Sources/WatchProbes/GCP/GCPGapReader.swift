import CloudAPI
import WatchCore

/// What became of the records of a silent time: `_Required` holds Admin Activity for 400 days, whatever
/// was exported; a log bucket that a sink leads to tells which of it came after all.
struct GCPGapReader: Sendable {
  let facts: GCPFacts

  private static let most = 5_000
  /// `_Required` keeps them so long.
  private static let kept = Duration.hours(400 * 24)

  var probe: GapProbe {
    GapProbe(
      permissions: [GCPPermission.logEntriesList, .sinksList, .viewsAccess].map(\.rawValue)
    ) { question, now in
      do throws(Blindness) {
        return .account(try await account(question, now))
      } catch {
        return .blind(error)
      }
    }
  }

  private struct Side {
    var ids: Set<String> = []
    /// What was not read, in words.
    var unread: [String] = []
  }

  private func account(
    _ question: GapProbe.Question, _ now: Timestamp
  ) async throws(Blindness) -> GapAccount {
    guard let plan = facts.sources.first(where: { $0.id == question.source }),
      let unit = plan.units(of: facts.account).first(where: { $0.label == question.region })
    else { throw Blindness(kind: .missing, detail: "no such source or project") }
    guard question.from > now - Self.kept else {
      throw Blindness(kind: .other, detail: "Admin Activity is kept for 400 days")
    }
    let history = try await entries(.parent(try unit.needParent()), question, nil)
    let delivered = try await delivered(question, plan, unit, now)
    var unproven = history.unread + delivered.unread
    let others = (plan.gcp?.logs ?? []).filter { $0 != "activity" }
    if !others.isEmpty {
      unproven.append("\(others.joined(separator: ", ")) entries (nobody else has them)")
    }
    if !unit.id.hasPrefix("projects/") { unproven.append("entries of the projects below") }
    let late = history.ids.intersection(delivered.ids).count
    return GapAccount(
      from: question.from, to: question.to, deliveredLate: late,
      recovered: history.ids.count - late, lost: 0, unproven: unproven.count,
      witness: "Admin Activity log \(question.region), read \(now.clock)",
      unprovenWhat: unproven.joined(separator: "; "))
  }

  /// What is in the log buckets that the unit's sinks lead to; other destinations are not opened.
  private func delivered(
    _ question: GapProbe.Question, _ plan: SourcePlan, _ unit: CloudUnit, _ now: Timestamp
  ) async throws(Blindness) -> Side {
    let all = try await facts.sinks(of: unit, at: now)
    let sinks = await facts.watched(all, of: plan, in: unit, at: now)
      .filter { !$0.isBuiltIn }
    var side = Side()
    if sinks.isEmpty { side.unread.append("what came to a sink's destination late (no sink)") }
    for sink in sinks {
      guard case .logBucket(let bucket) = sink.target else {
        side.unread.append("what came to \(PlainLine.make(sink.destination, limit: 120)) late")
        continue
      }
      let found = try await entries(.bucket(bucket), question, unit)
      side.ids.formUnion(found.ids)
      side.unread += found.unread.map { "\(sink.name): \($0)" }
    }
    return side
  }

  /// Admin Activity of the time; what ended the gap comes after it.
  ///
  /// - Parameter unit: whose entries alone, where others' are there too.
  private func entries(
    _ place: EntryPlace, _ question: GapProbe.Question, _ unit: CloudUnit?
  ) async throws(Blindness) -> Side {
    var query = LogQuery(
      logs: [.activity], since: question.from.foundationDate,
      until: (question.to + .seconds(1)).foundationDate)
    if let unit, !unit.id.contains("\"") { query.also("logName:\"\(unit.id)/logs/\"") }
    let (asked, client) = (query, facts.client)
    let found = try await blindly { () async throws(CloudError) in
      try await client.entries(in: place, asked, most: Self.most)
    }
    var side = Side()
    for entry in found.entries {
      guard let at = entry.timestamp.flatMap({ Timestamp($0) }), at >= question.from,
        at < question.to, let id = entry.insertID
      else { continue }
      side.ids.insert("\(id) \(at.millis)")
    }
    let oldest = found.entries.compactMap { $0.timestamp.flatMap { Timestamp($0) } }.min()
    if !found.isComplete, let oldest { side.unread = ["entries before \(oldest.clock)"] }
    return side
  }
}
