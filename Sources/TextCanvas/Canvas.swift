/// A screen as cells: what screens draw on, goldens are made from, and the terminal copies.
///
/// Coordinates count from the upper left corner of the current region (`within`), which is the
/// whole canvas at first. Whatever falls outside is cut; nothing here can fail.
public struct Canvas: Sendable, Equatable {
  /// The columns of the whole canvas.
  public let width: Int
  /// The rows of the whole canvas.
  public let height: Int
  /// Which characters it may hold; with `.ascii`, others turn into `?` in the same columns.
  public let alphabet: Alphabet
  /// Where the terminal's own cursor is parked, counted on the whole canvas; nil hides it.
  public private(set) var cursor: Place?

  private var cells: [Cell]
  private var region: Rect
  private var clip: Rect

  /// A row and a column of the whole canvas.
  public struct Place: Sendable, Hashable {
    public let row: Int
    public let column: Int

    public init(row: Int, column: Int) {
      self.row = row
      self.column = column
    }
  }

  public init(width: Int, height: Int, alphabet: Alphabet = .unicode) {
    self.width = max(0, width)
    self.height = max(0, height)
    self.alphabet = alphabet
    cells = Array(repeating: .blank, count: self.width * self.height)
    region = Rect(width: width, height: height)
    clip = region
  }

  /// The current region, seen from itself: it begins at 0, 0.
  public var bounds: Rect { Rect(width: region.width, height: region.height) }

  /// Draws in a part of the current region, which becomes the whole world meanwhile.
  public mutating func within<Result>(
    _ part: Rect, _ draw: (inout Canvas) throws -> Result
  ) rethrows -> Result {
    let (outerRegion, outerClip) = (region, clip)
    region = part.moved(rows: outerRegion.row, columns: outerRegion.column)
    clip = outerClip.intersection(region)
    defer { (region, clip) = (outerRegion, outerClip) }
    return try draw(&self)
  }

  /// Parks the terminal's cursor; outside the region it is left where it was.
  public mutating func placeCursor(row: Int, column: Int) {
    let place = Place(row: row + region.row, column: column + region.column)
    if clip.contains(row: place.row, column: place.column) { cursor = place }
  }

  /// Hides the terminal's cursor.
  public mutating func hideCursor() {
    cursor = nil
  }

  /// The cells of one row of the whole canvas.
  public func cells(inRow row: Int) -> ArraySlice<Cell> {
    cells[(row * width)..<((row + 1) * width)]
  }

  /// Whether the cell, counted in the current region, may be drawn on.
  func isVisible(row: Int, column: Int) -> Bool {
    clip.contains(row: row + region.row, column: column + region.column)
  }

  /// The visible part of a stretch of a row, both counted in the current region, as the columns
  /// that it begins and ends before; nil when nothing of it is visible.
  func visible(row: Int, columns: Range<Int>) -> Range<Int>? {
    guard clip.rows.contains(row + region.row) else { return nil }
    let first = max(columns.lowerBound, clip.column - region.column)
    let end = min(columns.upperBound, clip.column + clip.width - region.column)
    return first < end ? first..<end : nil
  }

  /// Overwrites a stretch with narrow characters; what they are is asked for each visible column.
  mutating func overwrite(row: Int, columns: Range<Int>, _ make: (Int, Cell) -> Cell) {
    guard let visible = visible(row: row, columns: columns) else { return }
    let first = open(row: row, columns: visible)
    for column in visible {
      let place = first + column - visible.lowerBound
      cells[place] = make(column, cells[place])
    }
  }

  /// Overwrites a visible stretch with ASCII; there must be as many bytes as columns.
  mutating func overwrite(
    row: Int, columns: Range<Int>, ascii: UnsafePointer<UInt8>, style: Style
  ) {
    let first = open(row: row, columns: columns)
    var cell = Cell(style: style)
    // The busiest loop of all: no closure, no checks that were made before.
    cells.withUnsafeMutableBufferPointer { cells in
      var offset = 0
      while offset < columns.count {
        cell.glyph = Unicode.Scalar(ascii[offset])
        cells[first + offset] = cell
        offset += 1
      }
    }
  }

  /// Blanks what would remain of wide characters that a stretch overwrites in half.
  private mutating func open(row: Int, columns: Range<Int>) -> Int {
    let first = index(row: row, column: columns.lowerBound)
    let end = first + columns.count
    if cells[first].isContinuation { blank(first - 1) }
    if end < (row + region.row + 1) * width, cells[end].isContinuation { blank(end) }
    return first
  }

  /// Changes one cell of the current region in place, if it is visible.
  mutating func change(row: Int, column: Int, _ edit: (inout Cell) -> Void) {
    guard isVisible(row: row, column: column) else { return }
    edit(&cells[index(row: row, column: column)])
  }

  /// Puts a character into the current region. Of a wide one that is cut, a blank remains.
  mutating func set(_ cell: Cell, row: Int, column: Int) {
    let isWide = cell.columns == 2
    if isWide, !(isVisible(row: row, column: column) && isVisible(row: row, column: column + 1)) {
      let blank = Cell(style: cell.style)
      replace(with: blank, row: row, column: column)
      replace(with: blank, row: row, column: column + 1)
      return
    }
    replace(with: cell, row: row, column: column)
    if isWide {
      let second = Cell(columns: 0, style: cell.style)
      replace(with: second, row: row, column: column + 1, keepsFirstHalf: true)
    }
  }

  /// Overwrites one cell, and blanks the other half of a wide character that stood there.
  private mutating func replace(
    with cell: Cell, row: Int, column: Int, keepsFirstHalf: Bool = false
  ) {
    guard isVisible(row: row, column: column) else { return }
    let place = index(row: row, column: column)
    let end = (row + region.row + 1) * width
    if cells[place].isContinuation, !keepsFirstHalf { blank(place - 1) }
    if cells[place].columns == 2, place + 1 < end { blank(place + 1) }
    cells[place] = cell
  }

  private mutating func blank(_ place: Int) {
    cells[place] = Cell(style: cells[place].style)
  }

  private func index(row: Int, column: Int) -> Int {
    (row + region.row) * width + column + region.column
  }
}
