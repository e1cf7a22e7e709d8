import Synchronization
import Transfer

/// A network that answers from a script: request number `n` (from 0) gets what the closure says.
final class FakeHTTP: Sendable {
  typealias Answer = Result<HTTPResponse, HTTPError>

  private let seen = Mutex<[HTTPRequest]>([])
  private let script: @Sendable (HTTPRequest, Int) -> Answer

  init(_ script: @escaping @Sendable (HTTPRequest, Int) -> Answer) {
    self.script = script
  }

  /// One answer after the other; the last one repeats. Without any, nobody is there.
  convenience init(_ answers: [Answer]) {
    self.init { request, number in
      number < answers.count
        ? answers[number] : answers.last ?? .failure(.connectFailed(host: request.url, detail: ""))
    }
  }

  var requests: [HTTPRequest] { seen.withLock { $0 } }

  var client: HTTPClient {
    HTTPClient { [self] (request) async throws(HTTPError) in
      let number = seen.withLock {
        $0.append(request)
        return $0.count - 1
      }
      return try script(request, number).get()
    }
  }
}

extension Result where Success == HTTPResponse, Failure == HTTPError {
  static func json(
    _ text: String, status: Int = 200, headers: [HTTPHeader] = []
  ) -> Self {
    let fixed = [
      HTTPHeader("Content-Type", "application/x-amz-json-1.1"),
      HTTPHeader("x-amzn-RequestId", "id-1"),
    ]
    return .success(HTTPResponse(status: status, headers: fixed + headers, body: Array(text.utf8)))
  }

  static func xml(_ text: String, status: Int = 200, headers: [HTTPHeader] = []) -> Self {
    let fixed = [HTTPHeader("Content-Type", "text/xml"), HTTPHeader("x-amz-request-id", "id-2")]
    return .success(HTTPResponse(status: status, headers: fixed + headers, body: Array(text.utf8)))
  }

  static func bytes(_ body: [UInt8], status: Int = 200) -> Self {
    .success(HTTPResponse(status: status, body: body))
  }
}

extension HTTPRequest {
  func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  var text: String { String(decoding: body, as: UTF8.self) }
}
