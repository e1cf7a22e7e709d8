extension Runbook {
  /// The most that a runbook may hold.
  static let longestFile = 65_536

  /// Reads a runbook as docs/runbook-format.md defines it.
  ///
  /// - Parameter file: for messages; its last part without `.md` becomes the runbook's name.
  /// - Throws: ``RunbookError`` with everything that is wrong, line by line.
  public init(parsing text: String, file: String) throws(RunbookError) {
    var parser = RunbookParser(file: file)
    self = try parser.parse(text)
  }
}

/// Reads a runbook line by line; goes on after a problem, to name them all at once.
struct RunbookParser {
  private static let keys = ["title", "codes", "owner", "role"]

  enum Place {
    case start
    case header
    case body
    case fence(openedAt: Int)
  }

  let file: String
  var place = Place.start
  var line = 0
  var problems: [RunbookError.Problem] = []
  var header: [String: String] = [:]
  var meaning = Paragraphs()
  var steps: [Draft] = []
  var half = ""

  /// A step while it is read.
  struct Draft {
    var line: Int
    var step: RunbookStep
    var prose = Paragraphs()
    var marks: [Mark] = []
  }

  /// A line such as `- good: …`, with the indented lines that go on with it.
  struct Mark {
    var line: Int
    var name: String
    var value: String
  }

  init(file: String) { self.file = file }

  mutating func parse(_ text: String) throws(RunbookError) -> Runbook {
    guard text.utf8.count <= Runbook.longestFile else {
      throw RunbookError(
        file: file, problems: [.init(line: 1, kind: .tooLong(limitInBytes: Runbook.longestFile))])
    }
    for raw in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
      line += 1
      read(clean(raw))
    }
    let runbook = finish()
    guard problems.isEmpty else {
      throw RunbookError(file: file, problems: problems.sorted { $0.line < $1.line })
    }
    return runbook
  }

  mutating func fail(_ kind: RunbookError.Kind, at line: Int? = nil) {
    problems.append(.init(line: line ?? self.line, kind: kind))
  }

  /// Without the end of line that Windows leaves and blanks at the end; controls are problems.
  private mutating func clean(_ raw: Substring.UnicodeScalarView) -> String {
    var scalars = raw
    while let last = scalars.last, last == "\r" || last == " " { scalars.removeLast() }
    if let bad = scalars.first(where: Runbook.steersText) { fail(.controlCharacter(bad)) }
    return String(scalars)
  }

  private mutating func read(_ text: String) {
    switch place {
    case .start:
      if text != "---" { fail(.noHeader) }
      place = text == "---" ? .header : .body
    case .header: readHeader(text)
    case .body: readBody(text)
    case .fence: readCommand(text)
    }
  }

  private mutating func readHeader(_ text: String) {
    if text == "---" {
      place = .body
      for key in Self.keys where header[key, default: ""].isEmpty { fail(.missingKey(key)) }
      return
    }
    if text.hasPrefix("#") {
      fail(.headerNotClosed)
      place = .body
      return startStep(text)
    }
    guard !text.isEmpty else { return }
    let (key, value) = text.splitOnce(at: ":")
    guard Self.keys.contains(key) else { return fail(.unknownKey(key)) }
    if header[key] != nil { fail(.repeatedKey(key)) }
    header[key] = value ?? ""
    if key == "codes" {
      for code in codes where !Runbook.isCode(code) { fail(.badCode(code)) }
    }
  }

  /// `none`: a runbook for a question, and for no failure.
  var codes: [String] {
    let text = header["codes", default: ""]
    return text == "none" ? [] : text.split(separator: ",").map { $0.trimmed }
  }

  private mutating func readBody(_ text: String) {
    if text.hasPrefix("#") { return startStep(text) }
    if text.hasPrefix("```") {
      if steps.isEmpty { fail(.outsideStep("a command")) }
      place = .fence(openedAt: line)
      return
    }
    if text.hasPrefix("- "), let mark = mark(in: text) {
      if steps.isEmpty { fail(.outsideStep("'\(mark.name):'")) } else { current.marks.append(mark) }
      return
    }
    if steps.isEmpty {
      meaning.add(text, at: line)
    } else if text.hasPrefix("  "), !current.marks.isEmpty {
      current.marks[current.marks.count - 1].value += " " + text.trimmed
    } else {
      current.prose.add(text, at: line)
    }
  }

  /// The step being read; only asked for when there is one.
  var current: Draft {
    get { steps[steps.count - 1] }
    set { steps[steps.count - 1] = newValue }
  }

  mutating func startStep(_ text: String) {
    let (number, title) = String(text.dropFirst(3)).splitOnce(at: " ")
    guard text.hasPrefix("## "), let found = Int(number), let title, !title.isEmpty else {
      return fail(.notAStep(text))
    }
    let expected = steps.count + 1
    if found != expected { fail(.stepOutOfOrder(expected: expected, found: found)) }
    let step = RunbookStep(
      number: expected, title: template(title, at: line), prose: [], commands: [], outcomes: [],
      probes: false, closes: false)
    steps.append(Draft(line: line, step: step))
  }

  /// `- word: text`, where word is one of ours or looks as if it were meant to be.
  mutating func mark(in text: String) -> Mark? {
    let (name, value) = String(text.dropFirst(2)).splitOnce(at: ":")
    guard let value, !name.isEmpty, name.utf8.allSatisfy({ (0x61...0x7A).contains($0) }) else {
      return nil
    }
    guard ["good", "bad", "probe", "remedy", "close"].contains(name) else {
      fail(.unknownMark(name))
      return nil
    }
    return Mark(line: line, name: name, value: value)
  }

  private mutating func readCommand(_ text: String) {
    if text == "```" {
      place = .body
      if !half.isEmpty { endCommand(half) }
      half = ""
      return
    }
    let part = half.isEmpty ? text : half + text.trimmed
    if part.hasSuffix("\\") {
      half = String(part.dropLast()).trimmed + " "
    } else {
      half = ""
      if !part.isEmpty { endCommand(part) }
    }
  }

  private mutating func endCommand(_ text: String) {
    guard !steps.isEmpty else { return }
    current.step.commands.append(template(text.trimmed, at: line, isCommand: true))
  }

  mutating func template(
    _ text: String, at line: Int, isCommand: Bool = false
  ) -> Runbook.Template {
    var reader = TemplateReader(isCommand: isCommand)
    let template = reader.read(text)
    for problem in reader.problems { fail(problem, at: line) }
    return template
  }
}
