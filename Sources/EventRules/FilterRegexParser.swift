/// Reads what stands between two percent signs.
struct FilterRegexParser {
  private var scan: FilterScanner
  private let column: Int
  private var nodes: [FilterRegex.Node] = []
  private var alternatives: [[FilterRegex.Node]] = []

  /// More places than this come from a repetition that nobody needs.
  private static let nodeLimit = 2_000

  init(_ text: String, column: Int) {
    scan = FilterScanner(text)
    self.column = column
  }

  mutating func parse() throws(FilterPatternError) -> [[FilterRegex.Node]] {
    if scan.isAtEnd { throw problem("the regular expression is empty") }
    while let scalar = scan.take() {
      switch scalar {
      case "|":
        alternatives.append(nodes)
        nodes = []
      case "^": nodes.append(.start)
      case "$": nodes.append(.end)
      case "(", ")": throw problem("a regular expression has no parentheses here")
      case "*", "+", "?", "{", "}", "]": throw problem("there is nothing to repeat or to close")
      default: try repeated(try letters(scalar))
      }
    }
    return alternatives + [nodes]
  }

  private func problem(_ text: String) -> FilterPatternError {
    FilterPatternError(.badRegex(text), at: column + max(scan.offset - 1, 0))
  }

  private mutating func letters(
    _ scalar: Unicode.Scalar
  ) throws(FilterPatternError) -> FilterRegex.Letters {
    switch scalar {
    case ".": return FilterRegex.Letters(ranges: [], isNegated: true)
    case "[": return try set()
    case "\\": return try escape()
    default:
      guard Self.isPlain(scalar) else {
        throw problem("\"\(FilterText.shown(String(scalar)))\" is not allowed here unescaped")
      }
      return FilterRegex.Letters(ranges: [scalar.value...scalar.value])
    }
  }

  /// ASCII letters and digits, and the signs that the guide lists; a colon is in some editions.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9": true
    case "_", "#", "=", "@", "/", ";", ",", "-", ":", " ": true
    default: false
    }
  }

  private mutating func escape() throws(FilterPatternError) -> FilterRegex.Letters {
    guard let scalar = scan.take() else { throw problem("the backslash escapes nothing") }
    let digits: ClosedRange<UInt32> = 0x30...0x39
    let word = [digits, 0x41...0x5a, 0x5f...0x5f, 0x61...0x7a]
    let space: [ClosedRange<UInt32>] = [0x09...0x0d, 0x20...0x20]
    switch scalar {
    case "d": return FilterRegex.Letters(ranges: [digits])
    case "D": return FilterRegex.Letters(ranges: [digits], isNegated: true)
    case "w": return FilterRegex.Letters(ranges: word)
    case "W": return FilterRegex.Letters(ranges: word, isNegated: true)
    case "s": return FilterRegex.Letters(ranges: space)
    case "S": return FilterRegex.Letters(ranges: space, isNegated: true)
    case "x":
      let high = scan.take().map(String.init) ?? ""
      let low = scan.take().map(String.init) ?? ""
      guard let value = UInt32(high + low, radix: 16), (high + low).count == 2 else {
        throw problem("\\x wants two hexadecimal digits")
      }
      return FilterRegex.Letters(ranges: [value...value])
    default: return FilterRegex.Letters(ranges: [scalar.value...scalar.value])
    }
  }

  /// `[a-z_]`, `[^0-9]`; the bracket is taken.
  private mutating func set() throws(FilterPatternError) -> FilterRegex.Letters {
    var set = FilterRegex.Letters(ranges: [])
    if scan.skip("^") { set.isNegated = true }
    while let scalar = scan.take() {
      if scalar == "]" {
        if set.ranges.isEmpty { throw problem("the set is empty") }
        return set
      }
      if scalar == "\\" {
        let escaped = try escape()
        if escaped.isNegated { throw problem("a set cannot hold the opposite of another") }
        set.ranges += escaped.ranges
        continue
      }
      guard scan.next == "-", let last = scan.peek(1), last != "]", last != "\\" else {
        set.ranges.append(scalar.value...scalar.value)
        continue
      }
      _ = scan.take()
      _ = scan.take()
      guard scalar.value <= last.value else { throw problem("the range runs backwards") }
      set.ranges.append(scalar.value...last.value)
    }
    throw problem("the set is not closed")
  }

  private mutating func repeated(_ letters: FilterRegex.Letters) throws(FilterPatternError) {
    switch scan.next {
    case "*":
      _ = scan.take()
      nodes.append(.many(letters))
    case "+":
      _ = scan.take()
      nodes += [.one(letters), .many(letters)]
    case "?":
      _ = scan.take()
      nodes.append(.optional(letters))
    case "{": try counted(letters)
    default: nodes.append(.one(letters))
    }
    if nodes.count > Self.nodeLimit { throw problem("the regular expression repeats too much") }
  }

  /// `{2}`, `{2,}`, `{2,4}`.
  private mutating func counted(_ letters: FilterRegex.Letters) throws(FilterPatternError) {
    _ = scan.take()
    let isDigit: (Unicode.Scalar) -> Bool = { ("0"..."9").contains($0) }
    guard let least = Int(scan.take(while: isDigit)), least <= Self.nodeLimit else {
      throw problem("a repetition wants a number")
    }
    var most: Int? = least
    if scan.skip(",") { most = Int(scan.take(while: isDigit)) }
    guard scan.skip("}") else { throw problem("the repetition is not closed") }
    if let most, most < least || most > Self.nodeLimit {
      throw problem("the repetition's numbers are wrong")
    }
    nodes += Array(repeating: .one(letters), count: least)
    guard let most else {
      nodes.append(.many(letters))
      return
    }
    nodes += Array(repeating: .optional(letters), count: most - least)
  }
}
