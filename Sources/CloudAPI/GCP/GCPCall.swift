import Transfer

/// One request to a Google Cloud API before it is placed: what is asked, not yet of which host.
struct GCPCall: Sendable {
  var service: GCPService
  /// The API's own name: `logging.sinks.list`.
  var operation: String
  /// What it needs; the first is what a refusal is about.
  var permissions: [GCPPermission]
  /// What it is asked about, for messages: `projects/acme-1`.
  var place: String
  var method = "GET"
  /// From the slash on, percent-encoded.
  var path: String
  var query: [(name: String, value: String)] = []
  /// Nil for none.
  var body: JSONValue?
  var scope = GCPScope.read
  /// A long poll's seconds.
  var waitSeconds = 0
  /// Tries in all; nil for as many as usual.
  var tries: Int?
  /// Largest accepted answer, in bytes.
  var bodyLimit = 8 << 20

  init(
    _ service: GCPService, _ operation: String, _ permissions: [GCPPermission], place: String,
    path: String
  ) {
    self.service = service
    self.operation = operation
    self.permissions = permissions
    self.place = place
    self.path = path
  }

  /// POST with a JSON body; it still only reads, but for the two that say otherwise.
  mutating func post(_ members: [JSONMember]) {
    method = "POST"
    body = .object(members)
  }

  /// What a list asked for by GET calls its page's size; nil where the body has it.
  var pageSizeName: String? {
    guard method == "GET" else { return nil }
    return service == .storage ? "maxResults" : "pageSize"
  }

  /// The same question for its next page.
  func page(_ token: String?) -> GCPCall {
    guard let token else { return self }
    var next = self
    if case .object(let members) = body {
      next.body = .object(members + [JSONMember("pageToken", .string(token))])
    } else {
      next.query.append((name: "pageToken", value: token))
    }
    return next
  }

  func tokenCall(_ settings: GCPSettings) throws(CloudError) -> TokenCall {
    let endpoint = try settings.endpoint(for: service)
    let tail = query.isEmpty ? "" : "?\(PercentEncoding.query(query))"
    var call = TokenCall(
      operation, permission: permissions.first?.rawValue ?? "", place: place,
      url: endpoint.base + path + tail, audience: scope.audience, dialect: .google)
    call.method = method
    call.headers = [HTTPHeader("Accept", "application/json")]
    if let body {
      call.headers.append(HTTPHeader("Content-Type", "application/json"))
      call.body = body.utf8
    }
    if let project = settings.quotaProject {
      call.headers.append(HTTPHeader("X-Goog-User-Project", project))
    }
    call.rate = rate(settings.quotaProject)
    call.allowPlain = endpoint.isOverride
    call.waitSeconds = waitSeconds
    call.tries = tries
    call.limits.bodyBytes = bodyLimit
    return call
  }
}
