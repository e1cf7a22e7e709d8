import TextCanvas
import WatchCore

/// What is shelved: by whom, until when, and why.
enum ShelvedScreen {
  static func draw(_ state: ConsoleState, on canvas: inout Canvas) {
    let alerts = state.shelvedAlerts
    canvas.block(
      "SHELVED \(alerts.count)", trailing: "the first to come back on top", row: 0,
      pane: .list, state: state)
    guard !alerts.isEmpty else {
      canvas.put("nothing is shelved", row: 1, column: 2, style: state.theme[.quiet])
      return
    }
    let table = Table(columns(canvas.bounds.width), width: canvas.bounds.width)
    table.drawTitles(row: 1, on: &canvas, theme: state.theme)
    let selected = alerts.firstIndex { $0.id == state.selectedShelved?.id }
    let visible = max(0, canvas.bounds.height - 2)
    let top = Table.top(selected: selected, count: alerts.count, visible: visible)
    for (offset, alert) in alerts.dropFirst(top).prefix(visible).enumerated() {
      table.draw(
        fields(alert, state, isNarrow: canvas.bounds.width < 60), row: 2 + offset, on: &canvas,
        theme: state.theme, isSelected: top + offset == selected)
    }
  }

  private static func columns(_ width: Int) -> [Table.Column] {
    if width < 60 { return [.init("ID", 6), .init("LEFT", 4, .right), .init("WHY", nil)] }
    return [
      .init("PRI", 3), .init("ID", 6), .init("PLACE", 18), .init("BY", 8), .init("UNTIL", 12),
      .init("LEFT", 6, .right), .init("WHY", nil),
    ]
  }

  private static func fields(
    _ alert: Alert, _ state: ConsoleState, isNarrow: Bool
  ) -> [Table.Field] {
    guard case .shelved(let by, let until, let reason) = alert.state else { return [] }
    let left = max(.zero, until - state.shownNow)
    let why = Table.Field(state.safe("\(reason.isEmpty ? "-" : reason) (\(alert.what))"))
    let id = Table.Field(state.safe(alert.id.text), .off)
    if isNarrow { return [id, .init(state.safe(left.shortText)), why] }
    return [
      .init(state.safe(alert.priority.marks)), id, .init(state.safe(alert.place.label)),
      .init(state.safe(by)), .init(state.safe(until.clock(at: state.shownNow))),
      .init(state.safe(left.shortText)), why,
    ]
  }
}
