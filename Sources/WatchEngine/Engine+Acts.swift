import WatchCore

extension Engine {
  /// What a command comes to: entries to append and probes to run, or why not. Changes nothing.
  public func answer(_ command: Command, by who: Operator) -> CommandAnswer {
    switch command {
    case .act(let verb, let id, let text, let until, let to):
      return act(Act(verb, alert: id, by: who, text: text, until: until, to: to))
    case .step(let id, let runbook, let step, let outcome, let text):
      return mark(
        StepMark(alert: id, runbook: runbook, step: step, outcome: outcome, text: text, by: who))
    case .remedy(let id, let runbook, let step, let command):
      return remedy(
        Remedy(alert: id, runbook: runbook, step: step, command: command, by: who))
    case .probe(let id): return .effects([.probe(id.flatMap { picture.alerts[$0]?.source })])
    case .duty(let to, let text):
      let entry = DutyMark(to: to, from: picture.duty?.to, text: text, by: who)
      return .effects([.append([.duty(entry)])])
    case .accept(let rule, let subject, let until, let reason):
      let acceptance = Acceptance(
        rule: rule, subject: subject, until: until, reason: reason, by: who)
      if let refusal = AcceptanceRules.refusal(of: acceptance, now: wall) {
        return .refused(refusal)
      }
      return .effects([.append([.accept(acceptance)])])
    case .mute(let until, let reason): return mute(until: until, reason: reason, by: who)
    case .unmute: return unmute(by: who)
    case .verify: return .effects([.verify])
    }
  }

  private func act(_ act: Act) -> CommandAnswer {
    guard let alert = picture.alerts[act.alert], let who = act.by else {
      return .refused("there is no alert \(act.alert.text)")
    }
    switch AlertRules.answer(act.verb, on: alert, by: who, now: wall) {
    case .refused(let why): return .refused(why)
    case .needsLine(let question) where act.text?.isEmpty ?? true: return .refused(question)
    default: return .effects([.append(events(act, alert, who))])
    }
  }

  private func events(_ act: Act, _ alert: Alert, _ who: Operator) -> [Event] {
    var act = act
    switch act.verb {
    case .ack where alert.state == .cleared && alert.chatter == nil:
      return closing(alert, who, act.text)
    case .resolve: return closing(alert, who, act.text)
    case .ack, .assign:
      act.to = act.verb == .assign ? act.to ?? who.name : nil
      act.until = wall + alert.priority.acknowledgedFor
      return [.act(act)]
        + covered(alert).map { symptom in
          var cover = act
          cover.alert = symptom.id
          return .act(cover)
        }
    case .undo: return undoing(act, alert, who)
    case .escalate:
      act.to =
        act.to
        ?? Escalation.successor(for: alert, plan: plan, duty: picture.duty?.to, at: wall)?.to
      return [.act(act)]
    default: return [.act(act)]
    }
  }

  /// Acknowledging the cause covers what is folded under it, one entry each.
  private func covered(_ alert: Alert) -> [Alert] {
    picture.symptoms(of: alert.id).filter { $0.isNew || $0.state == .cleared }
  }

  /// A line on the cause closes the alert, and the symptoms that have cleared with it.
  private func closing(_ alert: Alert, _ who: Operator, _ text: String?) -> [Event] {
    let symptoms = picture.symptoms(of: alert.id).filter {
      $0.clearedAt != nil && $0.chatter == nil
    }
    return ([alert] + symptoms).map {
      .act(
        Act(
          .resolve, alert: $0.id, by: who, text: text ?? "cleared; acknowledged by \(who.name)"))
    }
  }

  private func undoing(_ act: Act, _ alert: Alert, _ who: Operator) -> [Event] {
    guard let entry = AlertRules.undoable(alert, by: who) else { return [] }
    let together = picture.symptoms(of: alert.id).compactMap { symptom -> Event? in
      guard let other = AlertRules.undoable(symptom, by: who),
        other.event.kind == entry.event.kind, abs((other.at - entry.at).millis) < 1000,
        abs(other.seq - entry.seq) <= alert.folded.count
      else { return nil }
      return .act(Act(.undo, alert: symptom.id, by: who, of: other.seq))
    }
    return [.act(Act(.undo, alert: alert.id, by: who, of: entry.seq))] + together
  }

  private func mark(_ mark: StepMark) -> CommandAnswer {
    guard let alert = picture.alerts[mark.alert] else {
      return .refused("there is no alert \(mark.alert.text)")
    }
    guard alert.isOpen else { return .refused("\(alert.id.text) is closed") }
    if mark.outcome != .done, mark.text?.isEmpty ?? true {
      return .refused("say why step \(mark.step) was \(mark.outcome.rawValue)")
    }
    return .effects([.append([.step(mark)])])
  }
}
