import TextCanvas
import WatchCore

/// The marks of both alphabets: same columns, other characters.
public struct Glyphs: Hashable, Sendable {
  public var alphabet: Alphabet

  public init(_ alphabet: Alphabet) {
    self.alphabet = alphabet
  }

  private var isASCII: Bool { alphabet == .ascii }

  /// Before the row with the cursor.
  public var cursor: SafeText { isASCII ? ">" : "▸" }
  /// Before a marked row.
  public var mark: SafeText { isASCII ? "*" : "•" }
  /// Behind the step that is to be done.
  public var now: SafeText { isASCII ? "<- now" : " ◂ now" }
  /// A step's box.
  public var empty: SafeText { "[ ]" }
  public var done: SafeText { isASCII ? "[x]" : "[✓]" }
  public var skipped: SafeText { "[-]" }
  public var failed: SafeText { isASCII ? "[!]" : "[×]" }
  /// Where the next typed character goes.
  public var caret: SafeText { isASCII ? "_" : "▏" }

  /// The lines of a tree before a row: for each level whether its line goes on below.
  public func branch(_ goesOn: [Bool], isNarrow: Bool = false) -> SafeText {
    if isNarrow { return SafeText.spaces(goesOn.count) }
    return goesOn.enumerated().map { level, isOpen -> SafeText in
      if level < goesOn.count - 1 { return isOpen ? (isASCII ? "|  " : "│  ") : "   " }
      return isOpen ? (isASCII ? "+- " : "├─ ") : (isASCII ? "`- " : "└─ ")
    }.joined()
  }

  /// One cell of a strip; nil: nothing was known then.
  public func strip(_ state: HeartbeatState?) -> SafeText {
    switch state {
    case nil: " "
    case .ok: isASCII ? "|" : "▇"
    case .okQuiet: isASCII ? "." : "▂"
    case .late: isASCII ? ":" : "▒"
    case .silent: isASCII ? "x" : "×"
    case .failing: isASCII ? "!" : "▓"
    case .blind: isASCII ? "?" : "░"
    case .never: isASCII ? "o" : "·"
    case .notSetUp: isASCII ? "_" : "□"
    case .off: isASCII ? "-" : "─"
    }
  }
}
