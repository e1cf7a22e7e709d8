import WatchCore

extension PlanReader {
  mutating func readGCPSource(_ value: JSON5Value, _ id: SourceID) {
    let own = ["projects", "units", "project", "logs", "sinks", "metric", "retention"]
    guard let fields = fields(value, "a source", Self.shared + own) else { return }
    let account = plan.account(.gcp, id.account)
    var source = GCPSource(units: watchedUnits(fields, of: account))
    let units = account.map { SourcePlan(id: id, gcp: source).units(of: $0) } ?? []
    if let member = fields["logs"] { source.logs = logs(member.value) }
    source.sinks = sinks(fields, units)
    source.metric = metric(fields)
    source.echoMetric = echoPlace(fields, "metric", units, { GoogleName.isMetric($0) })
    let terms = terms(fields, .gcp)
    let optional = optionalPaths(fields, .gcp)
    let echo: SourcePlan.Echo = source.echoMetric == nil ? .off : .home
    warnOfEcho(fields, echo, terms.expect, optional, todo: Self.echoAdvice("metric"))
    plan.sources.append(
      SourcePlan(
        id: id, gcp: source, optional: optional, off: text(fields, "off"),
        echo: echo, retention: retention(fields) ?? retention
      ).judged(by: terms))
  }

  /// `units` or `projects`, which mean the same, or `project` for one.
  private mutating func watchedUnits(_ fields: Fields, of account: CloudAccount?) -> [String] {
    let written = ["units", "projects", "project"].filter { fields[$0] != nil }
    if written.count > 1, let place = fields[written[1]]?.place {
      problem(place, "\(written.joined(separator: " and ")) say the same", "write one of them")
    }
    guard let key = written.first, let value = fields[key]?.value else { return [] }
    guard key == "project" else { return labels(fields, key, of: account) }
    return text(value, key).map { unitLabels([($0, value.place)], of: account) } ?? []
  }

  private mutating func logs(_ value: JSON5Value) -> [String] {
    let found = texts(value, "logs")
    for item in found where !GCPSource.logs.contains(item.text) {
      problem(
        item.place, "\(named(item.text)) is not an audit log",
        Nearest.advice(item.text, GCPSource.logs))
    }
    if found.isEmpty, value.content == .array([]) {
      problem(value.place, "logs is empty", "write [\"activity\"], or leave the key out")
    }
    return found.map(\.text)
  }

  /// `SINK`, or `UNIT-LABEL/SINK`.
  private mutating func sinks(_ fields: Fields, _ units: [CloudUnit]) -> [String] {
    guard let value = fields["sinks"]?.value else { return [] }
    let found = texts(value, "sinks")
    for item in found {
      let parts = units.split(item.text)
      if item.text.contains("/"), parts == nil {
        problem(
          item.place, "\(named(item.text)) begins with no unit of the source",
          "write SINK, or one of \(units.map { "\($0.label)/SINK" }.joined(separator: ", "))")
      } else if !GoogleName.isSink(parts?.name ?? item.text) {
        problem(item.place, "\(named(item.text)) is not a sink's name", "write one such as to-siem")
      }
    }
    return found.map(\.text)
  }

  private mutating func metric(_ fields: Fields) -> String? {
    guard let value = fields["metric"]?.value, let text = text(value, "metric") else { return nil }
    if !GoogleName.isMetric(text) {
      problem(
        value.place, "\(named(text)) is not the name of a log-based metric",
        "write one such as audit-activity")
    }
    return text
  }
}

/// What an echo is written to, where a cloud records no reading.
extension PlanReader {
  /// `{ resource_group: "dev/watchkeeper-echo" }`: a unit of the source, and a name in it.
  mutating func echoPlace(
    _ fields: Fields, _ key: String, _ units: [CloudUnit], _ isName: (String) -> Bool
  ) -> String? {
    guard let value = fields["echo"]?.value else { return nil }
    if case .bool(false) = value.content { return nil }
    guard case .object = value.content else {
      problem(
        value.place, "echo writes, and nothing says what to", Self.echoAdvice(key))
      return nil
    }
    guard let own = self.fields(value, "echo", [key]),
      let text = required(own, key, example: "LABEL/NAME"), let place = own[key]?.value.place
    else { return nil }
    guard let parts = units.split(text) else {
      problem(
        place, "\(named(text)) begins with no unit of the source",
        units.isEmpty
          ? "write LABEL/NAME"
          : "write one of \(units.map { "\($0.label)/NAME" }.joined(separator: ", "))")
      return nil
    }
    guard isName(parts.name) else {
      problem(place, "\(named(parts.name)) cannot be its name", "write \(parts.unit.label)/NAME")
      return nil
    }
    return "\(parts.unit.label)/\(parts.name)"
  }

  static func echoAdvice(_ key: String) -> String {
    "write echo: { \(key): \"LABEL/NAME\" } beside it, or leave it out"
  }

  mutating func labels(_ fields: Fields, _ key: String, of account: CloudAccount?) -> [String] {
    guard let value = fields[key]?.value else { return [] }
    if value.content == .array([]) {
      problem(value.place, "\(key) is empty", "name some, or leave the key out for all of them")
    }
    return unitLabels(texts(value, key), of: account)
  }
}
