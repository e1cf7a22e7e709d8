import CloudAPI
import Transfer
import WatchCore

extension DemoAnswers {
  /// Newest first, 50 a page at most; the token says how far, and as of when.
  func lookupEvents(_ asked: DemoRequest, _ now: Int) -> HTTPResponse {
    let token = asked.parameters["NextToken"]?.string.map {
      $0.split(separator: "@").compactMap { Int($0) }
    }
    if let token, token.count != 2 { return jsonError("InvalidNextTokenException", "not ours") }
    let asOf = token?[1] ?? now
    let skipped = token?[0] ?? 0
    let size = min(max(Int(asked.parameters["MaxResults"]?.number ?? 50), 1), 50)
    let all = found(asked, asOf)
    let page = all.dropFirst(skipped).prefix(size)
    var members = [JSONMember("Events", .array(page.map(events.listed)))]
    if all.count > skipped + size {
      members.append(JSONMember("NextToken", .string("\(skipped + size)@\(asOf)")))
    }
    return json(.object(members))
  }

  private func found(_ asked: DemoRequest, _ now: Int) -> [DemoEvent] {
    let from = second(asked.parameters["StartTime"]) ?? now - 90 * 86_400
    let to = min(second(asked.parameters["EndTime"]) ?? now, now)
    let attribute = asked.parameters["LookupAttributes"]?.array?.first
    let key = attribute?["AttributeKey"]?.string
    let value = attribute?["AttributeValue"]?.string
    let reads = key == "ReadOnly" ? value == "true" : nil
    return events.events(
      asked.region, from: max(from, now - 2 * 86_400), to: to, reads: reads
    ).reversed().filter { event in
      guard event.seen <= now else { return false }
      switch key {
      case "ReadOnly": return (value == "true") == events.isRead(event)
      case "EventName": return events.record(event)["eventName"]?.string == value
      case "EventSource": return events.record(event)["eventSource"]?.string == value
      case "EventId": return event.id == value
      case "Username": return event.values["actor"].map(DemoEvents.grown) == value
      default: return true
      }
    }
  }

  private func second(_ time: JSONValue?) -> Int? {
    time?.number.map { Int($0) - Int(start.millis / 1000) }
  }
}
