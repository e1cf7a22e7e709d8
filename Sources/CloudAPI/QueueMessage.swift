/// One message of a queue, as SQS or a storage queue gives it.
public struct QueueMessage: Sendable, Equatable {
  /// Good for deleting it until its visibility ends; each reception gives another one.
  public var receipt: String
  public var id: String?
  /// As sent; nothing is known of what is in it.
  public var body: String

  public init(receipt: String, id: String? = nil, body: String) {
    self.receipt = receipt
    self.id = id
    self.body = body
  }
}
