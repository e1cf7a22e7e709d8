import TextCanvas
import WatchCore

/// Where NEW alerts are that the screen does not show (NUREG-0700, 4.2.3-3).
public enum ElsewhereLine {
  /// NEW alerts, folded ones too, that are not among `seen`.
  public static func missing(_ state: ConsoleState, seen: Set<AlertID>) -> [Alert] {
    state.newAlerts.filter { alert in
      !seen.contains(alert.id) && !(alert.under.map { seen.contains($0) } ?? false)
    }
  }

  /// `elsewhere: 3 NEW (A-0141 HIGH dev, 10m; to jon in 4m29s)`; nil if there is none.
  public static func text(_ state: ConsoleState, seen: Set<AlertID>) -> SafeText? {
    let missing = self.missing(state, seen: seen)
    // A folded symptom is counted; its cause is where `n` goes.
    guard let first = missing.first(where: { !state.board.picture.isFolded($0) }) ?? missing.first
    else { return nil }
    let more: SafeText = seen.isEmpty ? "" : " more"
    let priority = first.priority == .high ? "HIGH" : first.priority.rawValue
    let place = state.width < 100 ? first.place.account : first.place.label
    let next = Escalation(first, state.board, at: state.now)?.countdown(at: state.now)
    let facts =
      "\(first.id.text) \(priority) \(place), \(first.detected.age(at: state.now).shortText)"
      + (next.map { "; \($0)" } ?? "")
    return "elsewhere: \(missing.count)" + more + " NEW ("
      + SafeText(untrusted: facts, alphabet: state.alphabet) + ")"
  }

  public static func draw(
    _ state: ConsoleState, seen: Set<AlertID>, row: Int, on canvas: inout Canvas
  ) {
    guard let text = text(state, seen: seen),
      let role = missing(state, seen: seen).first.map({ ColourRole($0) })
    else { return }
    let hint: SafeText = "n goes there"
    let width = canvas.bounds.width
    let room = width - hint.width - 3
    let shown = " " + (room > 30 ? text.truncated(to: room - 1) : text.truncated(to: width - 1))
    canvas.put(shown, row: row, column: 0, style: state.theme[role])
    if room > 30 { canvas.put(hint, row: row, column: width - hint.width - 1) }
  }
}
