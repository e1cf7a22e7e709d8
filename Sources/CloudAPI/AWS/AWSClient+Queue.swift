/// The watch's own queue (Amazon SQS API Reference, JSON protocol).
extension AWSClient {
  /// ReceiveMessage by long poll: waits on AWS's side until a message comes or the time is over, and
  /// takes up to ten. What is taken stays hidden from other readers for `hidden` seconds.
  /// IAM: `sqs:ReceiveMessage`.
  ///
  /// - Parameters:
  ///   - url: the queue's URL; the call goes to the region's endpoint, or to the configured one.
  ///   - wait: seconds, 20 at most.
  public func receiveMessages(
    queue url: String, region: String, wait: Int = 20, hidden: Int = 120
  ) async throws(AWSError) -> [QueueMessage] {
    var call = Self.queueCall(
      "ReceiveMessage", region: region,
      [
        JSONMember("QueueUrl", .string(url)), JSONMember("MaxNumberOfMessages", .number("10")),
        JSONMember("WaitTimeSeconds", .number(String(wait))),
        JSONMember("VisibilityTimeout", .number(String(hidden))),
      ])
    call.waitSeconds = wait
    let answer = try await answer(to: call)
    let body = JSONMembers(answer: answer, value: try answer.json())
    var messages: [QueueMessage] = []
    // An empty queue's answer has no such member at all.
    for entry in try body.objects("Messages") {
      messages.append(
        QueueMessage(
          receipt: try entry.needText("ReceiptHandle"), id: try entry.text("MessageId"),
          body: entry.value["Body"]?.string ?? ""))
    }
    return messages
  }

  /// DeleteMessageBatch, ten a call. A message that could not be deleted comes again.
  /// IAM: `sqs:DeleteMessage`. The only write of all our calls: on the watch's own queue.
  public func deleteMessages(
    queue url: String, region: String, receipts: [String]
  ) async throws(AWSError) {
    var rest = receipts[...]
    while !rest.isEmpty {
      let batch = rest.prefix(10)
      rest = rest.dropFirst(10)
      let entries = batch.enumerated().map { index, receipt in
        JSONValue.object([
          JSONMember("Id", .string("m\(index)")), JSONMember("ReceiptHandle", .string(receipt)),
        ])
      }
      let answer = try await answer(
        to: Self.queueCall(
          "DeleteMessageBatch", region: region,
          [JSONMember("QueueUrl", .string(url)), JSONMember("Entries", .array(entries))]))
      _ = try answer.json()
    }
  }

  private static func queueCall(
    _ operation: String, region: String, _ parameters: [JSONMember]
  ) -> AWSCall {
    .json(
      .sqs, target: "AmazonSQS", operation, region: region, parameters, version: "1.0")
  }
}
