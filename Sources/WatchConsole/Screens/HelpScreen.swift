import TextCanvas

/// Every action with its keys and its command, from the action table.
enum HelpScreen {
  static func draw(query: String, scroll: Int, _ state: ConsoleState, on canvas: inout Canvas) {
    let wide = canvas.bounds.width >= 60
    let table = Table(
      [.init("", 13)] + (wide ? [.init("", 14)] : []) + [.init("", nil)],
      width: canvas.bounds.width, indent: 1)
    let lines = self.lines(matches(query), wide: wide, width: table.width(of: wide ? 2 : 1), state)
    let visible = max(0, canvas.bounds.height - 2)
    let top = OverlayScreen.top(scroll, count: lines.count, visible: visible)
    let last = min(top + visible, lines.count)
    let range: SafeText =
      lines.isEmpty ? "nothing found" : "lines \(top + 1) to \(last) of \(lines.count)"
    canvas.block("HELP", trailing: range, row: 0, state: state)
    let search: SafeText = query.isEmpty ? "type to search" : "search: " + state.safe(query)
    let caret = canvas.put(search, row: 1, column: 1, style: state.theme[.quiet])
    canvas.placeCursor(row: 1, column: query.isEmpty ? 1 : min(caret, canvas.bounds.width - 1))
    for (offset, line) in lines.dropFirst(top).prefix(visible).enumerated() {
      table.draw(line, row: 2 + offset, on: &canvas, theme: state.theme)
    }
  }

  /// Nothing of a sentence is cut: it goes on in the next row.
  private static func lines(
    _ actions: [Action], wide: Bool, width: Int, _ state: ConsoleState
  ) -> [[Table.Field]] {
    actions.flatMap { action in
      let keys = Table.Field(state.safe(action.keys.map(\.text).joined(separator: " ")), .newLow)
      let command = Table.Field(state.safe(":" + action.name.rawValue), .quiet)
      let first = [keys] + (wide ? [command] : [])
      let text = state.safe(action.help).wrapped(to: max(8, width))
      return text.enumerated().map { index, piece in
        (index == 0 ? first : first.map { _ in Table.Field(.empty) }) + [Table.Field(piece)]
      }
    }
  }

  /// Actions whose keys, name or sentence hold what is typed.
  static func matches(_ query: String) -> [Action] {
    let words = query.lowercased().split(separator: " ")
    return Action.all.filter { action in
      let text = (action.keys.map(\.text) + [action.name.rawValue, action.help])
        .joined(separator: " ").lowercased()
      return words.allSatisfy { text.contains($0) }
    }
  }
}
