import Foundation
import Transfer

/// What goes wrong between us and Azure or Google Cloud, as the HTTP seam tells it.
enum UnitFaultsKind: String, CaseIterable, Sendable {
  case latency, drip, throttled, throttledAsked, failing, unavailable, reset, refused, truncated
  case wrongLength, garbage, portal, redirect, empty, null, list, deep, denied, missing
  /// No token is taken any more, whoever gives it.
  case expiredToken
  /// The token runs out in mid-run; the next one is taken.
  case tokenRunsOut
  /// The token runs out, and there is no other to be had.
  case signInDown
  /// All answers are right, and dated twenty minutes from now.
  case skewedDate

  /// Those by which nothing is lost.
  static let harmless: [UnitFaultsKind] = [.tokenRunsOut, .skewedDate]
  static let harmful = allCases.filter { !harmless.contains($0) }

  /// Those that end in ways of their own meet each probe; the others take turns.
  static func harmful(to probe: Int) -> [UnitFaultsKind] {
    let own: [UnitFaultsKind] = [
      .latency, .throttledAsked, .reset, .wrongLength, .garbage, .denied, .expiredToken,
    ]
    let others = harmful.filter { !own.contains($0) }
    return own + (0..<3).map { others[(probe * 3 + $0) % others.count] }
  }

  /// What the seam gives in place of an answer.
  func met(
    _ call: UnitFaultsCall, _ answer: () async throws(HTTPError) -> HTTPResponse
  ) async throws(HTTPError) -> HTTPResponse {
    let millis = call.request.limits.totalMillis
    switch self {
    // A slow answer and one that drips end alike: the whole exchange has its limit.
    case .latency, .drip: throw .timedOut(afterMillis: millis)
    case .reset: throw .cut(detail: "connection reset by peer")
    case .refused: throw .connectFailed(host: "cloud.invalid", detail: "connection refused")
    case .truncated: throw .cut(detail: "transfer closed with bytes remaining")
    case .wrongLength:
      var whole = try await answer()
      whole.body = Array(whole.body.prefix(whole.body.count / 2))
      return whole
    case .garbage: return HTTPResponse(status: 200, body: (0..<512).map { UInt8(($0 * 89) % 256) })
    case .portal: return HTTPResponse(status: 200, body: Array("<html>Sign in</html>".utf8))
    case .redirect:
      return HTTPResponse(
        status: 302, headers: [HTTPHeader("Location", "https://portal.invalid/")])
    case .empty: return HTTPResponse(status: 200)
    case .null: return HTTPResponse(status: 200, body: Array("null".utf8))
    case .list: return HTTPResponse(status: 200, body: Array("[]".utf8))
    case .deep: return HTTPResponse(status: 200, body: [UInt8](repeating: 0x5B, count: 100_000))
    case .failing: return HTTPResponse(status: 500, body: Array("<html>Oops</html>".utf8))
    case .throttled: return call.refusal(429, "TooManyRequests", "RESOURCE_EXHAUSTED")
    case .throttledAsked:
      var answer = call.refusal(429, "TooManyRequests", "RESOURCE_EXHAUSTED")
      answer.headers.append(HTTPHeader("Retry-After", "40"))
      return answer
    case .unavailable: return call.refusal(503, "ServerBusy", "UNAVAILABLE")
    case .denied: return call.refusal(403, "AuthorizationFailed", "PERMISSION_DENIED")
    case .missing: return call.refusal(404, "SubscriptionNotFound", "NOT_FOUND")
    case .expiredToken, .tokenRunsOut:
      if call.isSignIn { return try await answer() }
      return call.refusal(401, "ExpiredAuthenticationToken", "UNAUTHENTICATED")
    case .signInDown:
      if call.isSignIn { return HTTPResponse(status: 503) }
      return call.refusal(401, "ExpiredAuthenticationToken", "UNAUTHENTICATED")
    case .skewedDate:
      var late = try await answer()
      late.headers.append(HTTPHeader("Date", UnitFaultsKind.date(call.now + 1200)))
      return late
    }
  }

  private static func date(_ time: Date) -> String {
    let form = DateFormatter()
    form.locale = Locale(identifier: "en_US_POSIX")
    form.timeZone = TimeZone(secondsFromGMT: 0)
    form.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    return form.string(from: time)
  }
}

/// A request as the seam looks at it.
struct UnitFaultsCall: Sendable {
  var request: HTTPRequest
  /// `GET management.azure.com/subscriptions/…`, with what is asked for in the body, decoded.
  var key: String
  var now: Date

  init(_ request: HTTPRequest, now: Date) {
    self.request = request
    self.now = now
    let url = request.url.dropFirst("https://".count).prefix { $0 != "?" }
    let path = url.removingPercentEncoding ?? String(url)
    key = "\(request.method) \(path)\(Self.asked(request))"
  }

  /// The projects that entries are asked of; the table of a query.
  private static func asked(_ request: HTTPRequest) -> String {
    guard !request.body.isEmpty,
      let body = try? JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any]
    else { return "" }
    if let names = body["resourceNames"] as? [String] { return " " + names.joined(separator: " ") }
    let query = body["query"] as? String
    return query.map { " " + $0.prefix { $0.isLetter || $0 == "_" } } ?? ""
  }

  var isSignIn: Bool { key.contains("/oauth2/") || key.contains("oauth2.googleapis.com") }

  private var isStorage: Bool {
    key.contains(".blob.core.windows.net") || key.contains(".queue.core.windows.net")
  }

  /// In the envelope of the service that was asked.
  func refusal(_ status: Int, _ azure: String, _ google: String) -> HTTPResponse {
    let text =
      if key.contains("googleapis.com") {
        #"{"error":{"code":\#(status),"status":"\#(google)","message":"no"}}"#
      } else if isStorage {
        "<?xml version=\"1.0\"?><Error><Code>\(azure)</Code><Message>no</Message></Error>"
      } else {
        #"{"error":{"code":"\#(azure)","message":"no"}}"#
      }
    return HTTPResponse(status: status, body: Array(text.utf8))
  }
}
