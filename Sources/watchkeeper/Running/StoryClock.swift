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
  private let longestStep: Double

  /// - Parameters:
  ///   - haste: milliseconds of the story after which it runs no faster than real time.
  ///   - stalls: goes on while the program stands still, as a machine's own clock does.
  init(speed: Double, haste: Double, stalls: Bool = false) {
    (self.speed, self.haste) = (speed, haste)
    // Real milliseconds; whoever lives by this clock reads it each second.
    longestStep = stalls ? .infinity : 1500
    state = Mutex(State(read: MonotonicClock.millis()))
  }

  /// Milliseconds of the story, from 0.
  func millis() -> Int64 {
    let now = MonotonicClock.millis()
    return state.withLock { state in
      let spent = min(Double(max(0, now - state.read)), longestStep)
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
