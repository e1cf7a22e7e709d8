/// A regular expression of the Logging query language, as far as ``FilterRegex`` can follow it: RE2
/// without repeated or nested groups. Case counts; it may match anywhere in the text.
struct LoggingRegex: Sendable, Hashable {
  let text: String
  private let alternatives: [FilterRegex]

  private static let limit = 64

  /// Nil for what is not understood.
  init?(_ text: String) {
    guard let plain = Self.withoutGroups(text), !plain.isEmpty else { return nil }
    var alternatives: [FilterRegex] = []
    for one in plain {
      guard let regex = try? FilterRegex(Self.escaped(one), column: 1) else { return nil }
      alternatives.append(regex)
    }
    self.text = text
    self.alternatives = alternatives
  }

  func finds(in text: String) -> Bool { alternatives.contains { $0.finds(in: text) } }

  /// Signs that stand for themselves in RE2 and want a backslash in a filter pattern.
  private static func escaped(_ text: String) -> String {
    var result = ""
    var isEscaped = false
    for letter in text {
      if !isEscaped, "%\"'<>!&~`".contains(letter) { result.append("\\") }
      isEscaped = !isEscaped && letter == "\\"
      result.append(letter)
    }
    return result
  }

  /// `a(b|c)` → `ab`, `ac`; nil where a group is nested, repeated or of a special kind.
  private static func withoutGroups(_ text: String) -> [String]? {
    var whole: [String] = []
    var ways = [""]
    var group: [String]?
    var isEscaped = false
    var isInSet = false
    var lastClosed = false
    for letter in text {
      defer { lastClosed = letter == ")" && !isEscaped }
      if isEscaped || isInSet || letter == "\\" || letter == "[" {
        if isEscaped && (letter.isNumber || "bBAzpPQ".contains(letter)) { return nil }
        add(letter, &ways, &group)
        if isInSet, !isEscaped, letter == "]" { isInSet = false }
        if !isInSet, !isEscaped, letter == "[" { isInSet = true }
        isEscaped = !isEscaped && letter == "\\"
        continue
      }
      switch letter {
      case "(":
        if group != nil { return nil }
        group = [""]
      case ")":
        guard let some = group, ways.count * some.count <= limit else { return nil }
        ways = ways.flatMap { way in some.map { way + $0 } }
        group = nil
      case "|" where group != nil: group?.append("")
      case "|":
        whole += ways
        ways = [""]
      case "*", "+", "?", "{":
        if lastClosed || group?.last == "" { return nil }
        add(letter, &ways, &group)
      default: add(letter, &ways, &group)
      }
    }
    guard group == nil, !isInSet, !isEscaped, whole.count + ways.count <= limit else { return nil }
    return whole + ways
  }

  private static func add(_ letter: Character, _ ways: inout [String], _ group: inout [String]?) {
    if var some = group {
      some[some.count - 1].append(letter)
      group = some
    } else {
      for index in ways.indices { ways[index].append(letter) }
    }
  }
}
