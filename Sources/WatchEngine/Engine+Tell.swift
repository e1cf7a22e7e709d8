import WatchCore

/// Who is to be told of what: entries, before anything is sent. A symptom is told with its cause.
extension Engine {
  /// Calls the next person where nobody acknowledged in time, or where an alert was to be restored by
  /// now.
  func escalationEvents() -> [Event] {
    guard isTelling else { return [] }
    return picture.open.compactMap { alert in
      guard !picture.isFolded(alert) else { return nil }
      if let overdue = overdue(alert) { return .act(overdue) }
      // Nobody is called in vain: who is next is called when the mute is over.
      guard alert.code == .muted || picture.mute == nil else { return nil }
      guard let next = Escalation.next(for: alert, plan: plan, duty: picture.duty?.to),
        next.at <= wall, !alert.called.isEmpty
      else { return nil }
      return .act(
        Act(.escalate, alert: alert.id, text: "nobody has acknowledged it in time", to: next.to))
    }
  }

  private func overdue(_ alert: Alert) -> Act? {
    guard alert.overdue == nil, !alert.isShelved, let by = plan.restoreBy(alert), by <= wall
    else { return nil }
    let to = Escalation.successor(for: alert, plan: plan, duty: picture.duty?.to, at: wall)?.to
    return Act(
      .escalate, alert: alert.id,
      text: "not restored within \((by - alert.detected).text)", until: by, to: to)
  }

  private var isTelling: Bool { !isRound && (tells || screen != nil) }

  /// What is to be told of each alert that nobody was told of yet.
  func tellEvents() -> [Event] {
    guard isTelling else { return [] }
    let news = picture.untold.sorted().compactMap { id -> Event? in
      guard let alert = picture.alerts[id], alert.isUntold, !picture.isFolded(alert) else {
        return nil
      }
      let event = alert.news.act.isCall ? call(alert) : follow(alert)
      return event.map { withheld($0, alert) }
    }
    return gathered(news) + givenUp()
  }

  /// A person is called: by channels, or on screen where there are none.
  private func call(_ alert: Alert) -> Event? {
    guard alert.isNew || alert.news.act == .escalated else { return nil }
    guard let step = step(alert) else { return onScreen(alert, nil) }
    let channels = tells ? step.channels : []
    guard !channels.isEmpty || screen == nil else { return onScreen(alert, step) }
    return .tell(
      Tell(
        alert: alert.id, act: alert.news.act, to: step.to, role: step.role, channels: channels,
        of: alert.news.seq))
  }

  private func step(_ alert: Alert) -> Escalation? {
    let duty = picture.duty?.to
    if alert.news.act == .escalated {
      guard let to = alert.called.last?.to else { return nil }
      return Escalation.to(to, for: alert, plan: plan, duty: duty, at: wall)
    }
    return Escalation.successor(for: alert, plan: plan, duty: duty, at: wall)
  }

  /// Whoever watches the screen is told by it; whoever else is called and has no channel is named.
  private func onScreen(_ alert: Alert, _ step: Escalation?) -> Event? {
    guard let screen else { return nil }
    let told = alert.toldNow
    if alert.news.act == .escalated, let to = step?.to {
      guard !told.contains(where: { $0.seq > alert.news.seq }) else { return nil }
      return .told(
        Told(
          alert: alert.id, channel: "none", to: to, accepted: false,
          detail: "no channel is set up: tell \(to) yourself"))
    }
    guard told.isEmpty, alert.isNew else { return nil }
    return .told(Told(alert: alert.id, channel: "console", to: screen.name, accepted: true))
  }

  /// Those who were told of it learn what became of it, by the same channels.
  private func follow(_ alert: Alert) -> Event? {
    // A channel that has no word for it is not asked.
    let channels = alert.followers.filter { name in
      plan.channel(name)?.kind.carries(alert.news.act) ?? true
    }
    guard tells, !channels.isEmpty, let last = alert.tellings.last else { return nil }
    return .tell(
      Tell(
        alert: alert.id, act: alert.news.act, to: last.tell.to, role: last.tell.role,
        channels: channels, of: alert.news.seq))
  }

  /// What could not be told for a day is told no more: the entry says so. A day in which nobody tried
  /// does not count.
  private func givenUp() -> [Event] {
    guard tells else { return [] }
    let trying = max(began, resumed ?? began)
    return picture.outbox.sorted { $0.key < $1.key }.flatMap { seq, id -> [Event] in
      guard let telling = picture.alerts[id]?.telling(seq),
        wall - max(telling.at, trying) > Engine.tellsFor
      else { return [] }
      return telling.waiting.filter { sending[Sending(of: seq, channel: $0)] == nil }.map {
        .told(
          Told(
            alert: id, channel: $0, to: telling.tell.to, accepted: false,
            detail: "given up after \(Engine.tellsFor.text)", of: seq,
            attempt: telling.attempts[$0]?.count ?? 0))
      }
    }
  }

  /// How long a notification is tried.
  static let tellsFor: Duration = .hours(24)
}
