/// Reads the words of a filter: `A OR B AND C` is `(A OR B) AND C`, and what only stands side by side
/// is joined by AND.
struct LoggingFilterParser {
  private typealias Token = LoggingFilterScanner.Token
  private typealias Node = LoggingFilter.Node

  private let tokens: [LoggingFilterScanner.Token]
  private var at = 0
  private var depth = 0

  private static let depthLimit = 60

  init(_ tokens: [LoggingFilterScanner.Token]) {
    self.tokens = tokens
  }

  mutating func parse() throws(LoggingFilterError) -> LoggingFilter.Node {
    guard !tokens.isEmpty else { return .everything }
    let node = try conjunction()
    if let rest = peek { throw .unexpected(Self.shown(rest)) }
    return node
  }

  private var peek: Token? { at < tokens.count ? tokens[at] : nil }

  private mutating func take(_ token: Token) -> Bool {
    guard peek == token else { return false }
    at += 1
    return true
  }

  private mutating func conjunction() throws(LoggingFilterError) -> Node {
    var parts = [try disjunction()]
    while let next = peek, next != .close {
      _ = take(.word("AND"))
      parts.append(try disjunction())
    }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func disjunction() throws(LoggingFilterError) -> Node {
    var parts = [try negation()]
    while take(.word("OR")) { parts.append(try negation()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func negation() throws(LoggingFilterError) -> Node {
    var isNegated = false
    while take(.word("NOT")) || take(.minus) { isNegated.toggle() }
    let node = try primary()
    return isNegated ? .not(node) : node
  }

  private mutating func primary() throws(LoggingFilterError) -> Node {
    guard let token = peek else { throw .unexpected("the end") }
    if token == .open {
      return try nested { (parser) throws(LoggingFilterError) in try parser.conjunction() }
    }
    let path = try path()
    switch peek {
    case .check(let check):
      at += 1
      return try values(path.parts, check)
    case .open where path.parts.count == 1 && !path.isQuoted:
      return try function(path.parts[0])
    default: return Self.test([], .has, path.parts.joined(separator: "."))
    }
  }

  private mutating func nested(
    _ inside: (inout Self) throws(LoggingFilterError) -> Node
  ) throws(LoggingFilterError) -> Node {
    guard take(.open) else { throw .unexpected(peek.map(Self.shown) ?? "the end") }
    depth += 1
    guard depth <= Self.depthLimit else { throw .tooDeep(limit: Self.depthLimit) }
    let node = try inside(&self)
    depth -= 1
    guard take(.close) else { throw .notClosed("a parenthesis") }
    return node
  }

  /// `protoPayload.methodName`, `labels."k8s.io/name"`; or a value by itself.
  private mutating func path() throws(LoggingFilterError) -> (parts: [String], isQuoted: Bool) {
    var parts: [String] = []
    var isQuoted = false
    repeat {
      switch peek {
      case .word(let word)? where !["AND", "OR", "NOT"].contains(word): parts.append(word)
      case .quoted(let text)?:
        parts.append(text)
        isQuoted = isQuoted || parts.count == 1
      case let other: throw .unexpected(other.map(Self.shown) ?? "the end")
      }
      at += 1
    } while take(.dot)
    return (parts, isQuoted)
  }

  /// One value, or several in parentheses: `=("a" OR "b")`.
  private mutating func values(
    _ path: [String], _ check: LoggingFilter.Check
  ) throws(LoggingFilterError) -> Node {
    guard peek == .open else { return Self.test(path, check, try value()) }
    return try nested { (parser) throws(LoggingFilterError) in
      try parser.valueConjunction(path, check)
    }
  }

  private mutating func valueConjunction(
    _ path: [String], _ check: LoggingFilter.Check
  ) throws(LoggingFilterError) -> Node {
    var parts: [Node] = []
    repeat {
      _ = take(.word("AND"))
      var some: [Node] = []
      repeat {
        var isNegated = false
        while take(.word("NOT")) || take(.minus) { isNegated.toggle() }
        let node = try values(path, check)
        some.append(isNegated ? .not(node) : node)
      } while take(.word("OR"))
      parts.append(some.count == 1 ? some[0] : .any(some))
    } while peek.map { $0 != .close } ?? false
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func value() throws(LoggingFilterError) -> String {
    try path().parts.joined(separator: ".")
  }

  /// `log_id("…")`; another function is passed over, with all that stands in its parentheses.
  private mutating func function(_ name: String) throws(LoggingFilterError) -> Node {
    guard take(.open) else { throw .unexpected(name) }
    let start = at
    var open = 1
    while open > 0 {
      guard let token = peek else { throw .notClosed("a parenthesis") }
      if token == .open { open += 1 }
      if token == .close { open -= 1 }
      at += 1
    }
    let arguments = tokens[start..<at - 1]
    if name.lowercased() == "log_id", arguments.count == 1, case .quoted(let id)? = arguments.first
    {
      return .logID(id.lowercased())
    }
    // What it is compared with belongs to it.
    if case .check? = peek {
      at += 1
      _ = try values([], .has)
    }
    return .opaque("\(name) \(Array(tokens[start..<at]))")
  }

  private static func test(
    _ path: [String], _ check: LoggingFilter.Check, _ value: String
  ) -> Node {
    let words = "\(path) \(check.rawValue) \(value)"
    if value == "NULL_VALUE" { return .opaque(words) }
    var test = LoggingFilter.Test(path: path, check: check, value: value)
    if check == .matches || check == .matchesNot {
      guard let regex = LoggingRegex(value) else { return .opaque(words) }
      test.regex = regex
    }
    return .test(test)
  }

  private static func shown(_ token: LoggingFilterScanner.Token) -> String {
    switch token {
    case .word(let text), .quoted(let text): text
    case .check(let check): check.rawValue
    case .open: "("
    case .close: ")"
    case .comma: ","
    case .dot: "."
    case .minus: "-"
    }
  }
}
