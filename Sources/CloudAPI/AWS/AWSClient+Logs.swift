import Foundation

/// One line of a log group (CloudWatch Logs API Reference, `FilteredLogEvent`).
public struct GroupEvent: Sendable, Equatable {
  /// The log stream that it lies in.
  public var stream: String
  /// UTC, to the millisecond, as whoever wrote it said.
  public var timestamp: Date
  /// When CloudWatch Logs took it in, UTC.
  public var ingested: Date?
  public var message: String

  public init(stream: String, timestamp: Date, ingested: Date? = nil, message: String) {
    self.stream = stream
    self.timestamp = timestamp
    self.ingested = ingested
    self.message = message
  }
}

/// What searching a log group gave.
public struct GroupEvents: Sendable, Equatable {
  /// In the order sent: oldest first.
  public var events: [GroupEvent]
  /// True when the page limit was reached with more to come: what is missing is the newest part.
  public var isCut: Bool

  public init(events: [GroupEvent] = [], isCut: Bool = false) {
    self.events = events
    self.isCut = isCut
  }
}

/// A stream of a log group (`LogStream`). CloudWatch Logs updates its times late, by up to an hour
/// and more: they are lower bounds.
public struct GroupStream: Sendable, Equatable {
  public var name: String
  public var lastEvent: Date?
  public var lastIngestion: Date?

  public init(name: String, lastEvent: Date? = nil, lastIngestion: Date? = nil) {
    self.name = name
    self.lastEvent = lastEvent
    self.lastIngestion = lastIngestion
  }
}

extension AWSClient {
  private static func logsCall(
    _ operation: String, region: String, _ parameters: [JSONMember]
  ) -> AWSCall {
    .json(.logs, target: "Logs_20140328", operation, region: region, parameters)
  }

  /// FilterLogEvents, oldest first, page after page; a page may be empty with more to come.
  /// IAM: `logs:FilterLogEvents`.
  /// - Parameters:
  ///   - group: the group's name, in this account.
  ///   - streams: names of streams, at most 100; empty for all.
  ///   - start: oldest wanted and `end` newest wanted, UTC, by the events' own timestamps.
  ///   - pattern: a filter pattern; nil for every event.
  ///   - limit: events a page, 1 to 10,000.
  ///   - pageLimit: pages asked for at most.
  public func filterLogEvents(
    group: String, region: String, streams: [String] = [], start: Date, end: Date,
    pattern: String? = nil, limit: Int = 10_000, pageLimit: Int = 10
  ) async throws(AWSError) -> GroupEvents {
    var fixed = [
      JSONMember("logGroupName", .string(group)), JSONMember("startTime", Self.millis(start)),
      JSONMember("endTime", Self.millis(end)),
      JSONMember("limit", .number(String(min(max(limit, 1), 10_000)))),
    ]
    if !streams.isEmpty {
      fixed.append(
        JSONMember("logStreamNames", .array(streams.prefix(100).map(JSONValue.string))))
    }
    if let pattern { fixed.append(JSONMember("filterPattern", .string(pattern))) }
    let parameters = fixed
    var found = GroupEvents()
    let isWhole = try await Paging.walk("FilterLogEvents", cap: pageLimit) {
      (token) async throws(AWSError) in
      let more = token.map { [JSONMember("nextToken", .string($0))] } ?? []
      let call = Self.logsCall("FilterLogEvents", region: region, parameters + more)
      let answer = try await answer(to: call)
      let body = JSONMembers(answer: answer, value: try answer.json())
      _ = try body.needList("events")
      for entry in try body.objects("events") { found.events.append(try Self.event(entry)) }
      return try body.text("nextToken").map { .more(token: $0) } ?? .end
    }
    found.isCut = !isWhole
    return found
  }

  /// DescribeLogStreams, those with the newest events first, 50 a page.
  /// IAM: `logs:DescribeLogStreams`.
  /// - Returns: the streams, and whether there were more than `pageLimit` pages.
  public func logStreams(
    group: String, region: String, pageLimit: Int = 1
  ) async throws(AWSError) -> (streams: [GroupStream], isCut: Bool) {
    let fixed = [
      JSONMember("logGroupName", .string(group)), JSONMember("orderBy", .string("LastEventTime")),
      JSONMember("descending", .bool(true)), JSONMember("limit", .number("50")),
    ]
    var streams: [GroupStream] = []
    let isWhole = try await Paging.walk("DescribeLogStreams", cap: pageLimit) {
      (token) async throws(AWSError) in
      let more = token.map { [JSONMember("nextToken", .string($0))] } ?? []
      let call = Self.logsCall("DescribeLogStreams", region: region, fixed + more)
      let answer = try await answer(to: call)
      let body = JSONMembers(answer: answer, value: try answer.json())
      _ = try body.needList("logStreams")
      for entry in try body.objects("logStreams") {
        streams.append(
          GroupStream(
            name: try entry.needText("logStreamName"),
            lastEvent: try entry.millis("lastEventTimestamp"),
            lastIngestion: try entry.millis("lastIngestionTime")))
      }
      return try body.text("nextToken").map { .more(token: $0) } ?? .end
    }
    return (streams, !isWhole)
  }

  private static func event(_ entry: JSONMembers) throws(AWSError) -> GroupEvent {
    guard let time = try entry.millis("timestamp") else {
      throw entry.answer.unreadable("an event has no timestamp")
    }
    return GroupEvent(
      stream: try entry.needText("logStreamName"), timestamp: time,
      ingested: try entry.millis("ingestionTime"), message: try entry.needText("message"))
  }

  private static func millis(_ date: Date) -> JSONValue {
    let millis = min(max(date.timeIntervalSince1970, 0), 253_402_300_799) * 1_000
    return .number(String(Int64(millis.rounded(.down))))
  }
}
