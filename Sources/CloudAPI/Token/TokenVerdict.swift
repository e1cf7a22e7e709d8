import Transfer

/// What is to be done about one answer or its absence.
enum TokenVerdict: Sendable, Equatable {
  case accept
  /// Worth another try after a wait.
  case retry(CloudError, throttled: Bool)
  case renewToken(CloudError, hasExpired: Bool)
  case fail(CloudError)

  static func judge(_ response: HTTPResponse, to call: TokenCall) -> TokenVerdict {
    if response.body.count > call.limits.bodyBytes {
      return .fail(unreadable(response, call, "it is larger than \(call.limits.bodyBytes) bytes"))
    }
    if (200..<300).contains(response.status) { return .accept }
    let document = call.dialect.document(response)
    let error = CloudServiceError(
      operation: call.operation, permission: document?.permission ?? call.permission,
      place: call.place, status: response.status, code: document?.code ?? "HTTP \(response.status)",
      reasons: document?.reasons ?? [], message: document?.message ?? "",
      requestID: response.cloudRequestID)
    if document == nil, let page = page(response, call) { return .fail(page) }
    return judge(error, call.dialect)
  }

  /// A failed transfer: tried again unless trying again cannot help.
  static func judge(_ error: HTTPError, to call: TokenCall) -> TokenVerdict {
    let wrapped = CloudError.network(operation: call.operation, host: call.host, error)
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

  private static func judge(_ error: CloudServiceError, _ dialect: TokenDialect) -> TokenVerdict {
    if error.status == 429 { return .retry(.throttled(error, afterSeconds: nil), throttled: true) }
    switch dialect.meaning(error) {
    case .throttled: return .retry(.throttled(error, afterSeconds: nil), throttled: true)
    case .denied: return .fail(.denied(error))
    case .tokenExpired: return .renewToken(.signIn(.refused(error)), hasExpired: true)
    case .tokenRefused: return .renewToken(.signIn(.refused(error)), hasExpired: false)
    case .transient: return .retry(.service(error), throttled: false)
    case .final:
      return error.status >= 500
        ? .retry(.service(error), throttled: false) : .fail(.service(error))
    }
  }

  /// Below 500, a body that is not the cloud's is somebody else's page. A HEAD answer has none.
  private static func page(_ response: HTTPResponse, _ call: TokenCall) -> CloudError? {
    let isSpoken = response.status < 500 && response.status != 429
    let isRedirect = (300..<400).contains(response.status)
    guard isSpoken, call.dialect.needsDocument || isRedirect else { return nil }
    if response.body.isEmpty, call.method == "HEAD", !isRedirect { return nil }
    let cloud = call.dialect.cloud
    if isRedirect {
      return unreadable(
        response, call, "it is a redirect, which \(cloud) does not send here (a proxy?)")
    }
    if response.isHTML {
      return unreadable(response, call, "it is an HTML page, not \(cloud)'s error (a proxy?)")
    }
    return unreadable(response, call, "it is not one of \(cloud)'s errors")
  }

  private static func unreadable(
    _ response: HTTPResponse, _ call: TokenCall, _ reason: String
  ) -> CloudError {
    .unreadable(
      UnreadableAnswer(
        operation: call.operation, status: response.status, reason: reason,
        requestID: response.cloudRequestID))
  }
}
