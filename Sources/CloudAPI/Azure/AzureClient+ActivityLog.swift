import Foundation

extension AzureClient {
  /// 50 queries in 30 seconds ("Azure Monitor service limits", activity log): four fifths of them.
  private static func activityRate(_ subscription: String) -> CallRate {
    CallRate("activity \(subscription.lowercased())", perSecond: 1, burst: 10)
  }

  /// Activity Logs - List: what was done in a subscription in the last 90 days, whatever is
  /// exported. Events appear 3 to 20 minutes late. Azure may take 75 s for a page.
  /// - Parameters:
  ///   - start: oldest wanted, UTC, at most 90 days back; `end`: newest wanted.
  ///   - select: members of the events that are wanted (`eventTimestamp` always is); all when empty.
  ///   - pageLimit: pages asked for at most.
  ///   - enough: stops the walk after the event for which it is true.
  public func activityLog(
    subscription: String, start: Date, end: Date, filter: ActivityFilter? = nil,
    select: [String] = [], pageLimit: Int = 20,
    enough: @Sendable (ActivityEvent) -> Bool = { _ in false }
  ) async throws(CloudError) -> ActivityLog {
    var read = Read(
      operation: "Activity Logs - List", action: .readActivityLog, place: subscription,
      path:
        "\(try Self.root(subscription))/providers/Microsoft.Insights/eventtypes/management/values",
      version: "2015-04-01")
    var condition =
      "eventTimestamp ge '\(TimeText.iso8601(start))' and eventTimestamp le '\(TimeText.iso8601(end))'"
    if let filter { condition += " and \(Self.condition(filter))" }
    read.query = [(name: "$filter", value: condition)]
    if !select.isEmpty {
      let names = ["eventTimestamp"] + select.filter { $0 != "eventTimestamp" }
      read.query.append((name: "$select", value: names.joined(separator: ",")))
    }
    read.rate = Self.activityRate(subscription)
    read.bodyLimit = 32 << 20
    read.waitSeconds = 45
    var events: [ActivityEvent] = []
    let isWhole = try await pages(read, cap: pageLimit) { (entry) throws(CloudError) in
      let event = try Self.event(entry)
      events.append(event)
      return !enough(event)
    }
    return ActivityLog(events: Self.newestFirst(events), isCut: !isWhole)
  }

  /// Members that tell who did what to what: enough for causes.
  public static let causeMembers = [
    "eventDataId", "submissionTimestamp", "caller", "operationName", "status", "subStatus",
    "eventName", "category", "level", "resourceId", "resourceGroupName", "resourceType",
    "subscriptionId", "tenantId", "correlationId", "operationId", "httpRequest", "claims",
    "properties",
  ]

  private static func condition(_ filter: ActivityFilter) -> String {
    func equals(_ name: String, _ value: String) -> String {
      // OData doubles a quote inside of a string.
      let safe = value.split(separator: "'", omittingEmptySubsequences: false)
        .joined(separator: "''")
      return "\(name) eq '\(safe)'"
    }
    return switch filter {
    case .resourceGroup(let name): equals("resourceGroupName", name)
    case .resource(let id): equals("resourceUri", id.text)
    case .provider(let name): equals("resourceProvider", name)
    case .correlation(let id): equals("correlationId", id)
    }
  }

  /// Equal times keep the order sent.
  private static func newestFirst(_ events: [ActivityEvent]) -> [ActivityEvent] {
    let numbered = events.enumerated().sorted {
      $0.element.time == $1.element.time
        ? $0.offset < $1.offset : $0.element.time > $1.element.time
    }
    return numbered.map(\.element)
  }

  static func event(_ entry: CloudMembers) throws(CloudError) -> ActivityEvent {
    guard let time = try entry.time("eventTimestamp") else {
      throw entry.answer.unreadable("an event has no eventTimestamp")
    }
    var event = ActivityEvent(time: time)
    event.eventDataID = try entry.text("eventDataId")
    event.submitted = try entry.time("submissionTimestamp")
    event.caller = try entry.text("caller")
    event.operation = try entry.word("operationName")
    event.status = try entry.word("status")
    event.subStatus = try entry.word("subStatus")
    event.eventName = try entry.word("eventName")
    event.category = try entry.word("category")
    event.level = try entry.text("level")
    event.resourceID = try entry.text("resourceId")
    event.resourceGroup = try entry.text("resourceGroupName")
    event.resourceType = try entry.word("resourceType")
    event.subscriptionID = try entry.text("subscriptionId")
    event.tenantID = try entry.text("tenantId")
    event.correlationID = try entry.text("correlationId")
    event.operationID = try entry.text("operationId")
    readCaller(entry.value, into: &event)
    return event
  }

  /// What a caller may fill in freely is taken if it fits, and never makes the log unreadable.
  private static func readCaller(_ value: JSONValue, into event: inout ActivityEvent) {
    let request = value["httpRequest"]
    let claims = value["claims"]
    func word(_ value: JSONValue?) -> String? { value?.string.flatMap { $0.isEmpty ? nil : $0 } }
    event.clientAddress = word(request?["clientIpAddress"]) ?? word(claims?["ipaddr"])
    event.method = word(request?["method"])
    event.clientRequestID = word(request?["clientRequestId"])
    event.appID = word(claims?["appid"])
    for member in value["properties"]?.members ?? [] where !member.value.isNull {
      let text = member.value.string ?? member.value.text
      if text.utf8.count <= 64 << 10 { event.properties[member.name] = text }
    }
  }
}
