import TextCanvas
import WatchCore

/// EVIDENCE: what an alert rests on and who saw it, and what the cloud's own record says of the
/// hand behind it. Everything here came from outside and is shown escaped.
enum EvidencePane {
  static func draw(
    _ alert: Alert, _ state: ConsoleState, columns: Range<Int>, on canvas: inout Canvas
  ) {
    canvas.block(
      "EVIDENCE", trailing: "from the cloud, shown escaped", row: 0, columns: columns,
      pane: .evidence, state: state)
    let area = Rect(
      row: 1, column: columns.lowerBound, width: columns.count, height: canvas.bounds.height - 1)
    canvas.within(area) { canvas in
      let lines = lines(alert, state, width: max(20, canvas.bounds.width - 2))
      let visible = canvas.bounds.height
      let top = OverlayScreen.top(
        state.scroll[.evidence] ?? 0, count: lines.count, visible: visible)
      for (row, line) in lines.dropFirst(top).prefix(visible).enumerated() {
        canvas.put(line.text, row: row, column: 1, style: state.theme[line.role])
      }
      if state.focus == .evidence { canvas.placeCursor(row: 0, column: 0) }
    }
  }

  static func lines(_ alert: Alert, _ state: ConsoleState, width: Int) -> [Table.Field] {
    let items = alert.evidence.enumerated().flatMap { index, evidence in
      let time = evidence.at.clock(at: state.shownNow)
      let head = state.safe("E-\(index + 1) \(time)  \(evidence.text)")
      return head.wrapped(to: width, indent: 4).map { Table.Field($0) }
        + [
          Table.Field(
            "    seen by "
              + state.safe(alert.source.cloud.witnessed(evidence.seen)).truncated(to: width - 12),
            .quiet)
        ]
    }
    return items + cause(alert, state, width: width)
  }

  private static func cause(
    _ alert: Alert, _ state: ConsoleState, width: Int
  ) -> [Table.Field] {
    guard let cause = alert.cause else { return [] }
    let facts: [(SafeText, String?)] = [
      ("who", cause.actor + (cause.identity.map { $0 == cause.actor ? "" : "   \($0)" } ?? "")),
      ("did", cause.action + (cause.subject.map { " on \($0)" } ?? "")),
      ("where", "\(cause.region), \(cause.at.clock(at: state.shownNow))"),
      ("from", cause.from), ("agent", cause.agent), ("event", cause.event),
      ("refused", cause.error),
    ]
    return [Table.Field("the hand behind it", .title)]
      + facts.compactMap { label, value in
        value.map { value in
          Table.Field(
            (SafeText.spaces(4) + label.padded(to: 8) + state.safe(value)).truncated(to: width))
        }
      }
  }
}
