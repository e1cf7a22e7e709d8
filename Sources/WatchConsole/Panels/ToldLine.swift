import TextCanvas
import WatchCore

/// The selected alert's four times, who was told, and who is next: the overview's answer to
/// "does anybody know?".
enum ToldLine {
  /// One line at 80x24: `A-0001 told mira: sec-slack 03:02:08Z, pager 03:02:09Z   to jon in 13m27s`.
  static func draw(
    _ alert: Alert, _ state: ConsoleState, row: Int, on canvas: inout Canvas
  ) {
    let next = next(alert, state)
    let right = state.safe(next.text)
    let width = canvas.bounds.width
    let room = max(0, width - 2 - (right.isEmpty ? 0 : right.width + 2))
    let id = state.safe(alert.id.text)
    canvas.put(id, row: row, column: 1, style: state.theme[.title])
    let (text, role) = told(alert, state)
    let left = state.safe("told " + text)
    canvas.put(
      left.truncated(to: room - id.width - 1), row: row, column: 2 + id.width,
      style: state.theme[role])
    canvas.put(
      right, row: row, column: max(1, width - right.width - 1), style: state.theme[next.role])
  }

  /// The four times behind `failed`, and again without what can be left out.
  static func times(_ alert: Alert, _ state: ConsoleState) -> [[String]] {
    let now = state.shownNow
    let told = accepted(alert).first.map { $0.at.clock(at: now) } ?? "-"
    let delay = alert.failed.age(at: alert.detected).shortText
    let (failed, detected) = (alert.failed.clock(at: now), alert.detected.clock(at: now))
    let rest = ["told \(told)", "acked \(alert.acked?.clock(at: now) ?? "-")"]
    return [
      [failed, "detected \(detected) (\(delay))"] + rest, [failed, "detected \(detected)"] + rest,
    ]
  }

  /// `failed 03:01:20Z  detected 03:02:07Z  cause 03:02:31Z  from 198.51.100.7`
  static func origin(_ alert: Alert, _ state: ConsoleState) -> String {
    let now = state.shownNow
    var parts = [
      "failed \(alert.failed.clock(at: now))", "detected \(alert.detected.clock(at: now))",
    ]
    let found = alert.entries.last { if case .cause = $0.event { true } else { false } }
    if let found { parts.append("cause \(found.at.clock(at: now))") }
    if let from = alert.cause?.from { parts.append("from \(from)") }
    return parts.joined(separator: "  ")
  }

  /// `mira: sec-slack 03:02:08Z, pager 03:02:09Z; jon NOT told`, without the word `told`.
  static func told(_ alert: Alert, _ state: ConsoleState) -> (text: String, role: ColourRole) {
    let now = state.shownNow
    if let under = alert.under, alert.told.isEmpty, alert.tellings.isEmpty {
      return ("with its cause \(under.text)", .text)
    }
    if let unheard = state.picture.unheard(alert) {
      return (Self.nobody(unheard, at: now), .newHigh)
    }
    if let withheld = alert.withheld, withheld.act.isCall {
      return (Self.withheld(withheld, state), .newHigh)
    }
    var people: [(name: String, channels: [String])] = []
    var role = ColourRole.text
    for (entry, mark) in newest(marks(alert)) {
      let text =
        mark.accepted
        ? "\(mark.channel) \(entry.at.clock(at: now))\(taken(alert, mark.channel))"
        : "NOT by \(mark.channel)\(again(mark, now))"
      if !mark.accepted { role = .late }
      if let index = people.firstIndex(where: { $0.name == mark.to }) {
        people[index].channels.append(text)
      } else {
        people.append((mark.to, [text]))
      }
    }
    guard !people.isEmpty else { return (nobodyYet(alert), alert.isNew ? .late : .text) }
    let texts = people.map { "\($0.name): " + $0.channels.joined(separator: ", ") }
    return (texts.joined(separator: "; "), role)
  }

  /// What happens if nobody acts, and when.
  static func next(_ alert: Alert, _ state: ConsoleState) -> (text: String, role: ColourRole) {
    let now = state.shownNow
    switch alert.state {
    case .new:
      if alert.code != .muted, let mute = state.picture.muteShown(at: now) {
        return ("muted to \(mute.until.shortClock(at: now))", .newHigh)
      }
      guard let next = Escalation(alert, state.shown, at: state.shownNow) else {
        return alert.under == nil ? ("nobody is next", .late) : ("", .text)
      }
      let left = next.at - now
      return left > .zero
        ? (next.countdown(at: now), left < .minutes(5) ? .late : .text)
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

  /// `NOBODY WAS TOLD: pager: HTTP 503; again 03:05:00Z`
  private static func nobody(_ unheard: Unheard, at now: Timestamp) -> String {
    let next = unheard.next.map { "; again \($0.clock(at: now))" } ?? ""
    return "NOBODY WAS TOLD: " + unheard.why.joined(separator: ", ") + next
  }

  /// `NOBODY: muted until 14:30Z by mira; then mira by pager`
  private static func withheld(_ tell: Tell, _ state: ConsoleState) -> String {
    let now = state.shownNow
    let mute = state.picture.muteShown(at: now).map {
      " until \($0.until.shortClock(at: now)) by \($0.by.name)"
    }
    return "NOBODY: muted\(mute ?? ""); then \(tell.to) by \(tell.channels.joined(separator: ", "))"
  }

  private static func nobodyYet(_ alert: Alert) -> String {
    guard let call = alert.callsNow.last, !call.tell.channels.isEmpty else { return "nobody yet" }
    return "\(call.tell.to): \(call.tell.channels.joined(separator: ", ")) under way"
  }

  /// ` (taken there by Ana Roe, In Progress)`
  private static func taken(_ alert: Alert, _ channel: String) -> String {
    alert.taken(in: channel).map { " (\($0.words))" } ?? ""
  }

  private static func again(_ mark: Told, _ now: Timestamp) -> String {
    mark.next.map { ", again \($0.clock(at: now))" } ?? ""
  }

  private static func accepted(_ alert: Alert) -> [Entry] {
    marks(alert).filter(\.1.accepted).map(\.0)
  }

  private static func marks(_ alert: Alert) -> [(Entry, Told)] {
    alert.told.compactMap { entry in
      guard case .told(let mark) = entry.event else { return nil }
      // That it was acknowledged or has cleared is told too, and is nobody's call.
      let call = mark.of.flatMap { alert.telling($0)?.tell.act.isCall } ?? true
      return call ? (entry, mark) : nil
    }
  }

  /// Each person and channel once: the first success, else the last refusal.
  private static func newest(_ marks: [(Entry, Told)]) -> [(Entry, Told)] {
    var kept: [(Entry, Told)] = []
    for (entry, mark) in marks {
      let same = kept.firstIndex { $0.1.to == mark.to && $0.1.channel == mark.channel }
      guard let same else {
        kept.append((entry, mark))
        continue
      }
      if !kept[same].1.accepted { kept[same] = (entry, mark) }
    }
    return kept
  }
}
