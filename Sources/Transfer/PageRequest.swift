/// One request to a ``PageServer``, read strictly (RFC 9112): whatever is not plainly a GET without a
/// body, to this machine by one of its own names, is refused.
enum PageRequest {
  enum Reading: Equatable {
    /// Not all of it is there yet.
    case more
    case get(path: String)
    case refused(PageAnswer)
  }

  static let headLimit = 8192
  private static let headerLimit = 64

  static func read(_ bytes: [UInt8]) -> Reading {
    guard let end = headEnd(bytes) else {
      return bytes.count > headLimit ? .refused(.text(431, "the request is too long")) : .more
    }
    guard end <= headLimit else { return .refused(.text(431, "the request is too long")) }
    let head = bytes[..<end]
    // CR stands before LF alone, and nothing else of what controls anything stands in it at all.
    let plain = head.allSatisfy { ($0 >= 0x20 && $0 < 0x7F) || $0 == 13 || $0 == 10 || $0 == 9 }
    let text = String(decoding: head, as: UTF8.self)
    let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
    guard plain, !lines.contains(where: { $0.utf8.contains { $0 == 13 || $0 == 10 } }),
      lines.count <= headerLimit, let first = lines.first
    else { return .refused(.text(400, "no HTTP request")) }
    return read(first, lines.dropFirst())
  }

  private static func read(_ first: Substring, _ rest: ArraySlice<Substring>) -> Reading {
    let words = first.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 3, words.allSatisfy({ !$0.isEmpty }), words[2].hasPrefix("HTTP/") else {
      return .refused(.text(400, "no HTTP request"))
    }
    guard words[2] == "HTTP/1.1" || words[2] == "HTTP/1.0" else {
      return .refused(.text(505, "HTTP/1.1 is spoken here"))
    }
    var hosts: [Substring] = []
    for line in rest {
      guard let colon = line.firstIndex(of: ":"), isToken(line[..<colon]) else {
        return .refused(.text(400, "a header that is none"))
      }
      let value = line[line.index(after: colon)...].trimmed
      switch line[..<colon].lowercased() {
      case "host": hosts.append(value)
      case "transfer-encoding": return .refused(.text(400, "a request has no body here"))
      case "content-length" where value != "0":
        return .refused(.text(400, "a request has no body here"))
      default: break
      }
    }
    guard hosts.count == 1 || hosts.isEmpty && words[2] == "HTTP/1.0" else {
      return .refused(.text(400, "one Host is wanted"))
    }
    // A web page that had its own name lead here would read it through somebody's browser.
    guard hosts.allSatisfy(isLoopback) else {
      return .refused(.text(421, "this is 127.0.0.1, and known by no other name"))
    }
    guard words[0] == "GET" else { return .refused(.text(405, "GET alone", "Allow: GET")) }
    return .get(path: String(words[1].prefix { $0 != "?" }))
  }

  private static func headEnd(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= 4 else { return nil }
    let last = min(bytes.count, headLimit + 4)
    return (4...max(4, last)).first { bytes[($0 - 4)..<$0].elementsEqual([13, 10, 13, 10]) }
      .map { $0 - 4 }
  }

  private static func isToken(_ name: Substring) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte) || "!#$%&'*+-.^_`|~".utf8.contains(byte)
      }
  }

  private static func isLoopback(_ host: Substring) -> Bool {
    let name: Substring
    if host.hasPrefix("[") {
      name = host.prefix { $0 != "]" } + "]"
    } else {
      name = host.prefix { $0 != ":" }
    }
    if name.lowercased() == "localhost" || name == "[::1]" { return true }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }
}

/// What is sent back.
public struct PageAnswer: Sendable, Equatable {
  public var status: Int
  public var type: String
  public var body: [UInt8]
  var header: String?

  public init(status: Int = 200, type: String, body: [UInt8]) {
    (self.status, self.type, self.body) = (status, type, body)
  }

  static func text(_ status: Int, _ text: String, _ header: String? = nil) -> PageAnswer {
    var answer = PageAnswer(
      status: status, type: "text/plain; charset=utf-8", body: Array((text + "\n").utf8))
    answer.header = header
    return answer
  }

  private static let reasons = [
    200: "OK", 400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed",
    408: "Request Timeout", 421: "Misdirected Request", 431: "Request Header Fields Too Large",
    503: "Service Unavailable", 505: "HTTP Version Not Supported",
  ]

  /// One answer a connection.
  var bytes: [UInt8] {
    let lines = [
      "HTTP/1.1 \(status) \(Self.reasons[status] ?? "Error")", "Content-Type: \(type)",
      "Content-Length: \(body.count)", "Connection: close", "Cache-Control: no-store",
      "X-Content-Type-Options: nosniff",
    ]
    let head = (lines + [header].compactMap { $0 }).joined(separator: "\r\n") + "\r\n\r\n"
    return Array(head.utf8) + body
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    let start = drop { $0 == " " || $0 == "\t" }
    guard let last = start.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
    return start[...last]
  }
}
