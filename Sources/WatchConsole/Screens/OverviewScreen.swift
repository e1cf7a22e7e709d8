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
    let (alerts, foot) = rest.splitBottom(footHeight(state, width: rest.width, height: rest.height))
    let seen = canvas.within(alerts) { AlertList.draw(state, on: &$0) }
    joinPanels(state, row: alerts.row, on: &canvas)
    canvas.within(foot) { canvas in
      let (told, below) = canvas.bounds.splitTop(1)
      if let alert = state.selectedAlert {
        ToldLine.draw(alert, state, row: told.row, on: &canvas)
      }
      let (runbook, last) = below.splitBottom(1)
      canvas.within(runbook) { current(state, on: &$0) }
      EntryList.lastLine(state, row: last.row, on: &canvas)
    }
    return seen
  }

  /// Told line, runbook title, the current step with its whole command, last entry; never so much
  /// that fewer than three alerts are left.
  private static func footHeight(_ state: ConsoleState, width: Int, height: Int) -> Int {
    guard let alert = state.selectedAlert, let runbook = state.runbook(of: alert) else { return 5 }
    let lines = RunbookPane.lines(alert, runbook, state, detail: .brief, width: width)
    let wanted = 3 + lines.count { $0.isCurrent }
    return max(5, min(wanted, height - 5))
  }

  /// The current step alone.
  private static func current(_ state: ConsoleState, on canvas: inout Canvas) {
    let alert = state.selectedAlert
    RunbookPane.draw(alert, state, detail: .brief, on: &canvas)
    guard let alert, let runbook = state.runbook(of: alert) else { return }
    let lines = RunbookPane.lines(
      alert, runbook, state, detail: .brief, width: canvas.bounds.width)
    let now = lines.filter(\.isCurrent)
    let shown = now.isEmpty ? Array(lines.suffix(1)) : now
    canvas.fill(
      Rect(row: 1, width: canvas.bounds.width, height: max(0, canvas.bounds.height - 1)))
    for (index, line) in shown.prefix(max(0, canvas.bounds.height - 1)).enumerated() {
      line.draw(row: 1 + index, state, on: &canvas)
    }
  }

  private static func large(_ state: ConsoleState, on canvas: inout Canvas) -> Set<AlertID> {
    let (top, rest) = canvas.bounds.splitTop(CloudPanel.largeHeight)
    panels(state, in: top, accounts: true, on: &canvas)
    let lower = max(12, rest.height * 14 / 27)
    let (middle, bottom) = rest.splitBottom(lower)
    let (alerts, told) = middle.splitBottom(state.selectedAlert == nil ? 0 : 4)
    let seen = canvas.within(alerts) { AlertList.draw(state, on: &$0) }
    joinPanels(state, row: alerts.row, on: &canvas)
    if let alert = state.selectedAlert {
      canvas.within(told) { times(alert, state, on: &$0) }
    }
    canvas.within(bottom) { pair(state, on: &$0) }
    return seen
  }

  private static func times(
    _ alert: Alert, _ state: ConsoleState, on canvas: inout Canvas
  ) {
    let head = state.safe("\(alert.id.text)   \(ToldLine.times(alert, state, gap: "   "))")
    canvas.put(head.truncated(to: canvas.bounds.width - 2), row: 1, column: 1)
    let next = ToldLine.next(alert, state)
    let right = state.safe(next.text)
    let left = state.safe(ToldLine.told(alert, state))
    canvas.put(
      left.truncated(to: max(0, canvas.bounds.width - right.width - 4)), row: 2, column: 1)
    canvas.put(
      right, row: 2, column: canvas.bounds.width - right.width - 1, style: state.theme[next.role])
  }

  /// Runbook on the left, the newest entries on the right, a line under both.
  private static func pair(_ state: ConsoleState, on canvas: inout Canvas) {
    let height = canvas.bounds.height
    let split = canvas.bounds.width * 68 / 100
    let journal = EntryList.title(state)
    let right = split + 1..<canvas.bounds.width
    canvas.within(Rect(width: canvas.bounds.width, height: height - 1)) { canvas in
      RunbookPane.draw(
        state.selectedAlert, state, detail: .full, columns: 0..<split, on: &canvas)
      canvas.block(
        journal.0, trailing: journal.1, role: journal.2, row: 0, columns: right, pane: .journal,
        state: state)
      let part = Rect(
        row: 1, column: right.lowerBound, width: right.count, height: canvas.bounds.height - 1)
      canvas.within(part) { canvas in
        let entries = state.picture.recent.reversed().filter { !$0.event.isRoutine }
        for (row, entry) in entries.prefix(canvas.bounds.height).enumerated() {
          canvas.put(
            EntryList.line(entry, state).truncated(to: canvas.bounds.width - 1), row: row, column: 1
          )
        }
      }
    }
    canvas.horizontalLine(
      row: height - 1, columns: canvas.bounds.columns, style: state.theme[.quiet])
    canvas.horizontalLine(row: 0, columns: split..<split + 1, style: state.theme[.quiet])
    canvas.verticalLine(column: split, rows: 0..<height, style: state.theme[.quiet])
  }

  /// Three clouds side by side, with lines between them.
  static func panels(
    _ state: ConsoleState, in area: Rect, accounts: Bool, on canvas: inout Canvas
  ) {
    let parts = area.columns(state.shown.clouds.count, gap: 1)
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
        column: column, rows: area.row..<area.rows.upperBound, style: state.theme[.quiet])
    }
  }

  /// The lines between the panels end in the line under them.
  private static func joinPanels(_ state: ConsoleState, row: Int, on canvas: inout Canvas) {
    let parts = canvas.bounds.columns(state.shown.clouds.count, gap: 1)
    for part in parts.dropLast() {
      canvas.joinUp(row: row, column: part.columns.upperBound, style: state.theme[.quiet])
    }
  }
}
