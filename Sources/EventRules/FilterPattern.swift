/// A CloudWatch Logs filter pattern, of any of its kinds.
/// (CloudWatch Logs User Guide, "Filter pattern syntax".)
public struct FilterPattern: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// The empty pattern: every message.
    case everything
    case json(JSONFilter)
    case terms(TermFilter)
    case fields(FieldFilter)
  }

  public let text: String
  public let kind: Kind
  /// What was understood although the language does not have it, or has it without effect.
  public let flaws: [FilterFlaw]

  /// AWS takes 1,024 characters.
  private static let lengthLimit = 16_384

  public init(_ text: String) throws(FilterPatternError) {
    self.text = text
    guard text.unicodeScalars.count <= Self.lengthLimit else {
      throw FilterPatternError(.tooLong(limit: Self.lengthLimit), at: Self.lengthLimit)
    }
    switch text.unicodeScalars.first(where: { !FilterScanner.isSpace($0) }) {
    case nil: (kind, flaws) = (.everything, [])
    case "{":
      var parser = JSONFilterParser(text)
      kind = .json(try parser.parse())
      flaws = parser.flaws
    case "[": (kind, flaws) = (.fields(try FieldFilter.parse(text)), [])
    default:
      let (filter, found) = try TermFilter.parse(text)
      (kind, flaws) = (.terms(filter), found)
    }
  }

  /// Whether an event is caught.
  /// - Parameter message: the event's exact text, for the kinds that read text; without it their
  ///   answer is unknown.
  public func matches(_ record: EventValue, message: String? = nil) -> RuleAnswer {
    switch kind {
    case .everything: .yes
    case .json(let filter): filter.matches(record)
    case .terms(let filter): message.map { RuleAnswer(filter.matches(message: $0)) } ?? .unknown
    case .fields(let filter): message.map { RuleAnswer(filter.matches(message: $0)) } ?? .unknown
    }
  }

  /// How many regular expressions it holds; a log group may have five such patterns.
  public var regexCount: Int {
    switch kind {
    case .everything: 0
    case .json(let filter):
      filter.tests.count { test in
        if case .compare(_, .regex) = test.check { true } else { false }
      }
    case .terms(let filter):
      (filter.wanted + filter.unwanted + filter.optional).count { term in
        if case .regex = term { true } else { false }
      }
    case .fields(let filter):
      filter.fields.compactMap(\.self).flatMap(\.alternatives).flatMap(\.self).count { condition in
        if case .regex = condition.literal { true } else { false }
      }
    }
  }
}
