/// A JSON value as rules look at it: a record, an envelope, or a rule's own text. Where only a part
/// of an event is known, the rest is ``any``, and an answer that hangs on it is unknown.
public enum EventValue: Sendable, Hashable {
  case null
  case bool(Bool)
  /// The number's own text, such as `1.5e3`.
  case number(String)
  case string(String)
  case array([EventValue])
  case object([String: EventValue])
  /// There is a value, or there is none: nobody knows.
  case any

  /// The member of that name; nil for a missing one and for what is not an object.
  public subscript(_ name: String) -> EventValue? {
    guard case .object(let members) = self else { return nil }
    return members[name]
  }

  public var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The kind in words, for messages.
  var kind: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    case .any: "unknown"
    }
  }
}

extension EventValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(integerLiteral value: Int) { self = .number("\(value)") }
  public init(floatLiteral value: Double) { self = .number("\(value)") }
  public init(arrayLiteral elements: EventValue...) { self = .array(elements) }
  public init(dictionaryLiteral elements: (String, EventValue)...) {
    self = .object(Dictionary(elements, uniquingKeysWith: { first, _ in first }))
  }
  public init(nilLiteral: ()) { self = .null }
}
