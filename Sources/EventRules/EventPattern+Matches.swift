extension EventPattern {
  /// Whether an event is caught. Where the event holds ``EventValue/any``, that may be unknown.
  public func matches(_ event: EventValue) -> RuleAnswer {
    Self.match(root, event)
  }

  /// The first field, by name, that keeps an event from being caught, or from being caught surely;
  /// nil where it is caught.
  public func obstacle(to event: EventValue) -> String? {
    guard matches(event) != .yes else { return nil }
    let wanted = matches(event)
    return Self.obstacle(root, event, [], wanted).map { FilterText.shown($0) }
  }

  private static func obstacle(
    _ fields: Fields, _ event: EventValue, _ path: [String], _ wanted: RuleAnswer
  ) -> String? {
    for (name, field) in fields.members.sorted(by: { $0.key < $1.key }) {
      let value = event == .any ? .any : event[name]
      guard match(field, value) == wanted else { continue }
      if case .fields(let inner) = field {
        return obstacle(inner, value ?? .object([:]), path + [name], wanted)
          ?? (path + [name]).joined(separator: ".")
      }
      return (path + [name]).joined(separator: ".")
    }
    return fields.alternatives.isEmpty ? nil : (path + ["$or"]).joined(separator: ".")
  }

  private static func match(_ fields: Fields, _ event: EventValue) -> RuleAnswer {
    let members = fields.members.lazy.map { name, field in
      match(field, event == .any ? .any : event[name])
    }
    let own = RuleAnswer.all(Array(members))
    guard !fields.alternatives.isEmpty else { return own }
    return .all([own, .any(fields.alternatives.map { match($0, event) })])
  }

  private static func match(_ field: Field, _ value: EventValue?) -> RuleAnswer {
    switch (field, value) {
    case (.fields(let inner), .array(let elements)):
      .any(elements.map { match(inner, $0) })
    case (.fields(let inner), .object), (.fields(let inner), .any):
      match(inner, value ?? .any)
    // What is not there, or holds nothing inside: only `exists: false` is content.
    case (.fields(let inner), _): match(inner, .object([:]))
    case (.values(let tests), .array(let elements)) where !elements.isEmpty:
      .any(tests.map { match($0, elements) })
    case (.values(let tests), .array): .any(tests.map { match($0, nil) })
    case (.values(let tests), _): .any(tests.map { match($0, value) })
    }
  }

  /// A list matches where one of its elements does.
  private static func match(_ test: ValueTest, _ elements: [EventValue]) -> RuleAnswer {
    .any(elements.map { match(test, $0) })
  }

  private static func match(_ test: ValueTest, _ value: EventValue?) -> RuleAnswer {
    guard let value else { return RuleAnswer(test == .exists(false)) }
    if value == .any { return .unknown }
    // The guide speaks of leaves alone.
    if case .object = value { return test.isExists ? .unknown : .no }
    switch test {
    case .exists(let wanted): return RuleAnswer(wanted)
    case .anythingBut(let refused): return !RuleAnswer.any(refused.map { match($0, value) })
    case .exactly(.number(let wanted)):
      guard case .number(let text) = value else { return .no }
      return RuleAnswer(Double(text) == Double(wanted))
    case .exactly(let wanted): return RuleAnswer(value == wanted)
    case .numeric(let bounds):
      guard case .number(let text) = value, let number = Double(text) else { return .no }
      return RuleAnswer(bounds.allSatisfy { $0.holds(number) })
    case .prefix, .suffix, .equalsIgnoringCase, .wildcard, .address:
      guard case .string(let text) = value else { return .no }
      return RuleAnswer(test.matches(text))
    }
  }
}

extension EventPattern.ValueTest {
  fileprivate var isExists: Bool {
    if case .exists = self { true } else { false }
  }

  fileprivate func matches(_ text: String) -> Bool {
    switch self {
    case .prefix(let wanted, let folds):
      folds ? text.lowercased().hasPrefix(wanted.lowercased()) : text.hasPrefix(wanted)
    case .suffix(let wanted, let folds):
      folds ? text.lowercased().hasSuffix(wanted.lowercased()) : text.hasSuffix(wanted)
    case .equalsIgnoringCase(let wanted): text.lowercased() == wanted.lowercased()
    case .wildcard(let pattern): Glob.matches(pattern, text, escapes: true)
    case .address(let block): block.holds(text)
    default: false
    }
  }
}

extension EventPattern.Bound {
  fileprivate func holds(_ number: Double) -> Bool {
    switch comparison {
    case .equal: number == value
    case .notEqual: number != value
    case .less: number < value
    case .lessOrEqual: number <= value
    case .greater: number > value
    case .greaterOrEqual: number >= value
    }
  }
}
