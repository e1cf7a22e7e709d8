/// Whether something holds, where that cannot always be told (Kleene's three-valued logic).
enum Holds: Hashable, Sendable {
  case yes, no, unknown

  init(_ value: Bool) { self = value ? .yes : .no }

  static prefix func ! (value: Holds) -> Holds {
    switch value {
    case .yes: .no
    case .no: .yes
    case .unknown: .unknown
    }
  }

  /// All of them.
  static func all(_ values: some Sequence<Holds>) -> Holds {
    var result = Holds.yes
    for value in values {
      if value == .no { return .no }
      if value == .unknown { result = .unknown }
    }
    return result
  }

  /// At least one of them.
  static func any(_ values: some Sequence<Holds>) -> Holds {
    !all(values.map { !$0 })
  }

  /// Nil for what cannot be told.
  var known: Bool? {
    switch self {
    case .yes: true
    case .no: false
    case .unknown: nil
    }
  }
}
