/// Putting pieces together.
extension SafeText {
  public static func + (left: SafeText, right: SafeText) -> SafeText {
    SafeText(known: left.string + right.string, width: left.width + right.width)
  }

  public static func += (left: inout SafeText, right: SafeText) {
    left = left + right
  }

  /// The same text several times; none for a count below one.
  public init(repeating text: SafeText, count: Int) {
    let times = max(0, count)
    self.init(known: String(repeating: text.string, count: times), width: text.width * times)
  }

  /// Blanks; none for a count below one.
  public static func spaces(_ count: Int) -> SafeText {
    SafeText(repeating: " ", count: count)
  }
}

extension Sequence where Element == SafeText {
  /// All pieces in order, with the separator between each two.
  public func joined(separator: SafeText = .empty) -> SafeText {
    var pieces = ""
    var width = 0
    var isFirst = true
    for piece in self {
      if !isFirst {
        pieces += separator.string
        width += separator.width
      }
      isFirst = false
      pieces += piece.string
      width += piece.width
    }
    return SafeText(known: pieces, width: width)
  }
}
