import WatchCore

extension BoardJSON {
  static func alert(_ alert: Alert, _ reading: StatusReading) -> JSON {
    let (plan, picture) = (reading.board.plan, reading.board.picture)
    let facts: [(String, JSON?)] = [
      ("id", .string(alert.id.text)), ("code", .string(alert.code.text)),
      ("state", .string(alert.state.label)), ("priority", .string(alert.priority.rawValue)),
      ("source", .string(alert.source.text)), ("subject", alert.subject.map(JSON.string)),
      ("place", .string(alert.place.text)), ("what", .string(alert.what)),
      ("failed", .string(alert.failed.iso)), ("detected", .string(alert.detected.iso)),
      ("acked", alert.acked.map { .string($0.iso) }),
      ("cleared", alert.clearedAt.map { .string($0.iso) }),
      ("reopened", alert.reopened.map(JSON.string)),
      ("owner", alert.state.owner.map(JSON.string)),
      ("until", until(alert).map { .string($0.iso) }),
      ("under", alert.under.map { .string($0.text) }), ("cause", alert.cause?.json),
      ("chattering", alert.chatter.map { .int(Int64($0)) }),
      ("gap", alert.gap?.json), ("runbook", alert.runbook.isEmpty ? nil : .string(alert.runbook)),
    ]
    let by = plan.restoreBy(alert)
    let told = alert.told.compactMap(told)
    // A symptom is told with its cause.
    let next =
      picture.isFolded(alert)
      ? nil
      : Escalation.next(
        for: alert, plan: plan, duty: picture.duty?.to, notBefore: reading.now)
    return .facts(
      facts + [
        ("told", told.isEmpty ? nil : .array(told)),
        ("unheard", picture.unheard(alert).map(unheard)), ("next_call", next.map(call)),
        ("restore_by", by.map { .string($0.iso) }),
        ("overdue", alert.overdue == nil ? nil : true),
      ])
  }

  /// When its acknowledgement or shelf ends by itself.
  private static func until(_ alert: Alert) -> Timestamp? {
    switch alert.state {
    case .acknowledged(_, _, let until), .shelved(_, let until, _): until
    case .new, .cleared, .closed: nil
    }
  }

  private static func told(_ entry: Entry) -> JSON? {
    // That somebody has taken a ticket there is no attempt to tell.
    guard case .told(let told) = entry.event, !told.isLook else { return nil }
    return .facts([
      ("at", .string(entry.at.iso)), ("to", .string(told.to)), ("channel", .string(told.channel)),
      ("accepted", .bool(told.accepted)), ("detail", told.detail.map(JSON.string)),
      ("attempt", told.attempt.map { .int(Int64($0)) }),
      ("next", told.next.map { .string($0.iso) }),
    ])
  }

  private static func unheard(_ unheard: Unheard) -> JSON {
    .facts([
      ("since", .string(unheard.since.iso)), ("why", .array(unheard.why.map(JSON.string))),
      ("sure", .bool(unheard.isSure)), ("next", unheard.next.map { .string($0.iso) }),
    ])
  }

  private static func call(_ step: Escalation) -> JSON {
    .facts([
      ("to", .string(step.to)), ("role", .string(step.role)), ("at", .string(step.at.iso)),
      ("channels", .array(step.channels.map(JSON.string))),
    ])
  }
}
