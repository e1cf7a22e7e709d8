/// Cuts a filter of the Logging query language into its words.
enum LoggingFilterScanner {
  enum Token: Sendable, Hashable {
    /// Unquoted: a field's path, a value, AND, OR, NOT.
    case word(String)
    /// Between quotation marks, unescaped.
    case quoted(String)
    case check(LoggingFilter.Check)
    case open, close, comma, dot
    /// The short form of NOT, directly before what it negates.
    case minus
  }

  static func tokens(of text: String) throws(LoggingFilterError) -> [Token] {
    var tokens: [Token] = []
    let letters = Array(text.unicodeScalars)
    var at = 0
    while at < letters.count {
      let letter = letters[at]
      let next = at + 1 < letters.count ? letters[at + 1] : nil
      switch letter {
      case _ where letter.properties.isWhitespace: at += 1
      case "-" where next == "-":
        while at < letters.count, letters[at] != "\n" { at += 1 }
      case "\"", "'": tokens.append(.quoted(try quoted(letters, &at)))
      case "(": append(.open, &tokens, &at)
      case ")": append(.close, &tokens, &at)
      case ",": append(.comma, &tokens, &at)
      case ".": append(.dot, &tokens, &at)
      case "=", "!", "<", ">", ":":
        guard let check = check(letter, next) else { throw .unexpected(String(letter)) }
        tokens.append(.check(check))
        at += check.rawValue.unicodeScalars.count
      case "-" where startsNegation(tokens.last, before: next): append(.minus, &tokens, &at)
      default:
        guard isWordLetter(letter) else { throw .unexpected(String(letter)) }
        tokens.append(.word(word(letters, &at)))
      }
    }
    return tokens
  }

  private static func append(_ token: Token, _ tokens: inout [Token], _ at: inout Int) {
    tokens.append(token)
    at += 1
  }

  private static func check(
    _ letter: Unicode.Scalar, _ next: Unicode.Scalar?
  ) -> LoggingFilter.Check? {
    if let next, let both = LoggingFilter.Check(rawValue: "\(letter)\(next)") { return both }
    return LoggingFilter.Check(rawValue: String(letter))
  }

  /// `-5` behind an operator is a number; anywhere else a minus negates.
  private static func startsNegation(_ last: Token?, before next: Unicode.Scalar?) -> Bool {
    guard next.map({ !$0.properties.isWhitespace }) ?? false else { return false }
    if case .check? = last { return false }
    return true
  }

  /// A dot separates, so that a path's parts may be quoted; inside of a number it does not.
  private static func word(_ letters: [Unicode.Scalar], _ at: inout Int) -> String {
    var word = String.UnicodeScalarView()
    while at < letters.count, isWordLetter(letters[at]) {
      word.append(letters[at])
      at += 1
    }
    return String(word)
  }

  private static func isWordLetter(_ letter: Unicode.Scalar) -> Bool {
    switch letter {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "-", "+", "/", "*", "@", "$", "%", "?", "~", "#",
      "&", ";", "[", "]", "{", "}", "|", "^", "\\":
      true
    default: letter.value > 0x7f && !letter.properties.isWhitespace
    }
  }

  private static func quoted(
    _ letters: [Unicode.Scalar], _ at: inout Int
  ) throws(LoggingFilterError) -> String {
    let mark = letters[at]
    var text = String.UnicodeScalarView()
    at += 1
    while at < letters.count {
      let letter = letters[at]
      at += 1
      if letter == mark { return String(text) }
      guard letter == "\\", at < letters.count else {
        text.append(letter)
        continue
      }
      let escaped = letters[at]
      at += 1
      switch escaped {
      case "n": text.append("\n")
      case "t": text.append("\t")
      case "r": text.append("\r")
      case "\\", "\"", "'": text.append(escaped)
      default:
        // As a regular expression's own escape it keeps its backslash.
        text.append("\\")
        text.append(escaped)
      }
    }
    throw .notClosed("a quotation mark")
  }
}
