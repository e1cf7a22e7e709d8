import Transfer

/// One request to a cloud that is opened by a bearer token: complete but for that token.
struct TokenCall: Sendable {
  /// The API's own name of the call, for messages: `Diagnostic Settings - List`.
  var operation: String
  /// What the caller must be allowed to do, as the cloud's roles name it; empty for nothing.
  var permission: String
  /// Where, for messages: a subscription, a project. Empty for nowhere in particular.
  var place: String
  var method = "GET"
  /// Absolute and percent-encoded; sent byte for byte.
  var url: String
  var headers: [HTTPHeader] = []
  var body: [UInt8] = []
  /// Whose token opens it; nil for none.
  var audience: String?
  var dialect: TokenDialect
  /// Calls that share a quota wait for their turn.
  var rate: CallRate?
  /// Added to the User-Agent; empty for none.
  var agentNote = ""
  /// The URL was written down by the user: http is allowed.
  var allowPlain = false
  /// How long the service itself may wait before it answers: a long poll's seconds.
  var waitSeconds = 0
  /// Tries in all; nil for the exchange's own.
  var tries: Int?
  /// Of one try, in milliseconds; the call's deadline holds as well.
  var limits = HTTPLimits(bodyBytes: 8 << 20)

  init(
    _ operation: String, permission: String = "", place: String = "", url: String,
    audience: String?, dialect: TokenDialect
  ) {
    self.operation = operation
    self.permission = permission
    self.place = place
    self.url = url
    self.audience = audience
    self.dialect = dialect
  }

  /// For messages; never the URL, which may hold a token.
  var host: String { URLParts(url)?.authority ?? "an unreadable address" }

  func request(_ token: BearerToken?) -> HTTPRequest {
    let agent = "watchkeeper/0.1.0" + (agentNote.isEmpty ? "" : " \(agentNote)")
    var headers = headers + [HTTPHeader("User-Agent", agent)]
    if let token { headers.append(HTTPHeader("Authorization", "Bearer \(token.text.reveal)")) }
    return HTTPRequest(
      method: method, url: url, headers: headers, body: body, limits: limits,
      allowPlain: allowPlain)
  }
}
