import Transfer

/// Why a call to Azure or Google Cloud gave nothing that can be judged. After all retries that were
/// due.
public enum CloudError: Error, Sendable, Equatable, CloudFailure {
  /// The cloud refused it for a reason of its own, such as `ResourceNotFound`.
  case service(CloudServiceError)
  /// Too many calls; still so after the last retry. How long the cloud wants to be left alone, in
  /// seconds, if it said so.
  case throttled(CloudServiceError, afterSeconds: Double?)
  /// These credentials may not do this.
  case denied(CloudServiceError)
  /// An answer came and cannot be read.
  case unreadable(UnreadableAnswer)
  /// The cloud says itself that its answer is not whole: unknown, never "nothing there".
  case incomplete(CloudServiceError)
  /// No whole answer came.
  case network(operation: String, host: String, HTTPError)
  /// There is no usable token.
  case signIn(SignInError)
  /// The settings do not say where to send the call, or not so that it may be sent.
  case settings(setting: String, reason: String)
}

extension CloudError {
  /// The error that the cloud answered with, if it did.
  public var answered: CloudServiceError? {
    switch self {
    case .service(let error), .throttled(let error, _), .denied(let error),
      .incomplete(let error), .signIn(.refused(let error)):
      error
    default: nil
    }
  }

  /// The cloud's code, such as `AuthorizationFailed`; nil when none was read.
  public var code: String? { answered?.code }

  /// The request's id, for a support case.
  public var requestID: String? {
    if case .unreadable(let answer) = self { return answer.requestID }
    return answered?.requestID
  }

  /// What was asked for does not exist; false when that could not be told.
  public var isMissing: Bool {
    guard case .service(let error) = self else { return false }
    return error.isMissing
  }
}
