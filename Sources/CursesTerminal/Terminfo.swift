import CNcurses
import Glibc

/// What the terminal's description says (terminfo(5)). Uses the one that ncurses has loaded.
enum Terminfo {
  /// Loads the description of a type, unless ncurses has one loaded already.
  static func load(_ term: String) -> TerminalChoice.Knowledge {
    var found: Int32 = 0
    guard setupterm(term, STDOUT_FILENO, &found) == OK, found == 1 else { return .unknown }
    return string("cup") == nil ? .cannotMoveCursor : .usable
  }

  /// The sequence for a capability such as "rmcup", without padding; nil when there is none.
  static func string(_ capability: String) -> String? {
    // ncurses 6.4 does not write to it, though it takes a plain char *.
    guard var name = Optional(Array(capability.utf8CString)), let found = tigetstr(&name) else {
      return nil
    }
    if UInt(bitPattern: found) == UInt.max { return nil }
    let text = withoutPadding(String(cString: found))
    return text.isEmpty ? nil : text
  }

  /// Drops delays such as `$<5>`, which only real terminals with wires need.
  static func withoutPadding(_ sequence: String) -> String {
    var kept = ""
    var rest = sequence[...]
    while let start = rest.firstIndex(of: "$") {
      kept += rest[..<start]
      let after = rest.index(after: start)
      if after < rest.endIndex, rest[after] == "<", let end = rest[after...].firstIndex(of: ">") {
        rest = rest[rest.index(after: end)...]
      } else {
        kept += "$"
        rest = rest[after...]
      }
    }
    return kept + rest
  }
}

/// The two sequences that are not in terminfo: bracketed paste on and off (xterm ctlseqs, DECSET
/// 2004). Terminals without it ignore them.
enum BracketedPaste {
  static let on = "\u{1B}[?2004h"
  static let off = "\u{1B}[?2004l"
}
