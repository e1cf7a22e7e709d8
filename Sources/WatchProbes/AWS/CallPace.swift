import Synchronization
import WatchCore

/// Spaces the calls of one region: AWS allows an account two LookupEvents a second and region.
final class CallPace: Sendable {
  private let gap: Duration
  private let clock: ProbeClock
  private let free = Mutex<[String: Duration]>([:])

  init(gap: Duration = .milliseconds(500), clock: ProbeClock) {
    self.gap = gap
    self.clock = clock
  }

  /// Waits for the region's next turn.
  func turn(_ region: String) async {
    let now = clock.uptime()
    let start = free.withLock { free in
      let start = max(free[region] ?? .zero, now)
      free[region] = start + gap
      return start
    }
    if start > now { await clock.sleep(start - now) }
  }
}

/// What the probes know of real time: how long a look took, and how to wait for a turn.
public struct ProbeClock: Sendable {
  /// Since some fixed moment; never runs backwards.
  public var uptime: @Sendable () -> Duration
  public var sleep: @Sendable (Duration) async -> Void

  public init(
    uptime: @escaping @Sendable () -> Duration,
    sleep: @escaping @Sendable (Duration) async -> Void
  ) {
    self.uptime = uptime
    self.sleep = sleep
  }

  public static let live: ProbeClock = {
    let start = ContinuousClock.now
    return ProbeClock(
      uptime: { ContinuousClock.now - start }, sleep: { try? await Task.sleep(for: $0) })
  }()
}
