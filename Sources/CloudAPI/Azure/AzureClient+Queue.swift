import Foundation
import Transfer

/// Where a storage queue is.
public struct QueuePlace: Sendable, Equatable {
  public var account: String
  /// What the account says of itself (`primaryEndpoints.queue`).
  public var endpoint: String?
  public var queue: String
  /// The endpoint is the user's own: it may be anywhere. Else it must be one of the cloud's.
  public var isWrittenDown = false

  public init(account: String, endpoint: String? = nil, queue: String) {
    self.account = account
    self.endpoint = endpoint
    self.queue = queue
  }

  /// Of a setting: `https://acct.queue.core.windows.net/name`; nil for what names no queue.
  public init?(url: String) {
    guard let parts = URLParts(url), parts.query == nil else { return nil }
    let path = parts.path.split(separator: "/").map(String.init)
    guard let queue = path.last, let account = parts.host.split(separator: ".").first else {
      return nil
    }
    // Emulators and proxies: the account is in the path.
    let isPathStyle = path.count > 1
    let base = path.dropLast().map { "/\($0)" }.joined()
    self.account = isPathStyle ? path[path.count - 2] : String(account)
    self.queue = queue
    endpoint = "\(parts.scheme)://\(parts.authority)\(base)"
    isWrittenDown = true
  }
}

extension AzureClient {
  /// Get Messages, 32 at most. There is no long poll. What is got is hidden from others for
  /// `hidden` seconds and then comes again.
  public func receiveMessages(
    _ place: QueuePlace, hidden: Int = 120
  ) async throws(CloudError) -> [QueueMessage] {
    let call = try storageCall(
      "Get Messages", .processMessages, service: "queue", account: place.account,
      endpoint: place.endpoint, isWrittenDown: place.isWrittenDown,
      path: "/\(PercentEncoding.encode(place.queue))/messages",
      query: [
        (name: "numofmessages", value: "32"),
        (name: "visibilitytimeout", value: String(max(hidden, 1))),
      ])
    let answer = try await exchange.answer(to: call)
    let root = try answer.xml()
    guard root.name == "QueueMessagesList" else {
      throw answer.unreadable("it is no list of messages")
    }
    var messages: [QueueMessage] = []
    for entry in root.all("QueueMessage") {
      guard let id = entry.text("MessageId"), !id.isEmpty,
        let receipt = entry.text("PopReceipt"), !receipt.isEmpty
      else { throw answer.unreadable("a message lacks its id or receipt") }
      messages.append(
        QueueMessage(receipt: receipt, id: id, body: Self.body(entry.text("MessageText") ?? "")))
    }
    return messages
  }

  /// Delete Message, one a call. One that is gone or has become visible again is left: it comes
  /// again, or has been dealt with. The only write of all our calls but the echo: on the watch's own
  /// queue.
  public func deleteMessages(
    _ place: QueuePlace, _ messages: [QueueMessage]
  ) async throws(CloudError) {
    for message in messages {
      guard let id = message.id else { continue }
      var call = try storageCall(
        "Delete Message", .processMessages, service: "queue", account: place.account,
        endpoint: place.endpoint, isWrittenDown: place.isWrittenDown,
        path: "/\(PercentEncoding.encode(place.queue))/messages/\(PercentEncoding.encode(id))",
        query: [(name: "popreceipt", value: message.receipt)])
      call.method = "DELETE"
      call.place = "\(place.account)/\(place.queue)"
      do {
        _ = try await exchange.answer(to: call)
      } catch .service(let error)
        where ["MessageNotFound", "PopReceiptMismatch"].contains(error.code)
      {
        continue
      }
    }
  }

  /// Event Grid writes base64; others may not. What is not base64 of text is left as it is.
  private static func body(_ text: String) -> String {
    let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !trimmed.isEmpty, let data = Data(base64Encoded: trimmed),
      let plain = String(validating: data, as: UTF8.self)
    else { return text }
    return plain
  }
}
