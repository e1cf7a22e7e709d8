/// Whether a rule catches something, where that cannot always be told (Kleene's three values).
public enum RuleAnswer: String, Sendable, Hashable {
  case yes, no, unknown

  init(_ value: Bool) { self = value ? .yes : .no }

  static prefix func ! (value: RuleAnswer) -> RuleAnswer {
    switch value {
    case .yes: .no
    case .no: .yes
    case .unknown: .unknown
    }
  }

  /// All of them hold.
  static func all(_ values: some Sequence<RuleAnswer>) -> RuleAnswer {
    var result = RuleAnswer.yes
    for value in values {
      if value == .no { return .no }
      if value == .unknown { result = .unknown }
    }
    return result
  }

  /// At least one of them holds.
  static func any(_ values: some Sequence<RuleAnswer>) -> RuleAnswer {
    var result = RuleAnswer.no
    for value in values {
      if value == .yes { return .yes }
      if value == .unknown { result = .unknown }
    }
    return result
  }
}
