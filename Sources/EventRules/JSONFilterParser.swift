/// Reads the JSON kind: conditions joined by `&&`, which binds tighter, and `||`.
struct JSONFilterParser {
  private var scan: FilterScanner
  private var depth = 0
  private(set) var flaws: [FilterFlaw] = []
  private var regexCount = 0

  private static let depthLimit = 64

  init(_ text: String) {
    scan = FilterScanner(text)
  }

  mutating func parse() throws(FilterPatternError) -> JSONFilter {
    scan.skipSpace()
    _ = scan.skip("{")
    scan.skipSpace()
    if scan.next == "}" { throw FilterPatternError(.empty, at: scan.column) }
    let filter = try alternatives()
    guard scan.skip("}") else {
      if scan.isAtEnd { throw FilterPatternError(.notClosed("the brace {"), at: 1) }
      throw scan.error(wanted: "&&, || or }")
    }
    scan.skipSpace()
    guard scan.isAtEnd else { throw scan.error(wanted: "nothing after the closing brace") }
    if regexCount > 2 {
      flaws.append(
        FilterFlaw("\(regexCount) regular expressions, and a pattern may have 2", at: 1))
    }
    return filter
  }

  private mutating func alternatives() throws(FilterPatternError) -> JSONFilter {
    var parts = [try conjunction()]
    while scan.skip("||") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction() throws(FilterPatternError) -> JSONFilter {
    var parts = [try condition()]
    while scan.skip("&&") { parts.append(try condition()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func condition() throws(FilterPatternError) -> JSONFilter {
    scan.skipSpace()
    let column = scan.column
    let filter: JSONFilter
    if scan.skip("(") {
      depth += 1
      if depth > Self.depthLimit {
        throw FilterPatternError(.tooDeep(limit: Self.depthLimit), at: column)
      }
      filter = try alternatives()
      depth -= 1
      guard scan.skip(")") else {
        if scan.isAtEnd || scan.next == "}" {
          throw FilterPatternError(.notClosed("the parenthesis"), at: column)
        }
        throw scan.error(wanted: "&&, || or )")
      }
    } else {
      let selector = try selector()
      filter = .test(FilterTest(selector: selector, check: try check(), column: column))
    }
    scan.skipSpace()
    return filter
  }

  private mutating func selector() throws(FilterPatternError) -> FilterSelector {
    guard scan.skip("$") else { throw scan.error(wanted: "a field, as $.eventName, or (") }
    var steps: [FilterSelector.Step] = []
    while true {
      if scan.next == ".", scan.peek(1) != "[" {
        _ = scan.take()
        let name = scan.take(while: FilterScanner.isNameScalar)
        if name.isEmpty { throw scan.error(wanted: "a field's name") }
        steps.append(.member(name))
      } else if scan.next == "[" || scan.next == "." {
        _ = scan.skip(".")
        _ = scan.skip("[")
        steps.append(try bracket())
      } else {
        break
      }
    }
    if steps.isEmpty { throw scan.error(wanted: "a field after $, as $.eventName") }
    return FilterSelector(steps: steps)
  }

  /// `0]`, `*]`, `'name']`: the bracket is taken.
  private mutating func bracket() throws(FilterPatternError) -> FilterSelector.Step {
    let step: FilterSelector.Step
    if scan.skip("*") {
      step = .everyElement
    } else if let quote = scan.next, quote == "'" || quote == "\"" {
      _ = scan.take()
      step = .member(scan.take { $0 != quote })
      _ = scan.take()
    } else if let index = Int(scan.take { ("0"..."9").contains($0) }) {
      step = .element(index)
    } else {
      throw scan.error(wanted: "an element's number from 0")
    }
    guard scan.skip("]") else { throw scan.error(wanted: "]") }
    return step
  }

  private mutating func check() throws(FilterPatternError) -> FilterTest.Check {
    scan.skipSpace()
    let column = scan.column
    if scan.skipWord("NOT") {
      scan.skipSpace()
      guard scan.skipWord("EXISTS") else { throw scan.error(wanted: "EXISTS after NOT") }
      return .notExists
    }
    if scan.skipWord("EXISTS") {
      flaws.append(
        FilterFlaw(
          "EXISTS is not in the language: NOT EXISTS is; compare with a value instead, as = \"*\"",
          at: column))
      return .unsupported("EXISTS")
    }
    if scan.skipWord("IS") { return try isCheck(column) }
    let comparison = try comparison()
    scan.skipSpace()
    return .compare(comparison, try literal())
  }

  private mutating func isCheck(_ column: Int) throws(FilterPatternError) -> FilterTest.Check {
    scan.skipSpace()
    if scan.skipWord("NULL") { return .isNull }
    if scan.skipWord("TRUE") { return .isTrue }
    if scan.skipWord("FALSE") { return .isFalse }
    guard scan.skipWord("NOT") else {
      throw scan.error(wanted: "NULL, TRUE or FALSE after IS, in capitals")
    }
    scan.skipSpace()
    let word = scan.take(while: FilterScanner.isNameScalar)
    flaws.append(
      FilterFlaw("IS NOT is not in the language: IS NULL, IS TRUE, IS FALSE are", at: column))
    return .unsupported("IS NOT \(word)")
  }

  private mutating func comparison() throws(FilterPatternError) -> FilterTest.Comparison {
    if scan.next == "=", scan.peek(1) == "=" {
      throw FilterPatternError(
        .unexpected(found: "\"==\"", wanted: "a single = for equality"), at: scan.column)
    }
    for (text, comparison) in Self.comparisons where scan.skip(text) { return comparison }
    throw scan.error(wanted: "=, !=, <, <=, >, >=, IS or NOT EXISTS")
  }

  private static let comparisons: [(String, FilterTest.Comparison)] = [
    ("!=", .notEqual), ("<=", .lessOrEqual), (">=", .greaterOrEqual), ("=", .equal),
    ("<", .less), (">", .greater),
  ]

  private mutating func literal() throws(FilterPatternError) -> FilterLiteral {
    if scan.next == "\"" { return .text(try scan.quoted()) }
    if scan.next == "%" {
      regexCount += 1
      return .regex(try scan.regex())
    }
    if scan.next == "'" { throw scan.error(wanted: "a value in double quotes") }
    let word = scan.take(while: Self.isWordScalar)
    if word.isEmpty { throw scan.error(wanted: "a value") }
    if let value = Double(word), value.isFinite, word.first != "i", word.first != "n" {
      return .number(word, value)
    }
    return .text(word)
  }

  /// Values without quotes end at space, parenthesis, brace or a joining sign. The guide wants
  /// quotes round anything but letters, digits and underscore; the service takes more.
  private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "(", ")", "{", "}", "&", "|", "\"", "=", "<", ">", "!", "'": false
    default: !FilterScanner.isSpace(scalar)
    }
  }
}
