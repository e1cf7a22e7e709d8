/// A moment in UTC, in milliseconds since 1970-01-01T00:00:00Z, without leap seconds (POSIX time).
public struct Timestamp: Hashable, Comparable, Sendable {
  public var millis: Int64

  public init(millis: Int64) {
    self.millis = millis
  }

  public init(seconds: Int64) {
    self.millis = seconds &* 1000
  }

  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.millis < right.millis
  }

  public static func + (time: Timestamp, span: Duration) -> Timestamp {
    Timestamp(millis: time.millis &+ span.millis)
  }

  public static func - (time: Timestamp, span: Duration) -> Timestamp {
    Timestamp(millis: time.millis &- span.millis)
  }

  public static func - (left: Timestamp, right: Timestamp) -> Duration {
    .milliseconds(left.millis &- right.millis)
  }

  /// How long ago this was, never negative (a clock may have stepped back).
  public func age(at now: Timestamp) -> Duration {
    max(.zero, now - self)
  }
}

extension Duration {
  /// Whole milliseconds, cut towards zero.
  public var millis: Int64 {
    let (seconds, attoseconds) = components
    return seconds &* 1000 &+ attoseconds / 1_000_000_000_000_000
  }

  /// Whole seconds, cut towards zero.
  public var wholeSeconds: Int64 { components.seconds }

  public static func minutes(_ count: Int) -> Duration { .seconds(count * 60) }
  public static func hours(_ count: Int) -> Duration { .seconds(count * 3600) }
}
