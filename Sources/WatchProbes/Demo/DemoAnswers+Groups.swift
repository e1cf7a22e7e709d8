import CloudAPI
import Transfer
import WatchCore

/// CloudWatch Logs: the group that a trail delivers to, its events, filters and settings.
extension DemoAnswers {
  /// Seconds from an event to the group, at least, and between two deliveries.
  static let groupDelay = 60
  static let groupBeat = 100
  static let groupPhase = 40

  func logs(_ asked: DemoRequest, _ now: Int) -> HTTPResponse {
    let groups = settings(now).at("groups", asked.region)
    let name = asked.text("logGroupName") ?? Self.groupName(asked.text("logGroupIdentifier") ?? "")
    let group = groups?[name]
    if asked.operation == "DescribeLogGroups" { return logGroups(asked, groups) }
    let isGlobal = asked.operation == "DescribeResourcePolicies" || name.isEmpty
    guard group != nil || isGlobal else {
      return jsonError("ResourceNotFoundException", "The specified log group does not exist.")
    }
    switch asked.operation {
    case "DescribeLogStreams": return json(logStreams(asked, name, now))
    case "FilterLogEvents", "GetLogEvents": return json(logEvents(asked, name, now))
    case "DescribeMetricFilters":
      let filters =
        group?["filters"]
        ?? groups?.values.reduce(JSONValue.array([])) { all, group in
          .array((all.array ?? []) + (group["filters"]?.array ?? []))
        }
      return answer("metricFilters", filters)
    case "DescribeSubscriptionFilters":
      return answer("subscriptionFilters", group?["subscription_filters"])
    case "DescribeResourcePolicies": return answer("resourcePolicies", nil)
    case "DescribeAccountPolicies": return answer("accountPolicies", nil)
    case "GetDataProtectionPolicy", "GetTransformer":
      return json(group?["protection"] ?? .object([]))
    case "ListTagsForResource", "ListTagsLogGroup":
      return json(.object([JSONMember("tags", .object([]))]))
    default: return unplayed(asked)
    }
  }

  private func answer(_ name: String, _ list: JSONValue?) -> HTTPResponse {
    json(.object([JSONMember(name, list ?? .array([]))]))
  }

  private func logGroups(_ asked: DemoRequest, _ groups: JSONValue?) -> HTTPResponse {
    let prefix = asked.text("logGroupNamePrefix") ?? ""
    let found = (groups?.values ?? []).compactMap { $0["group"] }.filter {
      ($0["logGroupName"]?.string ?? "").hasPrefix(prefix)
    }
    return answer("logGroups", .array(found))
  }

  /// `arn:…:log-group:NAME:*` without what stands around the name.
  static func groupName(_ arn: String) -> String {
    let parts = arn.split(separator: ":", maxSplits: 6, omittingEmptySubsequences: false)
    guard parts.count == 7, parts[5] == "log-group" else { return arn }
    return parts[6].hasSuffix(":*") ? String(parts[6].dropLast(2)) : String(parts[6])
  }

  private func trails(into group: String) -> [DemoEstate.Trail] {
    estate.trails.filter { $0.logGroup.map { Self.groupName(DemoEvents.grown($0)) } == group }
  }

  private func stream(_ trail: DemoEstate.Trail) -> String {
    "\(estate.account.id)_CloudTrail_\(trail.region)"
  }

  /// When an event came to the group: with the first delivery after it that the trail made.
  private func arrived(_ event: DemoEvent, _ trail: DemoEstate.Trail) -> Int? {
    let beats = DemoTimeline.slots(
      every: Self.groupBeat, phase: Self.groupPhase, from: event.at + Self.groupDelay,
      to: event.at + Self.groupDelay + Self.groupBeat)
    guard let beat = beats.first, timeline.isLogging(trail, at: event.at),
      timeline.isLogging(trail, at: beat)
    else { return nil }
    return beat
  }

  private func held(
    _ trail: DemoEstate.Trail, from: Int, to: Int, at now: Int
  ) -> [(event: DemoEvent, arrived: Int)] {
    events.events(trail.region, from: from, to: to).compactMap { event in
      guard let arrived = arrived(event, trail), arrived <= now else { return nil }
      return (event, arrived)
    }
  }

  private func logStreams(_ asked: DemoRequest, _ group: String, _ now: Int) -> JSONValue {
    let streams = trails(into: group).map { trail -> JSONValue in
      let newest = held(trail, from: now - 7_200, to: now, at: now).last
      var values: [String: JSONValue] = [
        "stream": .string(stream(trail)), "group": .string(group),
        "region": .string(trail.region), "account": .string(estate.account.id),
      ]
      values["event"] = newest.map { millis($0.event.at) }
      values["ingested"] = newest.map { millis($0.arrived) }
      return templates.json("describe-log-streams-stream", values)
    }
    return .object([JSONMember("logStreams", .array(streams))])
  }

  private func logEvents(_ asked: DemoRequest, _ group: String, _ now: Int) -> JSONValue {
    let from = second(asked.parameters["startTime"]) ?? now - 3_600
    let to = second(asked.parameters["endTime"]) ?? now
    let pattern = asked.text("filterPattern") ?? ""
    let size = min(max(Int(asked.parameters["limit"]?.number ?? 10_000), 1), 10_000)
    let skipped = asked.text("nextToken").flatMap { Int($0) } ?? 0
    var found: [JSONValue] = []
    for trail in trails(into: group) {
      for (event, arrived) in held(trail, from: max(from, now - 172_800), to: to, at: now) {
        let message = events.record(event).text
        guard Self.matches(message, pattern) else { continue }
        found.append(
          templates.json(
            "filter-log-events-event",
            [
              "stream": .string(stream(trail)), "at": millis(event.at), "ingested": millis(arrived),
              "message": .string(message), "id": .string(DemoEvents.hash(event.id)),
            ]))
      }
    }
    var members = [
      JSONMember("events", .array(Array(found.dropFirst(skipped).prefix(size)))),
      JSONMember("searchedLogStreams", .array([])),
    ]
    if found.count > skipped + size, asked.operation == "FilterLogEvents" {
      members.append(JSONMember("nextToken", .string("\(skipped + size)")))
    }
    return .object(members)
  }

  /// Whether a message holds the quoted texts of a pattern, or its words: all of them, or with
  /// question marks any.
  static func matches(_ message: String, _ pattern: String) -> Bool {
    let quoted = pattern.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { $0.element.filter { $0 != "*" } }
      .filter { !$0.isEmpty }
    if !quoted.isEmpty || pattern.hasPrefix("{") { return quoted.allSatisfy(message.contains) }
    let words = pattern.split(separator: " ")
    let any = words.filter { $0.hasPrefix("?") }.map { $0.dropFirst() }
    return words.filter { !$0.hasPrefix("?") }.allSatisfy(message.contains)
      && (any.isEmpty || any.contains(where: message.contains))
  }

  private func millis(_ second: Int) -> JSONValue {
    .number("\((start + .seconds(second)).millis)")
  }

  private func second(_ time: JSONValue?) -> Int? {
    time?.number.map { Int($0 / 1_000) - Int(start.millis / 1000) }
  }
}
