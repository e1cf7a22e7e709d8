/// One place on the screen.
public struct Cell: Sendable, Hashable {
  /// The character, or a blank in the second half of a wide one.
  public internal(set) var glyph: Unicode.Scalar = " "
  /// Combining marks on it, at most four.
  public internal(set) var marks: [Unicode.Scalar] = []
  /// The columns of the character: 1 or 2, and 0 in the second half of a wide one.
  public internal(set) var columns = 1
  /// Its look.
  public internal(set) var style = Style.plain
  /// The lines that meet here, if it is part of one.
  var joints: Joints = []

  /// Whether this is the second half of a wide character, drawn by the cell before it.
  public var isContinuation: Bool { columns == 0 }

  /// A cell with nothing in it.
  public static let blank = Cell()
}
