/// Collects an answer's header lines as they come, within bounds.
struct ResponseHead: Sendable, Equatable {
  /// Bytes of header lines, all together.
  static let byteLimit = 64 << 10
  static let countLimit = 200

  private(set) var headers: [HTTPHeader] = []
  /// The empty line after the final answer's head has come.
  private(set) var isComplete = false
  private var bytes = 0
  private var isInformational = false

  /// Takes one line with its line end; false when the bounds are passed.
  mutating func take(_ line: UnsafeRawBufferPointer) -> Bool {
    bytes += line.count
    guard bytes <= Self.byteLimit else { return false }
    let text = String(decoding: line, as: UTF8.self)
    // After the head come only trailers, which nobody asked for.
    if isComplete { return true }
    if text.hasPrefix("HTTP/") {
      // 100 Continue and 103 Early Hints come before the answer proper.
      let code = text.split(separator: " ").dropFirst().first
      isInformational = code?.first == "1"
      headers = []
    } else if text.allSatisfy(\.isNewline) {
      isComplete = !isInformational
    } else {
      add(text)
    }
    return headers.count <= Self.countLimit
  }

  private mutating func add(_ text: String) {
    // RFC 9112, 5.2: a line that begins with white space goes on with the one before.
    if text.first == " " || text.first == "\t" {
      guard var last = headers.popLast() else { return }
      last.value += " " + Self.trimmed(text[...])
      headers.append(last)
    } else if let colon = text.firstIndex(of: ":") {
      let value = text[text.index(after: colon)...]
      headers.append(HTTPHeader(Self.trimmed(text[..<colon]), Self.trimmed(value)))
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    let isBlank = { (character: Character) in
      character == " " || character == "\t" || character.isNewline
    }
    var rest = text.drop(while: isBlank)
    while let last = rest.last, isBlank(last) { rest.removeLast() }
    return String(rest)
  }
}
