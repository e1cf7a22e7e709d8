/// A request's method and header lines, checked: what the caller wrote and nothing else goes on the
/// wire, and nothing in a value can start a line of its own.
struct RequestHead: Sendable, Equatable {
  var method: String
  /// In libcurl's notation: "Name: value", "Name;" for an empty value, "Name:" for "do not send".
  var lines: [String]

  init(_ request: HTTPRequest) throws(HTTPError) {
    // A body that nobody expects makes the rest of the connection ambiguous (RFC 9110, 9.3.2).
    let isOddHead = request.method == "HEAD" && !request.body.isEmpty
    guard Self.isToken(request.method), !isOddHead else { throw .badHeader(name: "(method)") }
    method = request.method
    lines = []
    var given: Set<String> = []
    for header in request.headers {
      guard Self.isToken(header.name), header.value.utf8.allSatisfy(Self.isValueByte) else {
        throw .badHeader(name: header.name)
      }
      let name = header.name.lowercased()
      given.insert(name)
      switch name {
      case "content-length":
        // Ours is computed; one that says the same is left out.
        guard header.value == String(request.body.count) else { throw .badHeader(name: name) }
      case "transfer-encoding":
        throw .badHeader(name: name)
      default:
        let isEmpty = header.value.allSatisfy { $0 == " " || $0 == "\t" }
        lines.append(isEmpty ? "\(header.name);" : "\(header.name): \(header.value)")
      }
    }
    for name in Self.unwanted where !given.contains(name.lowercased()) {
      lines.append("\(name):")
    }
  }

  /// What libcurl adds by itself.
  private static let unwanted = ["Accept", "User-Agent", "Expect", "Content-Type"]

  /// RFC 9110, 5.6.2.
  private static func isToken(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: tokenPunctuation.contains(byte)
        }
      }
  }

  private static let tokenPunctuation = Set("!#$%&'*+-.^_`|~".utf8)

  /// RFC 9110, 5.5: no control characters but the tab. Bytes above ASCII pass as they are.
  private static func isValueByte(_ byte: UInt8) -> Bool {
    byte == 9 || (byte >= 32 && byte != 127)
  }
}
