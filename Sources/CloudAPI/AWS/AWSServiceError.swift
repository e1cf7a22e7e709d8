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
