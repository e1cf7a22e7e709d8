import WatchCore

/// Reads a query's words and terms.
struct DemoQueryReader {
  private var words: [Word] = []
  private var place = 0

  private enum Word: Equatable {
    case name(String)
    case text(String)
    case number(Double)
    case span(Duration)
    case sign(String)
  }

  init(_ text: String) throws(DemoQueryProblem) {
    var rest = Substring(text)
    while let first = rest.first {
      if first.isWhitespace {
        rest.removeFirst()
      } else if rest.hasPrefix("//") {
        rest = rest.drop { $0 != "\n" }
      } else {
        words.append(try Self.word(&rest))
        if words.last == .name("datetime"), rest.first == "(" { try readMoment(&rest) }
      }
      guard words.count < 2_000 else { throw .syntax("too long") }
    }
  }

  /// `datetime(2026-11-20T09:00:00Z)`: its inside is no term, and gets no quotes.
  private mutating func readMoment(_ rest: inout Substring) throws(DemoQueryProblem) {
    let inside = rest.dropFirst().prefix { $0 != ")" }
    rest = rest.dropFirst(inside.count + 1)
    guard rest.popFirst() == ")" else { throw .syntax("datetime") }
    words += [.sign("("), .text(inside.filter { $0 != "\"" && $0 != "'" }), .sign(")")]
  }

  var isAtEnd: Bool { place == words.count }

  private static func word(_ rest: inout Substring) throws(DemoQueryProblem) -> Word {
    let first = rest.first ?? " "
    if first == "\"" || first == "'" { return .text(try quoted(&rest, first)) }
    if first.isLetter || first == "_" || first == "$" {
      let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" }
      rest = rest.dropFirst(name.count)
      if rest.first == "~", name == "in" {
        rest.removeFirst()
        return .name("in~")
      }
      return .name(String(name))
    }
    if first.isNumber { return try number(&rest) }
    for sign in ["!in~", "!in", "!has", "!contains", "==", "!=", "=~", "!~", "<=", ">=", ".."]
    where rest.hasPrefix(sign) {
      rest = rest.dropFirst(sign.count)
      return .sign(sign)
    }
    guard "|(),<>=+-.;".contains(first) else { throw .syntax(String(first)) }
    rest.removeFirst()
    return .sign(String(first))
  }

  private static func quoted(
    _ rest: inout Substring, _ mark: Character
  ) throws(DemoQueryProblem) -> String {
    rest.removeFirst()
    var out = ""
    while let next = rest.popFirst() {
      if next == mark { return out }
      out.append(next == "\\" ? rest.popFirst() ?? "\\" : next)
    }
    throw .syntax(String(mark))
  }

  private static func number(_ rest: inout Substring) throws(DemoQueryProblem) -> Word {
    let digits = rest.prefix { $0.isNumber || $0 == "." }
    rest = rest.dropFirst(digits.count)
    guard let value = Double(digits) else { throw .syntax(String(digits)) }
    let unit = rest.prefix { $0.isLetter }
    rest = rest.dropFirst(unit.count)
    switch unit {
    case "": return .number(value)
    case "d": return .span(.seconds(value * 86_400))
    case "h": return .span(.seconds(value * 3_600))
    case "m": return .span(.seconds(value * 60))
    case "s": return .span(.seconds(value))
    default: throw .syntax(String(unit))
    }
  }

  // MARK: Words

  private var current: Word? { place < words.count ? words[place] : nil }

  func isAt(_ word: String) -> Bool { current == .name(word) || current == .sign(word) }

  mutating func take(_ word: String) -> Bool {
    guard isAt(word) else { return false }
    place += 1
    return true
  }

  mutating func skip(_ word: String) throws(DemoQueryProblem) {
    guard take(word) else { throw .syntax(word) }
  }

  mutating func name() throws(DemoQueryProblem) -> String {
    guard case .name(let name)? = current else { throw .syntax("a name is wanted") }
    place += 1
    return name
  }

  mutating func count() throws(DemoQueryProblem) -> Int {
    guard case .number(let value)? = current, value >= 0, value <= 1_000_000 else {
      throw .syntax("a count is wanted")
    }
    place += 1
    return Int(value)
  }

  // MARK: Lists

  /// `Name = term, term, …`; a term without a name has its column's, or its function's.
  mutating func columns() throws(DemoQueryProblem) -> [DemoQuery.Column] {
    var columns: [DemoQuery.Column] = []
    repeat {
      if case .name(let name)? = current, place + 1 < words.count, words[place + 1] == .sign("=") {
        place += 2
        columns.append(DemoQuery.Column(name: name, term: try term()))
      } else {
        let term = try term()
        columns.append(DemoQuery.Column(name: term.columnName, term: term))
      }
    } while take(",")
    return columns
  }

  /// Descending, where nothing is said.
  mutating func orders() throws(DemoQueryProblem) -> [(term: DemoQueryTerm, down: Bool)] {
    var orders: [(term: DemoQueryTerm, down: Bool)] = []
    repeat {
      let term = try term()
      let isUp = take("asc")
      if !isUp { _ = take("desc") }
      orders.append((term, !isUp))
    } while take(",")
    return orders
  }

  // MARK: Terms

  mutating func term() throws(DemoQueryProblem) -> DemoQueryTerm {
    var left = try conjunction()
    while take("or") { left = .infix("or", left, try conjunction()) }
    return left
  }

  private mutating func conjunction() throws(DemoQueryProblem) -> DemoQueryTerm {
    var left = try comparison()
    while take("and") { left = .infix("and", left, try comparison()) }
    return left
  }

  private static let signs = [
    "==", "!=", "=~", "!~", "<=", ">=", "<", ">", "in~", "in", "!in~", "!in", "has_any", "has",
    "!has", "contains", "!contains", "startswith", "endswith",
  ]

  private mutating func comparison() throws(DemoQueryProblem) -> DemoQueryTerm {
    let left = try sum()
    if take("between") {
      try skip("(")
      let low = try sum()
      try skip("..")
      let high = try sum()
      try skip(")")
      return .call("between", [left, low, high])
    }
    guard let sign = Self.signs.first(where: isAt) else { return left }
    place += 1
    if ["in", "in~", "!in", "!in~", "has_any"].contains(sign) {
      try skip("(")
      return .infix(sign, left, .list(try arguments()))
    }
    return .infix(sign, left, try sum())
  }

  private mutating func sum() throws(DemoQueryProblem) -> DemoQueryTerm {
    var left = try atom()
    while let sign = ["+", "-"].first(where: isAt) {
      place += 1
      left = .infix(sign, left, try atom())
    }
    return left
  }

  private mutating func arguments() throws(DemoQueryProblem) -> [DemoQueryTerm] {
    var terms: [DemoQueryTerm] = []
    if take(")") { return terms }
    repeat { terms.append(try term()) } while take(",")
    try skip(")")
    return terms
  }

  private mutating func atom() throws(DemoQueryProblem) -> DemoQueryTerm {
    guard let word = current else { throw .syntax("the end") }
    place += 1
    switch word {
    case .text(let text): return .constant(.text(text))
    case .number(let value): return .constant(.number(value))
    case .span(let span): return .constant(.span(span))
    case .sign("("):
      let inner = try term()
      try skip(")")
      return inner
    case .sign(let sign): throw .syntax(sign)
    case .name("true"): return .constant(.flag(true))
    case .name("false"): return .constant(.flag(false))
    case .name("datetime") where isAt("("): return .constant(.time(try moment()))
    case .name(let name):
      guard take("(") else { return .column(name) }
      return .call(name, try arguments())
    }
  }

  private mutating func moment() throws(DemoQueryProblem) -> Timestamp {
    try skip("(")
    guard case .text(let text)? = current, let time = Timestamp(iso: text) else {
      throw .syntax("a time is wanted")
    }
    place += 1
    try skip(")")
    return time
  }
}

extension DemoQueryTerm {
  /// As Kusto names what got no name.
  var columnName: String {
    switch self {
    case .column(let name): name
    case .call("count", _): "count_"
    case .call(let name, let terms): "\(name)_\(terms.first?.columnName ?? "")"
    default: "Column1"
    }
  }
}
