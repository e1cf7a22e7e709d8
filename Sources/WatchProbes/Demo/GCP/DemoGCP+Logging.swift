import CloudAPI
import EventRules
import Transfer
import WatchCore

/// Cloud Logging: entries, sinks, exclusions, log buckets, settings, metrics.
extension DemoGCP {
  func logging(_ asked: DemoWebRequest, _ now: Int) -> HTTPResponse {
    if asked.parts == ["v2", "entries:list"] { return entries(asked, now) }
    guard asked.parts.count >= 4, asked.parts[0] == "v2", asked.parts[1] == "projects" else {
      return Self.notFound
    }
    guard asked.method == "GET" else {
      return Self.error(403, "PERMISSION_DENIED", "The demo changes nothing.")
    }
    let name = "projects/\(asked.parts[2])"
    let project = settings(now).at("projects", asked.parts[2])
    let rest = Array(asked.parts[3...])
    switch (rest[0], rest.count) {
    case ("sinks", 1): return page("sinks", sinks(name, project), asked)
    case ("sinks", 2):
      let found = sinks(name, project).first { $0["name"]?.string == rest[1] }
      return found.map { DemoReply.json($0) } ?? Self.missing("\(name)/sinks/\(rest[1])")
    case ("exclusions", 1):
      return page("exclusions", Self.named(project?["exclusions"]), asked)
    case ("settings", 1):
      return DemoReply.json(
        DemoReply.object([("name", .string("\(name)/settings"))])
          .merged(with: project?["settings"] ?? .object([])))
    case ("locations", 3) where rest[1] == "-" && rest[2] == "buckets":
      let buckets = (project?["buckets"]?.members ?? []).map { member in
        DemoReply.object([("name", .string("\(name)/locations/\(member.name)"))])
          .merged(with: member.value)
      }
      return page("buckets", buckets, asked)
    case ("metrics", 1): return page("metrics", Self.named(project?["metrics"]), asked)
    case ("metrics", 2):
      let found = Self.named(project?["metrics"]).first { $0["name"]?.string == rest[1] }
      return found.map { DemoReply.json($0) } ?? Self.missing("\(name)/metrics/\(rest[1])")
    default: return Self.notFound
    }
  }

  /// An object's members, each with its name inside.
  private static func named(_ value: JSONValue?) -> [JSONValue] {
    (value?.members ?? []).map { member in
      DemoReply.object([("name", .string(member.name))]).merged(with: member.value)
    }
  }

  func sinks(_ parent: String, _ project: JSONValue?) -> [JSONValue] {
    (project?["sinks"]?.members ?? []).map { member in
      DemoReply.object([
        ("name", .string(member.name)),
        ("resourceName", .string("\(parent)/sinks/\(member.name)")),
      ]).merged(with: member.value)
    }
  }

  /// Whether a sink hands it on.
  func takes(_ sink: JSONValue, _ happening: DemoHappening) -> Bool {
    verdicts.takes(sink, happening.kind) { entry(happening) }
  }

  // MARK: Entries

  private func entries(_ asked: DemoWebRequest, _ now: Int) -> HTTPResponse {
    guard asked.method == "POST", let body = asked.json,
      let place = body["resourceNames"]?.array?.first?.string,
      body["resourceNames"]?.array?.count == 1
    else { return Self.error(400, "INVALID_ARGUMENT", "resourceNames is not one name") }
    let parts = place.split(separator: "/").map(String.init)
    guard parts.count > 1, parts[0] == "projects" else {
      return Self.error(403, "PERMISSION_DENIED", "Permission denied on \(place).")
    }
    if let refusal = denial(parts[1], now) { return refusal }
    guard parts.count == 2 || isOpenView(parts) else {
      return Self.missing(place)
    }
    let text = body["filter"]?.string ?? ""
    guard let filter = try? LoggingFilter(text) else {
      return Self.error(400, "INVALID_ARGUMENT", "Unparseable filter: \(text.prefix(100))")
    }
    let isDown = body["orderBy"]?.string == "timestamp desc"
    var found: [JSONValue] = []
    for happening in log.between(earliest(text, now), now, unit: label(parts[1])) {
      guard happening.at + happening.lag <= now else { continue }
      let entry = entry(happening)
      switch filter.matches(EventValue(entry)) {
      case .yes: found.append(entry)
      case .no: break
      case .unknown:
        return Self.error(400, "INVALID_ARGUMENT", "The demo does not play this filter.")
      }
    }
    return page(
      "entries", isDown ? found.reversed() : found, size: Int(body["pageSize"]?.number ?? 50),
      token: body["pageToken"]?.string)
  }

  /// `projects/P/locations/global/buckets/_Required/views/_AllLogs`: audit logs are kept there.
  private func isOpenView(_ parts: [String]) -> Bool {
    parts.count == 8 && parts[2] == "locations" && parts[4] == "buckets"
      && parts[5] == "_Required" && parts[6] == "views" && parts[7] == "_AllLogs"
  }

  /// No entry before the oldest time that the filter names; two days where it names none.
  private func earliest(_ filter: String, _ now: Int) -> Int {
    let reach = now - 2 * 86_400
    let times = filter.split(separator: "timestamp>=\"").dropFirst().compactMap { part in
      Timestamp(iso: String(part.prefix { $0 != "\"" }))
    }
    guard let oldest = times.min() else { return reach }
    return max(reach, Int((oldest - start).wholeSeconds))
  }

  func label(_ project: String) -> String? {
    units.units.first { $0.id == "projects/\(project)" }?.label ?? project
  }

  /// The audit record, as Cloud Logging keeps it and sinks hand it on.
  func entry(_ happening: DemoHappening) -> JSONValue {
    let unit = units.units.first { $0.label == happening.unit }?.id ?? happening.unit
    let project = unit.split(separator: "/").last.map(String.init) ?? unit
    let log = happening.values["log"] ?? "activity"
    let made = time(happening.at)
    let service = happening.values["service"] ?? "compute.googleapis.com"
    var values: [String: JSONValue] = [
      "id": .string(String(happening.id.filter { $0 != "-" }.prefix(14))),
      "logName": .string("\(unit)/logs/cloudaudit.googleapis.com%2F\(log)"),
      "timestamp": .string(
        "\(made.iso.prefix(19)).\(DemoEvents.hash(happening.id).utf8.prefix(6).map { String($0 % 10) }.joined())Z"
      ),
      "receiveTimestamp": .string((made + .seconds(1)).iso), "severity": .string("NOTICE"),
      "type": .string("project"), "service": .string(service),
      "method": .string(happening.event), "resource": .string(unit),
      "labels": DemoReply.object([("project_id", .string(project))]), "status": .object([]),
    ]
    for (name, text) in happening.values where name != "log" {
      let isJSON = text.hasPrefix("{") || text.hasPrefix("[")
      values[name] = (isJSON ? try? JSONReader.read(Array(text.utf8)) : nil) ?? .string(text)
    }
    return templates.json("gcp/entry", values)
  }
}
