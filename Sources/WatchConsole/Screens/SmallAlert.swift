import TextCanvas
import WatchCore

/// The alert screen under 80x24: what it is, who is next, and the step to do; facts, gap and history
/// where there is room.
enum SmallAlert {
  static func draw(_ alert: Alert, _ state: ConsoleState, on canvas: inout Canvas) {
    let (width, height) = (canvas.bounds.width, canvas.bounds.height)
    title(alert, state, on: &canvas)
    let what = state.safe(alert.what).wrapped(to: max(1, width - 1)).prefix(height >= 8 ? 2 : 1)
    var row = 1
    for line in what {
      canvas.put(line, row: row, column: 1, style: state.theme[.title])
      row += 1
    }
    let facts = facts(alert, state, width: width)
    let spare = height - row - stepRows(alert, state, width: width)
    for line in facts.prefix(max(1, spare)) where row < height {
      AlertFacts.draw(line, row: row, state, on: &canvas)
      row += 1
    }
    let left = height - row
    let history = left >= 10 ? 3 : 0
    canvas.within(Rect(row: row, width: width, height: left - history)) {
      runbook(alert, state, on: &$0)
    }
    canvas.within(Rect(row: height - history, width: width, height: history)) {
      HistoryPane.draw(alert, state, on: &$0)
    }
  }

  /// `A-0141 !!! NEW prod/us-east-1 10m`
  private static func title(_ alert: Alert, _ state: ConsoleState, on canvas: inout Canvas) {
    let word = state.safe("\(alert.priority.marks) \(alert.state.label)")
    let id = state.safe(alert.id.text) + " "
    var column = canvas.put(id, row: 0, column: 0, style: state.theme[.title])
    column = canvas.put(word, row: 0, column: column, style: state.theme[ColourRole(alert)])
    let age = alert.detected.age(at: state.shownNow).shortText
    let owner = alert.state.owner.map { "\($0) " } ?? ""
    let text = state.fitting(
      ["\(owner)\(alert.place.label) \(age)", "\(owner)\(alert.place.region) \(age)", owner + age],
      width: max(0, canvas.bounds.width - column - 1))
    canvas.put(text, row: 0, column: column + 1)
  }

  /// Who is next first: then what became of the records, who was told, when, and by what proof.
  private static func facts(
    _ alert: Alert, _ state: ConsoleState, width: Int
  ) -> [AlertFacts.Line] {
    let next = ToldLine.next(alert, state)
    let (told, role) = ToldLine.told(alert, state)
    var lines: [AlertFacts.Line] = []
    if !next.text.isEmpty {
      lines.append(.init(label: "next", text: state.safe(next.text), role: next.role))
    }
    if let gap = GapBlock.line(alert, state) {
      lines.append(.init(label: "gap", text: state.safe(gap)))
    }
    lines.append(.init(label: "told", text: state.safe(told), role: role))
    lines += AlertFacts.lines(alert, state, width: width, showsGap: false).filter {
      $0.label.string == "failed" || $0.label.string.hasPrefix("E-")
    }
    return lines
  }

  /// The current step with its commands, and a line for its title.
  private static func stepRows(_ alert: Alert, _ state: ConsoleState, width: Int) -> Int {
    guard let runbook = state.runbook(of: alert) else { return 1 }
    let lines = RunbookPane.lines(alert, runbook, state, detail: .brief, width: width)
    return max(1, lines.count(where: \.isCurrent)) + 1
  }

  private static func runbook(_ alert: Alert, _ state: ConsoleState, on canvas: inout Canvas) {
    // A row for the block's title only where the step has its own.
    guard canvas.bounds.height >= 4 else {
      let body = Rect(row: -1, width: canvas.bounds.width, height: canvas.bounds.height + 1)
      canvas.within(body) {
        RunbookPane.draw(alert, state, details: [.full, .brief], on: &$0)
      }
      return
    }
    RunbookPane.draw(alert, state, details: AlertScreen.details, on: &canvas)
  }
}
