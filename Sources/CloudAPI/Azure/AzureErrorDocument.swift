import Transfer

/// The code and message of an error answer, in any of the shapes that Azure's services use.
enum AzureErrorDocument {
  typealias Document = TokenDialect.Document

  /// Nil when the body is no error document of Azure's: empty, HTML, or something else.
  static func read(_ response: HTTPResponse) -> Document? {
    let start = response.body.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    let first = response.body[start...].prefix(256).first { $0 > 0x20 }
    let document: Document? =
      switch first {
      case UInt8(ascii: "{"): json(response)
      case UInt8(ascii: "<"): xml(response)
      default: nil
      }
    return document ?? headers(response)
  }

  /// Resource Manager wraps in `error`; Microsoft.Insights does not; older services write `Code`.
  private static func json(_ response: HTTPResponse) -> Document? {
    guard let body = try? JSONReader.read(response.body) else { return nil }
    let error = body["error"] ?? body["odata.error"] ?? body["Error"] ?? body
    guard let code = error["code"]?.string ?? error["Code"]?.string, !code.isEmpty else {
      return nil
    }
    var document = Document(code: code, message: words(error) ?? "")
    var inner = error["innererror"] ?? error["innerError"]
    for _ in 0..<8 {
      guard let found = inner else { break }
      if let code = found["code"]?.string, !code.isEmpty { document.reasons.append(code) }
      // The innermost is about the matter; the outer ones say that something was wrong.
      if let words = words(found) { document.message = words }
      inner = found["innererror"] ?? found["innerError"]
    }
    return document
  }

  private static func words(_ error: JSONValue) -> String? {
    let found = error["message"] ?? error["Message"]
    let text = found?.string ?? found?["value"]?.string
    return text.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Storage: `<Error><Code>…</Code><Message>…</Message></Error>`, after a byte order mark.
  private static func xml(_ response: HTTPResponse) -> Document? {
    guard let root = try? XMLReader.read(response.body), root.name == "Error",
      let code = root.text("Code"), !code.isEmpty
    else { return nil }
    return Document(code: code, message: root.text("Message") ?? "")
  }

  /// Answers without a body say it in a header.
  private static func headers(_ response: HTTPResponse) -> Document? {
    if let code = response.header("x-ms-error-code"), !code.isEmpty {
      return Document(code: code, message: "")
    }
    guard response.status == 401, let challenge = response.header("WWW-Authenticate"),
      challenge.lowercased().hasPrefix("bearer")
    else { return nil }
    return Document(code: "HTTP 401", message: challenge)
  }
}

extension TokenDialect {
  /// Resource Manager, Log Analytics, storage.
  static let azure = TokenDialect(
    cloud: "Azure", document: AzureErrorDocument.read, meaning: meaningOfAzure)

  private static func meaningOfAzure(_ error: CloudServiceError) -> Meaning {
    if ["ServerBusy", "OperationTimedOut", "InternalServerError"].contains(error.code) {
      return .transient
    }
    if throttling.contains(error.code) { return .throttled }
    if error.status == 408 { return .transient }
    // Storage answers 403 to a token it does not take, other services 401.
    let isToken =
      error.status == 401 || (error.status == 403 && error.code == "AuthenticationFailed")
    if isToken {
      let isOver =
        error.code == "ExpiredAuthenticationToken" || error.message.lowercased().contains("expired")
      return isOver ? .tokenExpired : .tokenRefused
    }
    return error.status == 403 ? .denied : .final
  }

  private static let throttling: Set<String> = [
    "TooManyRequests", "SubscriptionRequestsThrottled", "ResourceRequestsThrottled",
    "ThrottledError", "RequestThrottled",
  ]
}
