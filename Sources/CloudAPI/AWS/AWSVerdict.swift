import Transfer

/// What is to be done about one answer or its absence.
enum AWSVerdict: Sendable, Equatable {
  case accept
  /// Worth another try after a wait.
  case retry(AWSError, throttled: Bool)
  /// The keys have run out, or AWS does not know them: worth one try with other ones.
  case renewCredentials(AWSError, haveExpired: Bool)
  /// S3: the bucket is in that region.
  case moved(region: String, AWSError)
  case fail(AWSError)

  /// - Parameters:
  ///   - skewSeconds: how far this machine's clock is ahead by the answer's own date.
  ///   - region: where the call was sent.
  static func judge(
    _ response: HTTPResponse, to call: AWSCall, region: String, skewSeconds: Double?
  ) -> AWSVerdict {
    if (200..<300).contains(response.status) {
      return response.body.count <= call.bodyLimit
        ? .accept : .fail(tooLarge(response, call))
    }
    let document = AWSErrorDocument.read(response)
    let error = AWSServiceError(
      operation: call.operation, service: call.service.endpointPrefix, region: region,
      status: response.status, code: document?.code ?? "HTTP \(response.status)",
      message: document?.message ?? "", requestID: response.awsRequestID ?? document?.requestID)
    if call.bucket != nil, let home = home(of: response, document), home != region,
      AWSPartition.of(region: home) == AWSPartition.of(region: region)
    {
      return .moved(region: home, .service(error))
    }
    if document == nil, let page = page(response, error, call) { return .fail(page) }
    return judge(error, skewSeconds: skewSeconds, isHead: call.method == "HEAD")
  }

  /// A failed transfer: tried again unless trying again cannot help.
  static func judge(_ error: HTTPError, to call: AWSCall, host: String) -> AWSVerdict {
    let wrapped = AWSError.network(operation: call.operation, host: host, error)
    switch error {
    case .nameNotResolved, .connectFailed, .tls, .timedOut, .cut, .other:
      return .retry(wrapped, throttled: false)
    case .bodyTooLarge(let limit), .headersTooLarge(let limit):
      let reason = "it is larger than \(limit) bytes"
      return .fail(
        .unreadable(UnreadableAnswer(operation: call.operation, status: 0, reason: reason)))
    case .badURL, .badHeader, .plainRefused, .cancelled:
      return .fail(wrapped)
    }
  }

  private static func judge(
    _ error: AWSServiceError, skewSeconds: Double?, isHead: Bool
  ) -> AWSVerdict {
    let codes = AWSErrorCodes.self
    let isSkewed = abs(skewSeconds ?? 0) >= codes.toleratedSkewSeconds
    if codes.time.contains(error.code), let seconds = skewSeconds {
      return .fail(.clockSkew(seconds: seconds, error))
    }
    if codes.signature.contains(error.code), isSkewed, let seconds = skewSeconds {
      return .fail(.clockSkew(seconds: seconds, error))
    }
    if codes.throttling.contains(error.code) || error.status == 429 {
      return .retry(.throttled(error), throttled: true)
    }
    let haveExpired = codes.expired.contains(error.code)
    if haveExpired || codes.unknownKey.contains(error.code) {
      return .renewCredentials(.credentials(.refused(error)), haveExpired: haveExpired)
    }
    if codes.signature.contains(error.code) { return .fail(.credentials(.refused(error))) }
    if codes.denied.contains(error.code) || (isHead && error.status == 403) {
      return .fail(.denied(error))
    }
    if error.status >= 500 || codes.transient.contains(error.code) {
      return .retry(.service(error), throttled: false)
    }
    return .fail(.service(error))
  }

  private static func home(of response: HTTPResponse, _ document: AWSErrorDocument?) -> String? {
    let named = response.header("x-amz-bucket-region") ?? document?.region ?? document?.homeInWords
    return named.flatMap { AWSPartition.isRegionName($0) ? $0 : nil }
  }

  /// Below 500, a body that is not AWS's is somebody else's page. A HEAD answer has none.
  private static func page(
    _ response: HTTPResponse, _ error: AWSServiceError, _ call: AWSCall
  ) -> AWSError? {
    guard response.status < 500, response.status != 429 else { return nil }
    if response.body.isEmpty, call.method == "HEAD" { return nil }
    let what: String
    if (300..<400).contains(response.status) {
      what = "it is a redirect, which AWS does not send here (a sign-in page or a proxy?)"
    } else if response.isHTML {
      what = "it is an HTML page, not AWS's error (a proxy?)"
    } else {
      what = "it is not one of AWS's errors"
    }
    return .unreadable(
      UnreadableAnswer(
        operation: call.operation, status: response.status, reason: what,
        requestID: error.requestID))
  }

  private static func tooLarge(_ response: HTTPResponse, _ call: AWSCall) -> AWSError {
    .unreadable(
      UnreadableAnswer(
        operation: call.operation, status: response.status,
        reason: "it is larger than \(call.bodyLimit) bytes", requestID: response.awsRequestID))
  }
}
