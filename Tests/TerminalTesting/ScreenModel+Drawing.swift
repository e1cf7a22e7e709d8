import TextCanvas

/// Characters onto the grid, and rows up and down.
extension ScreenModel {
  mutating func put(_ scalar: Unicode.Scalar) {
    let columnsTaken = Self.columns(of: scalar)
    if columnsTaken == 0 { return mark(scalar) }
    if wrapsNext || cursor.column + columnsTaken > columns {
      cursor.column = 0
      lineFeed()
    }
    wrapsNext = false
    guard cursor.column + columnsTaken <= columns else { return }
    set(cursor.column, ScreenCell(text: String(scalar), style: style))
    if columnsTaken == 2 { set(cursor.column + 1, ScreenCell(text: "", style: style)) }
    lastCharacter = scalar
    cursor.column += columnsTaken
    if cursor.column >= columns {
      cursor.column = columns - 1
      wrapsNext = true
    }
  }

  mutating func lineFeed() {
    if cursor.row == region.upperBound {
      scroll(up: 1, from: region.lowerBound)
    } else if cursor.row < rows - 1 {
      cursor.row += 1
    }
  }

  mutating func reverseLineFeed() {
    if cursor.row == region.lowerBound {
      scroll(down: 1, from: region.lowerBound)
    } else if cursor.row > 0 {
      cursor.row -= 1
    }
  }

  /// Drops rows at the given one, and brings blank ones in at the region's end.
  mutating func scroll(up count: Int, from row: Int) {
    for _ in 0..<min(count, rows) where region.contains(row) {
      grid.remove(at: row)
      grid.insert(blankRow, at: region.upperBound)
    }
  }

  /// Brings blank rows in at the given one, and drops rows at the region's end.
  mutating func scroll(down count: Int, from row: Int) {
    for _ in 0..<min(count, rows) where region.contains(row) {
      grid.remove(at: region.upperBound)
      grid.insert(blankRow, at: row)
    }
  }

  mutating func erase(row: Int, columns range: Range<Int>) {
    guard grid.indices.contains(row) else { return }
    for column in range.clamped(to: 0..<columns) { grid[row][column] = blank }
  }

  mutating func shift(by count: Int) {
    var row = grid[cursor.row]
    for _ in 0..<min(abs(count), columns - cursor.column) {
      if count > 0 {
        row.insert(blank, at: cursor.column)
        row.removeLast()
      } else {
        row.remove(at: cursor.column)
        row.append(blank)
      }
    }
    grid[cursor.row] = row
  }

  /// Erased places take the background (terminfo's bce).
  private var blank: ScreenCell {
    var style = ScreenStyle()
    style.background = self.style.background
    return ScreenCell(text: " ", style: style)
  }

  private var blankRow: [ScreenCell] { Array(repeating: blank, count: columns) }

  private mutating func set(_ column: Int, _ cell: ScreenCell) {
    let old = grid[cursor.row][column].text
    if old.isEmpty, column > 0, !cell.text.isEmpty { grid[cursor.row][column - 1].text = " " }
    if column + 1 < columns, grid[cursor.row][column + 1].text.isEmpty {
      grid[cursor.row][column + 1].text = " "
    }
    grid[cursor.row][column] = cell
  }

  private mutating func mark(_ scalar: Unicode.Scalar) {
    var column = wrapsNext ? cursor.column : cursor.column - 1
    if column > 0, grid[cursor.row][column].text.isEmpty { column -= 1 }
    guard column >= 0 else { return }
    grid[cursor.row][column].text.unicodeScalars.append(scalar)
  }

  private static func columns(of scalar: Unicode.Scalar) -> Int {
    if scalar.isASCII { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default:
      let shown = SafeText(untrusted: String(scalar))
      return shown.string.unicodeScalars.first == scalar ? shown.width : 1
    }
  }
}
