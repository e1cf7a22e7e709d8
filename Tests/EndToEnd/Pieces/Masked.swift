import TerminalTesting

/// A screen without what changes by itself: clocks, ages and countdowns.
enum Masked {
  /// Every number becomes 0, every age a T, every run of blanks one blank.
  static func line(_ line: String) -> String {
    line.replacing(/[0-9]+/, with: "0")
      .replacing(/(0[dhms])+\b/, with: "T")
      .replacing(#/ +/#, with: " ")
  }

  static func lines(_ screen: ScreenModel) -> [String] {
    screen.lines.map { line($0) }
  }
}
