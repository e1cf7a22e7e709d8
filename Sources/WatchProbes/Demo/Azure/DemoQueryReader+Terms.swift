import WatchCore

/// Terms: `or` binds least, then `and`, comparisons, sums.
extension DemoQueryReader {
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
