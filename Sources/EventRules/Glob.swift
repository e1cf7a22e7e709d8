/// `*` for any text: the wildcard of filter patterns and of event patterns.
enum Glob {
  /// In time of the two lengths multiplied at most, whatever the pattern.
  /// - Parameter escapes: whether `\*` is a star and `\\` a backslash (event patterns alone).
  static func matches(_ pattern: String, _ text: String, escapes: Bool = false) -> Bool {
    let parts = Self.parts(pattern, escapes: escapes)
    let text = Array(text.unicodeScalars)
    var at = 0
    var inText = 0
    var star: (pattern: Int, text: Int)?
    while inText < text.count {
      if at < parts.count, parts[at] == nil {
        star = (at, inText)
        at += 1
      } else if at < parts.count, parts[at] == text[inText] {
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
    return parts[at...].allSatisfy { $0 == nil }
  }

  static func hasStar(_ pattern: String) -> Bool { pattern.unicodeScalars.contains("*") }

  /// Scalars that must be met; nil for a star.
  private static func parts(_ pattern: String, escapes: Bool) -> [Unicode.Scalar?] {
    var parts: [Unicode.Scalar?] = []
    var isEscaped = false
    for scalar in pattern.unicodeScalars {
      if isEscaped {
        parts.append(scalar)
        isEscaped = false
      } else if escapes, scalar == "\\" {
        isEscaped = true
      } else {
        parts.append(scalar == "*" ? nil : scalar)
      }
    }
    if isEscaped { parts.append("\\") }
    return parts
  }
}
