import Synchronization
import WatchCore

/// Spaces the look-ups of one region: AWS allows an account two LookupEvents a second and region. A
/// few look-ups after a rest go at once; the client paces the pages of one, and retries refusals.
final class CallPace: Sendable {
  private let gap: Duration
  private let burst: Int
  private let clock: ProbeClock
  /// When each region's budget is whole again.
  private let whole = Mutex<[String: Duration]>([:])

  init(gap: Duration = .milliseconds(500), burst: Int = 4, clock: ProbeClock) {
    self.gap = gap
    self.burst = burst
    self.clock = clock
  }

  /// Waits for the region's next turn.
  func turn(_ region: String) async {
    let now = clock.uptime()
    let start = whole.withLock { whole in
      let start = max(now, (whole[region] ?? .zero) - gap * (burst - 1))
      whole[region] = max(whole[region] ?? .zero, now) + gap
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
