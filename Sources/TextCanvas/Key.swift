/// A key press, as terminals can tell them apart.
public enum Key: Sendable, Hashable {
  /// Anything that types a character, the blank included.
  case character(Unicode.Scalar)
  /// Ctrl and a letter, a...z. Those that terminals cannot tell from other keys (h, i, m) come as
  /// those keys.
  case control(Character)
  case enter, escape, tab, backTab, backspace, delete
  case up, down, left, right, home, end, pageUp, pageDown
  /// A key that has no name here.
  case unknown
}

/// What the terminal tells the program.
public enum TerminalEvent: Sendable, Hashable {
  case key(Key)
  /// Pasted text, as it came: not sanitised; line ends are LF.
  case paste(String)
  case resized(columns: Int, rows: Int)
  /// The terminal is gone.
  case hangUp
  /// The program was stopped and goes on; the screen is whole again.
  case resumed
}
