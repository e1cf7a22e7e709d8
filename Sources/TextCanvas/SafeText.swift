/// The only text that a canvas accepts: one line, without anything a terminal would obey.
///
/// It is made from literals of the program, or by the sanitiser from text that came from outside.
/// There is no other way in, so sending a cloud's string straight to the screen does not compile.
public struct SafeText: Sendable, Hashable {
  /// The text itself: no control, bidirectional or invisible characters.
  public let string: String
  /// The columns that it takes on a terminal.
  public let width: Int

  /// For text whose every scalar is known to be showable.
  init(known string: String, width: Int) {
    self.string = string
    self.width = width
  }

  /// No text.
  public static let empty = SafeText(known: "", width: 0)

  /// Text from outside, made harmless and visible.
  ///
  /// What cannot be shown appears as its code in angle brackets (`<1B>`, `<202E>`), so that the
  /// evidence stays; line ends too. Modifiers that terminals disagree on vanish after an emoji.
  /// - Parameters:
  ///   - limit: the most columns that are kept; longer text ends in `..`.
  ///   - alphabet: with `.ascii`, everything above ASCII appears as its code as well.
  public init(
    untrusted text: some StringProtocol, limit: Int = 2000, alphabet: Alphabet = .unicode
  ) {
    if Self.isPlain(text, limit: limit) {
      self.init(known: String(text), width: text.utf8.count)
      return
    }
    var sanitiser = Sanitiser(alphabet: alphabet)
    for scalar in text.unicodeScalars {
      guard sanitiser.width <= limit else { break }
      sanitiser.take(scalar)
    }
    self = sanitiser.text.truncated(to: limit)
  }

  /// Whether it is short enough and holds printable ASCII only, as nearly all text does.
  private static func isPlain(_ text: some StringProtocol, limit: Int) -> Bool {
    text.utf8.count <= limit && text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }

  /// Text of several lines from outside, split at LF, CR LF and CR, each line made harmless.
  /// - Parameter lineLimit: the most lines that are kept.
  public static func lines(
    untrusted text: some StringProtocol, limit: Int = 2000, lineLimit: Int = 1000,
    alphabet: Alphabet = .unicode
  ) -> [SafeText] {
    let ends = { (character: Character) in
      character == "\n" || character == "\r" || character == "\r\n"
    }
    return text.split(maxSplits: lineLimit, omittingEmptySubsequences: false, whereSeparator: ends)
      .prefix(lineLimit)
      .map { SafeText(untrusted: $0, limit: limit, alphabet: alphabet) }
  }

  /// The same text for a terminal without UTF-8: everything above ASCII appears as its code.
  public var ascii: SafeText {
    isASCII ? self : SafeText(untrusted: string, limit: .max, alphabet: .ascii)
  }

  /// Whether every byte is below 0x80. No scalar takes as many columns as UTF-8 bytes but those.
  public var isASCII: Bool { width == string.utf8.count }

  /// Whether there is nothing to show.
  public var isEmpty: Bool { string.isEmpty }
}

extension SafeText: CustomStringConvertible {
  public var description: String { string }
}
