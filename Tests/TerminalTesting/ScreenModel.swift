import TextCanvas

/// What a terminal shows after the bytes it was sent: as much of an xterm (ECMA-48, DEC private
/// modes) as ncurses uses with any of the terminal types that tests run. What it does not know is
/// listed in `unknown`.
public struct ScreenModel: Sendable {
  public internal(set) var columns: Int
  public internal(set) var rows: Int
  /// Where the cursor is, from 0.
  public internal(set) var cursor = (row: 0, column: 0)
  /// DEC private modes that are on (1049 full screen, 25 cursor, 2004 bracketed paste, 1000... mouse).
  public internal(set) var modes: Set<Int> = [25, 7]
  /// The window title, if a program set one.
  public internal(set) var title: String?
  /// Sequences that this model does not know, and control characters that no screen needs.
  public internal(set) var unknown: [String] = []

  var grid: [[ScreenCell]]
  var style = ScreenStyle()
  var pending: [UInt8] = []
  var savedCursor = (row: 0, column: 0)
  var region: ClosedRange<Int>
  var lastCharacter: Unicode.Scalar = " "
  var wrapsNext = false

  public init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    grid = Array(repeating: Array(repeating: ScreenCell(), count: columns), count: rows)
    region = 0...max(0, rows - 1)
  }

  /// The rows as text, blanks at their ends cut.
  public var lines: [String] {
    grid.map { row in
      var line = row.map(\.text).joined()
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }
  }

  /// All rows, for searching and for messages.
  public var text: String { lines.joined(separator: "\n") }

  /// Whether the text stands on one of the rows.
  public func contains(_ text: String) -> Bool {
    lines.contains { $0.contains(text) }
  }

  /// The cell at a place; nil outside.
  public func cell(row: Int, column: Int) -> ScreenCell? {
    guard grid.indices.contains(row), grid[row].indices.contains(column) else { return nil }
    return grid[row][column]
  }

  /// The style of the first cell of a text; nil when it is not there.
  public func style(of text: String) -> ScreenStyle? {
    for (number, row) in grid.enumerated() {
      for start in row.indices {
        if row[start...].map(\.text).joined().hasPrefix(text) {
          return cell(row: number, column: start)?.style
        }
      }
    }
    return nil
  }

  /// Whether the program holds the full screen, on terminals that have two.
  public var isAlternate: Bool { modes.contains(1049) }
  public var isCursorShown: Bool { modes.contains(25) }
  public var isPasteBracketed: Bool { modes.contains(2004) }
  public var isMouseOn: Bool { !modes.isDisjoint(with: [9, 1000, 1002, 1003, 1006]) }

  /// The window was given another size; what no longer fits is cut.
  public mutating func resize(columns: Int, rows: Int) {
    grid = (0..<rows).map { row in
      (0..<columns).map { cell(row: row, column: $0) ?? ScreenCell() }
    }
    (self.columns, self.rows) = (columns, rows)
    region = 0...max(0, rows - 1)
    cursor = (min(cursor.row, rows - 1), min(cursor.column, columns - 1))
    wrapsNext = false
  }
}

/// One place on the modelled screen.
public struct ScreenCell: Sendable, Equatable {
  /// The character with its marks; empty in the second half of a wide one.
  public internal(set) var text = " "
  public internal(set) var style = ScreenStyle()
}

/// How a place on the modelled screen looks.
public struct ScreenStyle: Sendable, Equatable {
  public internal(set) var bold = false
  public internal(set) var dim = false
  public internal(set) var underline = false
  public internal(set) var reverse = false
  public internal(set) var blink = false
  /// Palette index; nil is the terminal's own.
  public internal(set) var foreground: Int?
  public internal(set) var background: Int?

  public init() {}
}
