import TextCanvas
import WatchCore

extension AlertFacts {
  /// `A-0141 !!! NEW aws.trail.stopped ---- prod/us-east-1  raised 10m ago`, state and priority in
  /// their own look. Short of room the code goes before anything that tells alerts apart.
  static func title(
    _ alert: Alert, _ state: ConsoleState, label: SafeText = "", pane: Pane? = nil, row: Int,
    on canvas: inout Canvas
  ) {
    let id = label + state.safe(alert.id.text) + " "
    let word = state.safe("\(alert.priority.marks) \(alert.state.label)")
    let owner = state.safe(alert.state.owner.map { " \($0)" } ?? "").truncated(to: 17)
    let head = id + word + owner
    let room = canvas.bounds.width - 9
    let (code, tail) =
      parts(alert, state, width: canvas.bounds.width).first { code, tail in
        head.width + code.width + tail.width <= room
      } ?? (.empty, .empty)
    canvas.block(head + code, trailing: tail, role: .text, row: row, pane: pane, state: state)
    guard head.width <= canvas.bounds.width - 6 else { return }
    canvas.put(word, row: row, column: 3 + id.width, style: state.theme[ColourRole(alert)])
  }

  /// What stands behind the state and at the right, the fullest first.
  private static func parts(
    _ alert: Alert, _ state: ConsoleState, width: Int
  ) -> [(SafeText, SafeText)] {
    let now = state.shownNow
    let age = alert.detected.age(at: now).shortText
    let code = state.safe(" \(alert.code.text)")
    let place = alert.place.label
    var parts: [(SafeText, SafeText)] = []
    let raised = "raised \(alert.detected.clock(at: now)), \(age) ago"
    let owner = alert.state.owner.map { "owner \($0)" } ?? "owner none"
    let kind = alert.kind.rawValue
    if width >= 180 {
      parts.append(
        (
          code + state.safe("   \(alert.source.text)   \(place)"),
          state.safe("\(kind)   \(raised)   \(owner)\(due(alert, state))")
        ))
    }
    if width >= wideFrom {
      parts.append((code, state.safe("\(place)   \(kind)   \(raised)   \(owner)")))
      parts.append((code, state.safe("\(place)   \(raised)")))
    }
    parts.append((code, state.safe("\(place)  raised \(age) ago")))
    parts.append((code, state.safe("\(place)  \(age)")))
    parts.append((.empty, state.safe("\(place)  raised \(age) ago")))
    parts.append((.empty, state.safe("\(place)  \(age)")))
    parts.append((.empty, state.safe(place)))
    parts.append((.empty, state.safe(age)))
    return parts
  }

  private static func due(_ alert: Alert, _ state: ConsoleState) -> String {
    switch alert.state {
    case .new:
      guard let next = Escalation(alert, state.shown, at: state.shownNow) else { return "" }
      return "   ack due \(next.at.clock(at: state.shownNow))"
    case .acknowledged(_, _, let until): return "   until \(until.clock(at: state.shownNow))"
    default: return ""
    }
  }
}
