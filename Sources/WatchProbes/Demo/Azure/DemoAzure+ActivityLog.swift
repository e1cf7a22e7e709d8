import CloudAPI
import Transfer
import WatchCore

/// The Activity Log: what the platform itself keeps, whatever the diagnostic settings say.
extension DemoAzure {
  private static let page = 100

  /// Newest first; the link says how far, and as of when.
  func activityLog(_ asked: DemoWebRequest, _ now: Int) -> HTTPResponse {
    guard asked.parts.count == 7, let unit = unit(asked.parts[1]) else {
      return Self.error(404, "SubscriptionNotFound", "There is no such subscription.")
    }
    guard let filter = DemoActivityFilter(asked.query["$filter"] ?? "") else {
      return Self.bare(400, "BadRequest", "The filter is not one of those documented.")
    }
    guard filter.from >= time(now) - .hours(90 * 24) else {
      return Self.bare(
        400, "BadRequest", "The start time cannot be more than 90 days in the past.")
    }
    let token = asked.query["$skiptoken"]?.split(separator: "@").compactMap { Int($0) }
    if let token, token.count != 2 { return Self.bare(400, "BadRequest", "Not our skip token.") }
    let asOf = token?[1] ?? now
    let skipped = token?[0] ?? 0
    let from = max(second(filter.from), asOf - 2 * 86_400)
    let all = log.between(from - 60, min(second(filter.to), asOf), unit: unit.label)
      .flatMap { events($0, asOf) }
      .filter { filter.takes($0) }.reversed()
    let shown = all.dropFirst(skipped).prefix(Self.page)
    var members: [(String, JSONValue)] = [("value", .array(Array(shown)))]
    if all.count > skipped + Self.page {
      let pairs = asked.queryText.split(separator: "&").filter { !$0.contains("skiptoken") }
      members.append(
        (
          "nextLink",
          .string(
            "https://\(asked.host)/\(asked.parts.joined(separator: "/"))"
              + "?\(pairs.joined(separator: "&"))&%24skiptoken=\(skipped + Self.page)@\(asOf)")
        ))
    }
    return DemoReply.json(DemoReply.object(members))
  }

  func unit(_ subscription: String) -> DemoUnits.Unit? {
    units.units.first { $0.id == subscription.lowercased() }
  }

  private func second(_ time: Timestamp) -> Int { Int((time - start).wholeSeconds) }

  /// An operation's beginning and its end, which share a correlation id, as far as they are shown.
  private func events(_ happening: DemoHappening, _ now: Int) -> [JSONValue] {
    let ends = [("Started", "BeginRequest", 0), (outcome(happening), "EndRequest", 2)]
    return ends.filter { happening.at + $0.2 + happening.lag <= now }.map { status, name, late in
      event(happening, status: status, name: name, at: happening.at + late)
    }
  }

  func outcome(_ happening: DemoHappening) -> String { happening.values["status"] ?? "Succeeded" }

  /// The record, as the Activity Log API, Event Grid and the archive derive theirs from it.
  func event(
    _ happening: DemoHappening, status: String, name: String, at: Int
  ) -> JSONValue {
    let asked = DemoRecords.Name(id: happening.id, status: status, name: name, at: at)
    return records.record(asked) {
      templates.json("azure/activity-log-event", values(happening, status, name, at))
    }
  }

  func values(
    _ happening: DemoHappening, _ status: String, _ name: String, _ at: Int
  ) -> [String: JSONValue] {
    let subscription = units.units.first { $0.label == happening.unit }?.id ?? ""
    let resource = happening.values["resource"] ?? "/subscriptions/\(subscription)"
    let type = happening.event.split(separator: "/").dropLast().joined(separator: "/")
    let parts = resource.split(separator: "/").map(String.init)
    let group = parts.count > 3 && parts[2].lowercased() == "resourcegroups" ? parts[3] : ""
    var values: [String: String] = [
      "operation": happening.event, "type": type, "resource": resource, "group": group,
      "provider": type.split(separator: "/").first.map(String.init) ?? "",
      "subscription": subscription, "tenant": units.account.tenant ?? "", "status": status,
      "eventName": name, "eventTimestamp": text(at, happening.id),
      "submissionTimestamp": text(at + happening.lag - 10, happening.id),
      "category": "Administrative",
      "level": status == "Failed" ? "Error" : "Informational", "correlation": happening.id,
      "id": DemoEvents.id("\(happening.id) \(name)"), "method": "PUT", "from": "203.0.113.24",
    ]
    if happening.event.hasSuffix("/delete") { values["method"] = "DELETE" }
    values.merge(happening.values) { $1 }
    values["status"] = status
    return values.mapValues { .string($0) }
  }

  /// Microsoft.Insights answers without the wrapper.
  private static func bare(_ status: Int, _ code: String, _ message: String) -> HTTPResponse {
    DemoReply.json(
      DemoReply.object([("code", .string(code)), ("message", .string(message))]), status: status)
  }
}

/// `eventTimestamp ge '…' and eventTimestamp le '…'`, and at most one of the other documented ones.
struct DemoActivityFilter: Sendable {
  var from: Timestamp
  var to: Timestamp
  private var other: (field: String, value: String)?

  private static let fields: Set<String> = [
    "resourcegroupname", "resourceuri", "resourceprovider", "correlationid",
  ]

  /// Nil for every other pattern: the service documents no more.
  init?(_ text: String) {
    var begin: Timestamp?
    var end: Timestamp?
    for term in text.split(separator: " and ") {
      let words = term.split(separator: " ", maxSplits: 2).map(String.init)
      guard words.count == 3, words[2].count > 1, words[2].hasPrefix("'"), words[2].hasSuffix("'")
      else { return nil }
      let value = String(words[2].dropFirst().dropLast())
      switch (words[0].lowercased(), words[1]) {
      case ("eventtimestamp", "ge"): begin = Timestamp(iso: value)
      case ("eventtimestamp", "le"): end = Timestamp(iso: value)
      case (let field, "eq") where Self.fields.contains(field) && other == nil:
        other = (field, value.lowercased())
      default: return nil
      }
    }
    guard let begin else { return nil }
    from = begin
    to = end ?? Timestamp(seconds: 253_402_300_799)
  }

  func takes(_ event: JSONValue) -> Bool {
    guard let time = event["eventTimestamp"]?.string.flatMap({ Timestamp(iso: $0) }),
      from <= time, time <= to
    else { return false }
    guard let other else { return true }
    let text =
      switch other.field {
      case "resourcegroupname": event["resourceGroupName"]?.string
      case "resourceuri": event["resourceId"]?.string
      case "resourceprovider": event.at("resourceProviderName", "value")?.string
      default: event["correlationId"]?.string
      }
    return text?.lowercased() == other.value
  }
}
