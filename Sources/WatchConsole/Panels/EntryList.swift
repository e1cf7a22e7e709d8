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
        + "\(entry.event.kind) \(alert)\(detail(entry, state))")
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
          .init(state.safe(entry.event.alert?.text ?? "")), .init(state.safe(detail(entry, state))),
        ], row: row + offset, on: &canvas, theme: state.theme)
    }
  }

  /// Two lines for each entry: what, and its words.
  /// - Parameter alert: not named again where the whole list is about it.
  static func drawNarrow(
    _ entries: [Entry], about alert: AlertID? = nil, _ state: ConsoleState, on canvas: inout Canvas
  ) {
    let width = canvas.bounds.width
    for (index, entry) in entries.prefix((canvas.bounds.height + 1) / 2).enumerated() {
      let time = entry.at.clock(at: state.shownNow)
      let other = entry.event.alert.flatMap { $0 == alert ? nil : " \($0.text)" } ?? ""
      let head = "\(entry.seq) \(time) \(entry.event.by?.name ?? "-") \(entry.event.kind)\(other)"
      canvas.put(
        state.safe(head).truncated(to: width - 2), row: 2 * index, column: 1,
        style: state.theme[entry.event.by == nil ? .quiet : .text])
      canvas.put(
        state.safe(detail(entry, state)).truncated(to: max(0, width - 6)), row: 2 * index + 1,
        column: 5)
    }
  }

  /// What the entry says, in the words of `journal show`.
  static func detail(_ entry: Entry, _ state: ConsoleState) -> String {
    entry.detail(in: state.picture)
  }

  /// The journal's newest entries in a block of their own.
  static func pane(_ state: ConsoleState, on canvas: inout Canvas) {
    let (title, chain, role) = Self.title(state)
    let isPane = state.panes.contains(.journal)
    canvas.block(
      title, trailing: chain, role: role, row: 0, pane: isPane ? .journal : nil, state: state)
    let entries = state.picture.recent.reversed().filter { !$0.event.isRoutine }
    draw(entries, state, from: 1, on: &canvas)
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
    let count = state.picture.count
    return (count == 1 ? "JOURNAL 1 entry" : "JOURNAL \(count) entries", chain, role)
  }
}
