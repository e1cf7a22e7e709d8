import Foundation
import Synchronization
import Transfer

/// What goes wrong between us and a cloud, as the HTTP seam tells it. Real sockets are left to
/// Tests/Clouds and Tests/TransferTests.
enum FaultsKind: String, CaseIterable, Sendable {
  case latency, drip, throttled, failing, unavailable, reset, refused, truncated, wrongLength
  case garbage, portal, empty, null, deep, denied, expiredToken, skewedClock

  /// What the seam gives in place of an answer.
  func met(
    _ request: HTTPRequest, _ answer: () async throws(HTTPError) -> HTTPResponse
  ) async throws(HTTPError) -> HTTPResponse {
    switch self {
    // A slow answer and one that drips end alike: the whole exchange has its limit.
    case .latency, .drip: throw .timedOut(afterMillis: request.limits.totalMillis)
    case .reset: throw .cut(detail: "connection reset by peer")
    case .refused: throw .connectFailed(host: "aws.invalid", detail: "connection refused")
    // Fewer bytes than announced is an error of the transfer; more are announced than … none is.
    case .truncated: throw .cut(detail: "transfer closed with bytes remaining")
    case .wrongLength:
      var whole = try await answer()
      whole.body = Array(whole.body.prefix(whole.body.count / 2))
      return whole
    case .garbage: return HTTPResponse(status: 200, body: (0..<512).map { UInt8(($0 * 89) % 256) })
    case .portal: return HTTPResponse(status: 200, body: Array("<html>Sign in</html>".utf8))
    case .empty: return HTTPResponse(status: 200)
    case .null: return HTTPResponse(status: 200, body: Array("null".utf8))
    case .deep: return HTTPResponse(status: 200, body: [UInt8](repeating: 0x5B, count: 100_000))
    case .failing: return HTTPResponse(status: 500, body: Array("<html>Oops</html>".utf8))
    case .throttled: return refusal(request, 429, "ThrottlingException", "SlowDown", 503)
    case .unavailable: return refusal(request, 503, "ServiceUnavailable", "ServiceUnavailable", 503)
    case .denied: return refusal(request, 400, "AccessDeniedException", "AccessDenied", 403)
    case .expiredToken: return refusal(request, 400, "ExpiredTokenException", "ExpiredToken", 400)
    case .skewedClock:
      var answer = refusal(
        request, 400, "InvalidSignatureException", "RequestTimeTooSkewed", 403)
      let form = DateFormatter()
      form.locale = Locale(identifier: "en_US_POSIX")
      form.timeZone = TimeZone(secondsFromGMT: 0)
      form.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
      answer.headers.append(HTTPHeader("Date", form.string(from: Date() + 1200)))
      return answer
    }
  }

  /// In the envelope of the request's own protocol.
  private func refusal(
    _ request: HTTPRequest, _ status: Int, _ json: String, _ xml: String, _ xmlStatus: Int
  ) -> HTTPResponse {
    switch FaultsCall(request).envelope {
    case .json:
      return HTTPResponse(
        status: status, body: Array(#"{"__type":"\#(json)","message":"no"}"#.utf8))
    case .query:
      let text =
        "<ErrorResponse><Error><Type>Sender</Type><Code>\(xml)</Code><Message>no</Message></Error>"
        + "<RequestId>r</RequestId></ErrorResponse>"
      return HTTPResponse(status: xmlStatus, body: Array(text.utf8))
    case .s3:
      let text = "<Error><Code>\(xml)</Code><Message>no</Message></Error>"
      return HTTPResponse(status: xmlStatus, body: Array(text.utf8))
    }
  }
}

/// Which operation a request asks for, whatever the service.
struct FaultsCall: Hashable, Sendable {
  enum Envelope { case json, query, s3 }

  var operation: String
  var envelope: Envelope

  init(_ request: HTTPRequest) {
    if let target = request.headers.first(where: { $0.name.lowercased() == "x-amz-target" }) {
      operation = target.value.split(separator: ".").last.map(String.init) ?? target.value
      envelope = .json
      return
    }
    let form = String(decoding: request.body, as: UTF8.self).split(separator: "&")
    if let action = form.first(where: { $0.hasPrefix("Action=") }) {
      operation = String(action.dropFirst("Action=".count))
      envelope = .query
      return
    }
    envelope = .s3
    let parts = request.url.split(separator: "?", maxSplits: 1)
    let query = parts.count > 1 ? parts[1].split(separator: "&").map(String.init) : []
    let known = ["list-type", "x-id", "prefix", "delimiter", "encoding-type", "max-keys"]
    let names = query.map { String($0.prefix { $0 != "=" }) }
    if names.contains("list-type") {
      operation = "S3 list"
    } else {
      operation = "S3 \(names.first { !known.contains($0) } ?? "object")"
    }
  }
}

/// A cloud whose answers go wrong on demand, all of them or one operation's.
final class FaultsCloud: Sendable {
  private struct State: Sendable {
    var kind: FaultsKind?
    var operation: String?
    var met = 0
    var asked: Set<String> = []
  }

  private let real: HTTPClient
  private let state = Mutex(State())

  init(_ real: HTTPClient) {
    self.real = real
  }

  func fail(_ kind: FaultsKind?, _ operation: String? = nil) {
    state.withLock {
      $0.kind = kind
      $0.operation = operation
      $0.met = 0
    }
  }

  /// How many answers went wrong since the fault was set.
  var met: Int { state.withLock { $0.met } }
  var asked: Set<String> { state.withLock { $0.asked } }

  var http: HTTPClient {
    HTTPClient { (request) async throws(HTTPError) in
      let operation = FaultsCall(request).operation
      let kind = self.state.withLock { state -> FaultsKind? in
        state.asked.insert(operation)
        guard let kind = state.kind, state.operation == nil || state.operation == operation else {
          return nil
        }
        state.met += 1
        return kind
      }
      guard let kind else { return try await self.real.send(request) }
      let real = self.real
      return try await kind.met(request) { () async throws(HTTPError) in
        try await real.send(request)
      }
    }
  }
}
