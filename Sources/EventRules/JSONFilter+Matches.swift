extension JSONFilter {
  /// Whether a record is caught. Where the record holds ``EventValue/any``, the answer may be
  /// unknown; and so it is for `!=` on a field that the record does not have, of which the guide
  /// says nothing.
  public func matches(_ record: EventValue) -> RuleAnswer {
    switch self {
    case .all(let parts): .all(parts.lazy.map { $0.matches(record) })
    case .any(let parts): .any(parts.lazy.map { $0.matches(record) })
    case .test(let test): test.matches(record)
    }
  }
}

extension FilterTest {
  func matches(_ record: EventValue) -> RuleAnswer {
    let found = selector.values(in: record)
    switch check {
    case .unsupported: return .unknown
    case .notExists:
      return found.isEmpty ? .yes : found.contains(.any) ? .unknown : .no
    case .isNull: return Self.isOne(of: found, .null)
    case .isTrue: return Self.isOne(of: found, .bool(true))
    case .isFalse: return Self.isOne(of: found, .bool(false))
    case .compare(let comparison, let literal):
      if found.isEmpty { return comparison == .notEqual ? .unknown : .no }
      return .any(found.map { literal.compares($0, comparison) })
    }
  }

  private static func isOne(of found: [EventValue], _ wanted: EventValue) -> RuleAnswer {
    .any(found.map { $0 == .any ? .unknown : RuleAnswer($0 == wanted) })
  }
}

extension FilterSelector {
  /// The values that it lands on; several by `[*]`, none where there is no such field.
  func values(in record: EventValue) -> [EventValue] {
    var values = [record]
    for step in steps {
      values = values.flatMap { value -> [EventValue] in
        switch (step, value) {
        case (_, .any): [.any]
        case (.member(let name), .object(let members)): members[name].map { [$0] } ?? []
        case (.element(let index), .array(let elements)):
          elements.indices.contains(index) ? [elements[index]] : []
        case (.everyElement, .array(let elements)): elements
        default: []
        }
      }
    }
    return values
  }
}

extension FilterLiteral {
  func compares(_ value: EventValue, _ comparison: FilterTest.Comparison) -> RuleAnswer {
    switch value {
    case .any: .unknown
    // A field that lands on an array or object never matches.
    case .array, .object: .no
    case .null: comparison == .notEqual ? .unknown : .no
    case .bool(let flag): compares(flag: flag, comparison)
    case .string(let text): compares(text: text, comparison)
    case .number(let text): compares(number: text, comparison)
    }
  }

  /// IS TRUE is the language's way; what a comparison with the word does is not written down.
  private func compares(flag: Bool, _ comparison: FilterTest.Comparison) -> RuleAnswer {
    guard case .text(let word) = self, ["true", "false"].contains(word.lowercased()) else {
      return RuleAnswer(comparison == .notEqual)
    }
    return .unknown
  }

  private func compares(text: String, _ comparison: FilterTest.Comparison) -> RuleAnswer {
    if comparison.isOrder { return .no }
    let isEqual =
      switch self {
      case .text(let pattern), .number(let pattern, _): Glob.matches(pattern, text)
      case .regex(let regex): regex.finds(in: text)
      }
    return RuleAnswer(isEqual == (comparison == .equal))
  }

  private func compares(number: String, _ comparison: FilterTest.Comparison) -> RuleAnswer {
    guard case .number(_, let wanted) = self, let value = Double(number) else {
      return compares(text: number, comparison)
    }
    return switch comparison {
    case .equal: RuleAnswer(value == wanted)
    case .notEqual: RuleAnswer(value != wanted)
    case .less: RuleAnswer(value < wanted)
    case .lessOrEqual: RuleAnswer(value <= wanted)
    case .greater: RuleAnswer(value > wanted)
    case .greaterOrEqual: RuleAnswer(value >= wanted)
    }
  }
}
