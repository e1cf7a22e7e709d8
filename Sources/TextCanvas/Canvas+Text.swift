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
    guard bounds.rows.contains(row) else { return column + shown.width }
    var next = column
    var lead: Int?
    for scalar in shown.string.unicodeScalars {
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
    let part = area.intersection(bounds)
    for row in part.rows {
      for column in part.columns {
        set(cell(" ", columns: 1, style: style), row: row, column: column)
      }
    }
  }

  private func isWhole(_ columns: Int, row: Int, column: Int) -> Bool {
    isVisible(row: row, column: column) && isVisible(row: row, column: column + columns - 1)
  }

  private mutating func place(
    _ scalar: Unicode.Scalar, columns: Int, row: Int, column: Int, style: Style
  ) {
    if alphabet == .unicode || scalar.isASCII {
      set(cell(scalar, columns: columns, style: style), row: row, column: column)
    } else {
      for offset in 0..<columns {
        set(cell("?", columns: 1, style: style), row: row, column: column + offset)
      }
    }
  }

  private func cell(_ scalar: Unicode.Scalar, columns: Int, style: Style) -> Cell {
    var cell = Cell.blank
    cell.style = style
    cell.glyph = scalar
    cell.columns = columns
    return cell
  }

  private mutating func mark(_ scalar: Unicode.Scalar, row: Int, column: Int) {
    guard alphabet == .unicode else { return }
    change(row: row, column: column) { $0.marks.append(scalar) }
  }
}
