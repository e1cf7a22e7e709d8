/// A command line cut into arguments as a POSIX shell would cut it, without being one: quotes and
/// backslashes work; nothing is expanded, substituted or run.
public enum ShellWords {
  /// A word as a shell would have to be given it: quoted only where it needs to be.
  public static func quote(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy {
      PercentEncoding.isUnreserved($0) && $0 != UInt8(ascii: "~") || "@/:+=,".utf8.contains($0)
    }
    if isPlain, !word.isEmpty { return word }
    return "'"
      + word.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''") + "'"
  }

  /// Nil for an open quote or a backslash at the end.
  public static func split(_ line: String) -> [String]? {
    var words: [String] = []
    var word: String.UnicodeScalarView?
    var quote: Unicode.Scalar?
    var rest = line.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      switch (quote, scalar) {
      case ("'", "'"), ("\"", "\""):
        quote = nil
      case ("'", _):
        word?.append(scalar)
      case ("\"", "\\"):
        guard let next = rest.popFirst() else { return nil }
        if !"\"\\$`\n".unicodeScalars.contains(next) { word?.append("\\") }
        if next != "\n" { word?.append(next) }
      case (nil, "\\"):
        guard let next = rest.popFirst() else { return nil }
        if next != "\n" { word = (word ?? .init()) + [next] }
      case (nil, "'"), (nil, "\""):
        quote = scalar
        word = word ?? .init()
      case (nil, " "), (nil, "\t"), (nil, "\n"):
        if let done = word { words.append(String(done)) }
        word = nil
      default:
        word = (word ?? .init()) + [scalar]
      }
    }
    if quote != nil { return nil }
    if let done = word { words.append(String(done)) }
    return words
  }
}
