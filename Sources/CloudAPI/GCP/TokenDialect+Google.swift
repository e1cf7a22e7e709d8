import Transfer

extension TokenDialect {
  /// Google's APIs (AIP-193, "Errors"), and their sign-in (RFC 6749, 5.2).
  static let google = TokenDialect(
    cloud: "Google Cloud", document: { GoogleErrorDocument.read($0) },
    meaning: { GoogleErrorDocument.meaning($0) })

  /// The metadata server and other agents, whose errors have no fixed form.
  static let googleAgent = TokenDialect(
    cloud: "the agent", document: { GoogleErrorDocument.read($0) },
    meaning: { _ in .final }, needsDocument: false)
}

/// The error envelopes of Google's servers.
enum GoogleErrorDocument {
  /// Nil when the body is none: empty, HTML, somebody else's.
  static func read(_ response: HTTPResponse) -> TokenDialect.Document? {
    guard let first = response.body.prefix(256).first(where: { $0 > 0x20 }),
      first == UInt8(ascii: "{") || first == UInt8(ascii: "["),
      let body = try? JSONReader.read(response.body)
    else { return nil }
    // Streamed answers wrap the error in an array.
    guard let error = body["error"] ?? body.array?.first?["error"] else { return nil }
    if let code = error.string { return signIn(code, body) }
    guard error.members != nil else { return nil }
    return envelope(error, response.status)
  }

  /// `{"error": "invalid_grant", "error_description": "…", "error_subtype": "invalid_rapt"}`
  private static func signIn(_ code: String, _ body: JSONValue) -> TokenDialect.Document? {
    guard !code.isEmpty else { return nil }
    let subtype = body["error_subtype"]?.string
    return TokenDialect.Document(
      code: code, message: body["error_description"]?.string ?? "",
      reasons: subtype.map { [$0] } ?? [])
  }

  /// `{"error": {"code", "message", "status", "details": […], "errors": […]}}`; Storage leaves
  /// `status` and `details` out, and has `errors[].reason`.
  private static func envelope(_ error: JSONValue, _ status: Int) -> TokenDialect.Document? {
    let message = error["message"]?.string ?? ""
    let code = error["status"]?.string ?? ""
    guard !code.isEmpty || !message.isEmpty || error["code"] != nil else { return nil }
    var document = TokenDialect.Document(
      code: code.isEmpty ? canonical[status] ?? "HTTP \(status)" : code, message: message)
    for detail in error["details"]?.array ?? [] {
      guard detail["@type"]?.string?.hasSuffix("google.rpc.ErrorInfo") == true else { continue }
      if let reason = detail["reason"]?.string { document.reasons.append(reason) }
      if let permission = detail["metadata"]?["permission"]?.string, isPermission(permission) {
        document.permission = permission
      }
    }
    for old in error["errors"]?.array ?? [] {
      if let reason = old["reason"]?.string { document.reasons.append(reason) }
    }
    if document.reasons.contains("USER_PROJECT_DENIED") {
      document.permission = GCPPermission.servicesUse.rawValue
    }
    return document
  }

  /// Letters, digits, dots: it is shown, and compared with what we declare.
  private static func isPermission(_ text: String) -> Bool {
    (1...100).contains(text.utf8.count)
      && text.unicodeScalars.allSatisfy {
        $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == ".")
      }
  }

  private static let canonical = [
    400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND",
    409: "ABORTED", 429: "RESOURCE_EXHAUSTED", 500: "INTERNAL", 503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
  ]

  /// 403 is also how older APIs say "too many", and how an API that is switched off answers.
  private static let throttling: Set<String> = [
    "RATE_LIMIT_EXCEEDED", "rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded",
  ]

  static func meaning(_ error: CloudServiceError) -> TokenDialect.Meaning {
    if error.code == "RESOURCE_EXHAUSTED" || error.reasons.contains(where: throttling.contains) {
      return .throttled
    }
    switch error.status {
    case 401: return error.reasons.contains("ACCESS_TOKEN_EXPIRED") ? .tokenExpired : .tokenRefused
    case 403:
      return error.reasons.contains("SERVICE_DISABLED") ? .final : .denied
    case 408: return .transient
    default: return error.code == "ABORTED" ? .transient : .final
    }
  }
}
