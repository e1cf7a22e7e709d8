/// Why there is no full screen.
public enum TerminalError: Error, Sendable, Equatable {
  /// ncurses cannot work with a terminal of this type: unknown, or not able to move the cursor.
  case unusable(term: String)
  /// A system call on the terminal failed: its name, and errno.
  case system(call: String, code: Int32)
}
