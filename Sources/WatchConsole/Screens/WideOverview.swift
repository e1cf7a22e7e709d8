import TextCanvas
import WatchCore

/// The overview at 200x60: clouds on the left, what is to be done about them on the right.
enum WideOverview {
  private static let split = 62

  static func draw(_ state: ConsoleState, on canvas: inout Canvas) -> Set<AlertID> {
    let body = canvas.bounds.splitBottom(1).rest
    let (left, right) = body.splitLeft(split)
    let leftRows = canvas.within(left) { clouds(state, on: &$0) }
    let part = Rect(column: split + 1, width: right.width - 1, height: right.height)
    let (seen, rows) = canvas.within(part) { work(state, on: &$0) }
    canvas.divide(
      column: split, bottom: body.height, rows: rows, leftRows: leftRows,
      style: state.theme[.quiet])
    return seen
  }

  /// Clouds share the height by what they have to list; the last 24 hours and duty stand below.
  /// - Returns: the rows of the blocks' titles.
  private static func clouds(_ state: ConsoleState, on canvas: inout Canvas) -> [Int] {
    let (top, bottom) = canvas.bounds.splitBottom(13)
    let all = state.shown.clouds
    let needs = all.map { $0.paths.isEmpty ? 3 : 6 + CloudPanel.listed($0).count }
    let heights = shares(of: top.height, needs)
    var row = 0
    var rows: [Int] = []
    for (cloud, height) in zip(all, heights) {
      CloudPanel.title(
        cloud, state, row: row, columns: 0..<canvas.bounds.width, accounts: true, on: &canvas)
      let body = Rect(row: row + 1, width: canvas.bounds.width, height: height - 2)
      canvas.within(body) { CloudPanel.drawWide(cloud, state, on: &$0) }
      rows.append(row)
      row += height
    }
    canvas.within(bottom) { figures(state, on: &$0) }
    return rows + [bottom.row, bottom.row + dutyRow]
  }

  /// As much as each needs; where that is too much, a row to each in turn until none is left.
  static func shares(of height: Int, _ needs: [Int]) -> [Int] {
    var shares = needs.map { min($0, 3) }
    var left = max(0, height - shares.reduce(0, +))
    while left > 0, shares != needs {
      for index in needs.indices where left > 0 && shares[index] < needs[index] {
        shares[index] += 1
        left -= 1
      }
    }
    return shares
  }

  /// Where duty begins under the figures.
  private static let dutyRow = 7

  private static func figures(_ state: ConsoleState, on canvas: inout Canvas) {
    let now = state.shownNow
    let day = AlarmLoad(state.picture, from: now - .hours(24), to: now)
    canvas.block(
      "LAST 24 HOURS", trailing: state.safe("since \((now - .hours(24)).clock(at: now))"), row: 0,
      state: state)
    let frequent = day.mostFrequent.map { "\($0.code) \($0.count)" } ?? "-"
    let median = day.medianToAck?.text ?? "-"
    let longest = day.longestToAck?.text ?? "-"
    let lines = [
      "raised \(day.raised), acked \(day.acked), open \(day.open)"
        + "   worst 10 min \(day.worstTenMinutes) (flood above 10)",
      "high / med / low   \(day.mix)   (aim 5/15/80 %)",
      "most frequent      \(frequent)",
      "time to ack        median \(median), longest \(longest)",
      "blind \(day.blindMinutes)m   open over 24h \(day.staleOpen)   chattering \(day.chattering)",
    ]
    for (index, line) in lines.enumerated() {
      canvas.put(state.safe(line), row: 1 + index, column: 1)
    }
    duty(state, row: dutyRow, on: &canvas)
  }

  private static func duty(_ state: ConsoleState, row: Int, on canvas: inout Canvas) {
    let duty = state.picture.duty
    let since = state.picture.dutySince.map { " since \($0.clock(at: state.shownNow))" } ?? ""
    let name = state.safe(duty?.to ?? "nobody").truncated(to: 24)
    canvas.block("DUTY", trailing: name + state.safe(since), row: row, state: state)
    let from = duty?.from.map { "handed over by \($0)" }
    let text = duty?.text.map { "\"\($0)\"" }
    let handed = [from, text].compactMap { $0 }.joined(separator: ": ")
    let role = state.shown.plan.roles.first
    let members = role?.members.joined(separator: ", then ") ?? "nobody"
    let within = role.map { ", \($0.acknowledgeWithin.shortText) apart" } ?? ""
    let lines = [
      handed.isEmpty ? "taken without a line" : handed, "told in turn: \(members)\(within)",
      "H hands duty over, or takes it",
    ]
    for (index, line) in lines.enumerated() {
      canvas.put(
        state.safe(line).truncated(to: canvas.bounds.width - 2), row: row + 1 + index, column: 1)
    }
  }

  /// The list, the selected alert, its runbook, the newest entries.
  /// - Returns: the alerts whose rows are to be seen, and the rows of the blocks' titles.
  private static func work(
    _ state: ConsoleState, on canvas: inout Canvas
  ) -> (Set<AlertID>, [Int]) {
    let calm = state.rows.isEmpty ? 6 : 0
    let (alerts, rest) = canvas.bounds.splitTop(3 + max(4, calm, min(12, state.rows.count)))
    let seen = canvas.within(alerts) { AlertList.draw(state, on: &$0) }
    guard let alert = state.selectedAlert else {
      canvas.within(rest) { EntryList.pane(state, on: &$0) }
      return (seen, [0, rest.row])
    }
    let count = AlertFacts.height(alert, state, width: rest.width, limit: 9)
    let (facts, below) = rest.splitTop(2 + count)
    canvas.within(facts) { canvas in
      AlertFacts.title(alert, state, label: "SELECTED ", row: 0, on: &canvas)
      let body = Rect(row: 1, width: canvas.bounds.width, height: canvas.bounds.height - 2)
      canvas.within(body) { AlertFacts.draw(alert, state, on: &$0) }
    }
    let (runbook, journal) = below.splitTop(max(8, below.height * 62 / 100))
    canvas.within(runbook) {
      RunbookPane.draw(alert, state, details: AlertScreen.details, on: &$0)
    }
    canvas.within(journal) { EntryList.pane(state, on: &$0) }
    return (seen, [0, rest.row, below.row, journal.row])
  }
}
