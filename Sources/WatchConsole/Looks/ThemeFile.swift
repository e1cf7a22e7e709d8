import TextCanvas

/// A theme file (`themes/*.theme`): a line for each role, `role = foreground on background,
/// attributes`; `#` starts a comment. docs/themes.md describes it.
public enum ThemeFile {
  /// Reads a theme. Roles that are not named look like text; `text` itself is the terminal's look.
  /// - Throws: ``ThemeError`` at the first line that is wrong.
  public static func parse(_ text: String, name: String) throws(ThemeError) -> Theme {
    var theme = Theme(name: name, styles: [.text: .plain])
    var seen: Set<ColourRole> = []
    var number = 0
    let ends = { (character: Character) in character == "\n" || character == "\r\n" }
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: ends) {
      number += 1
      let body = trimmed(line.prefix { $0 != "#" })
      guard !body.isEmpty else { continue }
      let (role, style) = try entry(body, line: number)
      guard seen.insert(role).inserted else {
        throw ThemeError(line: number, kind: .repeatedRole(role.rawValue))
      }
      theme[role] = style
    }
    return theme
  }

  private static func entry(
    _ body: Substring, line: Int
  ) throws(ThemeError) -> (ColourRole, Style) {
    let parts = body.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw ThemeError(line: line, kind: .notALine(String(body))) }
    let name = trimmed(parts[0])
    guard let role = ColourRole(rawValue: String(name)) else {
      throw ThemeError(line: line, kind: .unknownRole(String(name)))
    }
    return (role, try style(parts[1], line: line))
  }

  private static func style(_ text: Substring, line: Int) throws(ThemeError) -> Style {
    var style = Style.plain
    for (index, part) in text.split(separator: ",", omittingEmptySubsequences: false).enumerated() {
      let words = part.split(separator: " ")
      if index == 0, !words.isEmpty, !isAttribute(words[0]) {
        try colours(words, into: &style, line: line)
        continue
      }
      for word in words {
        guard let attribute = attributes[String(word)] else {
          throw ThemeError(line: line, kind: .unknownAttribute(String(word)))
        }
        style.attributes.formUnion(attribute)
      }
    }
    return style
  }

  private static func colours(
    _ words: [Substring], into style: inout Style, line: Int
  ) throws(ThemeError) {
    guard words.count == 1 || (words.count == 3 && words[1] == "on") else {
      throw ThemeError(line: line, kind: .notALine(words.joined(separator: " ")))
    }
    style.foreground = try colour(words[0], line: line)
    if words.count == 3 { style.background = try colour(words[2], line: line) }
    // Both the terminal's own are two different colours.
    if style.foreground == style.background, style.foreground != .terminal {
      throw ThemeError(line: line, kind: .invisible(String(words[0])))
    }
  }

  private static func colour(_ word: Substring, line: Int) throws(ThemeError) -> Colour {
    if word == "default" { return .terminal }
    let isBright = word.hasPrefix("bright-")
    if let index = names.firstIndex(of: String(isBright ? word.dropFirst(7) : word)) {
      return .palette(UInt8(index + (isBright ? 8 : 0)))
    }
    if let number = UInt8(word) { return .palette(number) }
    throw ThemeError(line: line, kind: .unknownColour(String(word)))
  }

  private static let names = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
  ]

  private static let attributes: [String: Style.Attributes] = [
    "normal": [], "bold": .bold, "dim": .dim, "underline": .underline, "reverse": .reverse,
  ]

  private static func isAttribute(_ word: Substring) -> Bool { attributes[String(word)] != nil }

  private static func trimmed(_ text: Substring) -> Substring {
    var part = text
    while let first = part.first, first == " " || first == "\t" { part.removeFirst() }
    while let last = part.last, last == " " || last == "\t" { part.removeLast() }
    return part
  }
}

/// What is wrong with a theme file, and on which line (from 1).
public struct ThemeError: Error, Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case notALine(String)
    case unknownRole(String)
    case repeatedRole(String)
    case unknownColour(String)
    case unknownAttribute(String)
    /// Foreground and background are the same.
    case invisible(String)
  }

  public var line: Int
  public var kind: Kind

  public init(line: Int, kind: Kind) {
    self.line = line
    self.kind = kind
  }

  /// For people; may hold what stands in the file.
  public var sentence: String {
    let roles = ColourRole.allCases.map(\.rawValue).joined(separator: ", ")
    let what =
      switch kind {
      case .notALine(let text): "'\(text)' is not 'role = colour on colour, attributes'"
      case .unknownRole(let name): "there is no role '\(name)'; the roles are \(roles)"
      case .repeatedRole(let name): "role '\(name)' stands here twice"
      case .unknownColour(let name):
        "there is no colour '\(name)': default, black to white, bright-…, 0 to 255"
      case .unknownAttribute(let name):
        "there is no attribute '\(name)': bold, dim, underline, reverse"
      case .invisible(let name): "'\(name)' on '\(name)' cannot be read"
      }
    return "line \(line): \(what)"
  }
}
