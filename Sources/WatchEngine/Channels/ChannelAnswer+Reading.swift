import CloudAPI
import Foundation
import Transfer
import WatchCore
import WatchProbes

extension ChannelAnswer {
  /// What an HTTP answer means where a channel has no rules of its own.
  ///
  /// - Parameter taken: what a 2xx means; nil where it is not the channel's (a portal's page).
  static func reading(
    _ response: HTTPResponse, of whom: String, taken: (HTTPResponse) -> ChannelAnswer?
  ) -> ChannelAnswer {
    let words = Self.words(response.body)
    switch response.status {
    case 200..<300:
      let answer = isPage(response) ? nil : taken(response)
      return answer?.tidy
        ?? .failed(
          "\(whom) answered \(response.status), but not in its own words\(words)", retryAfter: nil)
    case 401, 403, 407:
      // Its key may have been changed there or here: somebody will set it right.
      return .failed("\(whom) answered \(response.status)\(words)", retryAfter: slowly)
    case 408, 425, 429, 500...:
      return .failed(
        "\(whom) answered \(response.status)\(words)", retryAfter: retryAfter(response))
    case 300..<400:
      // A proxy's sign-in, or an address that has moved.
      return .failed(
        "\(whom) answered \(response.status), a redirect, which is not followed",
        retryAfter: slowly)
    default:
      return .refused("\(whom) answered \(response.status)\(words)")
    }
  }

  /// What somebody must set right is tried again as seldom as that.
  static let slowly: Duration = .minutes(15)

  /// No answer came: it may have been taken all the same.
  static func reading(_ error: HTTPError, of whom: String) -> ChannelAnswer {
    let text = "\(whom): \(error.inWords)"
    switch error {
    case .badURL, .badHeader, .plainRefused: return .unsent(text)
    default: return .failed(text, retryAfter: nil)
    }
  }

  /// Seconds or a date by the answer's own clock (RFC 9110, 10.2.3); an hour at most.
  private static func retryAfter(_ response: HTTPResponse) -> Duration? {
    guard let value = response.header("Retry-After") else { return nil }
    if let seconds = Int(value), seconds >= 0 { return .seconds(min(seconds, 3_600)) }
    guard let until = TimeText.http(value),
      let now = response.header("Date").flatMap({ TimeText.http($0) })
    else { return nil }
    return .seconds(Int(max(0, min(until.timeIntervalSince(now), 3_600))))
  }

  private static func words(_ body: [UInt8]) -> String {
    let text = PlainLine.make(String(decoding: body.prefix(600), as: UTF8.self), limit: 200)
    return text.isEmpty ? "" : ": \(text)"
  }

  /// A page for people: a portal, a proxy.
  private static func isPage(_ response: HTTPResponse) -> Bool {
    let head = String(decoding: response.body.prefix(200), as: UTF8.self).lowercased()
      .drop { $0.isWhitespace }
    return head.hasPrefix("<!doctype html") || head.hasPrefix("<html")
  }

  /// `{"id":"evt-9","acknowledged_by":"ana"}`, of a receiver or a program of the user's own.
  static func accepted(_ body: JSON?, id: String? = nil) -> ChannelAnswer {
    let id = body?["id"]?.string ?? id
    guard let by = body?["acknowledged_by"]?.string, !by.isEmpty else { return .accepted(id: id) }
    return .taken(id: id, by: by)
  }

  /// The channel's id comes from outside too.
  var tidy: ChannelAnswer {
    switch self {
    case .accepted(let id):
      let plain = id.map { PlainLine.make($0, limit: 240) }
      return .accepted(id: plain?.isEmpty == true ? nil : plain)
    case .taken(let id, let by):
      let by = PlainLine.make(by, limit: 120)
      guard case .accepted(let plain) = ChannelAnswer.accepted(id: id).tidy, !by.isEmpty else {
        return ChannelAnswer.accepted(id: id).tidy
      }
      return .taken(id: plain, by: by)
    case .refused(let text): return .refused(PlainLine.make(text, limit: 400))
    case .unsent(let text): return .unsent(PlainLine.make(text, limit: 400))
    case .failed(let text, let after):
      return .failed(PlainLine.make(text, limit: 400), retryAfter: after)
    }
  }

  /// Without what looks like a secret by itself, and not longer than a journal wants it.
  var masked: ChannelAnswer {
    func kept(_ text: String) -> String {
      String(SecretMask.apply(String(text.prefix(2000))).prefix(300))
    }
    return switch self {
    case .accepted(let id): .accepted(id: id.map(kept))
    case .taken(let id, let by): .taken(id: id.map(kept), by: kept(by))
    case .refused(let text): .refused(kept(text))
    case .unsent(let text): .unsent(kept(text))
    case .failed(let text, let after): .failed(kept(text), retryAfter: after)
    }
  }

  /// Without anything of the secrets.
  func hiding(_ secrets: [String]) -> ChannelAnswer {
    switch self {
    case .accepted(let id): .accepted(id: id?.hiding(secrets))
    case .taken(let id, let by): .taken(id: id?.hiding(secrets), by: by.hiding(secrets))
    case .refused(let text): .refused(text.hiding(secrets))
    case .unsent(let text): .unsent(text.hiding(secrets))
    case .failed(let text, let after): .failed(text.hiding(secrets), retryAfter: after)
    }
  }
}

extension String {
  /// Byte by byte: with a combining mark after it a secret's last letter is another Character.
  func hiding(_ secrets: [String]) -> String {
    secrets.filter { $0.utf8.count >= 4 }.reduce(self) { text, secret in
      text.hidingBytes(of: secret)
    }
  }

  private func hidingBytes(of secret: String) -> String {
    let (text, secret) = (Array(utf8), Array(secret.utf8))
    guard text.count >= secret.count else { return self }
    var (kept, next) = ([UInt8](), 0)
    for start in 0...(text.count - secret.count)
    where start >= next && text[start] == secret[0]
      && text[start..<(start + secret.count)] == secret[...]
    {
      kept += text[next..<start] + Array("(secret)".utf8)
      next = start + secret.count
    }
    return next == 0 ? self : String(decoding: kept + text[next...], as: UTF8.self)
  }
}

extension HTTPResponse {
  /// A receiver may send back what it was sent: taken out before anything is cut.
  func hiding(_ secrets: [String]) -> HTTPResponse {
    guard !secrets.isEmpty else { return self }
    var response = self
    response.body = Array(String(decoding: body, as: UTF8.self).hiding(secrets).utf8)
    response.headers = headers.map { HTTPHeader($0.name, $0.value.hiding(secrets)) }
    return response
  }
}

extension HTTPRequest {
  static func json(
    method: String = "POST", url: String, _ body: JSON, headers: [HTTPHeader] = []
  ) -> HTTPRequest {
    var request = HTTPRequest(
      method: method, url: url,
      headers: [
        HTTPHeader("Content-Type", "application/json"),
        HTTPHeader("User-Agent", "watchkeeper/0.1.0"),
      ] + headers, body: Array(body.line.utf8), limits: .notification)
    request.isOnce = true
    return request
  }

  /// The request as text, as a dry run shows it.
  var shown: String {
    let lines = ["\(method) \(url)"] + headers.map { "\($0.name): \($0.value)" }
    let head = lines.joined(separator: "\n")
    return body.isEmpty ? head : "\(head)\n\n\(String(decoding: body, as: UTF8.self))"
  }
}

extension HTTPLimits {
  /// Somebody waits for it; a receiver that needs longer is asked again later.
  static let notification = HTTPLimits(
    connectMillis: 5_000, totalMillis: 15_000, idleSeconds: 10, bodyBytes: 1 << 20)
}
