import Transfer

/// Why a call to AWS gave nothing that can be judged. After all retries that were due.
public enum AWSError: Error, Sendable, Equatable {
  /// AWS refused it for a reason of its own, such as `TrailNotFoundException`.
  case service(AWSServiceError)
  /// Too many calls; still so after the last retry.
  case throttled(AWSServiceError)
  /// These credentials may not do this.
  case denied(AWSServiceError)
  /// AWS refused the signature's time. Positive: this machine's clock is ahead, in seconds.
  case clockSkew(seconds: Double, AWSServiceError)
  /// An answer came and cannot be read.
  case unreadable(UnreadableAnswer)
  /// No whole answer came.
  case network(operation: String, host: String, HTTPError)
  /// There are no usable credentials.
  case credentials(CredentialError)
  /// The settings do not say where to send the call.
  case settings(AWSEndpoint.Problem)
}

extension AWSError {
  /// The error that AWS answered with, if it did.
  public var answered: AWSServiceError? {
    switch self {
    case .service(let error), .throttled(let error), .denied(let error), .clockSkew(_, let error):
      error
    case .credentials(.refused(let error)): error
    default: nil
    }
  }

  /// The service's code, such as `NoSuchBucket`; nil when none was read.
  public var code: String? { answered?.code }

  /// The request's id, for a support case.
  public var requestID: String? {
    if case .unreadable(let answer) = self { return answer.requestID }
    return answered?.requestID
  }
}
