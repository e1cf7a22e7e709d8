import TextCanvas

/// What `:` offers, above the field: each command with its key, the first one being what Tab takes.
enum PaletteScreen {
  static func draw(_ state: ConsoleState, on canvas: inout Canvas) {
    let matches = state.paletteMatches
    let height = min(canvas.bounds.height, max(2, min(matches.count + 1, 12)))
    let (_, area) = canvas.bounds.splitBottom(height)
    canvas.within(area) { canvas in
      canvas.fill(canvas.bounds)
      let count: SafeText = matches.isEmpty ? "none" : "\(matches.count)"
      canvas.block("COMMANDS", trailing: count, row: 0, state: state)
      let table = Table(
        [.init("", 14), .init("", 9), .init("", nil)], width: canvas.bounds.width, indent: 1)
      for (offset, action) in matches.prefix(height - 1).enumerated() {
        let isPossible = action.allowed(state).isYes
        table.draw(
          [
            .init(state.safe(action.name.rawValue), isPossible ? .newLow : .quiet),
            .init(state.safe(action.keys.first?.text ?? "")),
            .init(state.safe(action.help), isPossible ? .text : .quiet),
          ], row: 1 + offset, on: &canvas, theme: state.theme)
      }
    }
  }
}
