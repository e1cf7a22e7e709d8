import Foundation

/// The one attribute that LookupEvents filters by.
public struct LookupAttribute: Sendable, Equatable {
  /// `EventName`, `EventSource`, `Username`, `ResourceName`, `ReadOnly`, …
  public var key: String
  public var value: String

  public init(key: String, value: String) {
    self.key = key
    self.value = value
  }

  public static func eventName(_ name: String) -> LookupAttribute {
    LookupAttribute(key: "EventName", value: name)
  }

  public static func eventSource(_ source: String) -> LookupAttribute {
    LookupAttribute(key: "EventSource", value: source)
  }

  /// Write events alone: `ReadOnly` is `false`.
  public static let writeEvents = LookupAttribute(key: "ReadOnly", value: "false")
}

/// What a look into Event history gave.
public struct EventHistory: Sendable, Equatable {
  /// Newest first.
  public var events: [CloudTrailEvent]
  /// True when there was more: the page limit was reached, or the caller had seen enough.
  public var isCut: Bool

  public init(events: [CloudTrailEvent], isCut: Bool) {
    self.events = events
    self.isCut = isCut
  }
}

extension AWSClient {
  /// LookupEvents, newest first, 50 a page: management events of the last 90 days of one region,
  /// whatever any trail does. AWS allows two calls a second for each account and region.
  /// IAM: `cloudtrail:LookupEvents`.
  /// - Parameters:
  ///   - start: oldest wanted, UTC; `end`: newest wanted. Nil for AWS's own ends.
  ///   - pageLimit: pages asked for at most.
  ///   - enough: stops the walk after the event for which it is true.
  public func lookupEvents(
    region: String, attribute: LookupAttribute? = nil, start: Date? = nil, end: Date? = nil,
    pageLimit: Int = 5, enough: @Sendable (CloudTrailEvent) -> Bool = { _ in false }
  ) async throws(AWSError) -> EventHistory {
    var fixed = [JSONMember("MaxResults", .number("50"))]
    if let attribute {
      let pair: [JSONMember] = [
        JSONMember("AttributeKey", .string(attribute.key)),
        JSONMember("AttributeValue", .string(attribute.value)),
      ]
      fixed.append(JSONMember("LookupAttributes", .array([.object(pair)])))
    }
    if let start { fixed.append(JSONMember("StartTime", Self.seconds(start))) }
    if let end { fixed.append(JSONMember("EndTime", Self.seconds(end))) }
    var events: [CloudTrailEvent] = []
    var lastStart: Double?
    let isWhole = try await Paging.walk("LookupEvents", cap: pageLimit) {
      (token) async throws(AWSError) in
      lastStart = await historyTurn(after: lastStart)
      let more = token.map { [JSONMember("NextToken", .string($0))] } ?? []
      let page = try await historyPage(region: region, fixed + more)
      for event in page.events {
        events.append(event)
        if enough(event) { return .enough }
      }
      return page.next.map { .more(token: $0) } ?? .end
    }
    return EventHistory(events: Self.newestFirst(events), isCut: !isWhole)
  }

  /// Two pages a second at most, as AWS allows; the first one starts at once.
  private func historyTurn(after last: Double?) async -> Double {
    let clock = exchange.clock
    if let last {
      let wait = 0.5 - (clock.uptime() - last)
      if wait > 0 { await clock.sleep(wait) }
    }
    return clock.uptime()
  }

  private func historyPage(
    region: String, _ parameters: [JSONMember]
  ) async throws(AWSError) -> (events: [CloudTrailEvent], next: String?) {
    let answer = try await answer(to: Self.trailCall("LookupEvents", region: region, parameters))
    let body = JSONMembers(answer: answer, value: try answer.json())
    _ = try body.needList("Events")
    var events: [CloudTrailEvent] = []
    for entry in try body.objects("Events") { events.append(try Self.event(entry)) }
    return (events, try body.text("NextToken"))
  }

  private static func event(_ entry: JSONMembers) throws(AWSError) -> CloudTrailEvent {
    guard let time = try entry.time("EventTime") else {
      throw entry.answer.unreadable("an event has no EventTime")
    }
    var event = CloudTrailEvent(eventID: try entry.needText("EventId"), eventTime: time)
    event.eventName = try entry.text("EventName")
    event.eventSource = try entry.text("EventSource")
    event.userName = try entry.text("Username")
    event.readOnly = CloudTrailRecord.flag(entry.value["ReadOnly"])
    event.text = try entry.text("CloudTrailEvent")
    guard let text = event.text else { return event }
    do {
      event.record = CloudTrailRecord(try JSONReader.read(Array(text.utf8)))
      if event.record == nil { event.problem = "the record is not a JSON object" }
    } catch {
      event.problem = error.inWords
    }
    return event
  }

  /// AWS sends the newest first; equal times keep the order sent.
  private static func newestFirst(_ events: [CloudTrailEvent]) -> [CloudTrailEvent] {
    let numbered = events.enumerated().sorted {
      $0.element.eventTime == $1.element.eventTime
        ? $0.offset < $1.offset : $0.element.eventTime > $1.element.eventTime
    }
    return numbered.map(\.element)
  }

  private static func seconds(_ date: Date) -> JSONValue {
    let seconds = min(max(date.timeIntervalSince1970, 0), 253_402_300_799)
    return .number(String(Int(seconds.rounded(.down))))
  }
}
