import TextCanvas
import WatchCore

/// The selected alert's four times, who was told, and who is next: the overview's answer to
/// "does anybody know?".
enum ToldLine {
  /// One line at 80x24: `A-0001 told mira: console 03:02:08Z          next jon in 13m27s`.
  static func draw(
    _ alert: Alert, _ state: ConsoleState, row: Int, on canvas: inout Canvas
  ) {
    let next = next(alert, state)
    let right = state.safe(next.text)
    let width = canvas.bounds.width
    let left = state.safe("\(alert.id.text) \(told(alert, state))")
    let room = max(0, width - 2 - (right.isEmpty ? 0 : right.width + 2))
    canvas.put(left.truncated(to: room), row: row, column: 1)
    canvas.put(
      right, row: row, column: max(1, width - right.width - 1), style: state.theme[next.role])
  }

  /// `failed 03:01:20Z  detected 03:02:07Z  told 03:02:08Z  acked -`
  static func times(_ alert: Alert, _ state: ConsoleState, gap: String = "  ") -> String {
    let now = state.shownNow
    let told = accepted(alert).first.map { $0.at.clock(at: now) } ?? "-"
    return [
      "failed \(alert.failed.clock(at: now))",
      "detected \(alert.detected.clock(at: now)) (\(alert.failed.age(at: alert.detected).shortText))",
      "told \(told)", "acked \(alert.acked?.clock(at: now) ?? "-")",
    ].joined(separator: gap)
  }

  /// `told mira: console 03:02:08Z`, `told NOBODY`, `jon NOT told: no channel ...`
  static func told(_ alert: Alert, _ state: ConsoleState) -> String {
    let now = state.shownNow
    if let under = alert.under, alert.told.isEmpty { return "told with its cause \(under.text)" }
    var people: [String] = []
    for (entry, mark) in marks(alert) {
      let text =
        mark.accepted
        ? "\(mark.to): \(mark.channel) \(entry.at.clock(at: now))" : "\(mark.to) NOT told"
      if people.last != text { people.append(text) }
    }
    return people.isEmpty ? "told nobody yet" : "told " + people.joined(separator: ", ")
  }

  /// What happens if nobody acts, and when.
  static func next(_ alert: Alert, _ state: ConsoleState) -> (text: String, role: ColourRole) {
    let now = state.shownNow
    switch alert.state {
    case .new:
      guard let next = Escalation.next(for: alert, plan: state.shown.plan) else {
        return ("", .text)
      }
      let left = next.at - now
      return left > .zero
        ? ("next \(next.to) in \(left.text)", left < .minutes(5) ? .late : .text)
        : ("\(next.to) is due", .newHigh)
    case .acknowledged(let owner, _, let until):
      if alert.waitsForLine { return ("clear: R closes it with a line", .late) }
      let left = until - now
      return ("\(owner) until \(until.shortClock(at: now))", left < .minutes(5) ? .late : .ack)
    case .cleared: return ("cleared, unseen: a", .text)
    case .shelved(let by, let until, _):
      return ("shelved by \(by) until \(until.shortClock(at: now))", .off)
    case .closed: return ("closed", .quiet)
    }
  }

  private static func accepted(_ alert: Alert) -> [Entry] {
    marks(alert).filter(\.1.accepted).map(\.0)
  }

  private static func marks(_ alert: Alert) -> [(Entry, Told)] {
    alert.told.compactMap { entry in
      if case .told(let mark) = entry.event { (entry, mark) } else { nil }
    }
  }
}
