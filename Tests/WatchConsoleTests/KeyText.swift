import TextCanvas

/// Keys as they are written in scripts: characters as they are, others in angle brackets.
enum KeyText {
  static let named: [String: Key] = [
    "Enter": .enter, "Esc": .escape, "Tab": .tab, "Shift-Tab": .backTab, "Space": .character(" "),
    "Up": .up, "Down": .down, "Left": .left, "Right": .right, "Home": .home, "End": .end,
    "PgUp": .pageUp, "PgDn": .pageDown, "Backspace": .backspace, "Delete": .delete,
    "Ctrl-C": .control("c"), "Ctrl-J": .control("j"), "Ctrl-L": .control("l"),
    "Ctrl-Z": .control("z"), "Unknown": .unknown,
  ]

  /// Every key that a keyboard can send, as far as the console can tell.
  static let all: [Key] =
    Array(named.values)
    + (0x20..<0x7F).compactMap { Unicode.Scalar($0).map { Key.character($0) } }
    + "abdefgknopqrstuvwxy".map { Key.control($0) } + [.character("é"), .character("漢")]

  static func keys(_ text: String) -> [Key] {
    var keys: [Key] = []
    var rest = Substring(text)
    while let first = rest.unicodeScalars.first {
      if first == "<", let end = rest.firstIndex(of: ">"),
        let key = named[String(rest[rest.index(after: rest.startIndex)..<end])]
      {
        keys.append(key)
        rest = rest[rest.index(after: end)...]
      } else {
        keys.append(.character(first))
        rest = Substring(rest.unicodeScalars.dropFirst())
      }
    }
    return keys
  }
}

extension Array where Element == Key {
  init(_ text: String) { self = KeyText.keys(text) }
}
