import TextCanvas

/// Every action with its keys and its command, from the action table.
enum HelpScreen {
  static func draw(query: String, scroll: Int, _ state: ConsoleState, on canvas: inout Canvas) {
    let actions = matches(query)
    let visible = max(0, canvas.bounds.height - 2)
    let top = OverlayScreen.top(scroll, count: actions.count, visible: visible)
    let last = min(top + visible, actions.count)
    let range: SafeText =
      actions.isEmpty ? "nothing found" : "\(top + 1) to \(last) of \(actions.count)"
    canvas.block("HELP", trailing: range, row: 0, state: state)
    let search: SafeText = query.isEmpty ? "type to search" : "search: " + state.safe(query)
    let caret = canvas.put(search, row: 1, column: 1, style: state.theme[.quiet])
    canvas.placeCursor(row: 1, column: query.isEmpty ? 1 : min(caret, canvas.bounds.width - 1))
    let wide = canvas.bounds.width >= 60
    let table = Table(
      [.init("", 13)] + (wide ? [.init("", 14)] : []) + [.init("", nil)],
      width: canvas.bounds.width, indent: 1)
    for (offset, action) in actions.dropFirst(top).prefix(visible).enumerated() {
      let keys = Table.Field(state.safe(action.keys.map(\.text).joined(separator: " ")), .newLow)
      let command = Table.Field(state.safe(":" + action.name.rawValue), .quiet)
      let text = Table.Field(state.safe(action.help))
      table.draw(
        [keys] + (wide ? [command] : []) + [text], row: 2 + offset, on: &canvas, theme: state.theme)
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
