/// The JSON kind of a filter pattern: `{ ($.eventName = StopLogging) && ($.errorCode NOT EXISTS) }`.
public indirect enum JSONFilter: Sendable, Hashable {
  case all([JSONFilter])
  case any([JSONFilter])
  case test(FilterTest)

  /// Every test in it, in the order written.
  public var tests: [FilterTest] {
    switch self {
    case .all(let parts), .any(let parts): parts.flatMap(\.tests)
    case .test(let test): [test]
    }
  }
}

/// One condition on one field.
public struct FilterTest: Sendable, Hashable {
  public enum Check: Sendable, Hashable {
    case compare(Comparison, FilterLiteral)
    case isNull, isTrue, isFalse
    case notExists
    /// Not in the language: EXISTS, IS NOT.
    case unsupported(String)
  }

  public enum Comparison: String, Sendable, Hashable {
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="

    var isOrder: Bool { self != .equal && self != .notEqual }
  }

  public var selector: FilterSelector
  public var check: Check
  /// Counted in characters from 1.
  public var column: Int
}

/// What a field is compared with.
public enum FilterLiteral: Sendable, Hashable {
  /// Stars in it stand for any text.
  case text(String)
  /// A number as written, and its value.
  case number(String, Double)
  case regex(FilterRegex)

  var shown: String {
    switch self {
    case .text(let text), .number(let text, _): FilterText.shown(text)
    case .regex(let regex): "%\(FilterText.shown(regex.text))%"
    }
  }
}

/// Where a field is: `$.requestParameters.items[0].name`.
public struct FilterSelector: Sendable, Hashable {
  public enum Step: Sendable, Hashable {
    case member(String)
    case element(Int)
    case everyElement
  }

  public var steps: [Step]

  /// As written in a pattern.
  public var text: String {
    steps.reduce("$") { text, step in
      switch step {
      case .member(let name):
        text
          + (name.unicodeScalars.allSatisfy(FilterScanner.isNameScalar)
            ? ".\(FilterText.shown(name))" : ".['\(FilterText.shown(name))']")
      case .element(let index): text + "[\(index)]"
      case .everyElement: text + "[*]"
      }
    }
  }

  /// The names alone, where there are no other steps.
  var names: [String]? {
    var names: [String] = []
    for step in steps {
      guard case .member(let name) = step else { return nil }
      names.append(name)
    }
    return names
  }
}
