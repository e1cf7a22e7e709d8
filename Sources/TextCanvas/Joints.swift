/// The directions in which lines leave a cell; what two lines make where they meet follows from it.
struct Joints: OptionSet, Sendable, Hashable {
  let rawValue: UInt8

  static let up = Joints(rawValue: 1)
  static let down = Joints(rawValue: 2)
  static let left = Joints(rawValue: 4)
  static let right = Joints(rawValue: 8)

  /// The character that shows them.
  func glyph(_ alphabet: Alphabet) -> Unicode.Scalar {
    switch alphabet {
    case .unicode: Self.boxes[Int(rawValue & 15)]
    case .ascii: isVertical ? "|" : isHorizontal ? "-" : "+"
    }
  }

  private var isVertical: Bool { isDisjoint(with: [.left, .right]) && !isEmpty }
  private var isHorizontal: Bool { isDisjoint(with: [.up, .down]) }

  /// By raw value: bit 0 up, 1 down, 2 left, 3 right.
  private static let boxes: [Unicode.Scalar] = [
    " ", "│", "│", "│", "─", "┘", "┐", "┤", "─", "└", "┌", "├", "─", "┴", "┬", "┼",
  ]
}
