/// How long to wait before an idempotent read is tried again: exponential with full jitter, so
/// that many watches thrown off together do not come back together.
public struct Backoff: Sendable, Equatable {
  /// Tries in all, the first one counted.
  public var tries: Int
  /// Upper bound of the first wait after a connection failure or 5xx, in seconds.
  public var firstSeconds: Double
  /// Upper bound of the first wait after throttling, in seconds.
  public var throttledSeconds: Double
  /// No single wait is longer, in seconds.
  public var longestSeconds: Double

  public init(
    tries: Int = 4, firstSeconds: Double = 0.2, throttledSeconds: Double = 1,
    longestSeconds: Double = 10
  ) {
    self.tries = tries
    self.firstSeconds = firstSeconds
    self.throttledSeconds = throttledSeconds
    self.longestSeconds = longestSeconds
  }

  /// The wait after failed try number `attempt` (from 1). `random` is in 0..<1; at least a tenth
  /// of the bound is kept, so that a zero never becomes a busy loop. `atLeast` is what the server
  /// asked for (Retry-After), in seconds.
  public func wait(attempt: Int, throttled: Bool, atLeast: Double = 0, random: Double) -> Double {
    let first = throttled ? throttledSeconds : firstSeconds
    let doublings = min(max(attempt - 1, 0), 20)
    let bound = min(first * Double(1 << doublings), longestSeconds)
    return max(bound * (0.1 + 0.9 * random), atLeast)
  }
}
