import WatchCore

extension Engine {
  /// Acknowledgements and shelves end by themselves.
  func timeEvents() -> [Event] {
    picture.open.compactMap { alert in
      switch alert.state {
      case .acknowledged(let owner, _, let until) where until <= wall:
        return .act(
          Act(.reopen, alert: alert.id, text: "\(owner)'s acknowledgement ran out"))
      case .shelved(let by, let until, _) where until <= wall:
        return .act(Act(.reopen, alert: alert.id, text: "shelved by \(by) until now"))
      case .acknowledged(let owner, _, let until)
      where until - wall > alert.priority.acknowledgedFor + .minutes(2):
        return .act(
          Act(
            .reopen, alert: alert.id,
            text: "the clock was set back under \(owner)'s acknowledgement"))
      default: return nil
      }
    }
  }

  /// Whoever watches the screen is told by it; whoever is next and has no channel is named.
  func tellEvents() -> [Event] {
    guard let screen else { return [] }
    return picture.open.compactMap { alert in
      guard alert.isNew, !picture.isFolded(alert) else { return nil }
      if alert.toldNow.isEmpty {
        return .told(Told(alert: alert.id, channel: "console", to: screen.name, accepted: true))
      }
      guard let next = Escalation.next(for: alert, plan: plan), next.at <= wall else { return nil }
      return .told(
        Told(
          alert: alert.id, channel: "none", to: next.to, accepted: false,
          detail: "no channel is set up: tell \(next.to) yourself"))
    }
  }

  /// The watch did not run for a while: the machine slept, or was stopped.
  mutating func noticePause(_ pause: Duration) {
    guard pause > Engine.pause else { return }
    gaps.append(WatchGap(from: now - pause, to: now))
    resumed = now
  }

  static let pause: Duration = .minutes(3)
}

/// A stretch in which nobody looked.
struct WatchGap: Hashable, Sendable {
  var from: Timestamp
  var to: Timestamp
}
