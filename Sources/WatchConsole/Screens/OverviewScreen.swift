import TextCanvas
import WatchCore

/// The overview from 80x24 on, top to bottom in the order of the questions: can we see, is a cloud
/// silent, what is new, what do I do next, is it written down? The canvas is the body: header,
/// message and hints are drawn outside of it.
enum OverviewScreen {
  /// - Returns: the alerts whose rows are to be seen; the message line names NEW ones elsewhere.
  static func draw(_ state: ConsoleState, on canvas: inout Canvas) -> Set<AlertID> {
    switch state.tier {
    case .wide: WideOverview.draw(state, on: &canvas)
    case .large: large(state, on: &canvas)
    default: normal(state, on: &canvas)
    }
  }

  private static func normal(_ state: ConsoleState, on canvas: inout Canvas) -> Set<AlertID> {
    let (top, rest) = canvas.bounds.splitTop(CloudPanel.normalHeight)
    panels(state, in: top, accounts: false, on: &canvas)
    let plan = OverviewPlan(state, width: rest.width, height: rest.height)
    let (alerts, below) = rest.splitTop(plan.alerts)
    let seen = canvas.within(alerts) { AlertList.draw(state, on: &$0) }
    let (facts, foot) = below.splitTop(plan.facts.count)
    if let alert = state.selectedAlert {
      canvas.within(facts) { Self.facts(plan.facts, alert, state, on: &$0) }
    }
    let (runbook, last) = foot.splitBottom(1)
    guard let alert = state.selectedAlert else {
      canvas.within(foot) { EntryList.pane(state, on: &$0) }
      return seen
    }
    canvas.within(runbook) {
      RunbookPane.draw(alert, state, details: [.full, .brief], onlyCurrent: true, on: &$0)
    }
    EntryList.lastLine(state, row: last.row, on: &canvas)
    return seen
  }

  /// The told line always; the others where the list leaves rows.
  private static func facts(
    _ facts: [OverviewPlan.Fact], _ alert: Alert, _ state: ConsoleState, on canvas: inout Canvas
  ) {
    for (row, fact) in facts.enumerated() {
      switch fact {
      case .told: ToldLine.draw(alert, state, row: row, on: &canvas)
      case .line(let line): AlertFacts.draw(line, row: row, state, on: &canvas)
      }
    }
  }

  private static func large(_ state: ConsoleState, on canvas: inout Canvas) -> Set<AlertID> {
    let (top, rest) = canvas.bounds.splitTop(CloudPanel.largeHeight)
    panels(state, in: top, accounts: true, on: &canvas)
    let lower = max(12, rest.height * 14 / 27)
    let (middle, bottom) = rest.splitBottom(lower)
    // Rows that the list does not need say what the selected alert rests on.
    let spare = max(0, middle.height - 4 - 2 - max(2, state.rows.count))
    let facts =
      state.selectedAlert.map { alert in
        AlertFacts.lines(alert, state, width: rest.width).filter { $0.rank > 1 }.prefix(spare)
      } ?? []
    let (alerts, told) = middle.splitBottom(
      state.selectedAlert == nil ? 0 : 4 + facts.count)
    let seen = canvas.within(alerts) { AlertList.draw(state, on: &$0) }
    if let alert = state.selectedAlert {
      canvas.within(told) { canvas in
        times(alert, state, on: &canvas)
        for (row, line) in facts.enumerated() {
          AlertFacts.draw(line, row: 3 + row, state, on: &canvas)
        }
      }
    }
    guard !state.rows.isEmpty else {
      canvas.within(bottom) { EntryList.pane(state, on: &$0) }
      return seen
    }
    canvas.within(bottom) { pair(state, on: &$0) }
    return seen
  }

  private static func times(
    _ alert: Alert, _ state: ConsoleState, on canvas: inout Canvas
  ) {
    let from = alert.cause?.from.map { "   from \($0)" } ?? ""
    let parts = ToldLine.times(alert, state).first ?? []
    let head = "\(alert.id.text)   failed " + parts.joined(separator: "   ") + from
    canvas.put(
      state.safe(head).truncated(to: canvas.bounds.width - 2), row: 1, column: 1)
    ToldLine.draw(alert, state, row: 2, on: &canvas)
  }

  /// Runbook on the left, the newest entries on the right, a line under both.
  private static func pair(_ state: ConsoleState, on canvas: inout Canvas) {
    let height = canvas.bounds.height
    let split = canvas.bounds.width * 68 / 100
    let journal = EntryList.title(state)
    let right = split + 1..<canvas.bounds.width
    canvas.within(Rect(width: canvas.bounds.width, height: height - 1)) { canvas in
      RunbookPane.draw(
        state.selectedAlert, state, details: [.full, .brief], columns: 0..<split, on: &canvas)
      canvas.block(
        journal.0, trailing: journal.1, role: journal.2, row: 0, columns: right, pane: .journal,
        state: state)
      let part = Rect(
        row: 1, column: right.lowerBound, width: right.count, height: canvas.bounds.height - 1)
      canvas.within(part) { canvas in
        let entries = state.picture.recent.reversed().filter { !$0.event.isRoutine }
        EntryList.drawNarrow(Array(entries.prefix(canvas.bounds.height)), state, on: &canvas)
      }
    }
    canvas.divide(
      column: split, bottom: height - 1, rows: [0], leftRows: [0], style: state.theme[.quiet])
  }

  /// Clouds side by side; the lines between them end in the line under them, which is drawn later.
  static func panels(
    _ state: ConsoleState, in area: Rect, accounts: Bool, on canvas: inout Canvas
  ) {
    let parts = CloudPanel.parts(state.shown.clouds, in: area)
    for (cloud, part) in zip(state.shown.clouds, parts) {
      CloudPanel.title(
        cloud, state, row: area.row, columns: part.columns, accounts: accounts, on: &canvas)
      let body = Rect(
        row: area.row + 1, column: part.column, width: part.width, height: area.height - 1)
      canvas.within(body) { canvas in
        if state.tier >= .large {
          CloudPanel.drawLarge(cloud, state, on: &canvas)
        } else {
          CloudPanel.drawNormal(cloud, state, on: &canvas)
        }
      }
    }
    for part in parts.dropLast() {
      let column = part.columns.upperBound
      canvas.horizontalLine(
        row: area.row, columns: column - 1..<column + 2, style: state.theme[.quiet])
      canvas.verticalLine(
        column: column, rows: area.row..<area.rows.upperBound + 1, style: state.theme[.quiet])
    }
  }
}
