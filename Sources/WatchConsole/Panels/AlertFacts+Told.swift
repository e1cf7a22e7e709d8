import TextCanvas
import WatchCore

/// Who is called, how they are reached without us, and what became of each notification.
extension AlertFacts {
  /// `by 04:02:07Z, in 48m27s`: what was promised for this priority.
  static func restore(_ alert: Alert, _ state: ConsoleState) -> [Line] {
    guard let by = state.shown.plan.restoreBy(alert) else { return [] }
    let now = state.shownNow
    let left = by - now
    let clock = by.clock(at: now)
    let text =
      left > .zero
      ? "by \(clock), in \(left.text)" : "OVERDUE since \(clock), \(by.age(at: now).text)"
    let role: ColourRole = left > .minutes(15) ? .text : left > .zero ? .late : .newHigh
    return [Line(label: "restore", text: state.safe(text), role: role, rank: 1)]
  }

  /// Numbers and addresses of whoever was called and of whoever is next.
  static func contacts(_ alert: Alert, _ state: ConsoleState) -> [Line] {
    guard alert.isOpen, alert.clearedAt == nil else { return [] }
    // Under a mute too: then a human alone can call.
    let duty = state.picture.duty?.to
    let next = Escalation.next(for: alert, plan: state.shown.plan, duty: duty)?.to
    let others = [alert.withheld?.to, next, alert.state.owner].compactMap { $0 }
    let names = (alert.called.map(\.to) + others)
      .reduce(into: [String]()) { names, name in
        if !names.contains(name) { names.append(name) }
      }
    let known = names.compactMap { name in
      state.shown.plan.person(name)?.contact.map { "\(name) \($0)" }
    }
    guard !known.isEmpty else { return [] }
    return [Line(label: "reach", text: state.safe(known.joined(separator: "; ")), rank: 2)]
  }

  /// One line a channel and notification, the newest first.
  static func deliveries(_ alert: Alert, _ state: ConsoleState) -> [Line] {
    let now = state.shownNow
    return alert.tellings.reversed().flatMap { telling in
      telling.tell.channels.map { channel in
        let (time, words, role) = words(telling, channel, at: now)
        let call = "\(telling.tell.act.rawValue) to \(telling.tell.to) by \(channel)"
        return Line(
          label: "sent", text: state.safe("\(time.clock(at: now)) \(call): \(words)"), role: role,
          rank: 4)
      }
    }
  }

  private static func words(
    _ telling: Telling, _ channel: String, at now: Timestamp
  ) -> (Timestamp, String, ColourRole) {
    guard let attempt = telling.attempts[channel] else {
      return (telling.at, "under way", .quiet)
    }
    let detail = attempt.detail.map { ", \($0)" } ?? ""
    let count = attempt.count > 1 ? ", attempt \(attempt.count)" : ""
    switch attempt.outcome {
    case .accepted:
      // Theirs, and no acknowledgement of ours: the alert stays as it is.
      let taken = attempt.taken.map { "; \($0.words) \($0.at.clock(at: now))" } ?? ""
      return (attempt.at, "accepted\(detail)\(count)\(taken)", .text)
    case .failed(let next):
      return (attempt.at, "FAILED\(detail)\(count), next try \(next.clock(at: now))", .late)
    case .ended: return (attempt.at, "NOT TAKEN\(detail)\(count)", .late)
    }
  }
}
