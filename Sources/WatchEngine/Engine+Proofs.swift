import WatchCore

/// A source's minutes in each state since its last proof summary.
struct ProofMark: Hashable, Sendable {
  var from: Timestamp
  var last: Timestamp
  var state: HeartbeatState
  var millis: [HeartbeatState: Int64] = [:]
  /// A path cannot be looked at, be it the worst one or not.
  var isBlind = false
  var blindMillis: Int64 = 0
}

extension Engine {
  /// A proof summary per source at each change of its state, when it becomes blind or is so no longer,
  /// and when a UTC day ends.
  mutating func proofEvents() -> [Event] {
    var states: [SourceID: HeartbeatState] = [:]
    var (blind, looked): (Set<SourceID>, Set<SourceID>) = ([], [])
    for (path, heartbeat) in knowledge.heartbeats where isRequired(path) {
      let known = states[path.source]
      if known.map({ heartbeat.state.rank < $0.rank }) ?? true {
        states[path.source] = heartbeat.state
      }
      if heartbeat.state == .blind { blind.insert(path.source) }
      if heartbeat.lookedAt != nil { looked.insert(path.source) }
    }
    return unwatchedProofs()
      + plan.sources.map(\.id).compactMap { source in
        let isBlind = blind.contains(source) ? true : looked.contains(source) ? false : nil
        return states[source].flatMap { proof(of: source, $0, isBlind: isBlind) }
      }
  }

  /// - Parameter isBlind: nil: nobody has looked yet, and what an earlier watch said stands.
  private mutating func proof(
    of source: SourceID, _ state: HeartbeatState, isBlind: Bool?
  ) -> Event? {
    guard var mark = proofMarks[source] else {
      proofMarks[source] = ProofMark(
        from: now, last: now, state: state, isBlind: picture.marks.running[source] != nil)
      return nil
    }
    let isBlind = isBlind ?? mark.isBlind
    // While no watch ran nothing was seen, blind or not.
    let passed = max(0, (now - max(mark.last, resumed ?? mark.last)).millis)
    mark.millis[mark.state, default: 0] += passed
    if mark.isBlind { mark.blindMillis += passed }
    let dayEnded = mark.last.date != now.date
    mark.last = now
    guard mark.state != state || mark.isBlind != isBlind || dayEnded else {
      proofMarks[source] = mark
      return nil
    }
    let next = ProofMark(from: now, last: now, state: state, isBlind: isBlind)
    proofMarks[source] = next
    return .proof(summary(source, mark, now: next))
  }

  /// Of what was blind when it was last watched, and is watched no more.
  private func unwatchedProofs() -> [Event] {
    picture.marks.running.keys.sorted().filter { sourcePlan($0) == nil }
      .map { .proof(ProofSummary(source: $0, state: .off, from: now, to: now)) }
  }

  private func summary(
    _ source: SourceID, _ mark: ProofMark, now next: ProofMark
  ) -> ProofSummary {
    let newest = knowledge.heartbeats.filter { $0.key.source == source && $0.key.kind == .s3 }
      .max { ($0.value.newest?.millis ?? 0) < ($1.value.newest?.millis ?? 0) }
    let minutes = HeartbeatState.allCases.compactMap { state -> JSON.Member? in
      let millis = state == .blind ? mark.blindMillis : mark.millis[state] ?? 0
      guard millis >= 60_000 else { return nil }
      return JSON.Member(state.rawValue, .int(millis / 60_000))
    }
    return ProofSummary(
      source: source, state: next.state, from: mark.from, to: now, newest: newest?.value.newest,
      record: newest.flatMap { knowledge.records[$0.key] }, minutes: minutes, isBlind: next.isBlind)
  }
}
