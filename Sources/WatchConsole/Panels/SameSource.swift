import TextCanvas
import WatchCore

/// SAME SOURCE, LAST 7 DAYS: whether this has happened before, and how it ended.
enum SameSource {
  static func alerts(_ alert: Alert, _ state: ConsoleState) -> [Alert] {
    let since = state.shownNow - .hours(24 * 7)
    return state.picture.alerts.values.filter { other in
      other.id != alert.id && other.source == alert.source && other.under != alert.id
        && other.detected >= since
    }.sorted { $0.id > $1.id }
  }

  static func draw(
    _ alert: Alert, _ state: ConsoleState, columns: Range<Int>, on canvas: inout Canvas
  ) {
    let all = alerts(alert, state)
    canvas.block(
      "SAME SOURCE, LAST 7 DAYS", trailing: SafeText(all.count), row: 0, columns: columns,
      state: state)
    let area = Rect(
      row: 1, column: columns.lowerBound, width: columns.count, height: canvas.bounds.height - 1)
    canvas.within(area) { canvas in
      guard !all.isEmpty else {
        canvas.put("no other alert", row: 0, column: 1, style: state.theme[.quiet])
        return
      }
      let table = Table(
        [.init("", 6), .init("", 3), .init("", 6), .init("", 12), .init("", nil)],
        width: canvas.bounds.width, indent: 1)
      for (row, other) in all.prefix(canvas.bounds.height).enumerated() {
        table.draw(fields(other, state), row: row, on: &canvas, theme: state.theme)
      }
    }
  }

  private static func fields(_ alert: Alert, _ state: ConsoleState) -> [Table.Field] {
    let role = ColourRole(alert)
    let lasted = alert.clearedAt.map { ", lasted \(alert.failed.age(at: $0).text)" } ?? ""
    let acked = alert.acked.map { ", acked in \(alert.detected.age(at: $0).text)" } ?? ""
    return [
      .init(state.safe(alert.state.label), role), .init(state.safe(alert.priority.marks), role),
      .init(state.safe(alert.id.text)), .init(state.safe(alert.detected.clock(at: state.shownNow))),
      .init(state.safe(alert.what + lasted + acked)),
    ]
  }
}
