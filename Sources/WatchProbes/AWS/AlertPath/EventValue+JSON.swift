import CloudAPI
import EventRules

extension EventValue {
  /// The same value, as rules look at it.
  init(_ value: JSONValue) {
    switch value {
    case .null: self = .null
    case .bool(let flag): self = .bool(flag)
    case .number(let text): self = .number(text)
    case .string(let text): self = .string(text)
    case .array(let elements): self = .array(elements.map { EventValue($0) })
    case .object(let members):
      self = .object(
        Dictionary(
          members.map { ($0.name, EventValue($0.value)) }, uniquingKeysWith: { first, _ in first }))
    }
  }
}
