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

  /// Period and grace of each path that is named.
  mutating func expectations(_ fields: Fields, _ cloud: Cloud) -> [PathKind: Expectation] {
    let known = Self.paths(cloud)
    var found: [PathKind: Expectation] = [:]
    guard let value = fields["expect"]?.value,
      let fields = self.fields(value, "expect", known.map(\.key))
    else { return [:] }
    for (key, kind) in known {
      guard let member = fields[key], let text = text(member.value, key) else { continue }
      if let expectation = Expectation(text: text), Self.isSane(expectation) {
        found[kind] = expectation
      } else {
        problem(
          member.value.place, "\(key) is \(named(text))",
          "write period + grace such as \"15m+15m\"; period 1m to 7d, grace up to 7d")
      }
    }
    return found
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
