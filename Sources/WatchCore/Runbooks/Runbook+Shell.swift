// A value on its way into a command line (POSIX.1-2017, Shell Command Language, 2.2 Quoting).
extension Runbook {
  /// The longest value that a command takes; S3 keys, the longest that we know, have 1,024 bytes.
  static let longestValue = 1024

  /// Why a value must not stand in a command, or nil. Quoting keeps it one word for the shell; this
  /// keeps it from steering the terminal that it is pasted into and the program that gets it.
  static func refusal(of value: String) -> Refusal? {
    guard value.utf8.count <= longestValue else { return .tooLong(bytes: value.utf8.count) }
    if let bad = value.unicodeScalars.first(where: steersText) { return .controlCharacter(bad) }
    if value.hasPrefix("-") { return .startsAsOption }
    // The AWS CLI replaces such a parameter by what it finds there (version 1: http too).
    let lower = value.lowercased()
    if ["file://", "fileb://", "http://", "https://"].contains(where: lower.hasPrefix) {
      return .namesFile
    }
    return nil
  }

  /// The value as one shell word: bare where every shell leaves it alone, else in single quotes.
  static func quoted(_ value: String) -> String {
    // '=' first is an expansion in zsh.
    if !value.isEmpty, !value.hasPrefix("="), value.utf8.allSatisfy(isPlain) { return value }
    var out = "'"
    for scalar in value.unicodeScalars {
      if scalar == "'" { out += "'\\''" } else { out.unicodeScalars.append(scalar) }
    }
    return out + "'"
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "_./:@=+-".utf8.contains(byte)
    }
  }

  /// Controls, line separators, direction marks and invisible characters: what is shown or pasted
  /// would not be what is run.
  static func steersText(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      true
    default: false
    }
  }

  static func codePoint(_ scalar: Unicode.Scalar) -> String {
    let hex = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
  }
}

extension Runbook.Command {
  /// The command in lines of at most `width` characters, each but the last ending in ` \`: what is
  /// shown can be copied as it stands. Breaks at blanks outside quotes only, not between an option
  /// and its value where that can be helped; a longer word stands whole on a line of its own.
  public func lines(within width: Int) -> [String] {
    let parts = self.parts(within: width - 4)
    var lines: [String] = []
    var line = parts.first ?? ""
    for (index, part) in parts.enumerated().dropFirst() {
      let tail = index == parts.count - 1 ? 0 : 2
      if line.count + 1 + part.count + tail <= width {
        line += " " + part
      } else {
        lines.append(line + " \\")
        line = "  " + part
      }
    }
    return lines + [line]
  }

  /// The words, with each option's value beside it where both fit.
  private func parts(within width: Int) -> [String] {
    var parts: [String] = []
    var option = false
    for word in words {
      if option, !word.hasPrefix("-"), let last = parts.last,
        last.count + 1 + word.count <= width
      {
        parts[parts.count - 1] = last + " " + word
        option = false
      } else {
        parts.append(word)
        option = word.hasPrefix("--")
      }
    }
    return parts
  }

  /// The text cut at blanks outside quotes.
  var words: [String] {
    var words: [String] = []
    var word = ""
    var quotes = Runbook.QuoteState()
    for scalar in text.unicodeScalars {
      if scalar == " ", quotes.isOpen == false {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.unicodeScalars.append(scalar)
        quotes.read(scalar)
      }
    }
    return word.isEmpty ? words : words + [word]
  }
}

extension Runbook {
  /// Whether a place in a command line is inside quotes, or right behind a backslash.
  struct QuoteState {
    private var quote: Unicode.Scalar?
    private var escaped = false

    var isOpen: Bool { quote != nil || escaped }
    /// The quote that is open.
    var open: Unicode.Scalar? { quote }
    var isEscaped: Bool { escaped }

    mutating func read(_ scalar: Unicode.Scalar) {
      if escaped {
        escaped = false
      } else if scalar == "\\", quote != "'" {
        escaped = true
      } else if scalar == quote {
        quote = nil
      } else if quote == nil, scalar == "'" || scalar == "\"" {
        quote = scalar
      }
    }
  }
}
