import Foundation

/// What a log query gave: a table whose columns are named and typed.
/// ("Azure Monitor Log Analytics API, response format".)
public struct LogTable: Sendable, Equatable {
  public struct Column: Sendable, Equatable {
    public var name: String
    /// `string`, `long`, `int`, `real`, `bool`, `datetime`, `timespan`, `dynamic`, `guid`, `decimal`.
    public var type: String

    public init(name: String, type: String) {
      self.name = name
      self.type = type
    }
  }

  /// One row; values by the column's name. A value of another type than asked for is nil.
  public struct Row: Sendable, Equatable {
    let columns: [Column]
    let values: [JSONValue]

    public subscript(_ name: String) -> JSONValue? {
      guard let at = columns.firstIndex(where: { $0.name == name }), at < values.count,
        !values[at].isNull
      else { return nil }
      return values[at]
    }

    /// Nil for null; an empty text is a text.
    public func text(_ name: String) -> String? { self[name]?.string }

    /// UTC.
    public func date(_ name: String) -> Date? {
      text(name).flatMap { TimeText.iso8601($0) }
    }

    /// Whole numbers; decimals come as text.
    public func int(_ name: String) -> Int? { number(name).flatMap { Int(exactly: $0) } }

    public func number(_ name: String) -> Double? {
      guard let value = self[name] else { return nil }
      let number = value.number ?? value.string.flatMap { Double($0) }
      return number.flatMap { $0.isFinite ? $0 : nil }
    }

    /// True, false, or the 0 and 1 that some versions send.
    public func flag(_ name: String) -> Bool? {
      self[name].flatMap { $0.bool ?? ($0.number.map { $0 != 0 }) }
    }
  }

  public var columns: [Column]
  public var rows: [Row]

  public init(columns: [Column], rows: [[JSONValue]]) {
    self.columns = columns
    self.rows = rows.map { Row(columns: columns, values: $0) }
  }
}

extension CloudError {
  /// The query names a table or function that the workspace does not have (`SEM0100`): a table that
  /// never got data may not exist. Nil for every other error.
  public var unknownTable: String? {
    guard case .service(let error) = self, error.reasons.contains("SemanticError") else {
      return nil
    }
    let words = error.message
    guard
      let start = words.range(of: "Failed to resolve table or column expression named '")
        ?? words.range(of: "Failed to resolve table expression named '"),
      let end = words[start.upperBound...].firstIndex(of: "'")
    else { return nil }
    return String(words[start.upperBound..<end])
  }
}
