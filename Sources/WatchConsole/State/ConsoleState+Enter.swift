import WatchCore

/// Enter in a field: what was asked for is done.
extension ConsoleState {
  mutating func enter(_ field: Field) -> [ConsoleEffect] {
    let line = field.line
    if field.needsLine, line.isEmpty {
      say(.refused("a line is needed; Esc leaves without doing anything"))
      return []
    }
    prompt = nil
    hush()
    switch field.purpose {
    case .note(let ids): return send(all: ids.map { .act(.note, $0, text: line) })
    case .closing(let ids): return send(all: ids.map { .act(.ack, $0, text: line) })
    case .resolve(let ids): return send(all: ids.map { .act(.resolve, $0, text: line) })
    case .assign, .dutyTo: return name(line.isEmpty ? me.name : line, for: field.purpose)
    case .shelve(let ids, let until):
      return send(all: ids.map { .act(.shelve, $0, text: line, until: until) })
    case .step(let id, let runbook, let step, let outcome):
      chosenStep = nil
      return send(.step(id, runbook: runbook, step: step, outcome, text: line))
    case .remedy(let command, let word):
      guard line == word else {
        say(.refused("\(line) is not \(word): nothing was run"))
        return []
      }
      return send(command)
    case .accept(let key, let until):
      return send(
        .accept(rule: key.rule, subject: key.subject, until: max(until, now), reason: line))
    case .escalate(let id, let to): return send(.act(.escalate, id, text: line, to: to))
    case .dutyLine(let to): return send(.duty(to: to, text: line))
    case .filter: setFilter(line)
    case .palette: return runPalette(line)
    case .mute: return beginMute(line)
    case .count(let ids): return acknowledgeFold(ids, typed: line)
    }
    return []
  }

  /// A name that nobody here is known by is asked for once more: a slip would leave an alert, or the
  /// duty, with nobody.
  private mutating func name(_ name: String, for purpose: Field.Purpose) -> [ConsoleEffect] {
    if knownNames.contains(name) { return use(name, for: purpose) }
    let roster = board.plan.roles.flatMap(\.members).reduce(into: [String]()) { names, name in
      if !names.contains(name) { names.append(name) }
    }
    let known = roster.isEmpty ? "" : " (\(roster.joined(separator: ", ")))"
    prompt = .question(
      Question(
        .stranger(name, purpose), "\(name) is not on the roster\(known): \(name) all the same?",
        choices: [.init(.enter, "yes")]))
    return []
  }

  /// Who may be meant: the roster, whoever is or was on duty, and everybody who has done something.
  private var knownNames: Set<String> {
    var names = Set(board.plan.roles.flatMap(\.members) + [me.name])
    if let duty = board.picture.duty { names.formUnion([duty.to] + [duty.from].compactMap { $0 }) }
    names.formUnion(board.picture.recent.compactMap { $0.event.by?.name })
    return names
  }

  mutating func use(_ name: String, for purpose: Field.Purpose) -> [ConsoleEffect] {
    switch purpose {
    case .assign(let ids): return send(all: ids.map { .act(.assign, $0, to: name) })
    case .dutyTo: askDutyLine(name)
    default: break
    }
    return []
  }

  private mutating func askDutyLine(_ to: String) {
    let what = to == me.name ? "you take duty over" : "duty goes to \(to)"
    prompt = .field(
      Field(.dutyLine(to: to), question: "\(what): what must be known? one line", label: "line"))
  }

  private mutating func acknowledgeFold(_ ids: [AlertID], typed: String) -> [ConsoleEffect] {
    guard typed == String(ids.count) else {
      say(.refused("\(typed) is not their count (\(ids.count)): nothing was done"))
      return []
    }
    return begin(.ack, ids)
  }

  /// What the palette offers for what is typed: names that begin with it, then those that hold it.
  public var paletteMatches: [Action] {
    let typed = (field?.line ?? "").lowercased()
    if typed.hasPrefix("mute ") { return [Action.named(.mute)] }
    let names = Action.all.filter { $0.name.rawValue.hasPrefix(typed) }
    let others = Action.all.filter { action in
      !names.contains { $0.name == action.name }
        && (action.name.rawValue + " " + action.help).lowercased().contains(typed)
    }
    return names + others
  }

  private mutating func runPalette(_ line: String) -> [ConsoleEffect] {
    overlay = nil
    let typed = line.lowercased()
    guard !typed.isEmpty else { return [] }
    if let index = themes.firstIndex(where: { "theme " + $0.name == typed }) {
      theme = themes[index]
      say(Message("theme \(theme.name)"))
      return []
    }
    if typed.hasPrefix("mute ") { return beginMute(String(line.dropFirst(5))) }
    let named = Action.all.filter { $0.name.rawValue.hasPrefix(typed) }
    guard let action = named.first(where: { $0.name.rawValue == typed }) ?? named.first,
      named.count == 1 || action.name.rawValue == typed
    else {
      let choices = named.map(\.name.rawValue).joined(separator: ", ")
      say(.refused(named.isEmpty ? "no command is called \(line)" : "\(line) may be: \(choices)"))
      return []
    }
    return run(action, called: ":" + action.name.rawValue)
  }
}

extension Field {
  /// Whether an empty line is no answer.
  var needsLine: Bool {
    switch purpose {
    case .note, .closing, .resolve, .shelve, .step, .remedy, .escalate, .accept, .dutyLine, .count,
      .mute:
      true
    case .assign, .dutyTo, .filter, .palette: false
    }
  }
}
