import Glibc
import Posix

extension Terminal {
  /// What terminfo knows about a type, for `TerminalChoice.judge`. Not while a terminal is open.
  public static func knowledge(of term: String) -> TerminalChoice.Knowledge {
    Terminfo.load(term)
  }

  /// Gives back a terminal whose program was killed: leaves the full screen, shows the cursor, ends
  /// bracketed paste, puts sane settings in place. Not while a terminal is open.
  public static func restore(term: String?) throws(TerminalError) {
    try RawMode.leaveSane(STDOUT_FILENO)
    let sequence = Array(restoreSequence(term: term).utf8)
    guard write(STDOUT_FILENO, sequence, sequence.count) == sequence.count else {
      throw .system(call: "write", code: errno)
    }
  }

  /// The bytes that `restore` writes. A terminal without a description gets none but those that end
  /// bracketed paste.
  public static func restoreSequence(term: String?) -> String {
    guard let term, Terminfo.load(term) == .usable else { return BracketedPaste.off }
    let capabilities = ["sgr0", "cnorm", "rmcup"].compactMap { Terminfo.string($0) }
    return BracketedPaste.off + capabilities.joined()
  }
}
