import WatchCore

/// A source's minutes in each state since its last proof summary.
struct ProofMark: Hashable, Sendable {
  var from: Timestamp
  var last: Timestamp
  var state: HeartbeatState
  var millis: [HeartbeatState: Int64] = [:]
}

extension Engine {
  /// A proof summary per source at each change of its state, and when a UTC day ends.
  mutating func proofEvents() -> [Event] {
    var states: [SourceID: HeartbeatState] = [:]
    for (path, heartbeat) in knowledge.heartbeats where isRequired(path) {
      let known = states[path.source]
      if known.map({ heartbeat.state.rank < $0.rank }) ?? true {
        states[path.source] = heartbeat.state
      }
    }
    return plan.sources.compactMap { source in
      guard let state = states[source.id] else { return nil }
      guard var mark = proofMarks[source.id] else {
        proofMarks[source.id] = ProofMark(from: now, last: now, state: state)
        return nil
      }
      mark.millis[mark.state, default: 0] += max(0, (now - mark.last).millis)
      let dayEnded = mark.last.date != now.date
      mark.last = now
      guard mark.state != state || dayEnded else {
        proofMarks[source.id] = mark
        return nil
      }
      proofMarks[source.id] = ProofMark(from: now, last: now, state: state)
      return .proof(summary(source.id, mark, now: state))
    }
  }

  private func summary(
    _ source: SourceID, _ mark: ProofMark, now state: HeartbeatState
  ) -> ProofSummary {
    let newest = knowledge.heartbeats.filter { $0.key.source == source && $0.key.kind == .s3 }
      .max { ($0.value.newest?.millis ?? 0) < ($1.value.newest?.millis ?? 0) }
    let minutes = HeartbeatState.allCases.compactMap { state -> JSON.Member? in
      guard let millis = mark.millis[state], millis >= 60_000 else { return nil }
      return JSON.Member(state.rawValue, .int(millis / 60_000))
    }
    return ProofSummary(
      source: source, state: state, from: mark.from, to: now, newest: newest?.value.newest,
      record: newest.flatMap { knowledge.records[$0.key] }, minutes: minutes)
  }
}
