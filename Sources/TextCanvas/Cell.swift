/// One place on the screen.
public struct Cell: Sendable, Equatable {
  /// The character, or a blank in the second half of a wide one.
  public internal(set) var glyph: Unicode.Scalar = " "
  /// Its look.
  public internal(set) var style = Style.plain
  /// The lines that meet here, if it is part of one.
  var joints: Joints = []
  private var width: UInt8 = 1
  // Not an array: cells are copied by the ten thousand, and plain memory copies fast.
  private var markValues: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)

  init(_ glyph: Unicode.Scalar = " ", columns: Int = 1, style: Style = .plain) {
    self.glyph = glyph
    self.style = style
    width = UInt8(truncatingIfNeeded: columns)
  }

  /// The columns of the character: 1 or 2, and 0 in the second half of a wide one.
  public var columns: Int { Int(width) }

  /// Combining marks on it, at most four.
  public var marks: [Unicode.Scalar] {
    [markValues.0, markValues.1, markValues.2, markValues.3].filter { $0 != 0 }
      .compactMap { Unicode.Scalar($0) }
  }

  /// Whether there are any marks.
  public var isMarked: Bool { markValues.0 != 0 }

  /// Adds a mark, as long as there is room.
  mutating func mark(_ scalar: Unicode.Scalar) {
    if markValues.0 == 0 {
      markValues.0 = scalar.value
    } else if markValues.1 == 0 {
      markValues.1 = scalar.value
    } else if markValues.2 == 0 {
      markValues.2 = scalar.value
    } else if markValues.3 == 0 {
      markValues.3 = scalar.value
    }
  }

  /// Whether this is the second half of a wide character, drawn by the cell before it.
  public var isContinuation: Bool { width == 0 }

  /// A cell with nothing in it.
  public static let blank = Cell()

  public static func == (left: Cell, right: Cell) -> Bool {
    left.glyph == right.glyph && left.width == right.width && left.style == right.style
      && left.joints == right.joints && left.markValues == right.markValues
  }
}
