import TextCanvas
import WatchCore

/// THE GAP: what became of the records of a silent time. One line while it is open, a line for each
/// figure when it has ended.
enum GapBlock {
  struct Line {
    var label: SafeText
    /// Nil: a line without a figure.
    var count: Int?
    var text: String
    var role: ColourRole = .text
  }

  /// Whether silence of this kind leaves a gap that is accounted for.
  static func isOwed(_ alert: Alert) -> Bool {
    alert.kind == .condition && GapAccount.codes.contains(alert.code)
  }

  /// From, to, and what became of it, in one line; nil where no records are missing.
  static func line(_ alert: Alert, _ state: ConsoleState) -> String? {
    guard let gap = alert.gap else {
      guard isOwed(alert) else { return nil }
      return span(alert, state)
        + (alert.clearedAt == nil ? ": accounted for when it ends" : ": being accounted for")
    }
    let what = gap.unprovenWhat.isEmpty ? "" : " (\(gap.unprovenWhat))"
    return "\(span(alert, state)): \(gap.summary)\(what)"
  }

  /// `03:01:20Z to 03:06:45Z, 5m25s`, `02:50:42Z to now, 22m02s, open`
  static func span(_ alert: Alert, _ state: ConsoleState) -> String {
    let now = state.shownNow
    let from = alert.gap?.from ?? alert.missingSince
    guard let to = alert.gap.map(\.to) ?? alert.clearedAt else {
      return "\(from.clock(at: now)) to now, \(from.age(at: now).text), open"
    }
    return "\(from.clock(at: now)) to \(to.clock(at: now)), \(from.age(at: to).text)"
  }

  /// The block's lines; nil while the gap is open, and where there is none.
  static func lines(_ alert: Alert, _ state: ConsoleState) -> [Line]? {
    guard alert.clearedAt != nil || alert.gap?.to != nil else { return nil }
    guard let gap = alert.gap else {
      guard isOwed(alert) else { return nil }
      return [
        Line(
          label: "not yet known",
          text: "\(alert.source.cloud.historyWord) is complete about "
            + "\(alert.source.cloud.historyDelay) minutes after the fact")
      ]
    }
    return figures(gap) + proof(alert)
  }

  private static func figures(_ gap: GapAccount) -> [Line] {
    let unproven = gap.unprovenWhat.isEmpty ? "" : "\(gap.unprovenWhat): no second witness"
    return [
      Line(
        label: "delivered late", count: gap.deliveredLate,
        text: gap.deliveredLate == 0
          ? "nothing of that time has come down the path" : "came down the path after all"),
      Line(label: "recovered", count: gap.recovered, text: from(gap.witness)),
      Line(
        label: "lost", count: gap.lost,
        text: gap.lost == 0 ? "" : "known to have happened, and held by nobody",
        role: gap.lost == 0 ? .text : .newHigh),
      Line(
        label: "unproven", count: gap.unproven, text: unproven,
        role: gap.unproven == 0 ? .text : .blind),
    ]
  }

  private static func from(_ witness: String) -> String {
    witness.isEmpty ? "" : "from \(witness)"
  }

  private static func proof(_ alert: Alert) -> [Line] {
    alert.clearProof.map { [Line(label: "fresh proof", text: $0)] } ?? []
  }

  static func draw(
    _ alert: Alert, _ lines: [Line], _ state: ConsoleState, on canvas: inout Canvas
  ) {
    canvas.block(
      "THE GAP", trailing: state.safe(span(alert, state)), role: .text, row: 0, state: state)
    let isNarrow = canvas.bounds.width < 60
    let start = isNarrow ? 21 : 25
    for (index, line) in lines.enumerated() {
      let row = 1 + index
      canvas.put(line.label, row: row, column: 1, style: state.theme[.quiet])
      if let count = line.count {
        canvas.put(
          SafeText(count).padded(to: 4, .right), row: row, column: 16,
          style: state.theme[line.role])
      }
      let column = line.count == nil && isNarrow ? 16 : start
      canvas.put(
        state.safe(line.text).truncated(to: max(0, canvas.bounds.width - column - 1)), row: row,
        column: column)
    }
  }
}
