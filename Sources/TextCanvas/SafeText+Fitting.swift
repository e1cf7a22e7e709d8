/// Cutting and filling to a number of columns. A cut never leaves half a wide character, nor a
/// mark without its base.
extension SafeText {
  /// Which side keeps the text when blanks are added.
  public enum Alignment: Sendable {
    case left, right
  }

  /// As much from the front as fits.
  public func prefix(width limit: Int) -> SafeText {
    split(atWidth: limit).head
  }

  /// As much from the front as fits, and what is left.
  public func split(atWidth limit: Int) -> (head: SafeText, tail: SafeText) {
    if width <= limit { return (self, .empty) }
    if limit <= 0 { return (.empty, self) }
    if isASCII {
      let cut = string.utf8.index(string.startIndex, offsetBy: limit)
      return (
        SafeText(known: String(string[..<cut]), width: limit),
        SafeText(known: String(string[cut...]), width: width - limit)
      )
    }
    let scalars = string.unicodeScalars
    var columns = 0
    var cut = scalars.startIndex
    while cut < scalars.endIndex {
      let next = GlyphWidth.columns(scalars[cut])
      if columns + next > limit { break }
      columns += next
      scalars.formIndex(after: &cut)
    }
    return (
      SafeText(known: String(scalars[..<cut]), width: columns),
      SafeText(known: String(scalars[cut...]), width: width - columns)
    )
  }

  /// The text if it fits, else its front and `..`.
  public func truncated(to limit: Int) -> SafeText {
    if width <= limit { return self }
    return prefix(width: limit - 2) + SafeText.ellipsis.prefix(width: limit)
  }

  /// The text with blanks up to the given columns; longer text stays as it is.
  public func padded(to columns: Int, _ alignment: Alignment = .left) -> SafeText {
    if width >= columns { return self }
    let blanks = SafeText.spaces(columns - width)
    return alignment == .left ? self + blanks : blanks + self
  }

  /// Exactly the given columns: cut with `..`, or filled with blanks.
  public func fitted(to columns: Int, _ alignment: Alignment = .left) -> SafeText {
    truncated(to: columns).padded(to: columns, alignment)
  }

  private static let ellipsis: SafeText = ".."
}
