import CloudAPI
import Foundation
import Transfer
import WatchCore

/// Pub/Sub: the topic that a sink writes to, and the watch's own subscription to it.
extension DemoGCP {
  /// Seconds from an operation to the subscription.
  private static let pushDelay = 4

  func messages(_ asked: DemoWebRequest, _ now: Int) -> HTTPResponse {
    guard asked.parts.count == 5, asked.parts[0] == "v1", asked.parts[1] == "projects" else {
      return Self.notFound
    }
    let verb = asked.parts[4].split(separator: ":", maxSplits: 1).map(String.init)
    let name = "projects/\(asked.parts[2])/\(asked.parts[3])/\(verb[0])"
    guard let found = settings(now).at(asked.parts[3], name) else {
      return Self.missing("Resource not found (resource=\(verb[0])).")
    }
    switch (asked.method, verb.count > 1 ? verb[1] : "") {
    case ("GET", ""):
      return DemoReply.json(DemoReply.object([("name", .string(name))]).merged(with: found))
    case ("POST", "pull") where asked.parts[3] == "subscriptions":
      return pulled(found["topic"]?.string ?? "", asked, now)
    case ("POST", "acknowledge") where asked.parts[3] == "subscriptions":
      for id in asked.json?["ackIds"]?.array ?? [] { mailbox.delete(id.string ?? "") }
      return DemoReply.json(.object([]))
    default: return Self.notFound
    }
  }

  private func pulled(_ topic: String, _ asked: DemoWebRequest, _ now: Int) -> HTTPResponse {
    let all = pushed(topic, now)
    let most = min(max(Int(asked.json?["maxMessages"]?.number ?? 1), 1), 1_000)
    let taken = mailbox.take(all.map(\.id), most: most, at: now)
    let messages = taken.compactMap { id in all.first { $0.id == id } }.map { happening in
      let entry = entry(happening)
      return DemoReply.object([
        ("ackId", .string(happening.id)),
        (
          "message",
          DemoReply.object([
            ("data", .string(Data(entry.utf8).base64EncodedString())),
            ("messageId", .string(String(happening.id.filter(\.isNumber).prefix(16)))),
            ("publishTime", .string(time(happening.at + 2).iso)),
            (
              "attributes",
              DemoReply.object([
                ("logging.googleapis.com/timestamp", entry["timestamp"] ?? .null)
              ])
            ),
          ])
        ),
      ])
    }
    return DemoReply.json(
      DemoReply.object(messages.isEmpty ? [] : [("receivedMessages", .array(messages))]))
  }

  /// The timeline's operations that a sink hands on to the topic.
  private func pushed(_ topic: String, _ now: Int) -> [DemoHappening] {
    log.between(0, now - Self.pushDelay).filter { happening in
      guard happening.isAct, let unit = units.units.first(where: { $0.label == happening.unit })
      else { return false }
      // By the sinks of the moment before: an act on a sink is itself handed on.
      let project = settings(happening.at - 1).at(
        "projects", String(unit.id.dropFirst("projects/".count)))
      return sinks(unit.id, project).contains {
        $0["destination"]?.string == "pubsub.googleapis.com/\(topic)" && takes($0, happening)
      }
    }
  }

  /// Waits as a pull does, a second of real time at most: the demo's clock may run fast.
  func patience(_ asked: DemoWebRequest, at second: @Sendable () -> Int) async {
    guard asked.host.hasPrefix("pubsub."), asked.parts.last?.hasSuffix(":pull") == true else {
      return
    }
    let name = asked.parts.dropFirst().joined(separator: "/").dropLast(":pull".count)
    for _ in 0..<10 {
      let now = second()
      let topic = settings(now).at("subscriptions", String(name))?["topic"]?.string ?? ""
      guard mailbox.isEmpty(of: pushed(topic, now).map(\.id), at: now) else { return }
      try? await Task.sleep(for: .milliseconds(100))
      if Task.isCancelled { return }
    }
  }
}
