/// Somebody was called to an alert: by a channel, on screen, or by word of mouth.
public struct Call: Hashable, Sendable {
  public var to: String
  public var at: Timestamp
}

/// What last happened to an alert that those who were told of it want to know.
public struct News: Hashable, Sendable {
  public var act: AlertNotification.Act
  /// Number of the entry that says it.
  public var seq: Int
}

extension Alert {
  /// Whether something happened that nobody was told of yet.
  public var isUntold: Bool {
    guard news.seq > max(tellings.last?.of ?? 0, withheld?.of ?? 0) else { return false }
    return isOpen || !tellings.isEmpty || missedCall != nil
  }

  /// What nobody was called to by a channel since it was raised, or was NEW again, because a mute held
  /// that is over.
  public var callMissed: Tell? { withheld == nil && callsNow.isEmpty ? missedCall : nil }

  /// A notification of it, by the number of its `tell` entry.
  public func telling(_ seq: Int) -> Telling? { tellings.first { $0.seq == seq } }

  /// The calls since it was raised, or was NEW again, by channels.
  public var callsNow: [Telling] {
    let since = reopenedAt ?? detected
    return tellings.filter { $0.tell.act.isCall && $0.at >= since }
  }

  /// Who has taken it on in a channel, as last heard from there.
  public func taken(in channel: String) -> Telling.Taken? {
    // A ticket of an earlier time says nothing of this one.
    let since = reopenedAt ?? detected
    return tellings.filter { $0.at >= since }.compactMap { $0.attempts[channel]?.taken }
      .max { $0.at < $1.at }
  }

  /// The channels by which somebody was to be told of it, each once.
  public var followers: [String] {
    // Of one of many the receivers know no name of its own.
    tellings.filter(\.isOwn).flatMap(\.tell.channels).reduce(into: [String]()) { names, name in
      if !names.contains(name) { names.append(name) }
    }
  }

  mutating func take(_ tell: Tell, _ entry: Entry) {
    let telling = Telling(tell, entry, for: id)
    // What is told again, because nothing had left, is the same call.
    let isAgain = tellings.contains { $0.of == telling.of && $0.tell.to == tell.to }
    let isFirst = callsNow.isEmpty
    tellings.append(telling)
    if tell.act.isCall { missedCall = nil }
    // An escalation's own entry has called already.
    if tell.act.isCall, tell.act != .escalated, !isAgain {
      // Whoever sat before a screen until then was not called.
      if isFirst { called = [] }
      called.append(Call(to: tell.to, at: entry.at))
    }
  }

  /// Nobody was called, whoever sits at a console: the first one is still to be, when the mute is over.
  mutating func take(_ mark: Withheld) {
    withheld = mark.tell
    guard mark.tell.act.isCall, mark.tell.act != .escalated else { return }
    missedCall = mark.tell
    called = []
  }

  mutating func take(_ told: Told, _ entry: Entry) {
    self.told.append(entry)
    guard let of = told.of else {
      // A console that is opened late must not put off the next call.
      if callsNow.isEmpty, missedCall == nil { called.append(Call(to: told.to, at: entry.at)) }
      return
    }
    guard let index = tellings.firstIndex(where: { $0.seq == of }) else { return }
    tellings[index].take(told, at: entry.at)
  }

  /// Which of an operator's or the watch's acts others want to know.
  mutating func hear(_ act: Act, _ entry: Entry, owner: String?) {
    switch act.verb {
    case .ack, .assign:
      // Renewed by its owner is no news.
      if state.owner != owner { heard(.acknowledged, entry) }
    case .shelve: heard(.shelved, entry)
    // Of what chatters nobody is told each time.
    case .clear where chatter != nil: break
    case .reopen where act.isQuiet: break
    case .calm: if state == .cleared { heard(.cleared, entry) }
    case .clear: heard(.cleared, entry)
    case .reopen: heard(clearedAt == nil ? .reopened : .cleared, entry)
    case .resolve, .close: heard(.closed, entry)
    case .escalate: heard(.escalated, entry)
    case .note, .undo: break
    }
  }

  mutating func heard(_ act: AlertNotification.Act, _ entry: Entry) {
    news = News(act: act, seq: entry.seq)
  }

  /// What an undone act leaves behind.
  var standingAct: AlertNotification.Act {
    switch state {
    case .new: .reopened
    case .acknowledged: .acknowledged
    case .cleared: .cleared
    case .shelved: .shelved
    case .closed: .closed
    }
  }
}
