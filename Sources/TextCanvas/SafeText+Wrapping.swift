/// Breaking a long line on words.
extension SafeText {
  /// The words between blanks.
  public var words: [SafeText] {
    string.unicodeScalars.split(separator: " ").map { word in
      let columns = word.reduce(0) { $0 + GlyphWidth.columns($1) }
      return SafeText(known: String(word), width: columns)
    }
  }

  /// Lines of at most the given columns, broken between words; a longer word is cut. Blanks
  /// between words count as one.
  /// - Parameter indent: blanks before each line but the first.
  public func wrapped(to limit: Int, indent: Int = 0) -> [SafeText] {
    guard limit > 0 else { return [] }
    let margin = SafeText.spaces(min(max(0, indent), limit - 1))
    var lines: [SafeText] = []
    var line = SafeText.empty
    var isFresh = true
    for word in words {
      if !isFresh, line.width + 1 + word.width <= limit {
        line += " " + word
        continue
      }
      if !isFresh {
        lines.append(line)
        line = margin
      }
      line += word
      while line.width > limit {
        let (head, tail) = line.split(atWidth: limit)
        // A wide character does not fit a single column: leave the rest out, never loop.
        guard head.width > margin.width else { return lines }
        lines.append(head)
        line = margin + tail
      }
      isFresh = false
    }
    if !isFresh { lines.append(line) }
    return lines
  }
}
