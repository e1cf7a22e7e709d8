import TextCanvas
import WatchCore

/// What is known of an alert: what happened, four times, who was told, what it rests on, what is
/// folded under it, and what became of the records.
enum AlertFacts {
  /// One fact. Short of room the ones of the highest rank go first; rank 0 stays.
  struct Line {
    var label: SafeText = .empty
    var text: SafeText
    var role: ColourRole = .text
    var rank = 0
    /// At the right edge of the row.
    var right: SafeText = .empty
    var rightRole: ColourRole = .text
  }

  /// From this width on labels have a column of their own.
  static let wideFrom = 100

  static func height(_ alert: Alert, _ state: ConsoleState, width: Int, limit: Int) -> Int {
    min(limit, lines(alert, state, width: width).count)
  }

  /// - Parameter showsGap: false where the gap has a block of its own.
  static func draw(
    _ alert: Alert, _ state: ConsoleState, showsGap: Bool = true, on canvas: inout Canvas
  ) {
    let width = canvas.bounds.width
    draw(lines(alert, state, width: width, showsGap: showsGap), state, on: &canvas)
  }

  static func draw(_ all: [Line], _ state: ConsoleState, on canvas: inout Canvas) {
    let room = canvas.bounds.height
    let top = OverlayScreen.top(state.scroll[.evidence] ?? 0, count: all.count, visible: room)
    let shown = top > 0 ? Array(all.dropFirst(top).prefix(room)) : fitted(all, to: room)
    for (row, line) in shown.enumerated() { draw(line, row: row, state, on: &canvas) }
    guard all.count > shown.count, room > 0 else { return }
    let more: SafeText = "  +\(all.count - shown.count) more, y"
    let last = room - 1
    canvas.put(
      more, row: last, column: canvas.bounds.width - more.width - 1, style: state.theme[.newLow])
  }

  /// The facts that there is room for, in their order.
  static func fitted(_ all: [Line], to room: Int) -> [Line] {
    guard all.count > room else { return all }
    let kept = all.indices.sorted { (all[$0].rank, $0) < (all[$1].rank, $1) }.prefix(max(0, room))
    return kept.sorted().map { all[$0] }
  }

  static func draw(_ line: Line, row: Int, _ state: ConsoleState, on canvas: inout Canvas) {
    let width = canvas.bounds.width
    canvas.put(line.label, row: row, column: 1, style: state.theme[.quiet])
    let isWide = width >= wideFrom
    let label = isWide ? max(9, line.label.width) : line.label.width
    let column = line.label.isEmpty ? 1 : 2 + label
    let tail = line.right.isEmpty ? 0 : line.right.width + 2
    canvas.put(
      line.text.truncated(to: max(0, width - column - 1 - tail)), row: row, column: column,
      style: state.theme[line.role])
    guard tail > 0 else { return }
    canvas.put(
      line.right, row: row, column: max(1, width - line.right.width - 1),
      style: state.theme[line.rightRole])
  }
}
