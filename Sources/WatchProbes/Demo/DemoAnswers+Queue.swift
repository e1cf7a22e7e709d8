import CloudAPI
import Transfer
import WatchCore

/// The watch's own queue: EventBridge puts what the scenario's people do to the pipeline in it.
extension DemoAnswers {
  /// Seconds from an event to the queue.
  private static let queueDelay = 4

  func queue(_ asked: DemoRequest, _ now: Int) -> HTTPResponse {
    guard asked.text("QueueUrl").map({ $0 == estate.queue }) ?? true, estate.queue != nil else {
      return jsonError(
        "com.amazonaws.sqs#QueueDoesNotExist", "The specified queue does not exist.")
    }
    switch asked.operation {
    case "ReceiveMessage": return receive(asked, now)
    case "DeleteMessage":
      mailbox.delete(asked.text("ReceiptHandle") ?? "")
      return json(.object([]))
    case "DeleteMessageBatch":
      let entries = asked.parameters["Entries"]?.array ?? []
      for entry in entries { mailbox.delete(entry["ReceiptHandle"]?.string ?? "") }
      let done = entries.map { JSONValue.object([JSONMember("Id", $0["Id"] ?? .null)]) }
      return json(
        .object([JSONMember("Successful", .array(done)), JSONMember("Failed", .array([]))]))
    case "GetQueueAttributes":
      let known = settings(now).at("queues", estate.queue ?? "") ?? .object([])
      if asked.isJSON { return json(.object([JSONMember("Attributes", known)])) }
      let list = (known.members ?? []).map { member in
        JSONValue.object([
          JSONMember("Name", .string(member.name)), JSONMember("Value", member.value),
        ])
      }
      return reply(asked, .object([JSONMember("Attribute", .array(list))]))
    default: return unplayed(asked)
    }
  }

  /// Write events of the last day in the regions whose rules send to the queue.
  private func pushed(_ now: Int) -> [DemoEvent] {
    estate.regions.filter { settings(now).at("rules", $0) != nil }.flatMap { region in
      events.events(region, from: max(now - 86_400, 0), to: now - Self.queueDelay, reads: false)
        .filter { event in
          scenario.script.timeline.contains { $0.event == event.template } && isHeard(event)
        }
    }
  }

  /// EventBridge hears of calls only where a trail logs: of the stop itself, and of nothing after it.
  private func isHeard(_ event: DemoEvent) -> Bool {
    estate.trails.contains { trail in
      trail.region == event.region && timeline.isLogging(trail, at: event.at - 1)
    }
  }

  private func receive(_ asked: DemoRequest, _ now: Int) -> HTTPResponse {
    let all = pushed(now)
    let most = min(max(Int(asked.parameters["MaxNumberOfMessages"]?.number ?? 1), 1), 10)
    let taken = mailbox.take(all.map(\.id), most: most, at: now)
    let messages = taken.compactMap { id in all.first { $0.id == id } }.map(message)
    return json(
      .object(messages.isEmpty ? [] : [JSONMember("Messages", .array(messages))]))
  }

  private func message(_ event: DemoEvent) -> JSONValue {
    let record = events.record(event)
    let source = record["eventSource"]?.string?.split(separator: ".").first.map(String.init) ?? ""
    let envelope = templates.json(
      "event-envelope",
      [
        "id": .string(event.id), "source": .string("aws.\(source)"),
        "account": .string(estate.account.id), "region": .string(event.region),
        "time": record["eventTime"] ?? .null, "detail": record,
      ])
    return templates.json(
      "receive-message",
      [
        "id": .string(event.id), "receipt": .string(event.id),
        "md5": .string(DemoEvents.hash(event.id) + DemoEvents.hash("\(event.id)/")),
        "body": .string(envelope.text),
      ])
  }

  /// Waits as a long poll does, a second of real time at most: the demo's clock may run fast.
  func ownPatience(_ request: HTTPRequest, at now: @Sendable () -> Timestamp) async {
    guard let asked = DemoRequest(request), asked.operation == "ReceiveMessage",
      asked.parameters["WaitTimeSeconds"]?.number ?? 0 > 0
    else { return }
    for _ in 0..<10 {
      let second = Int((now() - start).wholeSeconds)
      guard mailbox.isEmpty(of: pushed(second).map(\.id), at: second) else { return }
      try? await Task.sleep(for: .milliseconds(100))
      if Task.isCancelled { return }
    }
  }
}
