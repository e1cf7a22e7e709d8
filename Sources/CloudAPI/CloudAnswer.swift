import Transfer

/// An error that can say: an answer came, and it cannot be read.
protocol CloudFailure: Error {
  static func unreadable(_ answer: UnreadableAnswer) -> Self
}

/// A cloud's successful answer, not yet understood.
protocol CloudAnswer: Sendable {
  associatedtype Failure: CloudFailure

  /// Whose answer, in messages: `AWS`.
  static var cloud: String { get }
  var operation: String { get }
  var response: HTTPResponse { get }
  func unreadable(_ reason: String) -> Failure
}

extension CloudAnswer {
  /// The body as a JSON object; anything else is unreadable, an empty body too.
  func json() throws(Failure) -> JSONValue {
    if response.isHTML { throw unreadable("it is an HTML page, not \(Self.cloud)'s JSON") }
    let value: JSONValue
    do {
      value = try JSONReader.read(response.body)
    } catch {
      throw unreadable(error.inWords)
    }
    guard value.members != nil else { throw unreadable("it is \(value.kind), not a JSON object") }
    return value
  }

  /// The body as XML's root element.
  func xml() throws(Failure) -> XMLNode {
    if response.isHTML { throw unreadable("it is an HTML page, not \(Self.cloud)'s XML") }
    do {
      return try XMLReader.read(response.body)
    } catch {
      throw unreadable(error.inWords)
    }
  }
}

extension HTTPResponse {
  /// A page for people, where a program's answer should be: a portal, a proxy, a broken server.
  var isHTML: Bool {
    let head = String(decoding: body.prefix(256), as: UTF8.self).lowercased()
    let start = head.drop { $0.isWhitespace || $0 == "\u{feff}" }
    return start.hasPrefix("<!doctype html") || start.hasPrefix("<html")
  }
}

extension JSONProblem {
  var inWords: String {
    switch self {
    case .empty: "it is empty"
    case .cut: "its JSON is cut short"
    case .unexpected(_, let offset): "its JSON is broken at byte \(offset)"
    case .badUTF8(let offset): "its JSON holds bytes that are not UTF-8, from byte \(offset)"
    case .badEscape(let offset), .badNumber(let offset): "its JSON is broken at byte \(offset)"
    case .duplicateName(let name, _): "its JSON names \"\(name)\" twice"
    case .tooDeep(let limit): "its JSON is nested more than \(limit) deep"
    case .more(let offset): "there is more after its JSON, from byte \(offset)"
    }
  }
}

extension XMLProblem {
  var inWords: String {
    switch self {
    case .empty: "it is empty"
    case .cut: "its XML is cut short"
    case .badUTF8: "its XML holds bytes that are not UTF-8"
    case .doctype: "its XML has a document type, which is never accepted"
    case .badMarkup(let offset), .badReference(let offset), .wrongEnd(_, _, let offset):
      "its XML is broken at byte \(offset)"
    case .tooDeep(let limit): "its XML is nested more than \(limit) deep"
    case .more(let offset): "there is more after its XML, from byte \(offset)"
    }
  }
}
