/// The canvas as plain text, for tests and for terminals that cannot be drawn on.
extension Canvas {
  /// One string for each row, without blanks at its end.
  public var text: [String] {
    rows { cell in
      var character = String(cell.glyph)
      character.unicodeScalars.append(contentsOf: cell.marks)
      return character
    }
  }

  /// The looks of the cells, one character of the caller's choice each, without blanks at the end.
  public func styleMap(_ symbol: (Style) -> Character) -> [String] {
    rows { cell in
      String(repeating: symbol(cell.style), count: cell.columns)
    }
  }

  private func rows(_ show: (Cell) -> String) -> [String] {
    (0..<height).map { row in
      var line = ""
      for cell in cells(inRow: row) where !cell.isContinuation {
        line += show(cell)
      }
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }
  }
}
