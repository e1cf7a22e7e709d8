/// An error that Azure or Google Cloud itself answered with, as far as it could be read.
public struct CloudServiceError: Error, Sendable, Equatable {
  /// The API's name of the call.
  public var operation: String
  /// What the caller must be allowed to do, as the cloud's roles name it; may be empty.
  public var permission: String
  /// A subscription, a project; may be empty.
  public var place: String
  /// HTTP status.
  public var status: Int
  /// The cloud's own code, such as `AuthorizationFailed`; `HTTP 403` where none was sent.
  public var code: String
  /// Finer codes, outermost first: `SemanticError`, `SEM0100`; Google's `SERVICE_DISABLED`.
  public var reasons: [String]
  /// The cloud's words, one line, at most 600 characters; may be empty.
  public var message: String
  public var requestID: String?

  public init(
    operation: String, permission: String = "", place: String = "", status: Int, code: String,
    reasons: [String] = [], message: String = "", requestID: String? = nil
  ) {
    self.operation = operation
    self.permission = permission
    self.place = PlainLine.make(place, limit: 200)
    self.status = status
    self.code = PlainLine.make(code, limit: 100)
    self.reasons = reasons.prefix(8).map { PlainLine.make($0, limit: 100) }
    self.message = PlainLine.make(message, limit: 600)
    self.requestID = requestID.map { PlainLine.make($0, limit: 100) }
  }

  /// There is no such thing (HTTP 404): an answer in itself where something may be missing.
  public var isMissing: Bool { status == 404 }
}
