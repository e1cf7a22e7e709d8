import TextCanvas
import WatchCore

/// The alert queue: title, column names, rows. The first rows that fit, around the selected one.
enum AlertList {
  /// - Returns: the alerts whose rows are to be seen.
  static func draw(_ state: ConsoleState, on canvas: inout Canvas) -> Set<AlertID> {
    title(state, on: &canvas)
    let table = Table(columns(state, canvas.bounds.width), width: canvas.bounds.width)
    table.drawTitles(row: 1, on: &canvas, theme: state.theme)
    guard !state.rows.isEmpty else {
      let empty: SafeText =
        state.filter.isEmpty ? "no alert is open" : "no open alert fits the filter; Esc clears it"
      canvas.put(empty, row: 2, column: 2, style: state.theme[.quiet])
      return []
    }
    let visible = max(0, canvas.bounds.height - 2)
    let top = Table.top(selected: state.selectedIndex, count: state.rows.count, visible: visible)
    var seen: Set<AlertID> = []
    for (offset, row) in state.rows.dropFirst(top).prefix(visible).enumerated() {
      seen.formUnion(row.alerts)
      table.draw(
        fields(row, state, wide: canvas.bounds.width >= 100), row: 2 + offset, on: &canvas,
        theme: state.theme, isSelected: top + offset == state.selectedIndex,
        isMarked: row.alert.map { state.marks.contains($0) } ?? false)
    }
    let hidden = state.rows.count - visible
    if hidden > 0 { more(hidden, state, on: &canvas) }
    return seen
  }

  /// `ALERTS 3 new (1 high), 2 ack, 1 clr, 1 shv`, and what is held, filtered or flooding.
  private static func title(_ state: ConsoleState, on canvas: inout Canvas) {
    let picture = state.picture
    let high = picture.newHighCount
    let counts =
      "ALERTS \(picture.count("NEW")) new (\(high) high), \(picture.count("ACK")) ack, "
      + "\(picture.count("CLR")) clr, \(picture.count("SHV")) shv"
    let (note, role) = note(state)
    canvas.block(
      state.safe(counts), trailing: state.safe(note), role: role, row: 0, pane: .alerts,
      state: state)
  }

  private static func note(_ state: ConsoleState) -> (String, ColourRole) {
    if state.isFlood { return ("FLOOD \(state.raisedLately) in 10 min, by cause", .newHigh) }
    let filter = state.filter.isEmpty ? "" : "filter \(state.filter.text), "
    if !state.waiting.isEmpty {
      return ("\(filter)order held, \(state.waiting.count) waiting", .late)
    }
    return ("\(filter)order held, 0 waiting", .quiet)
  }

  private static func more(_ hidden: Int, _ state: ConsoleState, on canvas: inout Canvas) {
    let text = state.safe(" +\(hidden) more ")
    canvas.put(
      text, row: 1, column: canvas.bounds.width - text.width - 9, style: state.theme[.newLow])
  }

  private static func columns(_ state: ConsoleState, _ width: Int) -> [Table.Column] {
    let start: [Table.Column] = [
      .init("ST", 3), .init("PRI", 3), .init("ID", 6), .init("PLACE", 19), .init("AGE", 4, .right),
    ]
    let code: [Table.Column] = width >= 100 ? [.init("CODE", 23)] : []
    let owner = width >= 100 ? 8 : 5
    return start + code + [.init("WHAT", nil), .init("OWNER", owner)]
  }

  private static func fields(
    _ row: QueueRow, _ state: ConsoleState, wide: Bool
  ) -> [Table.Field] {
    guard let id = row.alert, let alert = state.picture.alerts[id] else {
      let text = state.safe("\(row.alerts.count) low alerts, folded (Enter shows)")
      let blank = Table.Field(.empty)
      return [.init("NEW"), .init("!"), blank, .init("all"), blank] + (wide ? [blank] : []) + [
        .init(text)
      ]
    }
    let role = ColourRole(alert)
    let isSymptom = if case .symptom = row { true } else { false }
    let code: [Table.Field] = wide ? [.init(state.safe(alert.code.text), .quiet)] : []
    return [
      .init(state.safe(alert.state.label.prefix(3)), role),
      .init(state.safe(alert.priority.marks), role),
      .init(state.safe(id.text)), .init(state.safe((isSymptom ? " " : "") + alert.place.text)),
      .init(state.safe(alert.detected.age(at: state.shownNow).shortText)),
    ] + code + [.init(what(alert, state)), .init(state.safe(alert.state.owner ?? ""), .ack)]
  }

  /// The row's words: the cause first, and how many symptoms are folded under it.
  private static func what(_ alert: Alert, _ state: ConsoleState) -> SafeText {
    let folded = state.picture.symptoms(of: alert.id).count
    let clear = alert.waitsForLine ? " (clear)" : ""
    let until: String
    if case .shelved(_, let end, _) = alert.state {
      until = ", until \(end.shortClock(at: state.shownNow))"
    } else {
      until = ""
    }
    return state.safe(alert.what + until + clear + (folded > 0 ? " +\(folded)" : ""))
  }
}
