/// Which characters may leave for the terminal. Both draw the same cells in the same columns.
public enum Alphabet: Sendable, Hashable, CaseIterable {
  /// Bytes below 0x80 only: for a locale whose codeset is not UTF-8.
  case ascii
  /// Line drawing and block elements.
  case unicode
}
