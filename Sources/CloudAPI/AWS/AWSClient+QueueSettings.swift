import Foundation

/// A queue's attributes (SQS API Reference, `GetQueueAttributes`).
public struct QueueSettings: Sendable, Equatable {
  public var arn: String
  /// The policy's JSON text; nil: only the owner may send.
  public var policy: String?
  public var kmsKeyID: String?
  /// How long a message waits for somebody to take it, in seconds.
  public var retentionSeconds: Int?
  /// Approximate.
  public var waiting: Int?

  public init(arn: String) {
    self.arn = arn
  }
}

extension AWSClient {
  /// GetQueueAttributes of a queue by its URL. IAM: `sqs:GetQueueAttributes`.
  public func queue(url: String, region: String) async throws(AWSError) -> QueueSettings {
    let call = AWSCall.form(
      .sqs, version: "2012-11-05", "GetQueueAttributes", region: region,
      [(name: "QueueUrl", value: url), (name: "AttributeName.1", value: "All")])
    let answer = try await answer(to: call)
    let result = try answer.result("GetQueueAttributes")
    var texts: [String: String] = [:]
    for entry in result.all("Attribute") {
      texts[try entry.needText("Name")] = entry.text("Value") ?? ""
    }
    let found = NamedTexts(answer: answer, texts: texts)
    var queue = QueueSettings(arn: try found.need("QueueArn"))
    queue.policy = found["Policy"]
    queue.kmsKeyID = found["KmsMasterKeyId"]
    queue.retentionSeconds = try found.count("MessageRetentionPeriod")
    queue.waiting = try found.count("ApproximateNumberOfMessages")
    return queue
  }
}
