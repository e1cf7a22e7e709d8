/// A regular expression as filter patterns have them: alternatives, sets, repetition, anchors; no
/// groups. (CloudWatch Logs User Guide, "Supported regular expressions".) Matched by following all
/// ways at once, so that no expression takes more than length times length.
public struct FilterRegex: Sendable, Hashable {
  /// As written between the percent signs.
  public let text: String
  let alternatives: [[Node]]

  enum Node: Sendable, Hashable {
    case start, end
    case one(Letters)
    case optional(Letters)
    case many(Letters)

    var isSkippable: Bool {
      switch self {
      case .optional, .many: true
      default: false
      }
    }
  }

  /// The characters that one place accepts.
  struct Letters: Sendable, Hashable {
    var ranges: [ClosedRange<UInt32>]
    var isNegated = false

    func accepts(_ scalar: Unicode.Scalar) -> Bool {
      ranges.contains { $0.contains(scalar.value) } != isNegated
    }
  }

  init(_ text: String, column: Int) throws(FilterPatternError) {
    self.text = text
    var parser = FilterRegexParser(text, column: column)
    alternatives = try parser.parse()
  }

  /// Whether it is found anywhere in the text.
  public func finds(in text: String) -> Bool {
    let letters = Array(text.unicodeScalars)
    return alternatives.contains { Self.finds($0, in: letters) }
  }

  private static func finds(_ nodes: [Node], in letters: [Unicode.Scalar]) -> Bool {
    var states = Set<Int>()
    for offset in 0...letters.count {
      states.insert(0)
      states = closure(states, nodes, isStart: offset == 0, isEnd: offset == letters.count)
      if states.contains(nodes.count) { return true }
      guard offset < letters.count else { break }
      var next = Set<Int>()
      for state in states {
        switch nodes[state] {
        case .one(let wanted), .optional(let wanted):
          if wanted.accepts(letters[offset]) { next.insert(state + 1) }
        case .many(let wanted):
          if wanted.accepts(letters[offset]) { next.insert(state) }
        case .start, .end: break
        }
      }
      states = next
    }
    return false
  }

  /// All places that can be reached without a character.
  private static func closure(
    _ states: Set<Int>, _ nodes: [Node], isStart: Bool, isEnd: Bool
  ) -> Set<Int> {
    var all = states
    var open = Array(states)
    while let state = open.popLast() {
      guard state < nodes.count else { continue }
      let passes =
        switch nodes[state] {
        case .start: isStart
        case .end: isEnd
        default: nodes[state].isSkippable
        }
      if passes, all.insert(state + 1).inserted { open.append(state + 1) }
    }
    return all
  }
}
