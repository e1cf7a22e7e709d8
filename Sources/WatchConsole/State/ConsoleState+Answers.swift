import TextCanvas
import WatchCore

/// Keys while a question or a field is open, and pastes.
extension ConsoleState {
  mutating func answer(_ key: Key) -> [ConsoleEffect] {
    switch prompt {
    case .question(let question): return answer(question, key)
    case .field(let field): return type(key, into: field)
    case nil: return []
    }
  }

  private mutating func answer(_ question: Question, _ key: Key) -> [ConsoleEffect] {
    let saysNo = key == .character("n") && question.takesNo
    if key == .escape || key == .control("c") || saysNo {
      prompt = nil
      say(Message("left: nothing was done"))
      return []
    }
    guard let choice = question.choices.first(where: { $0.key == key }) else {
      say(.refused("\(key.text) is no answer: \(question.keys)"))
      return []
    }
    prompt = nil
    hush()
    switch question.about {
    case .quit: return [.quit]
    case .marked(let name, let ids):
      marks = []
      return begin(name, ids)
    case .accept(let key):
      askAcceptanceReason(key, until: choice.until ?? now)
      return []
    case .stranger(let name, let purpose): return use(name, for: purpose)
    case .shelve(let ids):
      let until = choice.until ?? now
      prompt = .field(
        Field(
          .shelve(ids, until: until),
          question: "shelved until \(until.clock(at: now)): why?", label: "reason"))
      return []
    }
  }

  private mutating func type(_ key: Key, into field: Field) -> [ConsoleEffect] {
    var field = field
    switch key {
    case .escape, .control("c"): return leave(field)
    case .enter: return enter(field)
    case .tab: return complete(field)
    case .character(let scalar): insert(String(scalar), into: &field)
    case .control("j") where field.takesLines: insert("\n", into: &field)
    case .control("u"): field.replace(with: "")
    case .backspace: field.backspace()
    case .delete: field.delete()
    case .left: field.move(by: -1)
    case .right: field.move(by: 1)
    case .home, .control("a"): field.move(toEnd: false)
    case .end, .control("e"): field.move(toEnd: true)
    default:
      say(.refused("\(key.text) does nothing in a field; Enter saves, Esc leaves"))
      return []
    }
    prompt = .field(field)
    return []
  }

  private mutating func insert(_ text: String, into field: inout Field) {
    if field.isFull { say(.refused("a line has room for \(Field.limit) characters")) }
    field.insert(text)
  }

  private mutating func leave(_ field: Field) -> [ConsoleEffect] {
    prompt = nil
    if field.purpose == .palette { overlay = nil }
    say(Message("left: nothing was done"))
    return []
  }

  private mutating func complete(_ field: Field) -> [ConsoleEffect] {
    var field = field
    switch field.purpose {
    case .step(_, _, _, let outcome):
      askAboutStep(outcome.other)
      return []
    case .palette:
      if let name = paletteMatches.first?.name.rawValue { field.replace(with: name) }
      prompt = .field(field)
    default: say(.refused("Tab does nothing in this field; Enter saves, Esc leaves"))
    }
    return []
  }

  /// Pasted text is never commands.
  mutating func paste(_ text: String) {
    if case .help(let query, _)? = overlay, prompt == nil {
      overlay = .help(query: query + Self.oneLine(text), scroll: 0)
      return
    }
    guard case .field(var field)? = prompt else {
      say(.refused("paste refused: this is no text field; c opens a note"))
      return
    }
    let line = Self.oneLine(text)
    insert(line, into: &field)
    prompt = .field(field)
  }

  private static func oneLine(_ text: String) -> String {
    var line = ""
    for scalar in text.unicodeScalars {
      line.unicodeScalars.append(scalar == "\n" || scalar == "\r" || scalar == "\t" ? " " : scalar)
    }
    return line
  }
}

extension Field {
  /// Whether Ctrl-J starts a new line in it.
  var takesLines: Bool {
    if case .note = purpose { true } else { false }
  }
}

extension Question {
  /// Whether `n` leaves it. Not where a line is asked for next: its letters are no answers.
  fileprivate var takesNo: Bool {
    switch about {
    case .quit, .marked: true
    case .shelve, .stranger, .accept: false
    }
  }

  /// `y quit, Esc no`
  var keys: String {
    choices.map { "\($0.key.text) \($0.text)" }.joined(separator: ", ") + ", Esc no"
  }
}
