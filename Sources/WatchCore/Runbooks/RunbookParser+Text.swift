/// Reads `{{name}}` and `{{--flag name}}` in one line of text.
struct TemplateReader {
  let isCommand: Bool
  private(set) var problems: [RunbookError.Kind] = []
  private var quotes = Runbook.QuoteState()

  init(isCommand: Bool) { self.isCommand = isCommand }

  mutating func read(_ text: String) -> Runbook.Template {
    var pieces: [Runbook.Template.Piece] = []
    var rest = Substring(text)
    while let opening = rest.firstRange(of: "{{") {
      let before = rest[..<opening.lowerBound]
      add(before, to: &pieces)
      rest = rest[opening.upperBound...]
      guard let closing = rest.firstRange(of: "}}") else {
        problems.append(.placeholderNotClosed)
        return Runbook.Template(pieces: pieces)
      }
      if let piece = placeholder(rest[..<closing.lowerBound].trimmed) { pieces.append(piece) }
      rest = rest[closing.upperBound...]
    }
    add(rest, to: &pieces)
    if isCommand, quotes.isOpen { problems.append(.quoteNotClosed) }
    return Runbook.Template(pieces: pieces)
  }

  private mutating func add(_ text: Substring, to pieces: inout [Runbook.Template.Piece]) {
    guard !text.isEmpty else { return }
    for scalar in text.unicodeScalars { quotes.read(scalar) }
    pieces.append(.text(String(text)))
  }

  private mutating func placeholder(_ text: String) -> Runbook.Template.Piece? {
    if isCommand, quotes.isOpen { problems.append(.placeholderInQuotes(text)) }
    let (flag, optional) = text.splitOnce(at: " ")
    guard flag.hasPrefix("-"), let optional else {
      guard let name = RunbookValues.Name(rawValue: text) else {
        problems.append(.unknownPlaceholder(text))
        return nil
      }
      return .value(name)
    }
    guard let name = RunbookValues.Name(rawValue: optional), isCommand else {
      problems.append(.unknownPlaceholder(text))
      return nil
    }
    return .option(flag, name)
  }
}

extension Runbook {
  /// `aws.trail.stopped`: two or more words of small letters and digits, with dots between.
  static func isCode(_ text: String) -> Bool {
    let words = text.split(separator: ".", omittingEmptySubsequences: false)
    return words.count >= 2
      && words.allSatisfy { word in
        !word.isEmpty
          && word.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
      }
  }

  /// `docs/runbooks/aws-trail-stopped.md` is named `aws-trail-stopped`.
  static func name(ofFile file: String) -> String {
    let last = file.split(separator: "/").last ?? ""
    return String(last.hasSuffix(".md") ? last.dropLast(3) : last)
  }

  /// Takes `: go to step 4` off the end of an outcome.
  static func splitGoTo(_ text: String) -> (text: String, goTo: Int?) {
    var words = text.split(separator: " ")
    guard words.count >= 4, let number = Int(words[words.count - 1]),
      words[(words.count - 4)..<(words.count - 1)].elementsEqual(["go", "to", "step"])
    else { return (text, nil) }
    words.removeLast(4)
    var rest = words.joined(separator: " ")
    while let last = rest.last, ",:;".contains(last) { rest.removeLast() }
    return (rest, number)
  }
}

extension StringProtocol {
  /// Without blanks at either end.
  var trimmed: String {
    var part = self[...]
    while part.first == " " { part = part.dropFirst() }
    while part.last == " " { part = part.dropLast() }
    return String(part)
  }

  /// What stands before the first separator, and what behind it if there is one; both trimmed.
  func splitOnce(at separator: Character) -> (String, String?) {
    guard let index = firstIndex(of: separator) else { return (trimmed, nil) }
    return (self[..<index].trimmed, self[self.index(after: index)...].trimmed)
  }

  /// Where a short text first stands.
  fileprivate func firstRange(of needle: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(needle) {
        return start..<index(start, offsetBy: needle.count)
      }
      formIndex(after: &start)
    }
    return nil
  }
}
