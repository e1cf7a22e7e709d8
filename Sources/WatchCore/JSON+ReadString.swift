extension JSONReader {
  /// A string literal; invalid UTF-8 and lone surrogates are errors, not replacement characters.
  mutating func string() throws(JSONError) -> String {
    at += 1
    let start = at
    let isASCII = skipPlain()
    if take("\"") { return try text(start..<at - 1, isASCII: isASCII) }
    var out = Array(bytes[start..<at])
    while at < bytes.count {
      let byte = bytes[at]
      switch byte {
      case UInt8(ascii: "\""):
        at += 1
        guard let text = String(validating: out, as: UTF8.self) else { throw fail("not UTF-8") }
        return text
      case UInt8(ascii: "\\"):
        at += 1
        try escape(into: &out)
      case 0..<0x20: throw fail("raw control character in a string")
      default:
        out.append(byte)
        at += 1
      }
    }
    throw fail("string without an end")
  }

  private func text(_ range: Range<Int>, isASCII: Bool) throws(JSONError) -> String {
    let text = bytes.withUnsafeBufferPointer { bytes in
      let part = UnsafeBufferPointer(rebasing: bytes[range])
      // Both give the same; decoding is several times faster.
      return isASCII
        ? String(decoding: part, as: UTF8.self) : String(validating: part, as: UTF8.self)
    }
    guard let text else { throw fail("not UTF-8") }
    return text
  }

  /// Skips what stands for itself, the most of nearly every string; whether it is all ASCII.
  private mutating func skipPlain() -> Bool {
    let (end, all) = bytes.withUnsafeBufferPointer { bytes in
      var index = at
      var all: UInt8 = 0
      while index < bytes.count {
        let byte = bytes[index]
        if byte < 0x20 || byte == 0x22 || byte == 0x5C { break }
        all |= byte
        index += 1
      }
      return (index, all)
    }
    at = end
    return all < 0x80
  }

  private mutating func escape(into out: inout [UInt8]) throws(JSONError) {
    guard at < bytes.count else { throw fail("unexpected end") }
    let byte = bytes[at]
    at += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(byte)
    case UInt8(ascii: "b"): out.append(0x08)
    case UInt8(ascii: "f"): out.append(0x0C)
    case UInt8(ascii: "n"): out.append(0x0A)
    case UInt8(ascii: "r"): out.append(0x0D)
    case UInt8(ascii: "t"): out.append(0x09)
    case UInt8(ascii: "u"): out.append(contentsOf: try unicodeEscape())
    default: throw fail("unknown escape")
    }
  }

  private mutating func unicodeEscape() throws(JSONError) -> [UInt8] {
    let high = try fourHex()
    var value = high
    if (0xD800...0xDBFF).contains(high) {
      guard take("\\"), take("u") else { throw fail("lone surrogate") }
      let low = try fourHex()
      guard (0xDC00...0xDFFF).contains(low) else { throw fail("lone surrogate") }
      value = 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(value) else { throw fail("lone surrogate") }
    return Array(String(scalar).utf8)
  }

  private mutating func fourHex() throws(JSONError) -> UInt32 {
    guard at + 4 <= bytes.count else { throw fail("unexpected end") }
    let text = String(decoding: bytes[at..<at + 4], as: UTF8.self)
    guard text.utf8.allSatisfy({ $0 != 0x2B && $0 != 0x2D }), let value = UInt32(text, radix: 16)
    else { throw fail("expected four hexadecimal digits") }
    at += 4
    return value
  }
}
