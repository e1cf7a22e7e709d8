import TextCanvas
import WatchCore

/// One alert with its runbook, from 20 columns on: what happened, what became of the records, what
/// to do, what was done. The canvas is the body: header, elsewhere line, message and hints are drawn
/// outside of it.
enum AlertScreen {
  static func draw(_ id: AlertID, _ state: ConsoleState, on canvas: inout Canvas) {
    guard let alert = state.picture.alerts[id] else {
      let text = "\(id.text) is not in this view; f lets it go on"
      canvas.put(state.safe(text), row: 0, column: 1, style: state.theme[.quiet])
      return
    }
    switch state.tier {
    case .wide: WideAlert.draw(alert, state, on: &canvas)
    case .large: large(alert, state, on: &canvas)
    case .normal: normal(alert, state, on: &canvas)
    case .small, .line: SmallAlert.draw(alert, state, on: &canvas)
    }
  }

  /// Facts, gap, runbook and history, one under the other.
  private static func normal(_ alert: Alert, _ state: ConsoleState, on canvas: inout Canvas) {
    let plan = AlertPlan(alert, state, width: canvas.bounds.width, height: canvas.bounds.height)
    let gap = GapBlock.lines(alert, state)
    AlertFacts.title(alert, state, row: 0, on: &canvas)
    var row = 1
    let next = { (rows: Int) in
      defer { row += rows }
      return Rect(row: row, width: state.width, height: rows)
    }
    canvas.within(next(plan.facts)) {
      AlertFacts.draw(alert, state, showsGap: gap == nil, on: &$0)
    }
    if let gap { canvas.within(next(plan.gap)) { GapBlock.draw(alert, gap, state, on: &$0) } }
    canvas.within(next(plan.runbook)) {
      RunbookPane.draw(alert, state, details: details, on: &$0)
    }
    canvas.within(next(plan.history)) { HistoryPane.draw(alert, state, on: &$0) }
  }

  static let details: [RunbookPane.Detail] = [.everything, .commands, .full, .brief]

  /// Facts on top; under them the runbook, and beside it heartbeat and history.
  private static func large(_ alert: Alert, _ state: ConsoleState, on canvas: inout Canvas) {
    let below = head(alert, state, limit: 9, on: &canvas)
    canvas.within(below) { canvas in
      let (width, height) = (canvas.bounds.width, canvas.bounds.height)
      let split = width * 68 / 100
      let right = (split + 1)..<width
      let upper = Rect(width: width, height: height - 1)
      // An entry has two rows here; what the history does not need is the heartbeat's.
      let history = 1 + 2 * HistoryPane.entries(alert, state).count
      let beat = min(
        HeartbeatPane.wanted(alert, state, width: right.count - 2),
        max(5, height / 2 - 2, height - 1 - history))
      canvas.within(upper) {
        RunbookPane.draw(alert, state, details: details, columns: 0..<split, on: &$0)
      }
      canvas.within(Rect(width: width, height: beat)) {
        HeartbeatPane.draw(alert, state, columns: right, on: &$0)
      }
      canvas.within(Rect(row: beat, width: width, height: height - 1 - beat)) {
        HistoryPane.draw(alert, state, columns: right, on: &$0)
      }
      canvas.divide(
        column: split, bottom: height - 1, rows: [0, beat], leftRows: [0],
        style: state.theme[.quiet])
    }
  }

  /// Title, facts and gap over the whole width.
  /// - Returns: what is left below them.
  static func head(
    _ alert: Alert, _ state: ConsoleState, limit: Int, on canvas: inout Canvas
  ) -> Rect {
    let gap = GapBlock.lines(alert, state)
    let lines = AlertFacts.lines(
      alert, state, width: canvas.bounds.width, showsGap: gap == nil)
    let isFocused = state.tier == .large
    AlertFacts.title(
      alert, state, pane: isFocused ? .evidence : nil, row: 0, on: &canvas)
    let room = gap == nil ? limit : limit - 3
    let facts = Rect(row: 1, width: canvas.bounds.width, height: min(lines.count, room))
    canvas.within(facts) { AlertFacts.draw(lines, state, on: &$0) }
    var row = 1 + facts.height
    if let gap {
      let rows = 1 + gap.count
      canvas.within(Rect(row: row, width: canvas.bounds.width, height: rows)) {
        GapBlock.draw(alert, gap, state, on: &$0)
      }
      row += rows
    }
    // A blank row keeps the facts apart from what is to be done.
    row += 1
    return Rect(row: row, width: canvas.bounds.width, height: canvas.bounds.height - row)
  }
}
