import WatchCore

/// Reads a query's words and terms.
struct DemoQueryReader {
  var words: [Word] = []
  var place = 0

  enum Word: Equatable {
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

  var current: Word? { place < words.count ? words[place] : nil }

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
}
