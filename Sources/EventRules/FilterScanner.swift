/// A pattern's text, read character by character with its place.
struct FilterScanner {
  private let scalars: [Unicode.Scalar]
  private(set) var offset = 0

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
  }

  /// From 1.
  var column: Int { offset + 1 }
  var isAtEnd: Bool { offset >= scalars.count }
  var next: Unicode.Scalar? { isAtEnd ? nil : scalars[offset] }

  func peek(_ ahead: Int) -> Unicode.Scalar? {
    offset + ahead < scalars.count ? scalars[offset + ahead] : nil
  }

  mutating func skipSpace() {
    while let scalar = next, Self.isSpace(scalar) { offset += 1 }
  }

  mutating func take() -> Unicode.Scalar? {
    guard let scalar = next else { return nil }
    offset += 1
    return scalar
  }

  /// Goes over the text if it stands here.
  mutating func skip(_ text: String) -> Bool {
    let wanted = Array(text.unicodeScalars)
    guard offset + wanted.count <= scalars.count,
      scalars[offset..<offset + wanted.count].elementsEqual(wanted)
    else { return false }
    offset += wanted.count
    return true
  }

  /// Goes over a whole word: what follows is no letter or digit.
  mutating func skipWord(_ word: String) -> Bool {
    let start = offset
    guard skip(word) else { return false }
    if let scalar = next, Self.isNameScalar(scalar) {
      offset = start
      return false
    }
    return true
  }

  mutating func take(while wanted: (Unicode.Scalar) -> Bool) -> String {
    var text = String.UnicodeScalarView()
    while let scalar = next, wanted(scalar) {
      text.append(scalar)
      offset += 1
    }
    return String(text)
  }

  /// What stands here, for a message: a word, a sign, or the end.
  var found: String {
    guard let first = next else { return "the end" }
    guard Self.isNameScalar(first) else { return "\"\(FilterText.shown(String(first)))\"" }
    var copy = self
    return "\"\(FilterText.shown(copy.take(while: Self.isNameScalar)))\""
  }

  func error(wanted: String) -> FilterPatternError {
    FilterPatternError(.unexpected(found: found, wanted: wanted), at: column)
  }

  /// A text in double quotes, the opening one not yet taken; `\"` and `\\` inside are taken back.
  mutating func quoted() throws(FilterPatternError) -> String {
    let start = column
    _ = take()
    var text = String.UnicodeScalarView()
    while let scalar = take() {
      switch scalar {
      case "\"": return String(text)
      case "\\":
        guard let escaped = take() else { break }
        if escaped != "\"" && escaped != "\\" { text.append("\\") }
        text.append(escaped)
      default: text.append(scalar)
      }
    }
    throw FilterPatternError(.notClosed("the quotation mark"), at: start)
  }

  /// A regular expression between percent signs, the opening one not yet taken.
  mutating func regex() throws(FilterPatternError) -> FilterRegex {
    let start = column
    _ = take()
    var text = String.UnicodeScalarView()
    while let scalar = take() {
      if scalar == "%" { return try FilterRegex(String(text), column: start + 1) }
      text.append(scalar)
      if scalar == "\\", let escaped = take() { text.append(escaped) }
    }
    throw FilterPatternError(.notClosed("the regular expression"), at: start)
  }

  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r"
  }

  /// Letters, digits, underscore and hyphen, as names of fields have them.
  static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x5f, 0x2d: true
    default: scalar.value >= 0x80
    }
  }
}
