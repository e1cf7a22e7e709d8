import WatchCore

/// When channels are asked what became there of what they took. Not kept: a watch that starts asks anew.
struct LooksThere: Sendable {
  /// Of an alert in a channel.
  struct Key: Hashable, Sendable {
    var alert: AlertID
    var channel: String
  }

  struct Turn: Sendable {
    var next: Timestamp
    var failures = 0
  }

  var turns: [Key: Turn] = [:]
  /// The one that is under way, and since when.
  var asked: (key: Key, at: Timestamp)?
  var last: Timestamp?
}

/// "Acknowledged there, where the channel says so": a slow look at what open alerts have in Jira.
extension Engine {
  /// One at a time, seconds apart, each ticket every five minutes at most.
  mutating func lookThere() -> [EngineEffect] {
    guard tells, !isRound, plan.channels.contains(where: { $0.kind == .jira }) else { return [] }
    if let asked = looksThere.asked {
      guard abs((wall - asked.at).millis) > Engine.patience.millis else { return [] }
      failed(asked.key)
    }
    if let last = looksThere.last, abs((wall - last).millis) < Engine.apartThere.millis {
      return []
    }
    let open = Set(picture.open.map(\.id))
    looksThere.turns = looksThere.turns.filter { open.contains($0.key.alert) }
    var best: (due: Timestamp, id: String, of: Int, key: LooksThere.Key)?
    for alert in picture.open {
      for channel in alert.followers where plan.channel(channel)?.kind == .jira {
        guard let (telling, attempt) = accepted(alert, channel), let id = attempt.detail else {
          continue
        }
        let key = LooksThere.Key(alert: alert.id, channel: channel)
        let due = looksThere.turns[key]?.next ?? attempt.at + Engine.everyThere
        // A time further off than any that we set: the clock was set back.
        guard due <= wall || due - wall > Engine.longestWait,
          best.map({ due < $0.due }) ?? true
        else { continue }
        best = (due, id, telling.seq, key)
      }
    }
    guard let best else { return [] }
    looksThere.asked = (best.key, wall)
    looksThere.last = wall
    return [.lookThere(id: best.id, channel: best.key.channel, of: best.of)]
  }

  /// The newest message that a channel took since it was raised, or was NEW again: what became of an
  /// earlier one says nothing of this time.
  private func accepted(_ alert: Alert, _ channel: String) -> (Telling, Telling.Attempt)? {
    let since = alert.reopenedAt ?? alert.detected
    for telling in alert.tellings.reversed() where telling.isOwn && telling.at >= since {
      if let attempt = telling.attempts[channel], attempt.outcome == .accepted {
        return (telling, attempt)
      }
    }
    return nil
  }

  /// Only what is new becomes an entry.
  mutating func there(_ of: Int, _ channel: String, _ answer: ThereAnswer) {
    guard let asked = looksThere.asked, asked.key.channel == channel,
      let alert = picture.alerts[asked.key.alert], let telling = alert.telling(of)
    else { return }
    looksThere.asked = nil
    let known = alert.taken(in: channel)?.by
    let by: String
    switch answer {
    case .unknown: return failed(asked.key)
    case .untaken: by = Told.nobody
    case .taken(let who): by = Engine.kept(who)
    }
    looksThere.turns[asked.key] = LooksThere.Turn(next: wall + Engine.everyThere)
    guard by != known ?? Told.nobody else { return }
    outcomes.append(
      .told(
        Told(
          alert: alert.id, channel: channel, to: telling.tell.to, accepted: true,
          detail: telling.attempts[channel]?.detail, of: of, takenBy: by)))
  }

  private mutating func failed(_ key: LooksThere.Key) {
    looksThere.asked = nil
    let failures = (looksThere.turns[key]?.failures ?? 0) + 1
    let wait = Duration.milliseconds(Engine.everyThere.millis << min(failures, 4))
    looksThere.turns[key] = LooksThere.Turn(
      next: wall + min(wait, Engine.longestWait), failures: failures)
  }

  static let everyThere: Duration = .minutes(5)
  static let apartThere: Duration = .seconds(5)
}
