import CloudAPI
import Transfer

/// A request as Azure and Google Cloud read it: host, path, query, JSON body.
struct DemoWebRequest: Sendable {
  var method: String
  var host: String
  /// The path's parts, each decoded: an encoded slash belongs to the part that it is in.
  var parts: [String]
  var query: [String: String]
  /// As it was sent, behind the question mark.
  var queryText: String
  var body: [UInt8]
  private var headers: [HTTPHeader]

  /// Nil for what no server could read.
  init?(_ request: HTTPRequest) {
    guard let url = URLParts(request.url) else { return nil }
    method = request.method
    host = url.host
    headers = request.headers
    body = request.body
    queryText = url.query ?? ""
    parts = []
    for part in url.path.split(separator: "/") {
      guard let text = PercentEncoding.decode(String(part.replacing("+", with: "%2B"))) else {
        return nil
      }
      parts.append(text)
    }
    query = Self.pairs(queryText)
  }

  var form: [String: String] { Self.pairs(String(decoding: body, as: UTF8.self)) }

  var json: JSONValue? { try? JSONReader.read(body) }

  /// The token of the Authorization header.
  var bearer: String? {
    guard let value = header("authorization"), value.hasPrefix("Bearer ") else { return nil }
    return String(value.dropFirst("Bearer ".count))
  }

  func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name }?.value
  }

  static func pairs(_ text: String) -> [String: String] {
    var pairs: [String: String] = [:]
    for pair in text.split(separator: "&") {
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = PercentEncoding.decode(String(sides[0])) else { continue }
      pairs[name] = sides.count > 1 ? PercentEncoding.decode(String(sides[1])) : ""
    }
    return pairs
  }
}

/// Answers without a Date header: the demo's clock is not the machine's, and the difference would
/// look like skew.
enum DemoReply {
  static func json(_ value: JSONValue, status: Int = 200) -> HTTPResponse {
    HTTPResponse(
      status: status, headers: [HTTPHeader("Content-Type", "application/json; charset=utf-8")],
      body: value.utf8)
  }

  /// With the byte order mark that Azure Storage begins with.
  static func xml(_ text: String, status: Int = 200, code: String? = nil) -> HTTPResponse {
    var headers = [HTTPHeader("Content-Type", "application/xml")]
    if let code { headers.append(HTTPHeader("x-ms-error-code", code)) }
    return HTTPResponse(status: status, headers: headers, body: [0xef, 0xbb, 0xbf] + text.utf8)
  }

  static func object(_ members: [(String, JSONValue)]) -> JSONValue {
    .object(members.map { JSONMember($0.0, $0.1) })
  }
}
