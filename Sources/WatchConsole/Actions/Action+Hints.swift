import WatchCore

/// What the hint bar offers, by need.
extension ConsoleState {
  /// All actions that are possible now, the most needed first; `? help` is not among them.
  public var hintedActions: [Action] {
    let order = hintOrder.reduce(into: [Action.Name]()) { names, name in
      if !names.contains(name) { names.append(name) }
    }
    let rest = Action.all.map(\.name).filter { !order.contains($0) && $0 != .help }
    return (order + rest).map(Action.named).filter { $0.allowed(self).isYes }
  }

  private var hintOrder: [Action.Name] {
    switch screen {
    case .overview: overviewHints
    case .alert: alertHints
    case .journal: [.open, .note, .filter, .verify, .nextNew, .first, .last, .duty, .overview]
    case .shelved: [.open, .undo, .note, .nextNew, .overview, .back]
    case .cloud: [.back, .probe, .nextNew, .overview, .journal]
    case .posture:
      [.accept, .open, .raw, .fold, .filter, .graph, .nextPane, .nextNew, .probe, .overview]
    case .graph: [.posture, .probe, .nextNew, .overview, .back]
    }
  }

  private var overviewHints: [Action.Name] {
    let acts: [Action.Name] = [
      .ack, .open, .nextNew, .note, .undo, .runbook, .shelve, .filter, .escalate,
    ]
    let others: [Action.Name] = [
      .journal, .assign, .resolve, .probe, .freeze, .mark, .fold, .palette, .raw, .shelved,
    ]
    switch focus {
    case .runbook: return [.stepRun, .stepDone, .stepSkip, .undo, .probe, .back] + acts + others
    case .cloud: return [.open, .left, .right, .probe] + acts + others
    default: return acts + others
    }
  }

  private var alertHints: [Action.Name] {
    let acts: [Action.Name] = [.ack, .resolve, .note, .undo, .assign, .escalate, .shelve, .raw]
    let others: [Action.Name] = [.probe, .back, .journal, .nextNew, .palette]
    // The checks of a first look are what its alert is about.
    if opening != nil { return [.ack, .open] + acts + others }
    guard focus == .runbook else { return [.ack, .runbook] + acts + others }
    if let alert = subject, alert.state.owner == me.name {
      return [.stepRun, .stepDone, .stepSkip, .undo] + acts.filter { $0 != .ack } + others
    }
    return [.ack, .stepRun, .stepDone, .stepSkip] + acts + others
  }

  /// What stands after an action's key.
  public func hintText(_ action: Action) -> String {
    switch action.name {
    case .undo:
      if let alert = subject, let entry = AlertRules.undoable(alert, by: me) {
        return "undo \(entry.event.kind)"
      }
      return action.hint
    case .ack:
      guard let alert = subject, markedAlerts.isEmpty else { return action.hint }
      if alert.state == .cleared, alert.chatter == nil { return "close" }
      return alert.state.owner == me.name ? "renew" : action.hint
    case .open:
      if opening == .screen(.posture) { return "checks" }
      return opening == .unfold ? "unfold" : action.hint
    case .freeze: return frozen == nil ? action.hint : "go on"
    case .fold:
      return (screen == .posture ? isPostureUnfolded : isUnfolded) ? "fold" : "unfold"
    default: return action.hint
    }
  }
}
