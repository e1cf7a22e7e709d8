import CloudAPI
import Foundation
import Transfer
import WatchCore

/// The watch's own storage queue: Event Grid puts what people do to the pipeline in it.
extension DemoAzure {
  /// Seconds from an operation's end to the queue.
  private static let queueDelay = 5

  func messages(_ asked: DemoWebRequest, _ now: Int) -> HTTPResponse {
    guard let queue = units.account.queue,
      queue.hasSuffix("://\(asked.host)/\(asked.parts.first ?? "")")
    else {
      return Self.storageError(404, "QueueNotFound", "The specified queue does not exist.")
    }
    switch (asked.method, asked.parts.count) {
    case ("GET", 2) where asked.parts[1] == "messages": return received(asked, now)
    case ("DELETE", 3) where asked.parts[1] == "messages":
      guard pushed(now).contains(where: { $0.id == asked.parts[2] }) else {
        return Self.storageError(
          404, "MessageNotFound", "The specified message does not exist.")
      }
      mailbox.delete(asked.parts[2])
      return HTTPResponse(status: 204)
    default:
      return Self.storageError(400, "InvalidUri", "The demo does not play this.")
    }
  }

  /// The timeline's operations, where an event subscription sends them to the queue.
  private func pushed(_ now: Int) -> [DemoHappening] {
    log.between(0, now - Self.queueDelay - 2).filter { happening in
      happening.isAct && isSubscribed(happening)
    }
  }

  private func isSubscribed(_ happening: DemoHappening) -> Bool {
    guard let unit = units.units.first(where: { $0.label == happening.unit }) else { return false }
    let scope = "/subscriptions/\(unit.id)/"
    return arm(happening.at - 1).documents.contains { document in
      document.key.hasPrefix(scope) && document.key.contains("/eventsubscriptions/")
    }
  }

  private func received(_ asked: DemoWebRequest, _ now: Int) -> HTTPResponse {
    let all = pushed(now)
    let most = min(max(asked.query["numofmessages"].flatMap { Int($0) } ?? 1, 1), 32)
    let taken = mailbox.take(all.map(\.id), most: most, at: now)
    let items = taken.compactMap { id in all.first { $0.id == id } }.map { happening in
      let body = Data(envelope(happening).utf8).base64EncodedString()
      let made = TimeText.http(
        Date(timeIntervalSince1970: Double(time(happening.at).millis) / 1000))
      return "<QueueMessage><MessageId>\(happening.id)</MessageId><InsertionTime>\(made)"
        + "</InsertionTime><PopReceipt>\(happening.id)</PopReceipt><DequeueCount>1</DequeueCount>"
        + "<MessageText>\(body)</MessageText></QueueMessage>"
    }
    return DemoReply.xml(
      "<?xml version=\"1.0\" encoding=\"utf-8\"?><QueueMessagesList>\(items.joined())"
        + "</QueueMessagesList>")
  }

  /// An event in Event Grid's own schema, of what Resource Manager has done.
  private func envelope(_ happening: DemoHappening) -> JSONValue {
    var values = values(happening, outcome(happening), "EndRequest", happening.at + 2)
    let verb =
      happening.event.hasSuffix("/delete")
      ? "Delete"
      : happening.event.hasSuffix("/action") ? "Action" : "Write"
    let result = outcome(happening) == "Succeeded" ? "Success" : "Failure"
    values["eventType"] = .string("Microsoft.Resources.Resource\(verb)\(result)")
    return templates.json("azure/event-grid-event", values)
  }
}
