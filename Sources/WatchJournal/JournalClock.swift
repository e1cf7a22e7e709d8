import Posix
import WatchCore

/// The two clocks that an entry names.
public struct JournalClock: Sendable {
  public var now: @Sendable () -> Timestamp
  /// Milliseconds since the machine booted.
  public var bootMillis: @Sendable () -> Int64

  public init(
    now: @escaping @Sendable () -> Timestamp, bootMillis: @escaping @Sendable () -> Int64
  ) {
    self.now = now
    self.bootMillis = bootMillis
  }

  public static let system = JournalClock(
    now: { Timestamp(millis: WallClock.millis()) }, bootMillis: { BootClock.millis() })
}
