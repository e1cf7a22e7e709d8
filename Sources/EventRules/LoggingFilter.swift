/// A filter in Google Cloud's Logging query language, as sinks, exclusions and log-based metrics have
/// them. Understood are comparisons of fields, restrictions without a field, `log_id()`, AND, OR, NOT
/// and parentheses; of anything else (`sample`, `SEARCH`, `ip_in_net` …) nothing is guessed: an answer
/// that hangs on it is unknown. (Cloud Logging, "Logging query language".)
public struct LoggingFilter: Sendable, Hashable {
  public let text: String
  let root: Node

  /// What a filter is made of; NOT binds tightest, then OR, then AND.
  indirect enum Node: Sendable, Hashable {
    /// Every entry: an empty filter.
    case everything
    case all([Node])
    case any([Node])
    case not(Node)
    case test(Test)
    /// `log_id("cloudaudit.googleapis.com/activity")`, in lower case.
    case logID(String)
    /// What is not understood, as it is written: the same words mean the same.
    case opaque(String)
  }

  struct Test: Sendable, Hashable {
    /// Empty: any field of the entry.
    var path: [String]
    var check: Check
    var value: String
    /// Of `=~` and `!~`; nil inside: an expression that is not understood.
    var regex: LoggingRegex?
  }

  enum Check: String, Sendable, Hashable {
    case equals = "="
    case differs = "!="
    case has = ":"
    case matches = "=~"
    case matchesNot = "!~"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  /// Cloud Logging's own limit, in characters.
  private static let lengthLimit = 20_000

  public init(_ text: String) throws(LoggingFilterError) {
    self.text = text
    guard text.unicodeScalars.count <= Self.lengthLimit else {
      throw .tooLong(limit: Self.lengthLimit)
    }
    var parser = LoggingFilterParser(try LoggingFilterScanner.tokens(of: text))
    root = try parser.parse()
  }

  /// Whether it lets an entry through.
  public func matches(_ entry: EventValue) -> RuleAnswer { root.matches(entry) }
}

/// Why a text is no filter of the Logging query language.
public enum LoggingFilterError: Error, Sendable, Hashable {
  case tooLong(limit: Int)
  case tooDeep(limit: Int)
  case notClosed(String)
  case unexpected(String)

  /// One sentence for people, without control characters.
  public var sentence: String {
    switch self {
    case .tooLong(let limit): "it is longer than \(limit) characters"
    case .tooDeep(let limit): "its parentheses are nested more than \(limit) deep"
    case .notClosed(let what): "\(what) is not closed"
    case .unexpected(let found): "\(FilterText.shown(found)) is not expected where it stands"
    }
  }
}
