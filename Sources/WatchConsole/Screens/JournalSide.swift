import TextCanvas
import WatchCore

/// What stands beside or under the journal's list.
enum JournalSide {
  /// Rows that the duty's and the month's figures take.
  private static let sideRows = 18

  struct Line {
    var label: SafeText
    var value: SafeText
  }

  /// The column on the right of a wide screen.
  static func draw(_ state: ConsoleState, in area: Rect, on canvas: inout Canvas) {
    let height = area.height
    canvas.within(area) { canvas in
      var row = 0
      if let entry = state.selectedEntry {
        canvas.block("ENTRY \(entry.seq)", row: row, state: state)
        for line in lines(of: entry, state) {
          row += 1
          canvas.fact(line.label, line.value, row: row, column: 2, state: state)
        }
        row += 2
        if let id = entry.event.alert { row = sameAlert(id, state, row: row, on: &canvas) }
      }
      let dutyRow = max(row, height - sideRows)
      wideDuty(state, row: dutyRow, on: &canvas)
    }
  }

  /// The entry in full.
  static func lines(of entry: Entry, _ state: ConsoleState) -> [Line] {
    let local = "local \(state.zone.longClock(entry.at)) \(state.zone.label)"
    var lines = [
      Line(label: "at", value: state.safe("\(entry.at.iso)   \(local)")),
      Line(label: "who", value: state.safe(entry.event.by?.text ?? "the watch")),
    ]
    let kind = entry.event.kind
    if let id = entry.event.alert, let alert = state.picture.alerts[id] {
      let about =
        "\(id.text) \(alert.code.text), raise entry \(alert.raiseSeq) \(short(alert.raiseHash))"
      lines.append(Line(label: "about", value: state.safe(about)))
    } else {
      lines.append(Line(label: "kind", value: state.safe(kind)))
    }
    lines.append(Line(label: "text", value: state.safe(EntryList.detail(entry, state))))
    let chain =
      "prev \(short(entry.prev))   hash \(short(entry.hash))\(entry.demo ? "   demo" : "")"
    lines.append(Line(label: "chain", value: state.safe(chain)))
    return lines
  }

  /// `9c40..b7`
  static func short(_ hash: String) -> String {
    hash.count > 8 ? "\(hash.prefix(4))..\(hash.suffix(2))" : hash
  }

  private static func sameAlert(
    _ id: AlertID, _ state: ConsoleState, row first: Int, on canvas: inout Canvas
  ) -> Int {
    guard let alert = state.picture.alerts[id] else { return first }
    var row = first
    canvas.block("THE SAME ALERT, IN ORDER", row: row, state: state)
    let room = max(0, canvas.bounds.height - sideRows - 2 - row)
    for entry in alert.entries.suffix(room) {
      row += 1
      let who = entry.event.by?.name ?? "-"
      let head = state.safe("\(entry.seq) \(entry.at.clock)") + " "
      let column = canvas.put(head, row: row, column: 2, style: state.theme[.quiet])
      let rest = state.safe("\(who) \(entry.event.kind) \(EntryList.detail(entry, state))")
      canvas.put(
        rest.truncated(to: max(0, canvas.bounds.width - column)), row: row, column: column,
        style: state.theme[.text])
    }
    return row + 2
  }

  /// Two lines under a title.
  static func duty(_ state: ConsoleState, row: Int, on canvas: inout Canvas) {
    canvas.block(dutyTitle(state), row: row, state: state)
    let now = state.shownNow
    let duty = AlarmLoad(state.picture, from: since(state), to: now)
    let day = AlarmLoad(state.picture, from: now - .hours(24), to: now)
    let first =
      "raised \(duty.raised)   acked \(duty.acked)   open \(duty.open)   worst 10 min "
      + "\(duty.worstTenMinutes)   time to ack \(duty.medianToAck?.text ?? "-") (aim \(aim(state)))"
    let room = canvas.bounds.width - 1
    let more = "   chattering \(duty.chattering)   blind \(duty.blindMinutes)m"
    canvas.put(
      state.safe(first.count + more.count <= room ? first + more : first), row: row + 1, column: 1)
    let frequent = day.mostFrequent.map {
      "   most frequent \($0.code) \($0.count) of \(day.raised)"
    }
    let chatter = first.count + more.count > room && duty.chattering > 0
    canvas.put(
      state.safe(
        "24h mix high/med/low \(day.mix)"
          + (chatter ? "   chattering \(duty.chattering)" : "") + (frequent ?? "")),
      row: row + 2, column: 1)
  }

  private static func aim(_ state: ConsoleState) -> String {
    state.shown.plan.roles.first?.acknowledgeWithin.shortText ?? "15m"
  }

  private static func wideDuty(_ state: ConsoleState, row: Int, on canvas: inout Canvas) {
    let now = state.shownNow
    let duty = AlarmLoad(state.picture, from: since(state), to: now)
    let month = AlarmLoad(state.picture, from: now - AlarmLoad.base, to: now)
    canvas.block(dutyTitle(state), row: row, state: state)
    let facts: [(SafeText, String)] = [
      ("raised", "\(duty.raised)   acked \(duty.acked)   open \(duty.open)"),
      ("worst", "\(duty.worstTenMinutes) in 10 minutes   (flood above 10)"),
      ("to ack", "median \(duty.medianToAck?.text ?? "-")   (aim \(aim(state)))"),
      ("blind", "\(duty.blindMinutes)m without a look"),
    ]
    for (index, fact) in facts.enumerated() {
      canvas.fact(fact.0, state.safe(fact.1), row: row + 1 + index, column: 2, state: state)
    }
    let next = row + facts.count + 2
    canvas.block("LAST " + state.safe(month.span.uppercased()), row: next, state: state)
    for (index, fact) in monthly(month, state).enumerated() {
      canvas.fact(fact.0, state.safe(fact.1), row: next + 1 + index, column: 2, state: state)
    }
  }

  private static func monthly(
    _ month: AlarmLoad, _ state: ConsoleState
  ) -> [(SafeText, String)] {
    let longest = month.longestToAck.map { ", longest \($0.text)" } ?? ""
    let top = month.topTen.map { "\($0) %" } ?? "-"
    let day = month.perDay
    return [
      ("a day", "\(day.median) median, \(day.worst) worst   (150 fine, 300 max)"),
      ("flood", "\(month.floodPercent) of 10 minutes over 10   (aim under 1 %)"),
      ("mix", "high/med/low \(month.mix)   (aim 5/15/80)"),
      ("old", "\(month.staleOpen) open over 24h   (aim under 5)"),
      ("chatter", "\(month.chattering) chattering   (aim 0)"),
      ("to ack", "median \(month.medianToAck?.text ?? "-")\(longest) (aim \(aim(state)))"),
      ("top ten", "\(top) of all   (aim 1 to 5 %)"),
      ("rules", "\(month.unnamedChanges) changed without a name   (aim 0)"),
      (
        "blind",
        "\(month.blindMinutes)m without a look, and no watch ran for \(month.unwatched.shortText)"
      ),
    ]
  }

  private static func since(_ state: ConsoleState) -> Timestamp {
    state.picture.dutySince ?? state.shownNow - .hours(24)
  }

  private static func dutyTitle(_ state: ConsoleState) -> SafeText {
    guard let duty = state.picture.duty, let since = state.picture.dutySince else {
      return "LAST 24 HOURS (nobody has taken duty)"
    }
    let name = state.safe(duty.to).truncated(to: 20)
    return "THIS DUTY (" + name + " since " + state.safe(since.shortClock(at: state.shownNow)) + ")"
  }
}
