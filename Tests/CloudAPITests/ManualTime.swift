import Foundation
import Synchronization

@testable import CloudAPI

/// A clock that only moves when somebody sleeps on it or pushes it.
final class ManualTime: Sendable {
  private struct State {
    var now = Date(timeIntervalSince1970: 1_800_000_000)
    var sleeps: [Double] = []
  }

  private let state = Mutex(State())
  private let chance: Double

  /// `random` is what every throw of the dice gives.
  init(random: Double = 1 - 1e-9) {
    chance = random
  }

  var now: Date { state.withLock { $0.now } }

  /// Waits so far, in seconds, to the millisecond.
  var sleeps: [Double] { state.withLock { $0.sleeps.map { ($0 * 1_000).rounded() / 1_000 } } }

  func advance(_ seconds: Double) {
    state.withLock { $0.now += seconds }
  }

  var clock: CallClock {
    CallClock(
      now: { [self] in now },
      sleep: { [self] seconds in
        state.withLock {
          $0.now += seconds
          $0.sleeps.append(seconds)
        }
      },
      random: { [chance] in chance })
  }
}
