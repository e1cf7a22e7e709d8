import WatchCore

/// A value of a configuration file and where it stands.
struct JSON5Value: Equatable, Sendable {
  var content: Content
  var place: TextPlace

  enum Content: Equatable, Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case double(Double)
    case string(String)
    case array([JSON5Value])
    case object([JSON5Member])
  }

  /// The word for it in a message.
  var kind: String {
    switch content {
    case .null: "null"
    case .bool: "true or false"
    case .int, .double: "a number"
    case .string: "a text"
    case .array: "a list"
    case .object: "an object"
    }
  }
}

struct JSON5Member: Equatable, Sendable {
  var key: String
  /// Where the key stands.
  var place: TextPlace
  var value: JSON5Value
}

/// A place in a text file. Both count from 1; a column is a Unicode scalar, as most editors count.
struct TextPlace: Hashable, Sendable, Comparable {
  var line: Int
  var column: Int

  static func < (left: TextPlace, right: TextPlace) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// Why a text is not JSON5, and where reading stopped.
struct JSON5Error: Error, Equatable, Sendable {
  var place: TextPlace
  var what: String
}
