import WatchCore

/// What audit records told, and by which of the two witnesses: the same event id is one act.
extension Engine {
  /// Takes an act that a witness told of.
  mutating func take(_ change: PipelineChange) {
    var change = change
    change.cause.subject = change.cause.subject ?? change.trail ?? change.bucket
    guard let event = change.cause.event else {
      if !knowledge.changes.contains(change) { knowledge.changes.append(change) }
      return
    }
    if picture.knownEvents.contains(event) {
      if let alert = alert(causedBy: event), !isTold(alert, by: change.witness) {
        knowledge.seconds[event] = change
      }
      return
    }
    if let known = knowledge.changes.first(where: { $0.cause.event == event }) {
      if known.witness != change.witness { knowledge.seconds[event] = change }
      return
    }
    remember(change, event)
    knowledge.changes.append(change)
  }

  private mutating func remember(_ change: PipelineChange, _ event: String) {
    if knowledge.raws.count >= 200 { (knowledge.raws, knowledge.witnesses) = ([:], [:]) }
    if !change.raw.isEmpty { knowledge.raws[event] = change.raw }
    if change.witness != PipelineChange.history { knowledge.witnesses[event] = change.witness }
    if change.refusesTrail == false { knowledge.harmless.insert(event) }
  }

  func alert(causedBy event: String) -> Alert? {
    picture.open.first { $0.cause?.event == event }
  }

  private func isTold(_ alert: Alert, by witness: String) -> Bool {
    alert.evidence.contains { evidence in
      PipelineChange.witness(in: evidence.seen) == PipelineChange.witness(in: witness)
    }
  }

  /// One act with two witnesses is one alert with both as evidence.
  mutating func secondWitnesses() -> [Event] {
    var events: [Event] = []
    for (event, change) in knowledge.seconds.sorted(by: { $0.key < $1.key }) {
      guard let alert = alert(causedBy: event), !isTold(alert, by: change.witness) else {
        if picture.knownEvents.contains(event) { knowledge.seconds[event] = nil }
        continue
      }
      events.append(
        .evidence(
          alert.id,
          [
            Evidence(
              at: change.cause.at, text: "\(Engine.act(change.cause)), told twice",
              seen: "\(change.witness) \(change.cause.region), \(now.clock)", raw: change.raw)
          ]))
    }
    return events
  }

  /// What the audit record of a cause says, with the record itself while it is at hand.
  func evidence(of cause: Cause?, _ difference: [String] = []) -> [Evidence] {
    guard let cause else { return [] }
    let witness = cause.event.flatMap { knowledge.witnesses[$0] } ?? PipelineChange.history
    let what = difference.isEmpty ? "" : ": \(difference.joined(separator: "; "))"
    return [
      Evidence(
        at: cause.at, text: Engine.act(cause) + what, seen: "\(witness) \(cause.region)",
        raw: cause.event.flatMap { knowledge.raws[$0] })
    ]
  }

  /// `StopLogging on use1 by dev from 198.51.100.7 with aws-cli/2.17`
  static func act(_ cause: Cause) -> String {
    let from = cause.from.map { " from \($0)" } ?? ""
    let subject = cause.subject.map { " on \($0)" } ?? ""
    return "\(cause.action)\(subject) by \(cause.actor)\(from)"
  }
}
