import TextCanvas
import WatchCore

/// NOTES AND HISTORY: everything that the journal holds about an alert, the newest first.
enum HistoryPane {
  /// The alert's entries, and those by which symptoms came under it.
  static func entries(_ alert: Alert, _ state: ConsoleState) -> [Entry] {
    let arrivals = state.picture.symptoms(of: alert.id).flatMap { symptom in
      symptom.entries.filter { entry in
        switch entry.event {
        case .raise, .fold: true
        default: false
        }
      }
    }
    guard !arrivals.isEmpty else { return alert.entries.reversed() }
    return (alert.entries + arrivals).sorted { $0.seq > $1.seq }
  }

  static func draw(
    _ alert: Alert, _ state: ConsoleState, columns: Range<Int>? = nil, on canvas: inout Canvas
  ) {
    let all = entries(alert, state)
    let columns = columns ?? canvas.bounds.columns
    canvas.block(
      "NOTES AND HISTORY", trailing: SafeText(all.count) + (all.count == 1 ? " entry" : " entries"),
      row: 0, columns: columns, pane: .history, state: state)
    let area = Rect(
      row: 1, column: columns.lowerBound, width: columns.count, height: canvas.bounds.height - 1)
    canvas.within(area) { canvas in
      let isNarrow = canvas.bounds.width < 60
      let visible = isNarrow ? canvas.bounds.height / 2 : canvas.bounds.height
      let top = OverlayScreen.top(
        state.scroll[.history] ?? 0, count: all.count, visible: max(1, visible))
      let shown = Array(all.dropFirst(top))
      if isNarrow {
        EntryList.drawNarrow(shown, about: alert.id, state, on: &canvas)
      } else {
        EntryList.draw(shown, state, from: 0, on: &canvas)
      }
      if state.focus == .history { canvas.placeCursor(row: 0, column: 0) }
    }
  }
}
