/// One HTTP exchange's request, as it goes on the wire: nothing is added but what is written here
/// and `Host`, `Content-Length` and `Connection`.
public struct HTTPRequest: Sendable, Equatable {
  public var method: String
  /// Absolute URL, already percent-encoded; sent byte for byte (a signature depends on it).
  public var url: String
  public var headers: [HTTPHeader]
  public var body: [UInt8]
  public var limits: HTTPLimits
  /// Lets http go to any host: only for an endpoint that the user has written down. Without it,
  /// http goes to loopback and the clouds' metadata addresses only.
  public var allowPlain: Bool
  /// On a connection of its own. libcurl by itself repeats a request on a kept connection that ends
  /// without an answer: not for what must not happen twice.
  public var isOnce = false

  public init(
    method: String = "GET", url: String, headers: [HTTPHeader] = [], body: [UInt8] = [],
    limits: HTTPLimits = HTTPLimits(), allowPlain: Bool = false
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.limits = limits
    self.allowPlain = allowPlain
  }
}

/// One header line. Names compare without case (RFC 9110, 5.1).
public struct HTTPHeader: Sendable, Equatable {
  public var name: String
  public var value: String

  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// What one exchange may cost before it is given up.
public struct HTTPLimits: Sendable, Equatable {
  /// Name look-up, TCP and TLS together, in milliseconds.
  public var connectMillis: Int
  /// The whole exchange, in milliseconds.
  public var totalMillis: Int
  /// Seconds with less than a byte a second before the exchange is given up. libcurl looks at the
  /// mean of the last five seconds, so it may come that much later.
  public var idleSeconds: Int
  /// Largest accepted body, in bytes.
  public var bodyBytes: Int

  public init(
    connectMillis: Int = 5_000, totalMillis: Int = 20_000, idleSeconds: Int = 10,
    bodyBytes: Int = 16 << 20
  ) {
    self.connectMillis = connectMillis
    self.totalMillis = totalMillis
    self.idleSeconds = idleSeconds
    self.bodyBytes = bodyBytes
  }
}

/// A whole answer: a cut body is an error, never a short answer.
public struct HTTPResponse: Sendable, Equatable {
  public var status: Int
  public var headers: [HTTPHeader]
  public var body: [UInt8]

  public init(status: Int, headers: [HTTPHeader] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The first header of that name, without regard to case.
  public func header(_ name: String) -> String? {
    let wanted = name.lowercased()
    return headers.first { $0.name.lowercased() == wanted }?.value
  }
}

/// Why no whole answer came.
public enum HTTPError: Error, Sendable, Equatable {
  /// Why the URL cannot be used; never the URL itself, which may hold a token.
  case badURL(String)
  /// A method or header that would not be what it seems on the wire; nothing was sent.
  case badHeader(name: String)
  /// http to a host that only https may go to; nothing was sent.
  case plainRefused(host: String)
  case nameNotResolved(host: String)
  case connectFailed(host: String, detail: String)
  case tls(host: String, detail: String)
  case timedOut(afterMillis: Int)
  case bodyTooLarge(limit: Int)
  case headersTooLarge(limit: Int)
  /// The connection ended before the answer did.
  case cut(detail: String)
  /// The task was cancelled, or the transfer shut down.
  case cancelled
  /// Anything else, with libcurl's code (libcurl-errors(3)).
  case other(code: Int, detail: String)
}

/// The HTTP seam: live, demo and failing versions are three values of this struct.
public struct HTTPClient: Sendable {
  public var send: @Sendable (HTTPRequest) async throws(HTTPError) -> HTTPResponse

  public init(send: @escaping @Sendable (HTTPRequest) async throws(HTTPError) -> HTTPResponse) {
    self.send = send
  }
}
