import TextCanvas

/// How a terminal is to be used.
public struct TerminalOptions: Sendable {
  /// The terminal's type, from TERM.
  public var term: String
  /// What may be drawn, from `CharacterSet.adopt`.
  public var alphabet: Alphabet
  /// Leaves out every colour.
  public var monochrome: Bool
  /// Where standard error goes while the screen is up, open for reading and appending; nil drops it.
  public var errorFile: Int32?

  public init(
    term: String, alphabet: Alphabet, monochrome: Bool = false, errorFile: Int32? = nil
  ) {
    self.term = term
    self.alphabet = alphabet
    self.monochrome = monochrome
    self.errorFile = errorFile
  }

  /// Whether the environment asks for no colours: NO_COLOR is there and not empty (no-color.org).
  public static func isMonochrome(_ environment: [String: String]) -> Bool {
    !(environment["NO_COLOR"] ?? "").isEmpty
  }
}
