import WatchCore

extension PlanReader {
  static let shared = ["id", "expect", "profile", "hours", "optional", "echo", "off", "role"]

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
      let count = plan.sources.count
      switch id.cloud {
      case .aws: readTrail(item, id)
      case .azure: readAzureSource(item, id)
      case .gcp: readGCPSource(item, id)
      }
      if plan.sources.count > count { plan.sources[count].role = roleName(members) }
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

  private mutating func readTrail(_ value: JSON5Value, _ id: SourceID) {
    let own = ["trail", "retention", "data_events"]
    guard let fields = fields(value, "a source", Self.shared + own) else { return }
    let echo = echo(fields)
    let terms = terms(fields, .aws)
    let optional = optionalPaths(fields, .aws)
    warnOfEcho(
      fields, echo, terms.expect, optional, todo: "write echo: true beside it, or leave it out")
    let off = text(fields, "off")
    let retention = retention(fields) ?? retention
    let dataEvents = dataEvents(fields)
    guard let trail = trail(fields, id) else { return }
    plan.sources.append(
      SourcePlan(
        id: id, trail: trail, optional: optional, off: off, echo: echo,
        retention: retention, dataEvents: dataEvents
      ).judged(by: terms))
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
}
