/// Why some text is not JSON.
public struct JSONError: Error, Hashable, Sendable {
  /// Offset of the offending byte.
  public var offset: Int
  public var what: String
}

extension JSON {
  /// Reads one JSON text (RFC 8259), strictly: no duplicate keys, no trailing text, bounded depth.
  ///
  /// - Throws: ``JSONError`` with the byte at which reading stopped.
  public init(bytes: [UInt8], maxDepth: Int = 64) throws(JSONError) {
    var reader = JSONReader(bytes: bytes, maxDepth: maxDepth)
    self = try reader.document()
  }

  /// As ``init(bytes:maxDepth:)``, from text.
  public init(text: String, maxDepth: Int = 64) throws(JSONError) {
    try self.init(bytes: Array(text.utf8), maxDepth: maxDepth)
  }
}

struct JSONReader {
  let bytes: [UInt8]
  let maxDepth: Int
  var at = 0
  var depth = 0

  init(bytes: [UInt8], maxDepth: Int) {
    self.bytes = bytes
    self.maxDepth = maxDepth
  }

  mutating func document() throws(JSONError) -> JSON {
    let value = try self.value()
    skipSpace()
    guard at == bytes.count else { throw fail("text after the value") }
    return value
  }

  func fail(_ what: String) -> JSONError { JSONError(offset: at, what: what) }

  mutating func skipSpace() {
    while at < bytes.count {
      switch bytes[at] {
      case 0x20, 0x09, 0x0A, 0x0D: at += 1
      default: return
      }
    }
  }

  mutating func value() throws(JSONError) -> JSON {
    skipSpace()
    guard at < bytes.count else { throw fail("unexpected end") }
    switch bytes[at] {
    case UInt8(ascii: "{"): return try nested { (reader) throws(JSONError) in try reader.object() }
    case UInt8(ascii: "["): return try nested { (reader) throws(JSONError) in try reader.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func nested(
    _ body: (inout JSONReader) throws(JSONError) -> JSON
  ) throws(JSONError) -> JSON {
    guard depth < maxDepth else { throw fail("nested too deep") }
    depth += 1
    at += 1
    let value = try body(&self)
    depth -= 1
    return value
  }

  private mutating func word(_ text: StaticString, _ value: JSON) throws(JSONError) -> JSON {
    let wanted = text.withUTF8Buffer { Array($0) }
    guard bytes[at...].starts(with: wanted) else { throw fail("unknown word") }
    at += wanted.count
    return value
  }

  private mutating func object() throws(JSONError) -> JSON {
    var members: [JSON.Member] = []
    var keys = JSONKeys()
    skipSpace()
    if take("}") { return .object([]) }
    while true {
      skipSpace()
      guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw fail("expected a key") }
      let key = try string()
      guard keys.insert(key, after: members) else { throw fail("key \"\(key)\" twice") }
      skipSpace()
      guard take(":") else { throw fail("expected ':'") }
      members.append(JSON.Member(key, try value()))
      skipSpace()
      if take(",") { continue }
      guard take("}") else { throw fail("expected ',' or '}'") }
      return .object(members)
    }
  }

  private mutating func array() throws(JSONError) -> JSON {
    var items: [JSON] = []
    skipSpace()
    if take("]") { return .array([]) }
    while true {
      items.append(try value())
      skipSpace()
      if take(",") { continue }
      guard take("]") else { throw fail("expected ',' or ']'") }
      return .array(items)
    }
  }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard at < bytes.count, bytes[at] == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  private mutating func number() throws(JSONError) -> JSON {
    let start = at
    _ = take("-")
    let digits = at
    skipDigits()
    guard at > digits else { throw fail("unexpected character") }
    guard bytes[digits] != 0x30 || at == digits + 1 else { throw fail("leading zero") }
    var whole = true
    if take(".") {
      whole = false
      let fraction = at
      skipDigits()
      guard at > fraction else { throw fail("expected a digit") }
    }
    if take("e") || take("E") {
      whole = false
      _ = take("+") || take("-")
      let exponent = at
      skipDigits()
      guard at > exponent else { throw fail("expected a digit") }
    }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    if whole, let value = Int64(text) { return .int(value) }
    guard let value = Double(text), value.isFinite else { throw fail("number out of range") }
    return .double(value)
  }

  private mutating func skipDigits() {
    while at < bytes.count, (0x30...0x39).contains(bytes[at]) { at += 1 }
  }
}

/// The keys of one object so far. Small objects, nearly all, are compared one by one: cheaper than
/// hashing; large ones hashed, so that nobody can make reading slow.
private struct JSONKeys {
  private var seen: Set<String> = []

  /// False for a key that is among the members already.
  mutating func insert(_ key: String, after members: [JSON.Member]) -> Bool {
    if members.count < 24 { return !members.contains { $0.key == key } }
    if seen.isEmpty { seen = Set(members.map(\.key)) }
    return seen.insert(key).inserted
  }
}
