/// Whether a full screen is possible here, and if not, why.
public enum TerminalChoice: Sendable, Equatable {
  case fullScreen(term: String)
  case plain(because: Reason)

  public enum Reason: Sendable, Equatable {
    case outputIsNoTerminal
    case inputIsNoTerminal
    /// TERM is not set, or empty.
    case termUnset
    /// TERM names a terminal that cannot move its cursor, such as "dumb".
    case termTooSimple(String)
    /// TERM names a terminal that this machine has no description of.
    case termUnknown(String)
  }

  /// What terminfo knows about a terminal type.
  public enum Knowledge: Sendable {
    case unknown, cannotMoveCursor, usable
  }

  /// The rule, without looking at anything itself.
  public static func judge(
    term: String?, inputIsTerminal: Bool, outputIsTerminal: Bool, knowledge: (String) -> Knowledge
  ) -> TerminalChoice {
    guard outputIsTerminal else { return .plain(because: .outputIsNoTerminal) }
    guard inputIsTerminal else { return .plain(because: .inputIsNoTerminal) }
    guard let term, !term.isEmpty else { return .plain(because: .termUnset) }
    if term == "dumb" { return .plain(because: .termTooSimple(term)) }
    switch knowledge(term) {
    case .unknown: return .plain(because: .termUnknown(term))
    case .cannotMoveCursor: return .plain(because: .termTooSimple(term))
    case .usable: return .fullScreen(term: term)
    }
  }
}
