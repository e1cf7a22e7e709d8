import TextCanvas

/// What becomes of a style's colours on a terminal with so many; -1 is the terminal's own.
///
/// With 8 colours, a bright foreground turns into its dark one in bold, a bright background into its
/// dark one. A style with a colour that still cannot be shown loses both, for half of a pair may be
/// unreadable; if it had a background it is reversed instead.
struct ShownColours: Equatable {
  private(set) var foreground: Int32 = -1
  private(set) var background: Int32 = -1
  private(set) var bold = false
  private(set) var reverse = false

  init(_ style: Style, colours: Int) {
    guard let front = Self.fold(style.foreground, colours: colours),
      let back = Self.fold(style.background, colours: colours)
    else {
      reverse = style.background != .terminal
      return
    }
    foreground = front
    background = back
    if case .palette(let index) = style.foreground { bold = Int32(index) != front }
  }

  /// Nil when it cannot be shown.
  private static func fold(_ colour: Colour, colours: Int) -> Int32? {
    guard case .palette(let index) = colour else { return -1 }
    if Int(index) < colours { return Int32(index) }
    return colours >= 8 && index < 16 ? Int32(index - 8) : nil
  }
}
