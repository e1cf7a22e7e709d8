import WatchCore

/// Reads JSON5 (spec.json5.org, 1.0.0) and keeps where each value stands. Duplicate keys, numbers
/// that are not finite and deep nesting are errors.
struct JSON5Reader {
  static let maxDepth = 32
  /// Bytes.
  static let maxSize = 1 << 20

  let text: [Unicode.Scalar]
  var at = 0
  var line = 1
  var lineStart = 0
  private var depth = 0

  private init(_ text: [Unicode.Scalar]) {
    self.text = text
  }

  /// The one value of the file.
  static func read(_ bytes: [UInt8]) throws(JSON5Error) -> JSON5Value {
    let start = TextPlace(line: 1, column: 1)
    guard bytes.count <= maxSize else {
      throw JSON5Error(place: start, what: "the file is larger than \(maxSize >> 20) MiB")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw JSON5Error(place: start, what: "the file is not UTF-8 text")
    }
    var reader = JSON5Reader(Array(text.unicodeScalars))
    if reader.peek == "\u{FEFF}" { reader.at += 1 }
    let value = try reader.value()
    try reader.skipSpace()
    guard reader.peek == nil else { throw reader.fail("text after the end of the value") }
    return value
  }

  var place: TextPlace { TextPlace(line: line, column: at - lineStart + 1) }
  var peek: Unicode.Scalar? { at < text.count ? text[at] : nil }

  func fail(_ what: String, at place: TextPlace? = nil) -> JSON5Error {
    JSON5Error(place: place ?? self.place, what: what)
  }

  /// Takes one scalar; CR LF, LF, CR, U+2028 and U+2029 end a line.
  mutating func next() -> Unicode.Scalar? {
    guard let scalar = peek else { return nil }
    at += 1
    if Self.endsLine(scalar), !(scalar == "\r" && peek == "\n") {
      line += 1
      lineStart = at
    }
    return scalar
  }

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek == scalar else { return false }
    _ = next()
    return true
  }

  static func endsLine(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\n" || scalar == "\r" || scalar == "\u{2028}" || scalar == "\u{2029}"
  }

  mutating func value() throws(JSON5Error) -> JSON5Value {
    try skipSpace()
    let place = place
    guard let scalar = peek else { throw fail("the file ends where a value should stand") }
    let content: JSON5Value.Content
    switch scalar {
    case "{": content = try nested { (reader) throws(JSON5Error) in try reader.object() }
    case "[": content = try nested { (reader) throws(JSON5Error) in try reader.array() }
    case "\"", "'": content = .string(try string())
    case "+", "-", ".", "0"..."9": content = try number()
    default: content = try word()
    }
    return JSON5Value(content: content, place: place)
  }

  private mutating func nested(
    _ body: (inout JSON5Reader) throws(JSON5Error) -> JSON5Value.Content
  ) throws(JSON5Error) -> JSON5Value.Content {
    guard depth < Self.maxDepth else { throw fail("nested too deep") }
    depth += 1
    _ = next()
    let content = try body(&self)
    depth -= 1
    return content
  }

  private mutating func object() throws(JSON5Error) -> JSON5Value.Content {
    var members: [JSON5Member] = []
    var places: [String: TextPlace] = [:]
    while true {
      try skipSpace()
      if take("}") { return .object(members) }
      let place = place
      let key = try key()
      if let first = places[key] {
        throw fail(
          "\(named(key)) stands here for the second time (first in line \(first.line))",
          at: place)
      }
      places[key] = place
      try skipSpace()
      guard take(":") else { throw fail("expected ':' after \(named(key))") }
      members.append(JSON5Member(key: key, place: place, value: try value()))
      try skipSpace()
      if take(",") { continue }
      guard peek == "}" else { throw fail("expected ',' or '}'") }
    }
  }

  private mutating func array() throws(JSON5Error) -> JSON5Value.Content {
    var items: [JSON5Value] = []
    while true {
      try skipSpace()
      if take("]") { return .array(items) }
      items.append(try value())
      try skipSpace()
      if take(",") { continue }
      guard peek == "]" else { throw fail("expected ',' or ']'") }
    }
  }

  private mutating func key() throws(JSON5Error) -> String {
    if peek == "\"" || peek == "'" { return try string() }
    let name = try identifier()
    guard !name.isEmpty else { throw fail("expected a key") }
    return name
  }

  private mutating func word() throws(JSON5Error) -> JSON5Value.Content {
    let place = place
    let name = try identifier()
    switch name {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return .null
    case "Infinity", "NaN": throw fail("\(name) is not a number that can be used", at: place)
    case "": throw fail("expected a value")
    default: throw fail("\(named(name)) is no value; a text stands in quotes", at: place)
    }
  }

  /// An unquoted key (ECMAScript 5.1 IdentifierName, without `\u` escapes).
  mutating func identifier() throws(JSON5Error) -> String {
    var name = String.UnicodeScalarView()
    while let scalar = peek {
      let isStart = scalar == "$" || scalar == "_" || scalar.properties.isXIDStart
      let isPart = scalar.properties.isXIDContinue || scalar == "\u{200C}" || scalar == "\u{200D}"
      guard isStart || (!name.isEmpty && isPart) else { break }
      name.append(scalar)
      _ = next()
    }
    return String(name)
  }

  func named(_ key: String) -> String {
    "\"\(key.shortened(to: 60))\""
  }
}
