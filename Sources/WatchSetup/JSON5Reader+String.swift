extension JSON5Reader {
  /// A text in double or single quotes. A backslash at a line's end continues it on the next.
  mutating func string() throws(JSON5Error) -> String {
    let start = place
    let quote = next()
    var out = String.UnicodeScalarView()
    while let scalar = peek {
      if scalar == quote {
        _ = next()
        return String(out)
      }
      if scalar == "\n" || scalar == "\r" { break }
      let place = place
      _ = next()
      if scalar == "\\" {
        try escape(into: &out, from: place)
      } else {
        out.append(scalar)
      }
    }
    throw fail("this text has no end", at: start)
  }

  private mutating func escape(
    into out: inout String.UnicodeScalarView, from start: TextPlace
  ) throws(JSON5Error) {
    guard let scalar = next() else { throw fail("the file ends within a text") }
    switch scalar {
    case "b": out.append("\u{8}")
    case "f": out.append("\u{C}")
    case "n": out.append("\n")
    case "r": out.append("\r")
    case "t": out.append("\t")
    case "v": out.append("\u{B}")
    case "0":
      if let digit = peek, ("0"..."9").contains(digit) { throw fail("unknown escape", at: start) }
      out.append("\0")
    case "x": out.append(try unicode(from: try hex(2), at: start))
    case "u": out.append(try unicode(from: try hex(4), at: start))
    case "1"..."9": throw fail("unknown escape", at: start)
    case "\r": _ = take("\n")
    default: if !Self.endsLine(scalar) { out.append(scalar) }
    }
  }

  private mutating func unicode(
    from unit: UInt32, at start: TextPlace
  ) throws(JSON5Error) -> Unicode.Scalar {
    var value = unit
    if (0xD800...0xDBFF).contains(unit) {
      guard take("\\"), take("u") else { throw fail("half a surrogate pair", at: start) }
      let low = try hex(4)
      guard (0xDC00...0xDFFF).contains(low) else { throw fail("half a surrogate pair", at: start) }
      value = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(value) else {
      throw fail("half a surrogate pair", at: start)
    }
    return scalar
  }

  private mutating func hex(_ count: Int) throws(JSON5Error) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<count {
      guard let digit = peek.flatMap(Self.hexDigit) else {
        throw fail("expected \(count) hexadecimal digits")
      }
      value = value << 4 | digit
      _ = next()
    }
    return value
  }

  static func hexDigit(_ scalar: Unicode.Scalar) -> UInt32? {
    switch scalar {
    case "0"..."9": scalar.value - 0x30
    case "a"..."f": scalar.value - 0x61 + 10
    case "A"..."F": scalar.value - 0x41 + 10
    default: nil
    }
  }
}
