import WatchCore

/// Who is called to an alert, and who is left alone until work begins.
extension Engine {
  /// People are called: by channels, or on screen where there are none.
  func calls(_ alert: Alert) -> [Event] {
    guard alert.isNew || alert.news.act == .escalated else { return [] }
    let steps = steps(alert)
    guard let first = steps.first else { return [onScreen(alert, nil)].compactMap { $0 } }
    let isReached = tells && steps.contains { !$0.channels.isEmpty }
    guard isReached || screen == nil else { return [onScreen(alert, first)].compactMap { $0 } }
    guard first.at <= wall else { return waiting(alert, first) }
    return steps.map { step in
      .tell(
        Tell(
          alert: alert.id, act: alert.news.act, to: step.to, role: step.role,
          channels: tells ? step.channels : [], of: alert.news.seq))
    }
  }

  /// Somebody is to be called to it and is not yet: work has not begun, or a flood is gathered. Nobody
  /// is called over their head.
  func isCallComing(_ alert: Alert) -> Bool {
    tells && alert.isUntold && alert.news.act.isCall
      && steps(alert).contains { !$0.channels.isEmpty }
  }

  private func steps(_ alert: Alert) -> [Escalation] {
    let duty = picture.duty?.to
    guard alert.news.act == .escalated else {
      return Escalation.first(for: alert, plan: plan, duty: duty, at: wall)
    }
    guard let to = alert.called.last?.to else { return [] }
    return [Escalation.to(to, for: alert, plan: plan, duty: duty, at: wall)].compactMap { $0 }
  }

  /// That nobody is called yet is an entry, once for each time that it is put off to.
  private func waiting(_ alert: Alert, _ step: Escalation) -> [Event] {
    let hours = plan.hours(step.role, step.to).map { " (\($0.text))" } ?? ""
    let text = "nobody of \(step.role) is at work: tell \(step.to) at \(step.at.iso)\(hours)"
    let isSaid = alert.entries.contains { entry in
      guard case .act(let act) = entry.event else { return false }
      return act.verb == .note && act.by == nil && act.text == text && entry.seq > alert.news.seq
    }
    return isSaid ? [] : [.act(Act(.note, alert: alert.id, text: text))]
  }
}
