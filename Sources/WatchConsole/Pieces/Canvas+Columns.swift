import TextCanvas

extension Canvas {
  /// The line between a left part and the blocks at its right, from its first row to the line under
  /// both; `rows` are those of the right blocks' titles, `leftRows` those of the left ones'.
  mutating func divide(
    column: Int, bottom: Int, rows: [Int], leftRows: [Int], style: Style
  ) {
    horizontalLine(row: bottom, columns: bounds.columns, style: style)
    for row in rows {
      horizontalLine(row: row, columns: column..<min(column + 2, bounds.width), style: style)
    }
    for row in leftRows where column > 0 {
      horizontalLine(row: row, columns: (column - 1)..<(column + 1), style: style)
    }
    let first = min(rows.min() ?? 0, leftRows.min() ?? 0)
    verticalLine(column: column, rows: first..<(bottom + 1), style: style)
  }
}
