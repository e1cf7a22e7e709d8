extension XMLReader {
  /// One of the five predefined entities, or a character by number.
  mutating func reference() throws(XMLProblem) -> Unicode.Scalar {
    let start = offset
    let end = bytes[start...].prefix(12).firstIndex(of: UInt8(ascii: ";"))
    guard let end else { throw bytes.count - start < 12 ? .cut : .badReference(offset: start) }
    offset = end + 1
    let name = String(decoding: bytes[start + 1..<end], as: UTF8.self)
    switch name {
    case "lt": return "<"
    case "gt": return ">"
    case "amp": return "&"
    case "apos": return "'"
    case "quot": return "\""
    default:
      let value =
        name.hasPrefix("#x") || name.hasPrefix("#X")
        ? UInt32(name.dropFirst(2), radix: 16)
        : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
      guard let value, value != 0, let scalar = Unicode.Scalar(value) else {
        throw .badReference(offset: start)
      }
      return scalar
    }
  }

  mutating func name() throws(XMLProblem) -> String {
    let start = offset
    while offset < bytes.count, isNameByte(bytes[offset]) { offset += 1 }
    guard offset < bytes.count else { throw .cut }
    guard offset > start, offset - start <= 256 else { throw .badMarkup(offset: start) }
    let name = bytes[start..<offset]
    let local = name.lastIndex(of: UInt8(ascii: ":")).map { name[($0 + 1)...] } ?? name
    return String(decoding: local, as: UTF8.self)
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x80...0xff: true
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"): true
    default: false
    }
  }

  mutating func skipSpace() -> Bool {
    let start = offset
    while offset < bytes.count {
      let byte = bytes[offset]
      guard byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 else { break }
      offset += 1
    }
    return offset > start
  }

  func starts(_ wanted: String) -> Bool {
    bytes[offset...].starts(with: wanted.utf8)
  }

  mutating func skip(_ wanted: String) -> Bool {
    guard starts(wanted) else { return false }
    offset += wanted.utf8.count
    return true
  }

  /// Moves behind the next `end`.
  mutating func pass(_ end: String) throws(XMLProblem) {
    let wanted = Array(end.utf8)
    while offset + wanted.count <= bytes.count {
      if bytes[offset...].starts(with: wanted) {
        offset += wanted.count
        return
      }
      offset += 1
    }
    throw .cut
  }
}
