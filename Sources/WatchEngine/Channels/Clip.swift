import CloudAPI

/// Cuts text to what a channel takes, and says so.
enum Clip {
  /// One line without control and direction-changing characters, at most `limit` UTF-16 units long (the
  /// strictest way to count characters). What is cut away is counted:
  /// `… 214 more characters, in the journal`.
  static func line(_ text: String, to limit: Int) -> String {
    let plain = PlainLine.make(text, limit: .max)
    guard plain.utf16.count > limit else { return plain }
    let total = plain.unicodeScalars.count
    let room = limit - tail(total).utf16.count
    guard room > 0 else { return String(prefix(plain, max(0, limit - 1)) + "…") }
    let kept = prefix(plain, room)
    return kept + tail(total - kept.unicodeScalars.count)
  }

  private static func tail(_ count: Int) -> String {
    "… \(count) more \(count == 1 ? "character" : "characters"), in the journal"
  }

  /// Whole scalars, of so many UTF-16 units.
  private static func prefix(_ text: String, _ limit: Int) -> String {
    var out = String.UnicodeScalarView()
    var units = 0
    for scalar in text.unicodeScalars {
      units += scalar.value > 0xFFFF ? 2 : 1
      if units > limit { break }
      out.append(scalar)
    }
    return String(out)
  }
}
