import Synchronization

/// Keeps calls below the quotas they share: after a rest some go at once, then they are spaced. And
/// remembers how long a cloud has asked us to stay away: calls before that are refused again and
/// count against us.
final class CallTurns: Sendable {
  private struct State {
    /// When each quota is whole again, in seconds of uptime.
    var whole: [String: Double] = [:]
    /// By door.
    var closed: [String: Closure] = [:]
    var running: [String: Int] = [:]
    var waiting: [String: [CheckedContinuation<Void, Never>]] = [:]
  }

  /// A quota that is used up until a moment of uptime, and what the cloud said.
  struct Closure: Sendable {
    var until: Double
    var error: CloudServiceError
  }

  /// Nobody is kept away for longer by one answer, in seconds.
  private static let longestClosure = 3_600.0

  private let clock: CallClock
  private let state = Mutex(State())

  init(clock: CallClock) {
    self.clock = clock
  }

  /// Waits for the call's turn; `leave` must follow.
  func enter(_ rate: CallRate) async {
    if let limit = rate.together { await join(rate.key, limit) }
    let now = clock.uptime()
    let gap = 1 / rate.perSecond
    let start = state.withLock { state in
      let known = max(state.whole[rate.key] ?? 0, now - rate.burst * gap)
      state.whole[rate.key] = known + gap
      return known + gap
    }
    if start > now { await clock.sleep(start - now) }
  }

  func leave(_ rate: CallRate) {
    guard rate.together != nil else { return }
    let next: CheckedContinuation<Void, Never>? = state.withLock { state in
      if let first = state.waiting[rate.key]?.first {
        state.waiting[rate.key]?.removeFirst()
        return first  // the place is handed on
      }
      state.running[rate.key, default: 1] -= 1
      return nil
    }
    next?.resume()
  }

  /// The cloud asked us to stay away from there for so many seconds.
  func close(_ rate: CallRate, seconds: Double, _ error: CloudServiceError) {
    let until = clock.uptime() + min(seconds, Self.longestClosure)
    state.withLock { state in
      if until > state.closed[rate.door]?.until ?? 0 {
        state.closed[rate.door] = Closure(until: until, error: error)
      }
    }
  }

  /// Nil when it is open.
  func closure(_ rate: CallRate) -> Closure? {
    let now = clock.uptime()
    return state.withLock { state in
      guard let found = state.closed[rate.door] else { return nil }
      if found.until > now { return found }
      state.closed[rate.door] = nil
      return nil
    }
  }

  private func join(_ key: String, _ limit: Int) async {
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      let goes = state.withLock { state in
        if state.running[key, default: 0] < limit {
          state.running[key, default: 0] += 1
          return true
        }
        state.waiting[key, default: []].append(continuation)
        return false
      }
      if goes { continuation.resume() }
    }
  }
}
