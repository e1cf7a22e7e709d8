/// Text from outside made fit for one line of an error message: no control characters, no
/// direction overrides, no line ends, and never longer than it should be.
public enum PlainLine {
  /// At most `limit` scalars; a cut line ends with `…`.
  public static func make(_ text: String, limit: Int) -> String {
    var line = String.UnicodeScalarView()
    var count = 0
    var gap = false
    for scalar in text.unicodeScalars {
      if isSpace(scalar) {
        gap = count > 0
        continue
      }
      if isHidden(scalar) { continue }
      let width = gap ? 2 : 1
      if count + width > limit - 1 {
        line.append("…")
        return String(line)
      }
      if gap { line.append(" ") }
      gap = false
      line.append(scalar)
      count += width
    }
    return String(line)
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0d, 0x20, 0x85, 0xa0, 0x2028, 0x2029: true
    default: false
    }
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned: true
    default: false
    }
  }
}
