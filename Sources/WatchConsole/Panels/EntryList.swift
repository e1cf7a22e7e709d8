import TextCanvas
import WatchCore

/// The newest entries of the journal, newest first, in a small pane.
enum EntryList {
  /// `journal 428 03:11:58Z mira note A-0141 "portal shows the same gap"`: the last entry in a line.
  static func lastLine(_ state: ConsoleState, row: Int, on canvas: inout Canvas) {
    canvas.put("journal", row: row, column: 1, style: state.theme[.quiet])
    guard let entry = state.picture.recent.last(where: { !$0.event.isRoutine }) else {
      canvas.put("has no entry yet", row: row, column: 9, style: state.theme[.quiet])
      return
    }
    let text = line(entry, state)
    canvas.put(
      text.truncated(to: max(0, canvas.bounds.width - 10)), row: row, column: 9)
  }

  static func line(_ entry: Entry, _ state: ConsoleState) -> SafeText {
    let alert = entry.event.alert.map { "\($0.text) " } ?? ""
    return state.safe(
      "\(entry.seq) \(entry.at.clock(at: state.shownNow)) \(entry.event.by?.name ?? "-") "
        + "\(entry.event.kind) \(alert)\(entry.event.detail)")
  }

  /// Rows in columns, from `row` to the bottom.
  static func draw(
    _ entries: [Entry], _ state: ConsoleState, from row: Int, on canvas: inout Canvas
  ) {
    let table = Table(
      [
        .init("SEQ", 4, .right), .init("UTC", 9), .init("WHO", 6), .init("WHAT", 7),
        .init("ALERT", 6), .init("DETAIL", nil),
      ], width: canvas.bounds.width, indent: 1)
    for (offset, entry) in entries.prefix(max(0, canvas.bounds.height - row)).enumerated() {
      let isToday = entry.at.date == state.shownNow.date
      table.draw(
        [
          .init(SafeText(entry.seq), .quiet),
          .init(state.safe(isToday ? entry.at.clock : entry.at.monthDay)),
          .init(state.safe(entry.event.by?.name ?? "-")), .init(state.safe(entry.event.kind)),
          .init(state.safe(entry.event.alert?.text ?? "")), .init(state.safe(entry.event.detail)),
        ], row: row + offset, on: &canvas, theme: state.theme)
    }
  }

  static func title(_ state: ConsoleState) -> (SafeText, SafeText, ColourRole) {
    let chain: SafeText
    var role = ColourRole.quiet
    switch state.shown.chain {
    case .unchecked: chain = "v verifies"
    case .ok: chain = "chain ok"
    case .broken:
      chain = "CHAIN BROKEN"
      role = .newHigh
    }
    return ("JOURNAL \(state.picture.count) entries", chain, role)
  }
}
