import WatchCore

/// How the rows of the alert screen are shared at 80x24: the title stays, then runbook and history
/// keep a few, facts take what they need, and what is left goes to the runbook, then to the history.
struct AlertPlan: Hashable {
  var facts: Int
  var gap: Int
  var runbook: Int
  var history: Int

  init(_ alert: Alert, _ state: ConsoleState, width: Int, height: Int) {
    let lines = GapBlock.lines(alert, state)
    gap = lines.map { $0.count + 1 } ?? 0
    let entries = HistoryPane.entries(alert, state).count
    let wish = AlertPlan.runbookWish(alert, state, width: width)
    let room = max(0, height - 1 - gap)
    // The pane that has the focus may grow.
    let kept = state.focus == .history ? max(4, height / 2) : gap > 0 ? 5 : 4
    history = min(1 + entries, kept, room)
    let steps = min(wish, gap > 0 ? 5 : 8, room - history)
    let wanted = AlertFacts.lines(alert, state, width: width, showsGap: lines == nil).count
    facts = min(wanted, max(2, room - history - steps))
    runbook = max(0, room - history - facts)
    let spare = runbook - wish
    if spare > 0 {
      let more = min(spare, max(0, 1 + entries - history))
      history += more
      runbook -= more
    }
  }

  /// Rows that the whole runbook would fill, title and all.
  private static func runbookWish(_ alert: Alert, _ state: ConsoleState, width: Int) -> Int {
    guard let runbook = state.runbook(of: alert) else { return 1 }
    return 1
      + RunbookPane.lines(alert, runbook, state, detail: .full, width: width, collapses: true).count
  }
}
