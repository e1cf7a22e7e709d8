import TextCanvas
import WatchCore

/// Under 20x3: the NEW count and the worst cloud; below, if there is a row, the first NEW alert.
enum LineScreen {
  static func draw(_ state: ConsoleState, on canvas: inout Canvas) {
    let new = HeaderFacts(state).new
    var column = canvas.put(new.text, row: 0, column: 0, style: state.theme[new.role])
    if let worst = worst(state) {
      canvas.put(
        state.safe("\(worst.cloud.label) \(worst.label)"), row: 0, column: column + 1,
        style: state.theme[ColourRole(worst.state, inUse: true)])
    }
    if let first = state.newAlerts.first {
      column = canvas.put(
        state.safe(first.id.text) + " ", row: 1, column: 0, style: state.theme[ColourRole(first)])
      canvas.put(state.safe(first.what), row: 1, column: column)
    }
    if let message = state.currentMessage {
      canvas.fill(Rect(row: 2, width: canvas.bounds.width, height: 1))
      canvas.put(state.safe(message.text), row: 2, column: 0, style: state.theme[message.role])
    }
    canvas.placeCursor(row: 0, column: 0)
  }

  /// A cloud that is not set up at all is no trouble while others are.
  static func worst(_ state: ConsoleState) -> CloudStatus? {
    let used = state.board.clouds.filter { !$0.paths.isEmpty }
    return (used.isEmpty ? state.board.clouds : used).min { left, right in
      if left.state.rank != right.state.rank { return left.state.rank < right.state.rank }
      return left.open > right.open
    }
  }
}
