import Foundation

/// The fast witness's own subscription (Pub/Sub API v1).
extension GCPClient {
  /// subscriptions.pull: waits on Google's side until a message comes, or for as long as Google
  /// likes; nothing in that time is an empty answer. What is taken stays hidden from other readers
  /// until the subscription's deadline. IAM: `pubsub.subscriptions.consume`.
  /// - Parameters:
  ///   - most: messages at a time.
  ///   - wait: seconds that Google is given beyond a call's own; Google's own bound is about 90.
  public func pull(
    subscription id: String, project: String, most: Int = 20, wait: Int = 95
  ) async throws(CloudError) -> [PulledMessage] {
    var call = Self.subscriptionCall("pull", ":pull", .pubSubSubscriptionsConsume, id, project)
    call.post([JSONMember("maxMessages", .number(String(min(max(most, 1), 1_000))))])
    call.waitSeconds = max(wait, 0)
    call.tries = 1
    call.bodyLimit = 32 << 20
    let body: CloudMembers
    do {
      body = try await answer(to: call)
    } catch {
      // So says Google when its own wait is over.
      if case .service(let refusal) = error, refusal.code == "DEADLINE_EXCEEDED" { return [] }
      throw error
    }
    var messages: [PulledMessage] = []
    for entry in try body.objects("receivedMessages") { messages.append(try Self.message(entry)) }
    return messages
  }

  /// subscriptions.acknowledge: what is not acknowledged comes again. The fast witness's only write,
  /// on its own subscription. IAM: `pubsub.subscriptions.consume`.
  public func acknowledge(
    subscription id: String, project: String, ackIDs: [String]
  ) async throws(CloudError) {
    var rest = ackIDs[...]
    while !rest.isEmpty {
      // Ids are up to some hundred bytes, a request may have 512 KiB.
      let batch = rest.prefix(500)
      rest = rest.dropFirst(500)
      var call = Self.subscriptionCall(
        "acknowledge", ":acknowledge", .pubSubSubscriptionsConsume, id, project)
      call.post([JSONMember("ackIds", .array(batch.map { .string($0) }))])
      _ = try await answer(to: call)
    }
  }

  private static func message(_ entry: CloudMembers) throws(CloudError) -> PulledMessage {
    guard let message = try entry.object("message") else {
      throw entry.answer.unreadable("a received message is empty")
    }
    let text = try message.text("data") ?? ""
    guard let data = Data(base64Encoded: text) else {
      throw entry.answer.unreadable("a message's data is not base64")
    }
    return PulledMessage(
      ackID: try entry.needText("ackId"), id: try message.text("messageId") ?? "",
      published: try message.time("publishTime"), attributes: try message.labels("attributes"),
      data: Array(data))
  }
}
