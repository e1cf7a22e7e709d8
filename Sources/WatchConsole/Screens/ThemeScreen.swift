import TextCanvas

/// `:theme`: every theme by name, and each role as the chosen one shows it.
enum ThemeScreen {
  static func draw(selected: Int, _ state: ConsoleState, on canvas: inout Canvas) {
    canvas.block("THEME", trailing: state.safe(state.theme.name), row: 0, state: state)
    let visible = max(1, min(state.themes.count, canvas.bounds.height / 3))
    let top = Table.top(selected: selected, count: state.themes.count, visible: visible)
    for (offset, theme) in state.themes.dropFirst(top).prefix(visible).enumerated() {
      let isSelected = top + offset == selected
      let name = state.safe(theme.name)
      let style = state.theme[isSelected ? .select : .text]
      canvas.put(" " + name + " ", row: 1 + offset, column: 1, style: style)
      guard isSelected else { continue }
      canvas.put(Glyphs(state.alphabet).cursor, row: 1 + offset, column: 0)
      canvas.placeCursor(row: 1 + offset, column: 0)
    }
    let first = visible + 2
    for (offset, role) in ColourRole.allCases.enumerated() {
      canvas.put(
        state.safe(role.rawValue), row: first + offset, column: 1, style: state.theme[.quiet])
      canvas.put(role.sample, row: first + offset, column: 12, style: state.theme[role])
    }
  }
}

extension ColourRole {
  /// What looks like this.
  var sample: SafeText {
    switch self {
    case .text: "ok, and everything normal"
    case .quiet: "labels, old times"
    case .title: "ALERTS 3 new (1 high)"
    case .select: "the title of the focused pane"
    case .newHigh: "NEW !!! SILENT FAILING WATCH GONE JOURNAL NOT SAVED"
    case .newMedium: "NEW !!"
    case .newLow: "NEW !"
    case .late: "LATE"
    case .blind: "BLIND NEVER NOT SET UP FROZEN"
    case .off: "OFF SHV"
    case .ack: "ACK mira"
    case .good: "ok again"
    case .warnLine: "a: A-0138 is acknowledged by jon since 00:13Z; A takes it over"
    }
  }
}
