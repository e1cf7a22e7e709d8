extension JSONReader {
  /// A string, from its opening quote. Lone surrogates become U+FFFD: the record stays readable.
  mutating func text() throws(JSONProblem) -> String {
    let start = offset
    offset += 1
    var out: [UInt8] = []
    var run = offset
    while true {
      let byte = try peek()
      if byte == UInt8(ascii: "\"") { break }
      if byte < 0x20 { throw .unexpected(byte: byte, offset: offset) }
      if byte == UInt8(ascii: "\\") {
        out += bytes[run..<offset]
        out += String(try escape()).utf8
        run = offset
      } else {
        offset += 1
      }
    }
    out += bytes[run..<offset]
    offset += 1
    guard let text = String(validating: out, as: UTF8.self) else { throw .badUTF8(offset: start) }
    return text
  }

  private mutating func escape() throws(JSONProblem) -> Unicode.Scalar {
    let start = offset
    offset += 1
    let byte = try peek()
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape(start)
    default: throw .badEscape(offset: start)
    }
  }

  private mutating func unicodeEscape(_ start: Int) throws(JSONProblem) -> Unicode.Scalar {
    let first = try hexUnit(start)
    guard (0xd800..<0xdc00).contains(first) else { return Unicode.Scalar(first) ?? "\u{fffd}" }
    guard offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"),
      bytes[offset + 1] == UInt8(ascii: "u")
    else { return "\u{fffd}" }
    let after = offset
    offset += 2
    let second = try hexUnit(start)
    guard (0xdc00..<0xe000).contains(second) else {
      offset = after
      return "\u{fffd}"
    }
    return Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00)) ?? "\u{fffd}"
  }

  private mutating func hexUnit(_ start: Int) throws(JSONProblem) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(try peek())).hexDigitValue else {
        throw .badEscape(offset: start)
      }
      unit = unit << 4 + UInt32(digit)
      offset += 1
    }
    return unit
  }

  /// A number's text, checked against the grammar of RFC 8259, section 6.
  mutating func number() throws(JSONProblem) -> String {
    let start = offset
    if try peek() == UInt8(ascii: "-") { offset += 1 }
    let first = try peek()
    guard isDigit(first) else {
      if offset == start { throw .unexpected(byte: first, offset: offset) }
      throw .badNumber(offset: start)
    }
    let whole = digits()
    if first == UInt8(ascii: "0"), whole > 1 { throw .badNumber(offset: start) }
    if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
      offset += 1
      if digits() == 0 { throw offset < bytes.count ? .badNumber(offset: start) : .cut }
    }
    if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") {
      offset += 1
      if offset < bytes.count, [0x2b, 0x2d].contains(bytes[offset]) { offset += 1 }
      if digits() == 0 { throw offset < bytes.count ? .badNumber(offset: start) : .cut }
    }
    guard offset - start <= 64 else { throw .badNumber(offset: start) }
    return String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private mutating func digits() -> Int {
    let start = offset
    while offset < bytes.count, isDigit(bytes[offset]) { offset += 1 }
    return offset - start
  }
}
