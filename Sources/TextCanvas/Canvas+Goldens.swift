/// The canvas as plain text, for tests and for terminals that cannot be drawn on.
extension Canvas {
  /// One string for each row, without blanks at its end.
  public var text: [String] {
    (0..<height).map { row in
      let cells = cells(inRow: row)
      var line = String.UnicodeScalarView()
      guard let last = cells.lastIndex(where: { $0.glyph != " " }) else { return "" }
      for cell in cells[...last] where !cell.isContinuation {
        line.append(cell.glyph)
        if cell.isMarked { line.append(contentsOf: cell.marks) }
      }
      return String(line)
    }
  }

  /// The looks of the cells, one character of the caller's choice each, without blanks at the end.
  public func styleMap(_ symbol: (Style) -> Character) -> [String] {
    (0..<height).map { row in
      var line = cells(inRow: row).map { symbol($0.style) }
      while line.last == " " { line.removeLast() }
      return String(line)
    }
  }
}
