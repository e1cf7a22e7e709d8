import CloudAPI
import EventRules
import Transfer
import WatchCore

/// Cloud Monitoring: what sinks have handed on, minute by minute, and what alerts by it.
extension DemoGCP {
  /// Seconds until a minute's point can be read.
  private static let pointDelay = 180
  /// Longest interval that is answered, in seconds.
  private static let reach = 2 * 86_400

  func monitoring(_ asked: DemoWebRequest, _ now: Int) -> HTTPResponse {
    guard asked.method == "GET", asked.parts.count == 4, asked.parts[0] == "v3",
      asked.parts[1] == "projects"
    else { return Self.notFound }
    let parent = "projects/\(asked.parts[2])"
    let kind = asked.parts[3]
    switch kind {
    case "timeSeries": return timeSeries(asked, now)
    case "alertPolicies", "notificationChannels", "snoozes":
      let found = settings(now).at("projects", asked.parts[2])?[kind]?.members ?? []
      return page(
        kind,
        found.map { member in
          DemoReply.object([("name", .string("\(parent)/\(kind)/\(member.name)"))])
            .merged(with: member.value)
        }, asked)
    default: return Self.notFound
    }
  }

  private func timeSeries(_ asked: DemoWebRequest, _ now: Int) -> HTTPResponse {
    guard let text = asked.query["filter"], let filter = try? LoggingFilter(text),
      text.contains("metric.type"),
      let end = asked.query["interval.endTime"].flatMap({ Timestamp(iso: $0) })
    else { return Self.error(400, "INVALID_ARGUMENT", "filter and interval.endTime are needed.") }
    let begin = asked.query["interval.startTime"].flatMap { Timestamp(iso: $0) } ?? end
    // Points as they were written: aligned ones are not played.
    guard !asked.query.keys.contains(where: { $0.hasPrefix("aggregation.") }) else {
      return Self.error(400, "INVALID_ARGUMENT", "The demo does not align.")
    }
    let to = min(Int((end - start).wholeSeconds), now - Self.pointDelay)
    let from = max(Int((begin - start).wholeSeconds), now - Self.reach)
    let series = exports(asked.parts[2], from, to).filter { series in
      filter.matches(EventValue(Self.searchable(series))) == .yes
    }
    return page("timeSeries", series, asked)
  }

  /// Filters say `resource.label.name` as well as `resource.labels.name`.
  private static func searchable(_ series: JSONValue) -> JSONValue {
    var members = series.members ?? []
    for (index, member) in members.enumerated() where ["metric", "resource"].contains(member.name) {
      guard let labels = member.value["labels"] else { continue }
      members[index].value = member.value.merged(with: DemoReply.object([("label", labels)]))
    }
    return .object(members)
  }

  /// One series a sink that has handed on something. None has ever failed to: no errors' series.
  private func exports(_ project: String, _ from: Int, _ to: Int) -> [JSONValue] {
    var counts: [String: [Int: Int]] = [:]
    var places: [String: String] = [:]
    for happening in log.between(from, to, unit: label(project)) {
      for sink in sinks("projects/\(project)", settings(happening.at).at("projects", project)) {
        let name = sink["name"]?.string ?? ""
        places[name] = sink["destination"]?.string
        guard takes(sink, happening) else { continue }
        counts[name, default: [:]][minute(happening.at), default: 0] += 1
      }
    }
    return counts.keys.sorted().map { name in
      series(sink: name, place: places[name] ?? "", project, counts[name] ?? [:])
    }
  }

  private func minute(_ second: Int) -> Int {
    let rest = second % 60
    return second - rest + (rest < 0 ? 0 : 60)
  }

  /// Newest first.
  private func series(
    sink: String, place: String, _ project: String, _ counts: [Int: Int]
  ) -> JSONValue {
    let points = counts.keys.sorted(by: >).map { end in
      DemoReply.object([
        (
          "interval",
          DemoReply.object([
            ("startTime", .string(time(end - 60).iso)), ("endTime", .string(time(end).iso)),
          ])
        ), ("value", DemoReply.object([("int64Value", .string("\(counts[end] ?? 0)"))])),
      ])
    }
    let labels = DemoReply.object([
      ("project_id", .string(project)), ("name", .string(sink)), ("destination", .string(place)),
    ])
    return DemoReply.object([
      (
        "metric",
        DemoReply.object([("type", .string("logging.googleapis.com/exports/log_entry_count"))])
      ),
      ("resource", DemoReply.object([("type", .string("logging_sink")), ("labels", labels)])),
      ("metricKind", .string("DELTA")), ("valueType", .string("INT64")), ("points", .array(points)),
    ])
  }
}
