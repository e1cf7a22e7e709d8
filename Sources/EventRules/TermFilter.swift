/// The unstructured kind: words that must stand in the message, in any order, by upper and lower
/// case; `-word` must not, and of `?words` one must.
public struct TermFilter: Sendable, Hashable {
  public enum Term: Sendable, Hashable {
    case text(String)
    case regex(FilterRegex)

    func stands(in message: String) -> Bool {
      switch self {
      case .text(let text): text.isEmpty || message.contains(text)
      case .regex(let regex): regex.finds(in: message)
      }
    }
  }

  public var wanted: [Term] = []
  public var unwanted: [Term] = []
  public var optional: [Term] = []

  /// Whether the message is caught. Optional terms beside others are without effect.
  public func matches(message: String) -> Bool {
    guard unwanted.allSatisfy({ !$0.stands(in: message) }) else { return false }
    guard wanted.isEmpty, !optional.isEmpty else {
      return wanted.allSatisfy { $0.stands(in: message) }
    }
    return optional.contains { $0.stands(in: message) }
  }

  static func parse(_ text: String) throws(FilterPatternError) -> (TermFilter, [FilterFlaw]) {
    var scan = FilterScanner(text)
    var filter = TermFilter()
    var flaws: [FilterFlaw] = []
    var firstOptional: Int?
    while true {
      scan.skipSpace()
      guard !scan.isAtEnd else { break }
      let column = scan.column
      if scan.next == "?", scan.peek(1) != nil {
        _ = scan.take()
        firstOptional = firstOptional ?? column
        filter.optional.append(try term(&scan))
      } else if scan.next == "-", scan.peek(1) != nil {
        _ = scan.take()
        filter.unwanted.append(try term(&scan))
      } else {
        filter.wanted.append(try term(&scan))
      }
    }
    if let firstOptional, !filter.wanted.isEmpty || !filter.unwanted.isEmpty {
      flaws.append(FilterFlaw("?terms beside other terms are without effect", at: firstOptional))
    }
    return (filter, flaws)
  }

  private static func term(_ scan: inout FilterScanner) throws(FilterPatternError) -> Term {
    if scan.next == "\"" { return .text(try scan.quoted()) }
    if scan.next == "%" { return .regex(try scan.regex()) }
    return .text(scan.take { !FilterScanner.isSpace($0) })
  }
}
