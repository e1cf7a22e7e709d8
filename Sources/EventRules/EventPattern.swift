/// An EventBridge event pattern: which events a rule is for.
/// (EventBridge User Guide, "Event patterns", "Comparison operators".)
public struct EventPattern: Sendable, Hashable {
  let root: Fields

  /// Fields that must all match; where there are alternatives, one of each list too.
  struct Fields: Sendable, Hashable {
    var members: [String: Field] = [:]
    /// `$or`.
    var alternatives: [Fields] = []
  }

  indirect enum Field: Sendable, Hashable {
    case fields(Fields)
    /// One of these.
    case values([ValueTest])
  }

  /// One thing that a value may be.
  indirect enum ValueTest: Sendable, Hashable {
    case exactly(EventValue)
    case prefix(String, ignoringCase: Bool)
    case suffix(String, ignoringCase: Bool)
    case equalsIgnoringCase(String)
    case wildcard(String)
    /// None of these.
    case anythingBut([ValueTest])
    case exists(Bool)
    case numeric([Bound])
    case address(AddressBlock)
  }

  struct Bound: Sendable, Hashable {
    var comparison: FilterTest.Comparison
    var value: Double
  }
}

/// Why a value is no event pattern, and where: `detail.eventName`.
public struct EventPatternError: Error, Sendable, Hashable {
  public var path: String
  /// One sentence for people, without control characters.
  public var sentence: String

  init(_ path: [String], _ sentence: String) {
    self.path = FilterText.shown(path.joined(separator: "."))
    self.sentence = "\(self.path.isEmpty ? "the pattern" : self.path) \(sentence)"
  }
}
