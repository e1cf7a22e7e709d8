import Crypto
import WatchCore

extension Engine {
  /// What a channel is given: the facts as they are now, under keys that follow from the journal
  /// alone.
  func notification(
    _ alert: Alert, _ telling: Telling, _ channel: String
  ) -> AlertNotification {
    let tell = telling.tell
    return AlertNotification(
      act: tell.act, alert: alert.id, dedupKey: alert.raiseHash,
      messageKey: Hex.encode(SHA256.digest(Array("\(telling.key)\n\(channel)".utf8))),
      priority: alert.priority, title: Engine.counted(Engine.title(alert, tell.act), tell),
      source: alert.source.text,
      code: alert.code.text, facts: facts(alert, tell), to: tell.to, role: tell.role,
      at: telling.at, calls: Engine.calls(alert, telling, channel))
  }

  /// How many calls of an alert a channel had, up to one message. What is told again is one call.
  private static func calls(_ alert: Alert, _ telling: Telling, _ channel: String) -> Int {
    let calls = alert.tellings.filter {
      $0.isOwn && $0.seq <= telling.seq && $0.tell.act.isCall && $0.tell.channels.contains(channel)
    }
    return max(1, Set(calls.map(\.of)).count)
  }

  /// `NEW high A-0001 prod/us-east-1: STOPPED by dev`
  static func title(_ alert: Alert, _ act: AlertNotification.Act) -> String {
    "\(word(act)) \(alert.priority.rawValue) \(alert.id.text) \(alert.place.text): "
      + (alert.chatter.map { "CHATTERING x\($0), " } ?? "") + alert.what
  }

  private static func word(_ act: AlertNotification.Act) -> String {
    switch act {
    case .raised: "NEW"
    case .reopened: "NEW again"
    case .escalated: "ESCALATED"
    case .acknowledged: "ACK"
    case .cleared: "CLEAR"
    case .closed: "CLOSED"
    case .shelved: "SHELVED"
    case .note: "NOTE"
    case .test: "TEST"
    }
  }

  private func facts(_ alert: Alert, _ tell: Tell) -> [AlertNotification.Fact] {
    let entry = alert.entries.first { $0.seq == tell.of }
    let why = alert.reopened.flatMap { tell.act == .reopened ? $0 : nil }
    let symptoms = picture.symptoms(of: alert.id)
    let folded = symptoms.prefix(5).map { "\($0.id.text) \($0.failure?.title ?? $0.code.text)" }
    let rest = symptoms.count > 5 ? ["and \(symptoms.count - 5) more"] : []
    let restore = tell.act.isCall ? plan.restoreBy(alert) : nil
    let known: [(String, String?)] = [
      ("To", tell.to + (tell.role.map { " (\($0))" } ?? "")),
      ("Why now", why ?? (tell.act == .escalated ? entry.flatMap(Engine.text) : nil)),
      ("By", tell.act.isCall ? nil : entry?.event.by?.name),
      ("Said", tell.act.isCall ? nil : entry.flatMap(Engine.text)),
      ("Source", alert.source.text), ("Place", alert.place.text), ("Failure", alert.code.text),
      ("Meaning", alert.failure?.title), ("Failed", alert.failed.iso),
      ("Detected", alert.detected.iso), ("Cause", alert.cause.map(Engine.text)),
      ("Together", together(tell)),
      ("Symptoms", symptoms.isEmpty ? nil : (folded + rest).joined(separator: "; ")),
      ("Evidence", alert.evidence.first?.text), ("Restore by", restore?.iso),
      ("State", alert.state.label + (alert.state.owner.map { " by \($0)" } ?? "")),
      ("Runbook", alert.runbook.isEmpty ? nil : alert.runbook),
    ]
    return known.compactMap { label, value in value.map { AlertNotification.Fact(label, $0) } }
  }

  private static func text(_ entry: Entry) -> String? {
    if case .act(let act) = entry.event { act.text } else { nil }
  }

  private static func text(_ cause: Cause) -> String {
    let from = cause.from.map { " from \($0)" } ?? ""
    return "\(cause.action) by \(cause.actor)\(from), \(cause.at.iso)"
  }
}
