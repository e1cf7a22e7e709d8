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
      if state.filter.isEmpty { calm(state, on: &canvas) }
      return []
    }
    let visible = max(0, canvas.bounds.height - 2)
    let top = Table.top(selected: state.selectedIndex, count: state.rows.count, visible: visible)
    var seen: Set<AlertID> = []
    for (offset, row) in state.rows.dropFirst(top).prefix(visible).enumerated() {
      seen.formUnion(row.alerts)
      table.draw(
        fields(row, state, table), row: 2 + offset, on: &canvas,
        theme: state.theme, isSelected: top + offset == state.selectedIndex,
        isMarked: row.alert.map { state.marks.contains($0) } ?? false)
    }
    let hidden = state.rows.count - visible
    if hidden > 0 { more(hidden, state, on: &canvas) }
    return seen
  }

  /// What there is to know while nothing is wrong: what that rests on, and who would be told.
  private static func calm(_ state: ConsoleState, on canvas: inout Canvas) {
    let now = state.shownNow
    let paths = state.shown.clouds.flatMap(\.paths).filter { $0.required && $0.state != .off }
    let live = paths.filter { $0.id.kind.delivers }
    let looked = paths.compactMap(\.looked).max().map { ", last look \($0.age(at: now).text) ago" }
    let day = AlarmLoad(state.picture, from: now - .hours(24), to: now)
    let role = state.shown.plan.roles.first
    let members = role?.members.joined(separator: ", then ") ?? "nobody"
    let proof =
      "\(live.count(where: \.state.isProven)) of \(live.count) required paths proven\(looked ?? "")"
    let lines = [
      proof, "last 24 h: raised \(day.raised), acknowledged \(day.acked), open \(day.open)",
      "told in turn: \(members), \(role?.acknowledgeWithin.shortText ?? "-") apart",
    ]
    for (index, line) in lines.enumerated() {
      let text = state.safe(line).truncated(to: canvas.bounds.width - 3)
      canvas.put(text, row: 4 + index, column: 2)
    }
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
    _ row: QueueRow, _ state: ConsoleState, _ table: Table
  ) -> [Table.Field] {
    let last = table.columns.count - 1
    let isWide = last == 7
    guard let id = row.alert, let alert = state.picture.alerts[id] else {
      let text = state.safe("\(row.alerts.count) low alerts, folded (Enter shows)")
      let blank = Table.Field(.empty)
      let count = state.safe("\(row.alerts.count) low")
      return [.init("NEW"), .init("!"), .init(count), .init("all"), blank] + (isWide ? [blank] : [])
        + [.init(text, columns: 2)]
    }
    let role = ColourRole(alert)
    let isSymptom = if case .symptom = row { true } else { false }
    let code: [Table.Field] = isWide ? [.init(state.safe(alert.code.text), .quiet)] : []
    let start: [Table.Field] = [
      .init(state.safe(alert.state.label.prefix(3)), role),
      .init(state.safe(alert.priority.marks), role),
      .init(state.safe(id.text)),
      .init((isSymptom ? " " : "") + place(alert, state, width: isSymptom ? 18 : 19)),
      .init(state.safe(alert.detected.age(at: state.shownNow).shortText)),
    ]
    // Without an owner the words may run on into that column.
    guard let owner = alert.state.owner else {
      let text = what(alert, state, width: table.width(of: last - 1, over: 2))
      return start + code + [.init(text, columns: 2)]
    }
    let text = what(alert, state, width: table.width(of: last - 1))
    return start + code + [.init(text), .init(state.safe(owner), .ack)]
  }

  /// The account and what it is divided into; a subscription's or project's name alone says where,
  /// where there is no room for both.
  private static func place(_ alert: Alert, _ state: ConsoleState, width: Int) -> SafeText {
    let isUnit = alert.source.cloud != .aws && alert.place.region != "global"
    return state.fitting(
      [alert.place.label] + (isUnit ? [alert.place.region] : []), width: width)
  }

  /// The row's words: the cause first; how many symptoms are folded under it is never cut off.
  private static func what(_ alert: Alert, _ state: ConsoleState, width: Int) -> SafeText {
    let folded = state.picture.symptoms(of: alert.id).count
    var tail = alert.waitsForLine ? " (clear)" : ""
    if case .shelved(_, let end, _) = alert.state {
      tail += ", until \(end.shortClock(at: state.shownNow))"
    }
    if let count = alert.chatter { tail += " chattering x\(count)" }
    if folded > 0 { tail += " +\(folded)" }
    let end = state.safe(tail)
    let room = max(0, width - end.width)
    return state.safe(alert.words(in: room)).truncated(to: room) + end
  }
}
