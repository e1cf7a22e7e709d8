extension JSON5Reader {
  /// Skips white space and comments.
  mutating func skipSpace() throws(JSON5Error) {
    while let scalar = peek {
      if scalar == "/" {
        try comment()
      } else if Self.isSpace(scalar) {
        _ = next()
      } else {
        return
      }
    }
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\t", "\u{B}", "\u{C}", " ", "\u{A0}", "\u{FEFF}": true
    default: endsLine(scalar) || scalar.properties.generalCategory == .spaceSeparator
    }
  }

  private mutating func comment() throws(JSON5Error) {
    let start = place
    _ = next()
    if take("/") {
      while let scalar = peek, !Self.endsLine(scalar) { _ = next() }
    } else if take("*") {
      while let scalar = next() {
        if scalar == "*", take("/") { return }
      }
      throw fail("this comment has no end", at: start)
    } else {
      throw fail("expected a comment, // or /*", at: start)
    }
  }
}
