import TextCanvas
import WatchCore

/// The alert screen at 200x60: runbook and raw record on the left; heartbeat, evidence, history and
/// what happened before on the right.
enum WideAlert {
  static func draw(_ alert: Alert, _ state: ConsoleState, on canvas: inout Canvas) {
    let below = AlertScreen.head(alert, state, limit: 9, on: &canvas)
    canvas.within(below) { canvas in
      let (width, height) = (canvas.bounds.width, canvas.bounds.height)
      let split = width * 55 / 100
      let right = (split + 1)..<width
      let left = left(alert, state, columns: 0..<split, on: &canvas)
      let rows = self.right(alert, state, columns: right, on: &canvas)
      canvas.divide(
        column: split, bottom: height - 1, rows: rows, leftRows: left, style: state.theme[.quiet])
    }
  }

  /// - Returns: the rows of the blocks' titles.
  private static func left(
    _ alert: Alert, _ state: ConsoleState, columns: Range<Int>, on canvas: inout Canvas
  ) -> [Int] {
    let height = canvas.bounds.height - 1
    let raw = raw(alert, state, width: columns.count - 2)
    let rawRows = min(raw.lines.count + 1, height / 3)
    let (top, bottom) = Rect(width: canvas.bounds.width, height: height).splitBottom(rawRows)
    canvas.within(top) {
      RunbookPane.draw(
        alert, state, details: AlertScreen.details, columns: columns, on: &$0)
    }
    canvas.within(bottom) { canvas in
      canvas.block(
        raw.title, trailing: "as received, escaped; y shows all", row: 0, columns: columns,
        state: state)
      for (row, line) in raw.lines.prefix(max(0, rawRows - 1)).enumerated() {
        canvas.put(
          line.text, row: 1 + row, column: columns.lowerBound + 1, style: state.theme[line.role])
      }
    }
    return [0, bottom.row]
  }

  /// The newest record of the cloud's own that came with the evidence.
  private static func raw(
    _ alert: Alert, _ state: ConsoleState, width: Int
  ) -> (title: SafeText, lines: [Table.Field]) {
    guard let index = alert.evidence.lastIndex(where: { $0.raw != nil }) else {
      return ("RAW RECORD", [.init("no raw record was kept", .quiet)])
    }
    return (
      "RAW RECORD E-" + SafeText(index + 1),
      RawScreen.record(alert.evidence[index], state, width: width)
    )
  }

  private static func right(
    _ alert: Alert, _ state: ConsoleState, columns: Range<Int>, on canvas: inout Canvas
  ) -> [Int] {
    let width = canvas.bounds.width
    let height = canvas.bounds.height - 1
    let before = min(8, max(1, SameSource.alerts(alert, state).count) + 1)
    let entries = HistoryPane.entries(alert, state).count + 1
    let beat = min(
      HeartbeatPane.wanted(alert, state, width: columns.count - 2), height * 2 / 5)
    let evidence = EvidencePane.lines(alert, state, width: columns.count - 2).count + 1
    let history = max(5, min(entries, height - beat - before - min(evidence, height / 3)))
    var row = 0
    var rows: [Int] = []
    let next = { (count: Int) in
      rows.append(row)
      defer { row += count }
      return Rect(row: row, width: width, height: max(0, min(count, height - row)))
    }
    canvas.within(next(beat)) {
      HeartbeatPane.draw(alert, state, columns: columns, on: &$0)
    }
    canvas.within(next(max(2, min(evidence, height - beat - before - history)))) {
      EvidencePane.draw(alert, state, columns: columns, on: &$0)
    }
    canvas.within(next(max(2, height - row - before))) {
      HistoryPane.draw(alert, state, columns: columns, on: &$0)
    }
    canvas.within(next(height - row)) {
      SameSource.draw(alert, state, columns: columns, on: &$0)
    }
    return rows
  }
}
