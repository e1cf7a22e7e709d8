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
    case .assign(let ids):
      let to = line.isEmpty ? me.name : line
      return send(all: ids.map { .act(.assign, $0, to: to) })
    case .shelve(let ids, let until):
      return send(all: ids.map { .act(.shelve, $0, text: line, until: until) })
    case .step(let id, let runbook, let step, let outcome):
      chosenStep = nil
      return send(.step(id, runbook: runbook, step: step, outcome, text: line))
    case .dutyTo: askDutyLine(line.isEmpty ? me.name : line)
    case .dutyLine(let to): return send(.duty(to: to, text: line))
    case .filter: setFilter(line)
    case .palette: return runPalette(line)
    case .count(let ids): return acknowledgeFold(ids, typed: line)
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
    case .note, .closing, .resolve, .shelve, .step, .dutyLine, .count: true
    case .assign, .dutyTo, .filter, .palette: false
    }
  }
}
