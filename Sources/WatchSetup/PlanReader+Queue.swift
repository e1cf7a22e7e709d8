import WatchCore

extension PlanReader {
  /// The watch's own queue, by its URL (SQS Developer Guide, "Queue and message identifiers"):
  /// `https://sqs.REGION.amazonaws.com/ACCOUNT/NAME`.
  mutating func queue(_ fields: Fields) -> String? {
    guard let value = fields["queue"]?.value, let text = text(value, "queue") else { return nil }
    let todo = "write https://sqs.us-east-1.amazonaws.com/111122223333/NAME"
    if text.hasPrefix("arn:") {
      problem(value.place, "queue is an ARN", "write the queue's URL: \(todo.dropFirst(6))")
      return text
    }
    guard let queue = QueueURL(text) else {
      problem(value.place, "queue is not the URL of a queue", todo)
      return text
    }
    if !queue.isSecure, !queue.isLocal {
      problem(value.place, "queue is not asked by https", todo)
    }
    if queue.name.hasSuffix(".fifo") {
      problem(
        value.place, "queue \(named(queue.name)) is a FIFO queue",
        "use a standard one: EventBridge gives a FIFO queue's messages one by one, in groups")
    }
    return text
  }
}
