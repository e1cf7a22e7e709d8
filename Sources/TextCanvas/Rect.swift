/// A part of the screen, counted in cells from its upper left corner. Never negative in size.
public struct Rect: Sendable, Hashable {
  public let row: Int
  public let column: Int
  public let width: Int
  public let height: Int

  public init(row: Int = 0, column: Int = 0, width: Int, height: Int) {
    self.row = row
    self.column = column
    self.width = max(0, width)
    self.height = max(0, height)
  }

  /// The rows that it covers.
  public var rows: Range<Int> { row..<(row + height) }
  /// The columns that it covers.
  public var columns: Range<Int> { column..<(column + width) }
  /// Whether no cell is in it.
  public var isEmpty: Bool { width == 0 || height == 0 }

  /// Whether the cell is in it.
  public func contains(row: Int, column: Int) -> Bool {
    rows.contains(row) && columns.contains(column)
  }

  /// What both cover.
  public func intersection(_ other: Rect) -> Rect {
    let top = max(row, other.row)
    let left = max(column, other.column)
    let bottom = min(row + height, other.row + other.height)
    let right = min(column + width, other.column + other.width)
    return Rect(row: top, column: left, width: right - left, height: bottom - top)
  }

  /// Moved by whole cells.
  public func moved(rows: Int, columns: Int) -> Rect {
    Rect(row: row + rows, column: column + columns, width: width, height: height)
  }

  /// The first rows, at most as many as asked for, and the rest.
  public func splitTop(_ count: Int) -> (top: Rect, rest: Rect) {
    let cut = min(max(0, count), height)
    return (
      Rect(row: row, column: column, width: width, height: cut),
      Rect(row: row + cut, column: column, width: width, height: height - cut)
    )
  }

  /// The last rows, at most as many as asked for, and the rest.
  public func splitBottom(_ count: Int) -> (rest: Rect, bottom: Rect) {
    let (rest, bottom) = splitTop(height - min(max(0, count), height))
    return (rest, bottom)
  }

  /// The first columns, at most as many as asked for, and the rest.
  public func splitLeft(_ count: Int) -> (left: Rect, rest: Rect) {
    let cut = min(max(0, count), width)
    return (
      Rect(row: row, column: column, width: cut, height: height),
      Rect(row: row, column: column + cut, width: width - cut, height: height)
    )
  }

  /// Side by side, with a gap of so many columns between each two; the first ones get what does
  /// not divide evenly.
  public func columns(_ count: Int, gap: Int = 0) -> [Rect] {
    guard count > 0 else { return [] }
    let room = max(0, width - gap * (count - 1))
    var parts: [Rect] = []
    var next = column
    for index in 0..<count {
      let part = room / count + (index < room % count ? 1 : 0)
      parts.append(Rect(row: row, column: next, width: part, height: height))
      next += part + gap
    }
    return parts
  }
}
