import WatchCore

extension Action {
  /// Whether the action is possible now; if not, why. Judged by the newest board.
  public func allowed(_ state: ConsoleState) -> Allowance {
    switch name {
    case .ack, .assign, .resolve, .shelve, .note, .undo: state.allowsAct(name)
    case .escalate: state.allowsEscalation
    case .mark: state.allowsMark
    case .stepDone, .stepSkip: state.allowsStep(name)
    case .stepRun: state.allowsRemedy
    case .runbook: state.allowsRunbook
    case .raw: state.rawSubject == nil ? .no("nothing is selected that has a raw record") : .yes
    case .open: state.opening == nil ? .no("there is nothing to open here") : .yes
    case .back: state.backStep == nil ? .no("this is the overview; q quits") : .yes
    case .nextNew, .previousNew: state.newAlerts.isEmpty ? .no("no alert is NEW") : .yes
    case .up, .down, .first, .last, .pageUp, .pageDown:
      state.canMove ? .yes : .no("there is nothing to move in here")
    case .left, .right, .nextPane, .previousPane:
      state.panes.count > 1 ? .yes : .no("this screen has one pane only")
    case .filter:
      state.isFilterable
        ? .yes : .no("filters are for the alert list, the journal and the posture checks")
    case .fold:
      state.screen == .overview || state.screen == .posture
        ? .yes : .no("folding is for the alert list and the posture checks")
    case .accept: state.allowsAccept
    case .posture: state.screen == .posture ? .no("this is the posture screen") : .yes
    case .graph: state.screen == .graph ? .no("this is the graph") : .yes
    case .aws: state.allowsCloud(.aws)
    case .azure: state.allowsCloud(.azure)
    case .gcp: state.allowsCloud(.gcp)
    case .verify:
      state.pending.values.contains { $0.command == .verify }
        ? .no("the journal is being verified already") : .yes
    case .overview: state.isHome ? .no("this is the overview") : .yes
    case .journal: state.screen == .journal ? .no("this is the journal") : .yes
    case .shelved: state.screen == .shelved ? .no("this is the shelved list") : .yes
    case .probe, .freeze, .duty, .mute, .palette, .theme, .help, .redraw, .suspend, .interrupt,
      .quit:
      .yes
    }
  }
}

extension ConsoleState {
  /// Whether the overview is on screen and nothing over it.
  var isHome: Bool { screen == .overview && overlay == nil }

  var isFilterable: Bool { [.overview, .journal, .posture].contains(screen) }

  /// The alerts that an act would cover: the marked ones, a fold, or the subject.
  var targets: [AlertID] {
    if screen == .overview {
      let marked = markedAlerts
      if !marked.isEmpty { return marked }
      if case .lows(let ids)? = selectedRow { return ids }
    }
    return subject.map { [$0.id] } ?? []
  }

  func isPending(_ id: AlertID) -> Bool {
    pending.values.contains { $0.command.alert == id }
  }

  func allowsAct(_ name: Action.Name) -> Allowance {
    let ids = targets
    guard let first = ids.first else { return .no("no alert is selected") }
    guard ids.count == 1, let alert = board.picture.alerts[first] else {
      return queued.isEmpty ? .yes : .no("the acts on the marked alerts are still being saved")
    }
    // Only a selection that somebody could have seen may be acted on.
    if isFreshlySelected, name != .note {
      return .no("\(alert.id.text) was selected by itself just now; look, then press it again")
    }
    if isPending(alert.id) { return .no("the last act on \(alert.id.text) is still being saved") }
    guard let verb = name.verb else { return .yes }
    if case .refused(let reason) = AlertRules.answer(verb, on: alert, by: me, now: now) {
      return .no(reason)
    }
    return .yes
  }

  /// One alert at a time: whom it goes to is its own question.
  var allowsEscalation: Allowance {
    guard targets.count < 2 else { return .no("one alert at a time is escalated") }
    let allowed = allowsAct(.escalate)
    guard allowed.isYes, let alert = subject else { return allowed }
    return escalation(of: alert) == nil
      ? .no("there is no role for \(alert.id.text): nobody can be called") : .yes
  }

  /// Whom it goes to when it is escalated now.
  func escalation(of alert: Alert) -> Escalation? {
    Escalation.successor(for: alert, plan: board.plan, duty: board.picture.duty?.to, at: now)
  }

  var allowsMark: Allowance {
    guard screen == .overview, focus == .alerts else { return .no("marks are for the alert list") }
    guard let row = selectedRow else { return .no("no alert is selected") }
    guard row.alert != nil else { return .no("a fold cannot be marked; Enter unfolds it") }
    return .yes
  }

  func allowsStep(_ name: Action.Name) -> Allowance {
    guard focus == .runbook else {
      return .no("steps are marked in the runbook; r goes there")
    }
    guard frozen == nil else { return .no("the view is frozen; f lets it go on first") }
    guard let alert = subject else { return .no("no alert is selected") }
    guard runbook(of: alert) != nil else { return .no("\(alert.code.text) has no runbook here") }
    guard alert.isOpen else { return .no("\(alert.id.text) is closed; c still adds a note") }
    if isPending(alert.id) { return .no("the last act on \(alert.id.text) is still being saved") }
    guard let number = step(of: alert) else { return .no("all steps are marked") }
    if name == .stepDone, let reason = closingRefusal(alert, number) { return .no(reason) }
    if name == .stepDone, alert.steps[number]?.outcome == .done {
      return .no("step \(number) is marked done already; u takes a mark back")
    }
    return .yes
  }

  /// Why the step that closes the alert is not done: what it is about still holds.
  private func closingRefusal(_ alert: Alert, _ number: Int) -> String? {
    guard runbook(of: alert)?.step(number)?.closes == true, alert.kind == .condition,
      alert.clearedAt == nil
    else { return nil }
    return "step \(number) closes \(alert.id.text), and that still holds: it clears by fresh proof"
  }

  var allowsRunbook: Allowance {
    guard let alert = subject else { return .no("no alert is selected") }
    return runbook(of: alert) == nil ? .no("\(alert.code.text) has no runbook here") : .yes
  }
}

extension Action.Name {
  /// The act that it writes.
  var verb: Act.Verb? {
    switch self {
    case .ack: .ack
    case .assign: .assign
    case .resolve: .resolve
    case .undo: .undo
    case .note: .note
    case .shelve: .shelve
    case .escalate: .escalate
    default: nil
    }
  }
}

extension Command {
  /// The alert that it is about.
  var alert: AlertID? {
    switch self {
    case .act(_, let id, _, _, _), .step(let id, _, _, _, _), .remedy(let id, _, _, _): id
    case .probe(let id): id
    case .duty, .accept, .verify, .mute, .unmute: nil
    }
  }
}
