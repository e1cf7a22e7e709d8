import TextCanvas
import WatchCore

/// What is known of an alert: what happened, four times, who was told, what it rests on, what is
/// folded under it, and what became of the records.
enum AlertFacts {
  static func title(
    _ alert: Alert, _ state: ConsoleState, label: SafeText = "", row: Int, on canvas: inout Canvas
  ) {
    let now = state.shownNow
    let head =
      "\(alert.id.text) \(alert.priority.marks) \(alert.state.label)"
      + (alert.state.owner.map { " \($0)" } ?? "") + " \(alert.code.text)"
    let wide = canvas.bounds.width >= 100
    let kind = wide ? "\(alert.kind.rawValue)   " : ""
    let tail = "\(alert.place.text)  \(kind)raised \(alert.detected.age(at: now).shortText) ago"
    canvas.block(
      label + state.safe(head), trailing: state.safe(tail), role: .text, row: row, state: state)
  }

  static func height(_ alert: Alert, _ state: ConsoleState, limit: Int) -> Int {
    min(limit, lines(alert, state).count)
  }

  static func draw(_ alert: Alert, _ state: ConsoleState, on canvas: inout Canvas) {
    let all = lines(alert, state)
    let room = canvas.bounds.height
    for (row, line) in all.prefix(room).enumerated() {
      let column = 1 + (line.label.isEmpty ? 0 : 9)
      canvas.put(line.label, row: row, column: 1, style: state.theme[.quiet])
      canvas.put(
        line.text.truncated(to: max(0, canvas.bounds.width - column - 1)), row: row,
        column: column, style: state.theme[line.role])
    }
    if all.count > room, room > 0 {
      let more: SafeText = " +\(all.count - room) "
      canvas.put(
        more, row: room - 1, column: canvas.bounds.width - more.width, style: state.theme[.newLow])
    }
  }

  struct Line {
    var label: SafeText
    var text: SafeText
    var role: ColourRole = .text
  }

  static func lines(_ alert: Alert, _ state: ConsoleState) -> [Line] {
    let next = ToldLine.next(alert, state)
    var lines = [
      Line(label: "", text: state.safe(headline(alert, state)), role: .title),
      Line(label: "", text: state.safe(ToldLine.times(alert, state))),
      Line(
        label: "",
        text: state.safe(ToldLine.told(alert, state) + (next.text.isEmpty ? "" : "   \(next.text)"))
      ),
    ]
    if let gap = gap(alert, state) { lines.append(Line(label: "gap", text: state.safe(gap))) }
    lines += alert.evidence.enumerated().map { index, evidence in
      Line(
        label: "E-\(index + 1)",
        text: state.safe("\(evidence.at.clock(at: state.shownNow)) \(evidence.text)"))
    }
    lines += state.picture.symptoms(of: alert.id).map { symptom in
      Line(
        label: "folded",
        text: state.safe(
          "\(symptom.id.text) \(symptom.priority.marks) \(symptom.code.text): \(symptom.what)"))
    }
    return lines
  }

  private static func headline(_ alert: Alert, _ state: ConsoleState) -> String {
    let now = state.shownNow
    var text = alert.what
    if let cleared = alert.clearedAt {
      text += "   clear since \(cleared.clock(at: now))"
    } else if let reopened = alert.reopened {
      text += "   NEW again: \(reopened)"
    } else if alert.kind == .event {
      text += "   Event: stays until somebody resolves it with a line."
    }
    return text
  }

  /// From, to, and what became of the records; open while the condition holds.
  static func gap(_ alert: Alert, _ state: ConsoleState) -> String? {
    let now = state.shownNow
    guard let gap = alert.gap else {
      guard alert.kind == .condition, alert.code.text.hasPrefix("aws."),
        alert.code != "aws.probe.blind"
      else { return nil }
      let end =
        alert.clearedAt.map { "to \($0.clock(at: now)), being accounted for" } ?? "to now, open"
      return "\(alert.failed.clock(at: now)) \(end)"
    }
    let to =
      gap.to.map { "\($0.clock(at: now)), \((gap.to.map { $0 - gap.from } ?? .zero).text)" }
      ?? "now, open"
    let unproven = gap.unprovenWhat.isEmpty ? "" : " (\(gap.unprovenWhat))"
    return "\(gap.from.clock(at: now)) to \(to): delivered late \(gap.deliveredLate), recovered "
      + "\(gap.recovered), lost \(gap.lost), unproven \(gap.unproven)\(unproven)"
  }
}
