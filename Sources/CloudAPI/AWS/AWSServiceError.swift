/// An error that AWS itself answered with, as far as it could be read.
public struct AWSServiceError: Error, Sendable, Equatable {
  /// The API's name of the call, such as `GetTrailStatus`.
  public var operation: String
  public var service: String
  public var region: String
  /// HTTP status.
  public var status: Int
  /// The service's own code, such as `TrailNotFoundException`; `HTTP 403` where none was sent.
  public var code: String
  /// The service's words, one line, at most 600 characters; may be empty.
  public var message: String
  public var requestID: String?

  public init(
    operation: String, service: String, region: String, status: Int, code: String,
    message: String, requestID: String?
  ) {
    self.operation = operation
    self.service = service
    self.region = region
    self.status = status
    self.code = PlainLine.make(code, limit: 100)
    self.message = PlainLine.make(message, limit: 600)
    self.requestID = requestID.map { PlainLine.make($0, limit: 100) }
  }
}

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
