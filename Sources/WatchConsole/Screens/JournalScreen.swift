import TextCanvas
import WatchCore

/// The journal (acknowledgement log): entries newest first, the selected one in full, and how this
/// duty goes. Wider screens put the details beside the list.
enum JournalScreen {
  static func draw(_ state: ConsoleState, on canvas: inout Canvas) {
    let area = canvas.bounds
    switch state.tier {
    case .wide:
      let (left, right) = area.splitLeft(area.width * 67 / 100)
      canvas.within(left) { list(state, on: &$0) }
      canvas.verticalLine(
        column: left.width, rows: 0..<area.height, style: state.theme[.quiet])
      let part = Rect(column: left.width, width: right.width, height: area.height)
      JournalSide.draw(state, in: part, on: &canvas)
    case .large:
      let (top, bottom) = area.splitBottom(11)
      canvas.within(top) { list(state, on: &$0) }
      canvas.within(bottom) { below(state, on: &$0) }
    case .normal:
      let (top, bottom) = area.splitBottom(4)
      canvas.within(top) { list(state, on: &$0) }
      canvas.within(bottom) { canvas in
        JournalSide.duty(state, row: 0, on: &canvas)
        canvas.horizontalLine(row: 3, columns: canvas.bounds.columns, style: state.theme[.quiet])
      }
    case .small, .line: list(state, on: &canvas)
    }
  }

  /// Under the list at 120x40: the entry, the duty, a line.
  private static func below(_ state: ConsoleState, on canvas: inout Canvas) {
    let columns = canvas.bounds.columns
    if let entry = state.selectedEntry {
      canvas.block("ENTRY \(entry.seq)", row: 0, columns: columns, state: state)
      for (index, line) in JournalSide.lines(of: entry, state).prefix(5).enumerated() {
        canvas.fact(line.label, line.value, row: 1 + index, state: state)
      }
    }
    JournalSide.duty(state, row: 7, on: &canvas)
    canvas.horizontalLine(row: 10, columns: columns, style: state.theme[.quiet])
  }

  private static func list(_ state: ConsoleState, on canvas: inout Canvas) {
    let (chain, role) = chainText(state)
    let order: SafeText = state.tier >= .large ? " entries, newest first" : ", newest first"
    let title: SafeText = "JOURNAL (ACKNOWLEDGEMENT LOG) \(state.picture.count)" + order
    canvas.block(title, trailing: chain, role: role, row: 0, pane: .list, state: state)
    var row = 1
    if canvas.bounds.height > 6 {
      filterLine(state, row: row, on: &canvas)
      row += 1
    }
    let entries = state.entries
    let table = self.table(state, entries, width: canvas.bounds.width)
    if canvas.bounds.height > 4 {
      table.drawTitles(row: row, on: &canvas, theme: state.theme)
      row += 1
    }
    rows(entries, state, table, from: row, on: &canvas)
  }

  private static func rows(
    _ entries: [Entry], _ state: ConsoleState, _ table: Table, from first: Int,
    on canvas: inout Canvas
  ) {
    let visible = max(0, canvas.bounds.height - first)
    let selected = entries.firstIndex { $0.seq == state.selectedEntry?.seq }
    let top = Table.top(selected: selected, count: entries.count, visible: visible)
    for (offset, entry) in entries.dropFirst(top).prefix(visible).enumerated() {
      table.draw(
        fields(entry, state), row: first + offset, on: &canvas, theme: state.theme,
        isSelected: top + offset == selected)
    }
    if entries.isEmpty {
      let text: SafeText = state.entryFilter.isEmpty ? "no entry yet" : "no entry passes the filter"
      canvas.put(text, row: first, column: 2, style: state.theme[.quiet])
    }
  }

  private static func filterLine(_ state: ConsoleState, row: Int, on canvas: inout Canvas) {
    let text: SafeText =
      state.entryFilter.isEmpty
      ? "who: all   what: all but proofs, snapshots   alert: all   day: all"
      : "filter: " + state.safe(state.entryFilter.text)
    canvas.put(
      text.truncated(to: canvas.bounds.width - 2), row: row, column: 1,
      style: state.theme[state.entryFilter.isEmpty ? .quiet : .newLow])
  }

  static func table(_ state: ConsoleState, _ entries: [Entry], width: Int) -> Table {
    let digits = max(3, String(state.picture.head?.seq ?? 0).count)
    guard width >= 60 else {
      return Table(
        [
          .init("SEQ", digits), .init("UTC", 6), .init("WHO", 5), .init("WHAT", 7),
          .init("ALERT", 6), .init("DETAIL", nil),
        ], width: width)
    }
    let names = entries.prefix(200).map { $0.event.by?.name.count ?? 1 }.max() ?? 5
    return Table(
      [
        .init("SEQ", digits), .init("DATE", 5), .init("UTC", 10),
        .init("WHO", min(max(5, names), 12)),
        .init("WHAT", 9), .init("ALERT", 7), .init("DETAIL", nil),
      ], width: width)
  }

  private static func fields(_ entry: Entry, _ state: ConsoleState) -> [Table.Field] {
    let isMine = entry.event.by != nil
    let who = state.safe(entry.event.by?.name ?? "-")
    let what = state.safe(entry.event.kind)
    let alert = state.safe(entry.event.alert?.text ?? "")
    let seq = Table.Field("\(entry.seq)")
    let rest: [Table.Field] = [
      .init(who, isMine ? .text : .quiet), .init(what), .init(alert),
      .init(state.safe(EntryList.detail(entry, state))),
    ]
    if state.width < 60 { return [seq, .init(state.safe(entry.at.shortClock), .quiet)] + rest }
    let day = Table.Field(state.safe(entry.at.monthDay), .quiet)
    return [seq, day, .init(state.safe(entry.at.clock))] + rest
  }

  private static func chainText(_ state: ConsoleState) -> (SafeText, ColourRole) {
    switch state.shown.chain {
    case .unchecked: return ("chain not checked", .quiet)
    case .broken: return ("CHAIN BROKEN", .newHigh)
    case .ok(_, let at):
      guard state.tier >= .large else { return ("chain ok", .text) }
      return ("chain ok, checked " + state.safe(at.clock(at: state.shownNow)), .text)
    }
  }
}
