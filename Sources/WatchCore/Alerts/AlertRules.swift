/// What an operator may do to an alert now: one place for the console's keys and the engine alike.
public enum AlertRules {
  /// The answer to "may I?".
  public enum Answer: Hashable, Sendable {
    case allowed
    /// Allowed with a line of text: the question to ask.
    case needsLine(String)
    case refused(String)
  }

  public static func answer(
    _ verb: Act.Verb, on alert: Alert, by who: Operator, now: Timestamp
  ) -> Answer {
    if alert.state.isClosed, verb != .note {
      return .refused("\(alert.id.text) is closed; a note can still be added")
    }
    switch verb {
    case .ack: return acknowledge(alert, by: who, now: now)
    case .assign: return .allowed
    case .note: return .needsLine("note on \(alert.id.text)")
    case .shelve:
      return alert.isShelved
        ? .refused("\(alert.id.text) is shelved already") : .needsLine("why is it shelved?")
    case .resolve: return resolve(alert, by: who)
    case .escalate:
      return alert.clearedAt == nil
        ? .needsLine("why is \(alert.id.text) escalated?")
        : .refused("\(alert.id.text) has cleared: nobody needs to be called")
    case .undo:
      return undoable(alert, by: who) == nil
        ? .refused("there is nothing of yours on \(alert.id.text) to undo") : .allowed
    case .clear, .close, .reopen, .calm: return .refused("only the watch does that")
    }
  }

  private static func acknowledge(
    _ alert: Alert, by who: Operator, now: Timestamp
  ) -> Answer {
    switch alert.state {
    case .new: return .allowed
    // What chatters is not closed by it.
    case .cleared where alert.chatter != nil: return .allowed
    case .cleared:
      if let refusal = aloneRefusal(alert, by: who) { return .refused(refusal) }
      guard alert.priority == .high else { return .allowed }
      return .needsLine("\(alert.id.text) has cleared. Close it: what was the cause?")
    case .acknowledged(let owner, let at, _):
      if owner == who.name { return .allowed }
      return .refused(
        "\(alert.id.text) is acknowledged by \(owner) since \(at.shortClock(at: now)); A takes it over"
      )
    case .shelved(_, let until, _):
      return .refused("\(alert.id.text) is shelved until \(until.shortClock(at: now)); u undoes it")
    case .closed: return .refused("\(alert.id.text) is closed")
    }
  }

  private static func resolve(_ alert: Alert, by who: Operator) -> Answer {
    if alert.kind == .condition, alert.clearedAt == nil {
      return .refused("\(alert.id.text) still holds: it clears by fresh proof, not by R")
    }
    if let count = alert.chatter {
      return .refused(
        "\(alert.id.text) chatters (x\(count)): it closes when it was calm; s shelves it")
    }
    if let refusal = aloneRefusal(alert, by: who) { return .refused(refusal) }
    return .needsLine("close \(alert.id.text): what was the cause?")
  }

  /// Whoever raised it may acknowledge it, but not close it alone.
  private static func aloneRefusal(_ alert: Alert, by who: Operator) -> String? {
    guard alert.actors.contains(who.name) else { return nil }
    return "\(alert.id.text) was raised by what \(who.name) did: a second operator must close it"
  }

  /// The operator's newest act on the alert that can be taken back: an entry's number. What ended
  /// the alert, and what the watch did since, cannot.
  public static func undoable(_ alert: Alert, by who: Operator) -> Entry? {
    guard alert.isOpen else { return nil }
    for entry in alert.entries.reversed() where !alert.undone.contains(entry.seq) {
      switch entry.event {
      case .act(let act):
        guard let by = act.by else {
          if act.verb == .reopen { return nil }
          continue
        }
        if act.verb == .undo { continue }
        // Who was called was called.
        if act.verb == .escalate, by.name == who.name { return nil }
        return by.name == who.name ? entry : nil
      case .step(let mark): return mark.by.name == who.name ? entry : nil
      default: continue
      }
    }
    return nil
  }
}
