import WatchCore

/// The ways that records arrive, by the keys of the file.
extension PlanReader {
  typealias PathKey = (key: String, kind: PathKind)

  /// What is waited for in a cloud.
  static func paths(_ cloud: Cloud) -> [PathKey] {
    switch cloud {
    case .aws: [("s3", .s3), ("log_group", .group), ("digest", .digest), ("echo", .echo)]
    case .azure:
      [("activity", .activity), ("archive", .archive), ("resource", .resource), ("echo", .echo)]
    case .gcp: [("entries", .entries), ("export", .export), ("echo", .echo)]
    }
  }

  /// What is looked at and not waited for: it has no period, and may still be optional.
  static let looks: [PathKey] = [("posture", .posture)]

  /// What is expected of each path that is named: period + grace, or to be learned.
  mutating func expectations(_ fields: Fields, _ cloud: Cloud, _ terms: inout SourceTerms) {
    let known = Self.paths(cloud)
    guard let value = fields["expect"]?.value,
      let fields = self.fields(value, "expect", known.map(\.key))
    else { return }
    for (key, kind) in known {
      guard let value = fields[key]?.value else { continue }
      if case .object = value.content {
        learned(value, key, kind, &terms)
      } else if case .string("learned") = value.content {
        learn(Learning(), value, key, kind, &terms)
      } else if let text = text(value, key) {
        terms.expect[kind] = expectation(text, value, key)
      }
    }
  }

  private mutating func expectation(
    _ text: String, _ value: JSON5Value, _ key: String
  ) -> Expectation? {
    if let expectation = Expectation(text: text), Self.isSane(expectation) { return expectation }
    problem(
      value.place, "\(key) is \(named(text))",
      "write period + grace such as \"15m+15m\", or \"learned\"; period 1m to 7d, grace up to 7d")
    return nil
  }

  /// `{ learned: { alarms_per_year: 4, limit: "12h" }, base: "15m+15m" }`
  private mutating func learned(
    _ value: JSON5Value, _ key: String, _ kind: PathKind, _ terms: inout SourceTerms
  ) {
    guard let own = fields(value, "what is expected of \(key)", ["learned", "base"]) else { return }
    if let base = own["base"]?.value, let text = text(base, "base") {
      terms.expect[kind] = expectation(text, base, "base")
    }
    guard let member = own["learned"] else {
      problem(own.place, "learned is missing", "add learned: { }, or write period + grace")
      return
    }
    var learning = Learning()
    guard let bounds = fields(member.value, "learned", ["alarms_per_year", "limit"]) else { return }
    if let value = bounds["alarms_per_year"]?.value {
      if case .int(let number) = value.content, (1...365).contains(number) {
        learning.alarmsPerYear = Int(number)
      } else {
        problem(value.place, "alarms_per_year is not of 1 to 365", "write a whole number such as 4")
      }
    }
    if let value = bounds["limit"]?.value, let text = text(value, "limit") {
      if let span = Expectation.span(text), span >= .minutes(60), span <= .hours(168) {
        learning.limit = span
      } else {
        problem(value.place, "limit is \(named(text))", "write 1h to 7d")
      }
    }
    learn(learning, member.value, key, kind, &terms)
  }

  private mutating func learn(
    _ learning: Learning, _ value: JSON5Value, _ key: String, _ kind: PathKind,
    _ terms: inout SourceTerms
  ) {
    guard Learning.suits(kind) else {
      problem(
        value.place, "\(key) cannot be learned: it comes by its own clock",
        "write period + grace")
      return
    }
    let base = terms.expect[kind] ?? terms.profile.expectation(kind)
    if let base, learning.limit < base.grace + Learning.delay(kind) {
      problem(
        value.place, "limit is shorter than the grace and the path's own delay",
        "write \(Expectation.unit(base.grace + Learning.delay(kind))) or more")
    }
    terms.learned[kind] = learning
  }

  private static func isSane(_ expectation: Expectation) -> Bool {
    expectation.period >= .minutes(1) && expectation.period <= .hours(168)
      && expectation.grace <= .hours(168)
  }

  mutating func optionalPaths(_ fields: Fields, _ cloud: Cloud) -> Set<PathKind> {
    guard let value = fields["optional"]?.value else { return [] }
    let known = Self.paths(cloud) + Self.looks
    let whose = cloud == .aws ? "a trail" : "a source of \(cloud.rawValue)"
    var found: Set<PathKind> = []
    for item in texts(value, "optional") {
      if let path = known.first(where: { $0.key == item.text }) {
        found.insert(path.kind)
      } else {
        problem(
          item.place, "\(named(item.text)) is not a path of \(whose)",
          Nearest.advice(item.text, known.map(\.key)))
      }
    }
    return found
  }

  /// Says where a path is named that the source does not have.
  mutating func warnOfUnusedPaths(
    _ fields: Fields, _ unused: [(key: String, todo: String)]
  ) {
    guard let value = fields["expect"]?.value, case .object(let members) = value.content else {
      return
    }
    for (key, todo) in unused {
      guard let member = members.first(where: { $0.key == key }) else { continue }
      warning(member.place, "expect names \(key), and the source has none", todo)
    }
  }
}
