import CNcurses
import TextCanvas

/// Cells and their looks in the terms of ncurses, for the colours that the terminal has.
struct StyleTable {
  private let colours: Int
  private var looks: [Style: Look] = [:]
  private var scratch = [wchar_t](repeating: 0, count: 6)

  private struct Look {
    var attributes: attr_t
    var pair: Int32
  }

  /// - Parameter monochrome: leaves all colours out.
  init(monochrome: Bool) {
    // Without colours, alloc_pair crashes: no pair is ever asked for then.
    let hasColours = !monochrome && has_colors()
    if hasColours { start_color() }
    colours = hasColours && use_default_colors() == OK ? Int(wk_colours()) : 0
  }

  /// The cell for ncurses. If the platform counts its columns differently, question marks.
  mutating func curses(_ cell: Cell) -> [cchar_t] {
    let look = look(cell.style)
    let wide = wchar_t(bitPattern: cell.glyph.value)
    guard cell.glyph.value >= 0x20, Int(wcwidth(wide)) == cell.columns else {
      return Array(repeating: make([0x3F], look), count: cell.columns)
    }
    let marks = cell.marks.map { wchar_t(bitPattern: $0.value) }
    return [make([wide] + marks, look)]
  }

  private mutating func make(_ characters: [wchar_t], _ look: Look) -> cchar_t {
    for (index, character) in (characters + [0]).enumerated() { scratch[index] = character }
    var made = cchar_t()
    // The pair goes through the last argument: the one before it is too short for it.
    var pair = look.pair
    setcchar(&made, scratch, look.attributes, 0, &pair)
    return made
  }

  private mutating func look(_ style: Style) -> Look {
    if let known = looks[style] { return known }
    let made = make(style)
    looks[style] = made
    return made
  }

  private func make(_ style: Style) -> Look {
    var attributes: attr_t = 0
    if style.attributes.contains(.bold) { attributes |= WK_A_BOLD }
    if style.attributes.contains(.dim) { attributes |= WK_A_DIM }
    if style.attributes.contains(.underline) { attributes |= WK_A_UNDERLINE }
    if style.attributes.contains(.reverse) { attributes |= WK_A_REVERSE }
    let colours = ShownColours(style, colours: colours)
    if colours.bold { attributes |= WK_A_BOLD }
    if colours.reverse { attributes ^= WK_A_REVERSE }
    guard colours.foreground >= 0 || colours.background >= 0 else {
      return Look(attributes: attributes, pair: 0)
    }
    let pair = alloc_pair(colours.foreground, colours.background)
    return Look(attributes: attributes, pair: max(0, pair))
  }
}
