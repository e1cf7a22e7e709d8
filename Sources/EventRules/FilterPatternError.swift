/// Why a text is no filter pattern, and where.
public struct FilterPatternError: Error, Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case empty
    case tooLong(limit: Int)
    case tooDeep(limit: Int)
    case notClosed(String)
    case unexpected(found: String, wanted: String)
    case badRegex(String)
  }

  public var kind: Kind
  /// Counted in characters (Unicode scalars) from 1.
  public var column: Int

  init(_ kind: Kind, at column: Int) {
    self.kind = kind
    self.column = column
  }

  /// One sentence for people, without control characters.
  public var sentence: String {
    switch kind {
    case .empty: "column \(column): there is nothing between the brackets"
    case .tooLong(let limit): "it is longer than \(limit) characters"
    case .tooDeep(let limit): "column \(column): parentheses are nested more than \(limit) deep"
    case .notClosed(let what): "column \(column): \(what) is not closed"
    case .unexpected(let found, let wanted):
      "column \(column): found \(FilterText.shown(found)), wanted \(wanted)"
    case .badRegex(let why): "column \(column): \(why)"
    }
  }
}

/// Something that was understood, and that the language does not have or does not do.
public struct FilterFlaw: Sendable, Hashable {
  /// Counted in characters (Unicode scalars) from 1.
  public var column: Int
  /// One sentence for people, without control characters.
  public var sentence: String

  init(_ sentence: String, at column: Int) {
    self.column = column
    self.sentence = sentence
  }
}

/// A pattern's own words inside a sentence of ours.
enum FilterText {
  /// On one line, harmless, at most 60 characters.
  static func shown(_ text: String) -> String {
    var line = ""
    for scalar in text.unicodeScalars.prefix(60) {
      switch scalar.properties.generalCategory {
      case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
        .paragraphSeparator:
        line += "?"
      default: line.unicodeScalars.append(scalar)
      }
    }
    return text.unicodeScalars.count > 60 ? line + ".." : line
  }
}
