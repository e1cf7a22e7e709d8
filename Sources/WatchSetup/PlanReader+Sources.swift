import WatchCore

extension PlanReader {
  /// Expected paths of AWS by their keys.
  static let paths: [(key: String, kind: PathKind)] = [
    ("s3", .s3), ("log_group", .group), ("digest", .digest), ("echo", .echo),
  ]
  /// What is looked at and not waited for: it has no period, and may still be optional.
  static let looks: [(key: String, kind: PathKind)] = [("posture", .posture)]
  private static let shared = ["id", "expect", "optional", "echo", "off"]

  mutating func readSources(_ value: JSON5Value) {
    var seen: [SourceID: TextPlace] = [:]
    for item in list(value, "sources") ?? [] {
      guard let members = object(item, "a source") else { continue }
      guard let idValue = members.first(where: { $0.key == "id" })?.value else {
        problem(item.place, "id is missing", "add id: \"aws/prod/org-trail\"")
        continue
      }
      guard let id = sourceID(idValue) else { continue }
      if let first = seen[id] {
        problem(
          idValue.place, "source \(named(id.text)) stands twice (first in line \(first.line))",
          "keep one")
        continue
      }
      seen[id] = idValue.place
      switch id.cloud {
      case .aws: readTrail(item, id)
      case .azure: readOther(item, id, ["workspace"], expect: ["activity"])
      case .gcp: readOther(item, id, ["project", "sinks"], expect: ["entries"])
      }
    }
  }

  private mutating func sourceID(_ value: JSON5Value) -> SourceID? {
    guard let text = text(value, "id") else { return nil }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard let id = SourceID(text: text), parts.count == 3, isName(id.account), isName(id.name)
    else {
      problem(
        value.place, "\(named(text)) is not cloud/account/name",
        "write one such as \"aws/prod/org-trail\", without white space")
      return nil
    }
    guard accounts["\(id.cloud.rawValue)/\(id.account)"] != nil else {
      let prefix = "\(id.cloud.rawValue)/"
      let known = accounts.keys.filter { $0.hasPrefix(prefix) }
        .map { String($0.dropFirst(prefix.count)) }.sorted()
      problem(
        value.place, "clouds.\(id.cloud.rawValue) has no account \(named(id.account))",
        known.isEmpty ? "add it there" : Nearest.advice(id.account, known))
      return nil
    }
    return id
  }

  private mutating func readOther(
    _ value: JSON5Value, _ id: SourceID, _ own: [String], expect: [String]
  ) {
    warning(
      value.place, "source \(named(id.text)) is not watched by this version",
      "it stays NOT SET UP on screen")
    guard let fields = fields(value, "a source", Self.shared + own) else { return }
    if let member = fields["expect"] {
      _ = expectations(member.value, expect.map { ($0, PathKind.s3) })
    }
  }

  private mutating func readTrail(_ value: JSON5Value, _ id: SourceID) {
    let own = ["trail", "retention", "data_events"]
    guard let fields = fields(value, "a source", Self.shared + own) else { return }
    let echo = echo(fields)
    let expect = fields["expect"].map { expectations($0.value, Self.paths) } ?? [:]
    let optional = optionalPaths(fields)
    warnOfEcho(fields, echo, expect, optional)
    let off = text(fields, "off")
    let retention = retention(fields) ?? retention
    let dataEvents = dataEvents(fields)
    guard let trail = trail(fields, id) else { return }
    plan.sources.append(
      SourcePlan(
        id: id, trail: trail, expect: expect, optional: optional, off: off, echo: echo,
        retention: retention, dataEvents: dataEvents))
  }

  private mutating func trail(_ fields: Fields, _ id: SourceID) -> String? {
    let example = "arn:aws:cloudtrail:us-east-1:111122223333:trail/NAME"
    guard let text = required(fields, "trail", example: example),
      let place = fields["trail"]?.value.place
    else { return nil }
    if !text.hasPrefix("arn:") {
      if ARN.isTrailName(text) { return text }
      problem(place, "\(named(text)) is not a trail's ARN or name", "write \(example)")
      return nil
    }
    guard let arn = ARN(text), arn.service == "cloudtrail", ARN.isRegion(arn.region),
      arn.resource.hasPrefix("trail/"), ARN.isTrailName(arn.resource.dropFirst(6))
    else {
      problem(place, "trail is not the ARN of a trail", "write \(example)")
      return nil
    }
    if let partition = plan.account(.aws, id.account)?.partition, partition != arn.partition {
      problem(
        place, "the trail is in partition \(arn.partition), its account in \(partition)",
        "mend one of them")
    }
    return text
  }

  private mutating func expectations(
    _ value: JSON5Value, _ known: [(key: String, kind: PathKind)]
  ) -> [PathKind: Expectation] {
    var found: [PathKind: Expectation] = [:]
    guard let fields = fields(value, "expect", known.map(\.key)) else { return [:] }
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

  private mutating func optionalPaths(_ fields: Fields) -> Set<PathKind> {
    guard let value = fields["optional"]?.value else { return [] }
    var found: Set<PathKind> = []
    for item in texts(value, "optional") {
      if let path = (Self.paths + Self.looks).first(where: { $0.key == item.text }) {
        found.insert(path.kind)
      } else {
        problem(
          item.place, "\(named(item.text)) is not a path of a trail",
          Nearest.advice(item.text, (Self.paths + Self.looks).map(\.key)))
      }
    }
    return found
  }
}
