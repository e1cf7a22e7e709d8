import TextCanvas
import WatchCore

/// The row above the hints: the answer to the last key, else what stands there.
public enum MessageLine {
  public static func draw(
    _ state: ConsoleState, seen: Set<AlertID>, row: Int, on canvas: inout Canvas
  ) {
    let message = self.message(state, seen: seen)
    let style = state.theme[message.role]
    let column = canvas.put(
      " " + Glyphs(state.alphabet).cursor + " ", row: row, column: 0, style: style)
    let text = SafeText(untrusted: message.text, alphabet: state.alphabet)
    canvas.put(
      text.truncated(to: max(0, canvas.bounds.width - column)), row: row, column: column,
      style: style)
  }

  static func message(_ state: ConsoleState, seen: Set<AlertID>) -> Message {
    // What one key will answer must be read: no news stands over it.
    if let question = state.question { return Message(question.text, role: .newLow) }
    if let message = state.currentMessage { return message }
    if let field = state.field { return Message(field.question, role: .newLow) }
    if case .notSaved(let reason) = state.board.journal { return .trouble(reason) }
    if case .gone(_, let reason) = state.board.watch { return .trouble(reason) }
    // Other screens have a row of their own for it.
    if state.screen == .overview, let text = ElsewhereLine.text(state, seen: seen) {
      return Message(text.string, role: .newLow)
    }
    return Message(state.standingText)
  }
}

extension ConsoleState {
  /// What the message line says when nothing has happened.
  var standingText: String {
    switch screen {
    case .overview:
      switch focus {
      case .cloud(let cloud): return "\(cloud.label): Enter shows all its paths"
      case .runbook: return stepText
      default: break
      }
      guard let row = selectedRow else { return "nothing is open; what is watched stands above" }
      guard let id = row.alert else { return "\(row.alerts.count) low alerts; Enter unfolds them" }
      if case .acknowledged(let owner, _, let until)? = board.picture.alerts[id]?.state {
        return "\(id.text) selected. It is \(owner)'s until \(until.shortClock(at: now))."
      }
      return "\(id.text) selected. Nothing is acknowledged until the journal says so."
    case .alert: return focus == .runbook ? stepText : "c adds a note; y shows the raw record"
    case .journal:
      return selectedEntry.map {
        "entry \($0.seq). Entries are never changed; a correction is a new entry."
      } ?? "no entry is listed"
    case .shelved: return "what is shelved comes back by itself; u takes it back now"
    case .cloud(let cloud): return "every path of \(cloud.label), the worst first"
    case .posture: return "b accepts a weakness with an end and a reason; y shows a check whole"
    case .graph: return "each part between the audit log and a human, and what last came through"
    }
  }

  private var stepText: String {
    guard let alert = subject else { return "no alert is selected" }
    guard let runbook = runbook(of: alert) else { return "\(alert.code.text) has no runbook here" }
    guard let number = step(of: alert), let step = runbook.step(number) else {
      return "all steps are marked"
    }
    let probe = step.probes ? ", p = probe now" : ""
    return "step \(number): Space = done, x = skip with a reason, c = note\(probe)"
  }
}
