import Posix
import Synchronization

/// How much of a demo's story has passed. It runs faster than real time, and it waits for a machine
/// that stands still: a second without the processor is not a minute in which nobody watched.
final class StoryClock: Sendable {
  private struct State {
    var read: Int64
    /// Milliseconds of the story.
    var passed: Double = 0
  }

  private let state: Mutex<State>
  private let speed: Double
  private let haste: Double

  /// Real milliseconds; whoever lives by this clock reads it each second.
  private static let longestStep = 1500.0

  /// - Parameter haste: milliseconds of the story after which it runs no faster than real time.
  init(speed: Double, haste: Double) {
    (self.speed, self.haste) = (speed, haste)
    state = Mutex(State(read: MonotonicClock.millis()))
  }

  /// Milliseconds of the story, from 0.
  func millis() -> Int64 {
    let now = MonotonicClock.millis()
    return state.withLock { state in
      let spent = min(Double(max(0, now - state.read)), Self.longestStep)
      state.read = max(state.read, now)
      let fast = min(spent, max(0, haste - state.passed) / speed)
      state.passed += fast * speed + (spent - fast)
      return Int64(state.passed)
    }
  }

  /// How much faster than real time it runs at this moment.
  func rate() -> Double {
    state.withLock { $0.passed < haste ? speed : 1 }
  }
}
