import TextCanvas

/// Help, palette, raw record and theme preview, over the body of a screen.
enum OverlayScreen {
  static func draw(_ overlay: Overlay, _ state: ConsoleState, on canvas: inout Canvas) {
    canvas.hideCursor()
    switch overlay {
    case .help(let query, let scroll):
      canvas.fill(canvas.bounds)
      HelpScreen.draw(query: query, scroll: scroll, state, on: &canvas)
    case .palette: PaletteScreen.draw(state, on: &canvas)
    case .theme(let index, _):
      canvas.fill(canvas.bounds)
      ThemeScreen.draw(selected: index, state, on: &canvas)
    case .raw(let subject, let scroll):
      canvas.fill(canvas.bounds)
      RawScreen.draw(subject, scroll: scroll, state, on: &canvas)
    }
  }

  /// The lines from the scrolled one on, and whether it was asked for too much.
  static func top(_ scroll: Int, count: Int, visible: Int) -> Int {
    min(max(0, scroll), max(0, count - max(1, visible)))
  }
}
