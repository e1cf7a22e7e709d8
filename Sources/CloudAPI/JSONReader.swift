/// Why bytes are not JSON that we accept. Offsets count bytes from 0.
public enum JSONProblem: Error, Sendable, Equatable {
  case empty
  case cut
  case unexpected(byte: UInt8, offset: Int)
  case badUTF8(offset: Int)
  case badEscape(offset: Int)
  case badNumber(offset: Int)
  case duplicateName(String, offset: Int)
  case tooDeep(limit: Int)
  case more(offset: Int)
}

/// A strict reader of JSON text (RFC 8259) from outside: depth is bounded, duplicate names,
/// bad UTF-8 and anything after the value are errors. Never crashes, whatever it is given.
public struct JSONReader {
  /// Arrays and objects inside each other. CloudTrail's own records stay far below it.
  public static let depthLimit = 96

  let bytes: [UInt8]
  var offset = 0
  var depth = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The one value that the bytes hold.
  public static func read(_ bytes: [UInt8]) throws(JSONProblem) -> JSONValue {
    var reader = JSONReader(bytes)
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { reader.offset = 3 }
    reader.skipSpace()
    if reader.offset == bytes.count { throw .empty }
    let value = try reader.value()
    reader.skipSpace()
    if reader.offset < bytes.count { throw .more(offset: reader.offset) }
    return value
  }

  mutating func skipSpace() {
    while offset < bytes.count {
      let byte = bytes[offset]
      guard byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 else { return }
      offset += 1
    }
  }

  func peek() throws(JSONProblem) -> UInt8 {
    guard offset < bytes.count else { throw .cut }
    return bytes[offset]
  }

  mutating func expect(_ wanted: UInt8) throws(JSONProblem) {
    let byte = try peek()
    guard byte == wanted else { throw .unexpected(byte: byte, offset: offset) }
    offset += 1
  }

  private mutating func value() throws(JSONProblem) -> JSONValue {
    switch try peek() {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try text())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return .number(try number())
    }
  }

  private mutating func word(
    _ word: StaticString, _ value: JSONValue
  ) throws(JSONProblem) -> JSONValue {
    for byte in word.description.utf8 { try expect(byte) }
    return value
  }

  private mutating func enter() throws(JSONProblem) {
    offset += 1
    depth += 1
    if depth > Self.depthLimit { throw .tooDeep(limit: Self.depthLimit) }
    skipSpace()
  }

  private mutating func array() throws(JSONProblem) -> JSONValue {
    try enter()
    defer { depth -= 1 }
    var elements: [JSONValue] = []
    if try peek() == UInt8(ascii: "]") {
      offset += 1
      return .array([])
    }
    while true {
      skipSpace()
      elements.append(try value())
      skipSpace()
      if try peek() == UInt8(ascii: "]") { break }
      try expect(UInt8(ascii: ","))
    }
    offset += 1
    return .array(elements)
  }

  private mutating func object() throws(JSONProblem) -> JSONValue {
    try enter()
    defer { depth -= 1 }
    var members: [JSONMember] = []
    var names: Set<String> = []
    if try peek() == UInt8(ascii: "}") {
      offset += 1
      return .object([])
    }
    while true {
      skipSpace()
      let start = offset
      guard try peek() == UInt8(ascii: "\"") else {
        throw .unexpected(byte: bytes[offset], offset: offset)
      }
      let name = try text()
      guard names.insert(name).inserted else {
        throw .duplicateName(PlainLine.make(name, limit: 60), offset: start)
      }
      skipSpace()
      try expect(UInt8(ascii: ":"))
      skipSpace()
      members.append(JSONMember(name, try value()))
      skipSpace()
      if try peek() == UInt8(ascii: "}") { break }
      try expect(UInt8(ascii: ","))
    }
    offset += 1
    return .object(members)
  }
}
