import TextCanvas
import WatchCore

/// The overview at 200x60: clouds on the left, what is to be done about them on the right.
enum WideOverview {
  static func draw(_ state: ConsoleState, on canvas: inout Canvas) -> Set<AlertID> {
    let (left, right) = canvas.bounds.splitLeft(62)
    canvas.within(left) { clouds(state, on: &$0) }
    let part = Rect(column: 63, width: right.width - 1, height: right.height)
    let seen = canvas.within(part) { work(state, on: &$0) }
    canvas.verticalLine(
      column: 62, rows: 0..<canvas.bounds.height, style: state.theme[.quiet])
    return seen
  }

  /// Clouds share the height by what they have to list; the last 24 hours and duty stand below.
  private static func clouds(_ state: ConsoleState, on canvas: inout Canvas) {
    let (top, bottom) = canvas.bounds.splitBottom(11)
    let all = state.shown.clouds
    let needs = all.map { $0.paths.isEmpty ? 5 : 6 + CloudPanel.listed($0).count }
    var spare = max(0, top.height - needs.reduce(0, +))
    var row = 0
    for (index, cloud) in all.enumerated() {
      let others = needs.dropFirst(index + 1).map { min($0, 8) }.reduce(0, +)
      let height = min(needs[index], max(5, top.height - row - others))
      spare = max(0, spare)
      CloudPanel.title(
        cloud, state, row: row, columns: 0..<canvas.bounds.width, accounts: true, on: &canvas)
      let body = Rect(row: row + 1, width: canvas.bounds.width, height: height - 2)
      canvas.within(body) { CloudPanel.drawWide(cloud, state, on: &$0) }
      row += height
    }
    canvas.within(bottom) { figures(state, on: &$0) }
  }

  private static func figures(_ state: ConsoleState, on canvas: inout Canvas) {
    let now = state.shownNow
    let day = DutyFigures(state.picture, since: now - .hours(24))
    canvas.block(
      "LAST 24 HOURS", trailing: state.safe("since \((now - .hours(24)).clock(at: now))"), row: 0,
      state: state)
    let frequent = day.mostFrequent.map { "\($0.code) \($0.count)" } ?? "-"
    let median = day.medianToAck?.text ?? "-"
    let longest = day.longestToAck?.text ?? "-"
    let lines = [
      "raised \(day.raised), acked \(day.acked), open \(day.open)   worst 10 min \(day.worstTenMinutes)",
      "high / med / low   \(day.mix)   (aim 5/15/80 %)",
      "most frequent      \(frequent)",
      "time to ack        median \(median), longest \(longest)",
    ]
    for (index, line) in lines.enumerated() {
      canvas.put(state.safe(line), row: 1 + index, column: 1)
    }
    let duty = state.picture.duty
    let since = state.picture.dutySince.map { "since \($0.clock(at: now))" } ?? ""
    canvas.block(
      "DUTY", trailing: state.safe("\(duty?.to ?? "nobody") \(since)"), row: 6, state: state)
    if let text = duty?.text { canvas.put(state.safe("\"\(text)\""), row: 7, column: 1) }
    let members = state.shown.plan.roles.first?.members.joined(separator: ", then ") ?? "nobody"
    canvas.put(state.safe("told in turn: \(members)"), row: 8, column: 1)
  }

  private static func work(_ state: ConsoleState, on canvas: inout Canvas) -> Set<AlertID> {
    let rows = max(4, min(12, state.rows.count + 1))
    let (alerts, rest) = canvas.bounds.splitTop(2 + rows)
    let seen = canvas.within(alerts) { AlertList.draw(state, on: &$0) }
    guard let alert = state.selectedAlert else {
      canvas.within(rest) { entries(state, on: &$0) }
      return seen
    }
    let (facts, below) = rest.splitTop(2 + AlertFacts.height(alert, state, limit: 10))
    canvas.within(facts) { canvas in
      AlertFacts.title(alert, state, label: "SELECTED ", row: 0, on: &canvas)
      let body = Rect(row: 1, width: canvas.bounds.width, height: canvas.bounds.height - 2)
      canvas.within(body) { AlertFacts.draw(alert, state, on: &$0) }
    }
    let (runbook, journal) = below.splitTop(max(8, below.height * 58 / 100))
    canvas.within(runbook) { RunbookPane.draw(alert, state, detail: .full, on: &$0) }
    canvas.within(journal) { entries(state, on: &$0) }
    return seen
  }

  private static func entries(_ state: ConsoleState, on canvas: inout Canvas) {
    let title = EntryList.title(state)
    canvas.block(
      title.0, trailing: title.1, role: title.2, row: 0, pane: .journal, state: state)
    EntryList.draw(
      state.picture.recent.reversed().filter { !$0.event.isRoutine }, state, from: 1, on: &canvas)
  }
}
