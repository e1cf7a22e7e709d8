import CloudAPI
import WatchCore

/// What a query of the demo cannot be, as a workspace says it.
enum DemoQueryProblem: Error, Equatable {
  /// What stands there is not understood.
  case syntax(String)
  /// A column, function or table is not known.
  case unknown(String)
}

/// A value in a row.
enum DemoQueryValue: Hashable, Sendable {
  case null
  case text(String)
  case number(Double)
  case flag(Bool)
  case time(Timestamp)
  case span(Duration)

  var isNull: Bool { self == .null }
  var isTrue: Bool { self == .flag(true) }

  var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  /// Nil where the two cannot be compared.
  func isLess(than other: DemoQueryValue) -> Bool? {
    switch (self, other) {
    case (.number(let left), .number(let right)): left < right
    case (.time(let left), .time(let right)): left < right
    case (.span(let left), .span(let right)): left < right
    case (.text(let left), .text(let right)): left < right
    default: nil
    }
  }

  /// As an answer's cell.
  var json: JSONValue {
    switch self {
    case .null: .null
    case .text(let text): .string(text)
    case .number(let value):
      value == value.rounded() ? .number("\(Int(value))") : .number("\(value)")
    case .flag(let value): .bool(value)
    case .time(let time): .string(time.iso)
    case .span(let span): .string("\(span.wholeSeconds)s")
    }
  }
}

/// An expression of a query.
indirect enum DemoQueryTerm: Sendable {
  case constant(DemoQueryValue)
  case column(String)
  case call(String, [DemoQueryTerm])
  case list([DemoQueryTerm])
  case infix(String, DemoQueryTerm, DemoQueryTerm)

  /// Its value in one row.
  func value(
    _ row: DemoQuery.Row, _ now: Timestamp
  ) throws(DemoQueryProblem) -> DemoQueryValue {
    switch self {
    case .constant(let value): return value
    case .column(let name):
      // A column that no row of the demo has is empty: tables have more columns than the demo fills.
      return row.values[name] ?? .null
    case .list: throw .syntax("(")
    case .infix(let sign, let left, .list(let items)):
      return .flag(try isAmong(sign, left, items, row, now))
    case .infix("and", let left, let right):
      let (one, other) = (try left.value(row, now), try right.value(row, now))
      return .flag(one.isTrue && other.isTrue)
    case .infix("or", let left, let right):
      let (one, other) = (try left.value(row, now), try right.value(row, now))
      return .flag(one.isTrue || other.isTrue)
    case .infix(let sign, let left, let right):
      return try Self.infix(sign, left.value(row, now), right.value(row, now))
    case .call(let name, let terms): return try function(name, terms, row, now)
    }
  }

  private func isAmong(
    _ sign: String, _ left: DemoQueryTerm, _ items: [DemoQueryTerm], _ row: DemoQuery.Row,
    _ now: Timestamp
  ) throws(DemoQueryProblem) -> Bool {
    let value = try left.value(row, now)
    var found = false
    for item in items {
      let one = try item.value(row, now)
      switch sign {
      case "in", "!in": found = found || value == one
      case "in~", "!in~", "has_any":
        let text = (value.text?.lowercased(), one.text?.lowercased())
        found = found || (sign == "has_any" ? Self.contains(text.0, text.1) : text.0 == text.1)
      default: throw .syntax(sign)
      }
    }
    return found != sign.hasPrefix("!")
  }

  private static func contains(_ text: String?, _ part: String?) -> Bool {
    guard let text, let part else { return false }
    return text.contains(part)
  }

  private static func infix(
    _ sign: String, _ left: DemoQueryValue, _ right: DemoQueryValue
  ) throws(DemoQueryProblem) -> DemoQueryValue {
    let small = (left.text?.lowercased(), right.text?.lowercased())
    switch sign {
    case "==": return .flag(left == right)
    case "!=": return .flag(left != right)
    case "=~": return .flag(small.0 == small.1)
    case "!~": return .flag(small.0 != small.1)
    case "has", "contains": return .flag(contains(small.0, small.1))
    case "!has", "!contains": return .flag(!contains(small.0, small.1))
    case "startswith": return .flag(small.1.flatMap { small.0?.hasPrefix($0) } ?? false)
    case "endswith": return .flag(small.1.flatMap { small.0?.hasSuffix($0) } ?? false)
    case "<": return .flag(left.isLess(than: right) ?? false)
    case ">": return .flag(right.isLess(than: left) ?? false)
    case "<=": return .flag(right.isLess(than: left).map { !$0 } ?? false)
    case ">=": return .flag(left.isLess(than: right).map { !$0 } ?? false)
    case "+", "-": return sum(left, right, isLess: sign == "-")
    default: throw .syntax(sign)
    }
  }

  private static func sum(
    _ left: DemoQueryValue, _ right: DemoQueryValue, isLess: Bool
  ) -> DemoQueryValue {
    switch (left, right) {
    case (.time(let time), .span(let span)): .time(isLess ? time - span : time + span)
    case (.time(let one), .time(let other)) where isLess: .span(one - other)
    case (.number(let one), .number(let other)): .number(isLess ? one - other : one + other)
    default: .null
    }
  }
}
