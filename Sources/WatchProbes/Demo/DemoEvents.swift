import CloudAPI
import WatchCore

/// One audit event of a scenario.
struct DemoEvent: Sendable {
  /// Seconds from the start.
  var at: Int
  /// When Event history shows it.
  var seen: Int
  var template: String
  var region: String
  var id: String
  var values: [String: String]
}

/// All that happens in a scenario, as CloudTrail records it.
struct DemoEvents: Sendable {
  let script: DemoScript
  let estate: DemoEstate
  let templates: DemoTemplates
  let start: Timestamp
  /// The watch's own marked calls.
  let calls: DemoCalls

  static let ownCall = "own-call"

  /// In that region and time, oldest first.
  /// - Parameter reads: true for read events alone, false for write events alone.
  func events(_ region: String, from: Int, to: Int, reads: Bool? = nil) -> [DemoEvent] {
    let wanted = estate.activity.enumerated().filter { (_, activity) in
      activity.region == region
        && (reads == nil || reads == templates.isRead(event: activity.event))
    }
    let daily = wanted.flatMap { (index, activity) in
      DemoTimeline.slots(
        every: activity.every, phase: activity.phase, from: from, to: min(to, activity.until ?? to)
      ).map { slot in
        DemoEvent(
          at: slot, seen: slot + 90, template: activity.event, region: region,
          id: Self.id("\(region) \(index) \(slot)"), values: activity.values ?? [:])
      }
    }
    let acts = acts(region).filter { from <= $0.at && $0.at <= to }
    let own = reads == false ? [] : own(region, from: from, to: to)
    return (daily + acts + own).sorted { $0.at < $1.at }
  }

  private func own(_ region: String, from: Int, to: Int) -> [DemoEvent] {
    calls.made(region, from: from, to: to).map { call in
      DemoEvent(
        at: call.at, seen: call.at + 90, template: Self.ownCall, region: region,
        id: Self.id("own \(call.at) \(call.agent) \(call.operation) \(call.trail)"),
        values: [
          "principal": estate.account.principal, "action": call.operation, "agent": call.agent,
          "trail": call.trail, "from": "203.0.113.9",
          "actor": estate.account.principal.split(separator: "/").last.map(String.init) ?? "watch",
        ])
    }
  }

  private func acts(_ region: String) -> [DemoEvent] {
    script.timeline.enumerated().flatMap { (index, act) -> [DemoEvent] in
      guard act.cloud == nil, let event = act.event, act.region == region else { return [] }
      return (0..<max(1, min(act.times ?? 1, 1_000))).map { turn in
        let at = act.at + turn * (act.every ?? 60)
        return DemoEvent(
          at: at, seen: at + (act.lag ?? 15), template: event, region: region,
          id: Self.id("act \(index) \(turn)"), values: act.values ?? [:])
      }
    }
  }

  func isRead(_ event: DemoEvent) -> Bool {
    templates.isRead(event: event.template)
  }

  /// The record, as a log file and Event history hold it.
  func record(_ event: DemoEvent) -> JSONValue {
    templates.json("events/\(event.template)", values(event))
  }

  /// As LookupEvents lists it: the columns, and the record as text.
  func listed(_ event: DemoEvent) -> JSONValue {
    let record = record(event)
    var values = values(event)
    values["eventName"] = record["eventName"]
    values["eventSource"] = record["eventSource"]
    values["readOnly"] = .string(isRead(event) ? "true" : "false")
    values["record"] = .string(event.values["record"].map(Self.grown) ?? record.text)
    let time = start + .seconds(event.at)
    values["eventTimeSeconds"] = values["eventTimeSeconds"] ?? .number("\(time.millis / 1000)")
    return templates.json("lookup-events-event", values)
  }

  private func values(_ event: DemoEvent) -> [String: JSONValue] {
    let time = start + .seconds(event.at)
    var values: [String: JSONValue] = [
      "account": .string(estate.account.id), "region": .string(event.region),
      "eventTime": .string("\(time.iso.prefix(19))Z"), "eventID": .string(event.id),
      "requestID": .string(Self.id("request \(event.id)")),
    ]
    for (name, text) in event.values { values[name] = .string(Self.grown(text)) }
    return values
  }

  /// `@10000 text` stands for the text again and again, to that many bytes: scenarios stay small.
  /// U+2400 stands for NUL, which Foundation's JSON5 does not take.
  static func grown(_ text: String) -> String {
    let text = text.replacing("\u{2400}", with: "\0")
    guard text.hasPrefix("@"), let space = text.firstIndex(of: " "),
      let size = Int(text[text.index(after: text.startIndex)..<space]), size <= 100_000
    else { return text }
    let unit = String(text[text.index(after: space)...])
    return String(repeating: unit, count: max(1, size / max(1, unit.utf8.count)))
  }

  /// An id in the shape of a UUID, the same for the same words.
  static func id(_ words: String) -> String {
    let digits = Array(hash(words + "/0") + hash(words + "/1"))
    let cuts = [(0, 8), (8, 12), (12, 16), (16, 20), (20, 32)]
    return cuts.map { String(digits[$0.0..<$0.1]) }.joined(separator: "-")
  }

  /// FNV-1a, then mixed (SplitMix64): 16 hexadecimal digits. No secret depends on it.
  static func hash(_ words: String) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in words.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    hash = (hash ^ (hash >> 30)) &* 0xbf58_476d_1ce4_e5b9
    hash = (hash ^ (hash >> 27)) &* 0x94d0_49bb_1331_11eb
    let text = String(hash ^ (hash >> 31), radix: 16)
    return String(repeating: "0", count: 16 - text.count) + text
  }
}
