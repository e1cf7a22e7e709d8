extension JSON5Reader {
  /// A number: decimal or hexadecimal, with a sign, a leading or a trailing point.
  mutating func number() throws(JSON5Error) -> JSON5Value.Content {
    let start = place
    var digits = ""
    if take("-") { digits = "-" } else { _ = take("+") }
    if peek == "I" || peek == "N" {
      throw fail("\(try identifier()) is not a number that can be used", at: start)
    }
    if peek == "0", at + 1 < text.count, text[at + 1] == "x" || text[at + 1] == "X" {
      return try hexNumber(isNegative: digits == "-", start)
    }
    return try decimal(digits, start)
  }

  private mutating func hexNumber(
    isNegative: Bool, _ start: TextPlace
  ) throws(JSON5Error) -> JSON5Value.Content {
    _ = next()
    _ = next()
    var value: Int64 = 0
    var count = 0
    while let digit = peek.flatMap(Self.hexDigit) {
      guard value <= Int64.max >> 4 else { throw fail("this number is too large", at: start) }
      value = value << 4 | Int64(digit)
      count += 1
      _ = next()
    }
    guard count > 0 else { throw fail("expected hexadecimal digits") }
    try endNumber(start)
    return .int(isNegative ? -value : value)
  }

  private mutating func decimal(
    _ sign: String, _ start: TextPlace
  ) throws(JSON5Error) -> JSON5Value.Content {
    let whole = takeDigits()
    var isWhole = true
    var fraction = ""
    if take(".") {
      isWhole = false
      fraction = takeDigits()
    }
    guard !(whole.isEmpty && fraction.isEmpty) else { throw fail("expected digits", at: start) }
    guard whole.count < 2 || whole.first != "0" else {
      throw fail("a number has no leading zero", at: start)
    }
    var exponent = ""
    if take("e") || take("E") {
      isWhole = false
      let negative = take("-")
      if !negative { _ = take("+") }
      let digits = takeDigits()
      guard !digits.isEmpty else { throw fail("expected digits") }
      exponent = "e" + (negative ? "-" : "") + digits
    }
    try endNumber(start)
    if isWhole, let value = Int64(sign + whole) { return .int(value) }
    let text = sign + (whole.isEmpty ? "0" : whole) + "." + (fraction.isEmpty ? "0" : fraction)
    guard let value = Double(text + exponent), value.isFinite else {
      throw fail("this number is too large", at: start)
    }
    return .double(value)
  }

  private mutating func takeDigits() -> String {
    var digits = ""
    while let scalar = peek, ("0"..."9").contains(scalar) {
      digits.unicodeScalars.append(scalar)
      _ = next()
    }
    return digits
  }

  private func endNumber(_ start: TextPlace) throws(JSON5Error) {
    if let scalar = peek, scalar.properties.isXIDContinue || scalar == "." || scalar == "$" {
      throw fail("this is no number; a text stands in quotes", at: start)
    }
  }
}
