/// Lines that join where they meet.
extension Canvas {
  /// A line along a row.
  public mutating func horizontalLine(row: Int, columns: Range<Int>, style: Style = .plain) {
    let alphabet = alphabet
    overwrite(row: row, columns: columns) { column, old in
      var joints = old.joints
      if column > columns.lowerBound || columns.count == 1 { joints.insert(.left) }
      if column < columns.upperBound - 1 || columns.count == 1 { joints.insert(.right) }
      var cell = Cell(joints.glyph(alphabet), style: style)
      cell.joints = joints
      return cell
    }
  }

  /// A line down a column. Its ends join a line along a row that they touch.
  public mutating func verticalLine(column: Int, rows: Range<Int>, style: Style = .plain) {
    for row in rows {
      var joints: Joints = []
      if row > rows.lowerBound || rows.count == 1 { joints.insert(.up) }
      if row < rows.upperBound - 1 || rows.count == 1 { joints.insert(.down) }
      join(joints, row: row, column: column, style: style)
    }
  }

  /// A line along a row that is broken by a title, and by a state at its other end:
  /// `-- AWS ---------- ok --`. Short of room the title is cut first, then the state.
  public mutating func titledLine(
    row: Int, columns: Range<Int>, style: Style = .plain,
    title: SafeText, titleStyle: Style = .plain,
    trailing: SafeText = .empty, trailingStyle: Style = .plain
  ) {
    horizontalLine(row: row, columns: columns, style: style)
    // Two cells of line at both ends, and a blank on each side of a text.
    let room = columns.count - 4
    var end = columns.upperBound - 2
    if !trailing.isEmpty, room >= 3 {
      let text = " " + trailing.truncated(to: room - 2) + " "
      end -= text.width
      put(text, row: row, column: end, style: trailingStyle)
    }
    let start = columns.lowerBound + 2
    let left = end - start - (trailing.isEmpty ? 0 : 1)
    if !title.isEmpty, left >= 3 {
      put(" " + title.truncated(to: left - 2) + " ", row: row, column: start, style: titleStyle)
    }
  }

  private mutating func join(_ joints: Joints, row: Int, column: Int, style: Style) {
    let alphabet = alphabet
    overwrite(row: row, columns: column..<(column + 1)) { _, old in
      let all = old.joints.union(joints)
      var cell = Cell(all.glyph(alphabet), style: style)
      cell.joints = all
      return cell
    }
  }
}
