/// An answer that came but cannot be read. It is never the same as an empty answer.
public struct UnreadableAnswer: Error, Sendable, Equatable {
  public var operation: String
  /// HTTP status; 0 where the answer was not HTTP (a child process, a file).
  public var status: Int
  /// What is wrong with it, in words, at most 200 characters.
  public var reason: String
  public var requestID: String?

  public init(operation: String, status: Int, reason: String, requestID: String? = nil) {
    self.operation = operation
    self.status = status
    self.reason = PlainLine.make(reason, limit: 200)
    self.requestID = requestID.map { PlainLine.make($0, limit: 100) }
  }
}
