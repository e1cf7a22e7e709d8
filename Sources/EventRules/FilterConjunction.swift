/// Tests that must all hold at once: can they?
struct FilterConjunction {
  var tests: [FilterTest]

  var reach: FilterReach {
    let fields = tests.map(\.fieldReach)
    let contradictions = bySelector.values.compactMap(Self.contradiction).map {
      FilterReach(.no, [$0])
    }
    let all = fields + contradictions + [nameAndSource]
    let answer = RuleAnswer.all(all.map(\.answer))
    return FilterReach(answer, all.filter { $0.answer == answer }.flatMap(\.reasons))
  }

  private var bySelector: [FilterSelector: [FilterTest]] {
    Dictionary(grouping: tests, by: \.selector)
  }

  /// Why tests on one field cannot all hold.
  private static func contradiction(_ tests: [FilterTest]) -> String? {
    let field = tests.first?.selector.text ?? "$"
    let checks = tests.map(\.check)
    let needsValue = checks.contains { check in
      switch check {
      case .compare(.notEqual, _), .notExists, .unsupported: false
      default: true
      }
    }
    if checks.contains(.notExists), needsValue {
      return "\(field) must be missing and have a value"
    }
    let states = [FilterTest.Check.isNull, .isTrue, .isFalse].count { checks.contains($0) }
    let compares = checks.contains {
      if case .compare(let sign, _) = $0 { sign != .notEqual } else { false }
    }
    if states > 1 || (states == 1 && compares) { return "\(field) must be two things at once" }
    return textContradiction(field, checks) ?? rangeContradiction(field, checks)
  }

  private static func texts(
    _ checks: [FilterTest.Check], _ wanted: FilterTest.Comparison
  ) -> [String] {
    checks.compactMap { check in
      guard case .compare(wanted, let literal) = check else { return nil }
      switch literal {
      case .text(let text), .number(let text, _): return text
      case .regex: return nil
      }
    }
  }

  private static func textContradiction(_ field: String, _ checks: [FilterTest.Check]) -> String? {
    let equal = texts(checks, .equal)
    let shown = FilterText.shown
    guard let value = equal.first(where: { !Glob.hasStar($0) }) else { return nil }
    if let other = equal.first(where: { !Glob.matches($0, value) && !sameNumber($0, value) }) {
      return "\(field) cannot be \(shown(value)) and \(shown(other)) at once"
    }
    if let other = texts(checks, .notEqual).first(where: { Glob.matches($0, value) }) {
      return "\(field) cannot be \(shown(value)) and not \(shown(other))"
    }
    for case .compare(let sign, .regex(let regex)) in checks
    where regex.finds(in: value) != (sign == .equal) {
      return "\(field) cannot be \(shown(value)) and \(sign.rawValue) %\(shown(regex.text))%"
    }
    return nil
  }

  private static func sameNumber(_ left: String, _ right: String) -> Bool {
    guard let left = Double(left), let right = Double(right) else { return false }
    return left == right
  }

  /// No number satisfies all comparisons: the bounds and the middles between them are tried.
  private static func rangeContradiction(_ field: String, _ checks: [FilterTest.Check]) -> String? {
    var bounds: [(FilterTest.Comparison, Double)] = []
    for case .compare(let sign, .number(_, let value)) in checks { bounds.append((sign, value)) }
    guard bounds.contains(where: { $0.0.isOrder }) else { return nil }
    let edges = Set(bounds.map(\.1)).sorted()
    guard let first = edges.first, let last = edges.last else { return nil }
    let middles = zip(edges, edges.dropFirst()).map { ($0 + $1) / 2 }
    let fits = ([first - 1, last + 1] + edges + middles).contains { value in
      bounds.allSatisfy { sign, bound in
        switch sign {
        case .equal: value == bound
        case .notEqual: value != bound
        case .less: value < bound
        case .lessOrEqual: value <= bound
        case .greater: value > bound
        case .greaterOrEqual: value >= bound
        }
      }
    }
    return fits ? nil : "no number satisfies all that is asked of \(field)"
  }

  /// Whether the services asked for record the events asked for.
  private var nameAndSource: FilterReach {
    let names = literals("eventName")
    let sources = literals("eventSource")
    guard let name = names.first, let source = sources.first, !Glob.hasStar(name),
      let known = CloudTrailNames.sources(of: name), !CloudTrailNames.isShared(name)
    else { return FilterReach(.yes) }
    if known.contains(where: { Glob.matches(source, $0) }) { return FilterReach(.yes) }
    let owners = known.sorted().joined(separator: ", ")
    return FilterReach(
      .no, ["\(name) is recorded by \(owners), not by \(FilterText.shown(source))"])
  }

  private func literals(_ field: String) -> [String] {
    let wanted = FilterSelector(steps: [.member(field)])
    return Self.texts(tests.filter { $0.selector == wanted }.map(\.check), .equal)
  }
}
