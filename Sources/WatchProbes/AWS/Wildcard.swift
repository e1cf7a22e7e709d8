/// Patterns of IAM policies: `*` for any text, `?` for one character.
enum Wildcard {
  /// In time of the two lengths multiplied at most, whatever the pattern.
  static func matches(_ pattern: String, _ text: String) -> Bool {
    let pattern = Array(pattern.unicodeScalars)
    let text = Array(text.unicodeScalars)
    var at = 0
    var inText = 0
    var star: (pattern: Int, text: Int)?
    while inText < text.count {
      if at < pattern.count, pattern[at] == "*" {
        star = (at, inText)
        at += 1
      } else if at < pattern.count, pattern[at] == "?" || pattern[at] == text[inText] {
        at += 1
        inText += 1
      } else if let back = star {
        at = back.pattern + 1
        inText = back.text + 1
        star = (back.pattern, inText)
      } else {
        return false
      }
    }
    return pattern[at...].allSatisfy { $0 == "*" }
  }
}
