import Crypto
import EventRules

/// Filters of the Logging query language, as settings keep and compare them.
public enum FilterForm {
  /// No more of a filter is kept, in Unicode scalars.
  private static let limit = 3_900

  /// The filter's text, or as much of it as is kept, with what tells the rest apart.
  static func kept(_ text: String) -> String {
    guard !isWhole(text) else { return text }
    return "\(text.cut(limit)) ... sha256:\(Hex.encode(SHA256.digest(Array(text.utf8))))"
  }

  /// Whether all that the first lets through comes through the second too, by their form; false where
  /// that cannot be seen, or where one of them is not whole.
  public static func implies(_ first: String, _ second: String) -> Bool {
    guard isWhole(first), isWhole(second), let one = try? LoggingFilter(first),
      let two = try? LoggingFilter(second)
    else { return false }
    return one.implies(two)
  }

  private static func isWhole(_ text: String) -> Bool { text.unicodeScalars.count <= limit }
}
