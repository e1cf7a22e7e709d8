/// Codes that mean the same thing in many services, as their API references list them.
enum AWSErrorCodes {
  /// AWS accepts signatures up to 300 s off (S3: 900 s); below this a clock is not the cause.
  static let toleratedSkewSeconds = 240.0

  static let throttling: Set<String> = [
    "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled",
    "RequestThrottledException", "TooManyRequestsException", "RequestLimitExceeded",
    "BandwidthLimitExceeded", "ProvisionedThroughputExceededException", "SlowDown",
    "EC2ThrottledException", "PriorRequestNotComplete",
  ]

  static let transient: Set<String> = [
    "RequestTimeout", "RequestTimeoutException", "InternalError", "InternalFailure",
    "InternalServiceError", "ServiceUnavailable", "ServiceUnavailableException",
  ]

  /// Always about time.
  static let time: Set<String> = ["RequestTimeTooSkewed", "RequestInTheFuture"]

  /// About time when the clocks differ, about the secret key when they do not.
  static let signature: Set<String> = [
    "InvalidSignatureException", "SignatureDoesNotMatch", "AuthFailure", "IncompleteSignature",
    "RequestExpired",
  ]

  static let expired: Set<String> = [
    "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "RequestExpired",
  ]

  static let unknownKey: Set<String> = [
    "InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId", "InvalidToken",
    "MissingAuthenticationToken", "MissingAuthenticationTokenException", "UnauthorizedException",
  ]

  static let denied: Set<String> = [
    "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "UnauthorizedAccess",
    "Client.UnauthorizedOperation", "ForbiddenException", "NotAuthorizedException",
    "AuthorizationErrorException", "AllAccessDisabled",
  ]
}
