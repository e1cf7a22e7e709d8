import Foundation

/// What a call knows of time and chance. Tests hand in their own; nothing here reads a hidden clock.
public struct CallClock: Sendable {
  /// The machine's wall clock: signatures and expiry.
  public var now: @Sendable () -> Date
  /// Seconds that never run backwards: deadlines.
  public var uptime: @Sendable () -> Double
  /// Waits that many seconds; returns early when the task is cancelled.
  public var sleep: @Sendable (_ seconds: Double) async -> Void
  /// Even in 0..<1: jitter.
  public var random: @Sendable () -> Double

  /// Without `uptime`, deadlines follow `now`, as a manual clock wants it.
  public init(
    now: @escaping @Sendable () -> Date,
    uptime: (@Sendable () -> Double)? = nil,
    sleep: @escaping @Sendable (_ seconds: Double) async -> Void,
    random: @escaping @Sendable () -> Double
  ) {
    self.now = now
    self.uptime = uptime ?? { now().timeIntervalSinceReferenceDate }
    self.sleep = sleep
    self.random = random
  }

  /// The machine's own clocks and generator.
  public static let live = CallClock(
    now: { Date() },
    uptime: { ProcessInfo.processInfo.systemUptime },
    sleep: { try? await Task.sleep(for: .milliseconds(Int($0 * 1_000))) },
    random: { Double.random(in: 0..<1) })
}
