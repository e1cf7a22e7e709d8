extension String {
  /// The text on one line, for a terminal or a file of lines: line ends, escape and other control
  /// characters, separators and direction marks are shown as `\n`, `\u001b`, `\u2028`, never sent.
  public var plainLine: String {
    guard unicodeScalars.contains(where: JSON.mustEscape) else { return self }
    var out = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      default:
        if JSON.mustEscape(scalar) {
          JSON.escape(scalar, to: &out)
        } else {
          out.unicodeScalars.append(scalar)
        }
      }
    }
    return out
  }

  /// At most `limit` characters; what is cut shows as `..`.
  public func shortened(to limit: Int) -> String {
    count > limit ? String(prefix(max(0, limit - 2))) + ".." : self
  }
}
