/// Whether a filter pattern can ever catch an event of CloudTrail's.
public struct FilterReach: Sendable, Hashable {
  public var answer: RuleAnswer
  /// Why not, or why that is not sure; beside a yes, which of its alternatives can never hold. Each
  /// one sentence for people, without control characters; at most eight.
  public var reasons: [String]

  public init(_ answer: RuleAnswer, _ reasons: [String] = []) {
    self.answer = answer
    self.reasons = reasons
  }
}

extension FilterPattern {
  /// Whether it can ever catch an event of CloudTrail's, by what is known of its records.
  public var reach: FilterReach {
    switch kind {
    case .everything: FilterReach(.yes)
    case .json(let filter): filter.reach
    case .terms(let filter): filter.reach
    case .fields:
      FilterReach(
        .unknown, ["it reads words between spaces, and a CloudTrail event is one JSON object"])
    }
  }
}

extension TermFilter {
  /// Words are compared with the whole text of the record, so nearly anything may stand there.
  fileprivate var reach: FilterReach {
    let both = Set(wanted).intersection(unwanted)
    if !both.isEmpty { return FilterReach(.no, ["it wants and refuses the same word"]) }
    let words = wanted.compactMap { term in
      if case .text(let text) = term { text } else { nil }
    }
    for word in words where CloudTrailNames.sources(of: word) == nil {
      if let twin = NearWord.caseTwin(of: word, in: CloudTrailNames.names) {
        return FilterReach(
          .unknown, ["no event is named \(FilterText.shown(word)): did it mean \(twin)?"])
      }
    }
    return FilterReach(.yes)
  }
}

extension JSONFilter {
  /// More combinations than this are not looked through.
  private static let limit = 4_096

  fileprivate var reach: FilterReach {
    guard let alternatives = alternatives(limit: Self.limit) else {
      return FilterReach(.unknown, ["it has too many combinations to be looked through"])
    }
    let reaches = alternatives.map { FilterConjunction(tests: $0).reach }
    let answer = RuleAnswer.any(reaches.map(\.answer))
    var reasons: [String] = []
    for reach in reaches where reach.answer != .yes {
      for reason in reach.reasons where !reasons.contains(reason) { reasons.append(reason) }
    }
    return FilterReach(answer, Array(reasons.prefix(8)))
  }

  /// As a list of alternatives, each a list of tests that must all hold; nil past the limit.
  private func alternatives(limit: Int) -> [[FilterTest]]? {
    switch self {
    case .test(let test): return [[test]]
    case .any(let parts):
      var all: [[FilterTest]] = []
      for part in parts {
        guard let more = part.alternatives(limit: limit), all.count + more.count <= limit else {
          return nil
        }
        all += more
      }
      return all
    case .all(let parts):
      var all: [[FilterTest]] = [[]]
      for part in parts {
        guard let more = part.alternatives(limit: limit), all.count * more.count <= limit else {
          return nil
        }
        all = all.flatMap { left in more.map { left + $0 } }
      }
      return all
    }
  }
}
