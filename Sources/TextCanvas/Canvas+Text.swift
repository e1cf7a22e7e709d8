/// Text and areas.
extension Canvas {
  /// Writes text, cut at the region's edges, never half a wide character.
  /// - Parameter field: if given, exactly so many columns are written: longer text is cut with
  ///   `..`, shorter text filled with blanks.
  /// - Returns: the column after the text.
  @discardableResult
  public mutating func put(
    _ text: SafeText, row: Int, column: Int, style: Style = .plain, width field: Int? = nil
  ) -> Int {
    let shown = field.map { text.fitted(to: max(0, $0)) } ?? text
    if shown.isASCII {
      putASCII(shown, row: row, column: column, style: style)
    } else if bounds.rows.contains(row) {
      putWide(shown, row: row, column: column, style: style)
    }
    return column + shown.width
  }

  /// Gives an area one look; the text in it stays.
  public mutating func paint(_ area: Rect, style: Style) {
    let part = area.intersection(bounds)
    for row in part.rows {
      for column in part.columns {
        change(row: row, column: column) { $0.style = style }
      }
    }
  }

  /// Blanks an area.
  public mutating func fill(_ area: Rect, style: Style = .plain) {
    let blank = Cell(style: style)
    for row in area.intersection(bounds).rows {
      overwrite(row: row, columns: area.intersection(bounds).columns) { _, _ in blank }
    }
  }

  /// Nearly all text: one byte, one cell.
  private mutating func putASCII(_ text: SafeText, row: Int, column: Int, style: Style) {
    let columns = column..<(column + text.width)
    guard let visible = visible(row: row, columns: columns) else { return }
    var string = text.string
    string.withUTF8 { bytes in
      guard let start = bytes.baseAddress else { return }
      let shown = start + (visible.lowerBound - column)
      overwrite(row: row, columns: visible, ascii: shown, style: style)
    }
  }

  private mutating func putWide(_ text: SafeText, row: Int, column: Int, style: Style) {
    var next = column
    var lead: Int?
    for scalar in text.string.unicodeScalars {
      let columns = GlyphWidth.columns(scalar)
      if columns == 0 {
        if let lead { mark(scalar, row: row, column: lead) }
        continue
      }
      if next >= bounds.width { break }
      place(scalar, columns: columns, row: row, column: next, style: style)
      lead = isWhole(columns, row: row, column: next) ? next : nil
      next += columns
    }
  }

  private func isWhole(_ columns: Int, row: Int, column: Int) -> Bool {
    isVisible(row: row, column: column) && isVisible(row: row, column: column + columns - 1)
  }

  private mutating func place(
    _ scalar: Unicode.Scalar, columns: Int, row: Int, column: Int, style: Style
  ) {
    if alphabet == .unicode || scalar.isASCII {
      set(Cell(scalar, columns: columns, style: style), row: row, column: column)
    } else {
      for offset in 0..<columns {
        set(Cell("?", style: style), row: row, column: column + offset)
      }
    }
  }

  private mutating func mark(_ scalar: Unicode.Scalar, row: Int, column: Int) {
    guard alphabet == .unicode else { return }
    change(row: row, column: column) { $0.mark(scalar) }
  }
}
