import TextCanvas

extension Canvas {
  /// A block's title line. The focused pane's title is in reverse, where there is a choice.
  mutating func block(
    _ title: SafeText, trailing: SafeText = .empty, role: ColourRole = .quiet, row: Int,
    columns: Range<Int>? = nil, pane: Pane? = nil, state: ConsoleState
  ) {
    let isFocused = pane != nil && state.focus == pane && state.panes.count > 1
    titledLine(
      row: row, columns: columns ?? bounds.columns, style: state.theme[.quiet], title: title,
      titleStyle: state.theme[isFocused ? .select : .title], trailing: trailing,
      trailingStyle: state.theme[role])
  }

  /// A label in its column and its value behind it, cut at the edge.
  mutating func fact(
    _ label: SafeText, _ value: SafeText, role: ColourRole = .text, row: Int, column: Int = 1,
    labelWidth: Int = 10, state: ConsoleState
  ) {
    put(label, row: row, column: column, style: state.theme[.quiet])
    let start = column + labelWidth
    put(
      value.truncated(to: max(0, bounds.width - start)), row: row, column: start,
      style: state.theme[role])
  }
}

extension ConsoleState {
  /// Text from outside for this terminal's alphabet.
  func safe(_ text: some StringProtocol) -> SafeText {
    SafeText(untrusted: text, alphabet: alphabet)
  }
}
