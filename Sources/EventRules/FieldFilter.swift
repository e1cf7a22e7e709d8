/// The space-delimited kind: `[ip, user, ..., status = 4*, bytes > 1000]`. What stands in brackets
/// or quotes in the message is one field.
public struct FieldFilter: Sendable, Hashable {
  /// One place in the line; nil is `...`, any number of fields.
  public struct Field: Sendable, Hashable {
    public var name: String
    /// Joined by `&&` inside, `||` outside; empty for a field that may hold anything.
    public var alternatives: [[Condition]]
  }

  public struct Condition: Sendable, Hashable {
    public var comparison: FilterTest.Comparison
    public var literal: FilterLiteral

    func matches(_ text: String) -> Bool {
      let value: EventValue = Double(text) == nil ? .string(text) : .number(text)
      return literal.compares(value, comparison) == .yes
    }
  }

  public var fields: [Field?]

  /// Whether the message is caught: it has just these fields, and each satisfies its conditions.
  public func matches(message: String) -> Bool {
    let words = Self.words(message)
    guard let gap = fields.firstIndex(where: { $0 == nil }) else {
      return words.count == fields.count && zip(fields, words).allSatisfy(Self.fits)
    }
    let head = fields[..<gap]
    let tail = fields[(gap + 1)...]
    guard !tail.contains(where: { $0 == nil }), words.count >= head.count + tail.count else {
      return false
    }
    return zip(head, words).allSatisfy(Self.fits)
      && zip(tail, words.suffix(tail.count)).allSatisfy(Self.fits)
  }

  private static func fits(_ field: Field?, _ word: String) -> Bool {
    guard let field, !field.alternatives.isEmpty else { return true }
    return field.alternatives.contains { $0.allSatisfy { $0.matches(word) } }
  }

  /// Words between spaces; `[…]` and `"…"` are one.
  private static func words(_ message: String) -> [String] {
    var words: [String] = []
    var scan = FilterScanner(message)
    while true {
      scan.skipSpace()
      guard let first = scan.next else { return words }
      if first == "\"" || first == "[" {
        _ = scan.take()
        words.append(scan.take { $0 != (first == "[" ? "]" : "\"") })
        _ = scan.take()
      } else {
        words.append(scan.take { !FilterScanner.isSpace($0) })
      }
    }
  }
}

extension FieldFilter {
  static func parse(_ text: String) throws(FilterPatternError) -> FieldFilter {
    var scan = FilterScanner(text)
    scan.skipSpace()
    _ = scan.skip("[")
    var fields: [Field?] = []
    repeat {
      scan.skipSpace()
      if scan.skip("...") {
        fields.append(nil)
      } else {
        fields.append(try field(&scan))
      }
      scan.skipSpace()
    } while scan.skip(",")
    guard scan.skip("]") else {
      if scan.isAtEnd { throw FilterPatternError(.notClosed("the bracket ["), at: 1) }
      throw scan.error(wanted: ", or ]")
    }
    scan.skipSpace()
    guard scan.isAtEnd else { throw scan.error(wanted: "nothing after the closing bracket") }
    return FieldFilter(fields: fields)
  }

  /// `name`, `name = value`, `name != a && name != b`, `(name = a || name = b)`.
  private static func field(_ scan: inout FilterScanner) throws(FilterPatternError) -> Field {
    let isOpen = scan.skip("(")
    scan.skipSpace()
    var field = Field(name: "", alternatives: [])
    var conditions: [Condition] = []
    while true {
      scan.skipSpace()
      let name = scan.take(while: FilterScanner.isNameScalar)
      if name.isEmpty { throw scan.error(wanted: "a field's name or ...") }
      field.name = field.name.isEmpty ? name : field.name
      scan.skipSpace()
      if let comparison = comparison(&scan) {
        scan.skipSpace()
        conditions.append(Condition(comparison: comparison, literal: try literal(&scan)))
      }
      scan.skipSpace()
      if scan.skip("&&") { continue }
      if !conditions.isEmpty { field.alternatives.append(conditions) }
      conditions = []
      if !scan.skip("||") { break }
    }
    if isOpen, !scan.skip(")") { throw scan.error(wanted: ")") }
    return field
  }

  private static func comparison(_ scan: inout FilterScanner) -> FilterTest.Comparison? {
    for sign in [
      FilterTest.Comparison.notEqual, .lessOrEqual, .greaterOrEqual, .equal, .less, .greater,
    ] where scan.skip(sign.rawValue) {
      return sign
    }
    return nil
  }

  private static func literal(
    _ scan: inout FilterScanner
  ) throws(FilterPatternError) -> FilterLiteral {
    if scan.next == "\"" { return .text(try scan.quoted()) }
    if scan.next == "%" { return .regex(try scan.regex()) }
    let word = scan.take {
      !FilterScanner.isSpace($0) && !",]()&|".unicodeScalars.contains($0)
    }
    if word.isEmpty { throw scan.error(wanted: "a value") }
    if let value = Double(word), value.isFinite { return .number(word, value) }
    return .text(word)
  }
}
