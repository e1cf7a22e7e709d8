import Transfer

extension HTTPError {
  /// A few words for the middle of a sentence.
  public var inWords: String {
    switch self {
    case .nameNotResolved: return "its name cannot be looked up"
    case .connectFailed(_, let detail):
      return "no connection (\(PlainLine.make(detail, limit: 120)))"
    case .tls(_, let detail):
      return "no secure connection (\(PlainLine.make(detail, limit: 120)))"
    case .timedOut(let millis): return "nothing came within \(millis) ms"
    case .bodyTooLarge(let limit), .headersTooLarge(let limit):
      return "the answer is larger than \(limit) bytes"
    case .cut(let detail): return "the answer was cut short (\(PlainLine.make(detail, limit: 120)))"
    case .cancelled: return "the call was cancelled"
    case .other(let code, let detail):
      return "transfer error \(code) (\(PlainLine.make(detail, limit: 120)))"
    case .badURL: return "the address is not valid"
    case .badHeader(let name):
      return "the header \(PlainLine.make(name, limit: 40)) cannot be sent"
    case .plainRefused: return "it may be spoken to by https only"
    }
  }
}
