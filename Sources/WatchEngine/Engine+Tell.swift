import WatchCore

/// Who is to be told of what: entries, before anything is sent. A symptom is told with its cause.
extension Engine {
  /// Calls the next person where nobody acknowledged in time, or where an alert was to be restored by
  /// now.
  func escalationEvents() -> [Event] {
    guard isTelling else { return [] }
    return picture.open.compactMap { alert in
      guard !isToldWithCause(alert) else { return nil }
      if let overdue = overdue(alert) { return .act(overdue) }
      // Nobody is called in vain: who is next is called when the mute is over.
      guard alert.code == .muted || picture.mute == nil else { return nil }
      guard
        let next = Escalation.next(
          for: alert, plan: plan, duty: picture.duty?.to, notBefore: wall),
        next.at <= wall, !alert.called.isEmpty, !isCallComing(alert)
      else { return nil }
      return .act(
        Act(.escalate, alert: alert.id, text: "nobody has acknowledged it in time", to: next.to))
    }
  }

  private func overdue(_ alert: Alert) -> Act? {
    guard alert.overdue == nil, !alert.isShelved, let by = plan.restoreBy(alert), by <= wall
    else { return nil }
    let next = Escalation.overdue(for: alert, plan: plan, duty: picture.duty?.to, at: wall)
    guard next.map({ $0.at <= wall }) ?? true else { return nil }
    return Act(
      .escalate, alert: alert.id,
      text: "not restored within \((by - alert.owedSince).text)", until: by, to: next?.to)
  }

  private var isTelling: Bool { !isRound && (tells || screen != nil) }

  /// What is to be told of each alert that nobody was told of yet.
  func tellEvents() -> [Event] {
    guard isTelling else { return [] }
    let news = picture.untold.sorted().flatMap { id -> [Event] in
      guard let alert = picture.alerts[id], alert.isUntold, !isToldWithCause(alert) else {
        return []
      }
      let events =
        alert.news.act.isCall ? calls(alert) : missed(alert) ?? [follow(alert)].compactMap(\.self)
      return events.map { withheld($0, alert) }
    }
    return gathered(news + again()) + givenUp()
  }

  /// Whether somebody is called to a symptom by being called to its cause. To a high one nobody is where
  /// its cause is lower, acknowledged or shelved; under one that has cleared it has as long as records
  /// may take to come again.
  func isToldWithCause(_ alert: Alert) -> Bool {
    guard picture.isFolded(alert), let cause = alert.under.flatMap({ picture.alerts[$0] }) else {
      return false
    }
    if alert.priority < .high { return true }
    if let cleared = cause.clearedAt { return wall - cleared < Engine.catchingUp }
    return cause.priority == .high && cause.isNew
  }

  static let catchingUp: Duration = .minutes(30)

  /// A call of which nothing left this machine is made again by a watch that has started since, with what
  /// is set up now.
  private func again() -> [Event] {
    guard tells else { return [] }
    return picture.open.flatMap { alert -> [Event] in
      guard alert.isNew, !alert.isUntold, !isMuted(alert), let last = alert.callsNow.last else {
        return []
      }
      let calls = alert.callsNow.filter { $0.of == last.of }
      return Dictionary(calls.map { ($0.tell.to, $0) }) { $1 }.values.sorted { $0.seq < $1.seq }
        .compactMap { again($0, alert) }
    }
  }

  private func again(_ call: Telling, _ alert: Alert) -> Event? {
    guard call.isOwnEnd, call.attempts.values.allSatisfy({ $0.at < began }),
      let step = Escalation.to(
        call.tell.to, for: alert, plan: plan, duty: picture.duty?.to, at: wall),
      !step.channels.isEmpty
    else { return nil }
    return .tell(
      Tell(
        alert: alert.id, act: call.tell.act, to: step.to, role: step.role,
        channels: step.channels, of: call.of))
  }

  /// What was raised under a mute and is over, or taken, by its end: that it was, and then what became
  /// of it. Else whoever mutes first and stops and starts a trail is not heard of.
  private func missed(_ alert: Alert) -> [Event]? {
    guard tells, let call = alert.callMissed,
      let step = Escalation.first(for: alert, plan: plan, duty: picture.duty?.to, at: wall).first,
      !step.channels.isEmpty
    else { return nil }
    let isNews = alert.tellings.isEmpty
    return [
      .tell(
        Tell(
          alert: alert.id, act: isNews ? .raised : call.act, to: step.to, role: step.role,
          channels: step.channels, of: isNews ? alert.raiseSeq : call.of))
    ]
  }

  /// Whoever watches the screen is told by it; whoever else is called and has no channel is named.
  func onScreen(_ alert: Alert, _ step: Escalation?) -> Event? {
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
    guard tells, !channels.isEmpty, !speaksForOthers(alert), let last = alert.tellings.last else {
      return nil
    }
    return .tell(
      Tell(
        alert: alert.id, act: alert.news.act, to: last.tell.to, role: last.tell.role,
        channels: channels, of: alert.news.seq))
  }

  /// The receivers have one incident of many alerts, under this one's name: it is acknowledged there when
  /// none of them is NEW, and resolved when none is open.
  private func speaksForOthers(_ alert: Alert) -> Bool {
    let others = alert.tellings.filter(\.isOwn).flatMap(\.tell.more).compactMap {
      picture.alerts[$0.alert]
    }
    switch alert.news.act {
    case .acknowledged, .shelved: return others.contains(where: \.isNew)
    case .cleared, .closed: return others.contains(where: \.isOpen)
    default: return false
    }
  }

  /// What could not be told for a day is told no more: the entry says so. A day in which nobody tried
  /// does not count.
  private func givenUp() -> [Event] {
    guard tells else { return [] }
    let trying = max(began, resumed ?? began)
    return picture.outbox.sorted { $0.key < $1.key }.flatMap { seq, id -> [Event] in
      guard let alert = picture.alerts[id], let telling = alert.telling(seq),
        !isMuted(alert, telling.tell), wall - max(telling.at, trying) > Engine.tellsFor
      else { return [] }
      return telling.waiting.filter { sending[Sending(of: seq, channel: $0)] == nil }.map {
        .told(
          Told(
            alert: id, channel: $0, to: telling.tell.to, accepted: false,
            detail: "given up after \(Engine.tellsFor.text)", of: seq,
            attempt: telling.attempts[$0]?.count ?? 0, isOwn: true))
      }
    }
  }

  /// How long a notification is tried.
  static let tellsFor: Duration = .hours(24)
}
