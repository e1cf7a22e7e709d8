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

  /// The watch did not run for a while: the machine slept, or was stopped.
  mutating func noticePause(_ pause: Duration) {
    guard pause > Engine.pause else { return }
    gaps.append(WatchGap(from: now - pause, to: now))
    resumed = now
    owesLook = true
  }

  static let pause: Duration = .minutes(3)
}

/// A stretch in which nobody looked.
struct WatchGap: Hashable, Sendable {
  var from: Timestamp
  var to: Timestamp
}
