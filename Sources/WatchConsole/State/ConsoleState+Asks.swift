import TextCanvas
import WatchCore

/// Acts on alerts: straight away where that is allowed, else the question that comes first.
extension ConsoleState {
  mutating func begin(_ name: Action.Name) -> [ConsoleEffect] {
    let ids = targets
    if ids.count == 1 { return begin(name, ids) }
    if case .lows? = selectedRow, markedAlerts.isEmpty {
      prompt = .field(
        Field(
          .count(ids),
          question: "these have no common cause: type their count to \(name.rawValue) all",
          label: "how many"))
      return []
    }
    prompt = .question(
      Question(
        .marked(name, ids), "\(name.rawValue) all \(ids.count) marked alerts, one entry each?",
        choices: [.init(.enter, "yes"), .init(.character("y"), "yes")]))
    return []
  }

  /// The act on these alerts, the count being agreed.
  mutating func begin(_ name: Action.Name, _ ids: [AlertID]) -> [ConsoleEffect] {
    let what = ids.count == 1 ? ids[0].text : "\(ids.count) alerts"
    switch name {
    case .ack: return acknowledge(ids)
    case .undo: return send(all: ids.map { .act(.undo, $0) })
    case .assign:
      ask(.assign(ids), "assign \(what): Enter for yourself (\(me.name)), or a name", "to")
    case .resolve: ask(.resolve(ids), question(.resolve, ids), "cause")
    case .note: ask(.note(ids), "note on \(what); Ctrl-J starts a new line", "note")
    case .shelve: askHowLong(ids, what)
    default: break
    }
    return []
  }

  private mutating func ask(_ purpose: Field.Purpose, _ question: String, _ label: String) {
    prompt = .field(Field(purpose, question: question, label: label))
    hush()
  }

  private func question(_ verb: Act.Verb, _ ids: [AlertID]) -> String {
    guard ids.count == 1, let alert = board.picture.alerts[ids[0]],
      case .needsLine(let question) = AlertRules.answer(verb, on: alert, by: me, now: now)
    else { return "close \(ids.count) alerts: what was the cause?" }
    return question
  }

  mutating func askEscalation() {
    guard let alert = subject, let next = escalation(of: alert) else { return }
    ask(
      .escalate(alert.id, to: next.to), "escalate \(alert.id.text) to \(next.way): why? one line",
      "why")
  }

  private mutating func acknowledge(_ ids: [AlertID]) -> [ConsoleEffect] {
    let asking = ids.filter { id in
      guard let alert = board.picture.alerts[id] else { return false }
      if case .needsLine = AlertRules.answer(.ack, on: alert, by: me, now: now) { return true }
      return false
    }
    guard asking.isEmpty else {
      ask(.closing(ids), question(.ack, ids), "cause")
      return []
    }
    return send(all: ids.map { .act(.ack, $0) })
  }

  private mutating func askHowLong(_ ids: [AlertID], _ what: String) {
    let morning = now.next(hour: 6)
    let times: [(Unicode.Scalar, String, Timestamp)] = [
      ("1", "1 h", now + .hours(1)), ("2", "4 h", now + .hours(4)),
      ("3", "until \(morning.shortClock(at: now))", morning), ("4", "24 h", now + .hours(24)),
    ]
    let spoken = times.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    prompt = .question(
      Question(
        .shelve(ids), "shelve \(what) for how long? \(spoken)",
        choices: times.map { .init(.character($0.0), $0.1, until: $0.2) }))
    hush()
  }

  mutating func askFilter() {
    let keys: String
    let text: String
    switch screen {
    case .journal: (keys, text) = ("who: what: alert: day:", entryFilter.text)
    case .posture: (keys, text) = ("state: pri: what: who:", postureFilter.text)
    default: (keys, text) = ("cloud: state: pri: who:", filter.text)
    }
    prompt = .field(
      Field(
        .filter, question: "filter: words, \(keys), !word; empty shows all", label: "/",
        text: text))
  }

  mutating func askDuty() {
    let open = board.picture.open
    let on = board.picture.duty.map { "\($0.to) is on duty" } ?? "nobody is on duty"
    ask(
      .dutyTo,
      "\(on); \(open.count) open, \(newAlerts.count) NEW. Enter: you take over; a name: hand over to",
      "to")
  }
}

/// Runbook steps.
extension ConsoleState {
  mutating func markStep() -> [ConsoleEffect] {
    guard let alert = subject, let runbook = runbook(of: alert), let step = step(of: alert)
    else { return [] }
    chosenStep = nil
    return send(.step(alert.id, runbook: runbook.name, step: step, .done))
  }

  mutating func askAboutStep(_ outcome: StepMark.Outcome) {
    guard let alert = subject, let runbook = runbook(of: alert), let step = step(of: alert)
    else { return }
    prompt = .field(
      Field(
        .step(alert.id, runbook: runbook.name, step: step, outcome),
        question: "step \(step) \(outcome.rawValue): why? Tab: \(outcome.other.rawValue) instead",
        label: outcome.rawValue, text: field?.text ?? ""))
    hush()
  }
}

extension StepMark.Outcome {
  /// What Tab makes of it while a reason is typed.
  var other: StepMark.Outcome { self == .failed ? .skipped : .failed }
}

extension Timestamp {
  /// The next time that it is this hour sharp, in UTC.
  func next(hour: Int) -> Timestamp {
    let civil = CivilTime(self)
    let today = CivilTime.daysSince1970(year: civil.year, month: civil.month, day: civil.day)
    let at = Timestamp(seconds: Int64(today) * 86_400 + Int64(hour) * 3600)
    return at > self ? at : at + .hours(24)
  }
}
