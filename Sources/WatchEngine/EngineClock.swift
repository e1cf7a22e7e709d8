import WatchCore

/// The clocks as they stand at one moment.
public struct ClockReading: Hashable, Sendable {
  /// The machine's wall clock.
  public var wall: Timestamp
  /// Milliseconds by the machine's monotonic clock, which nobody can step.
  public var boot: Int64

  public init(wall: Timestamp, boot: Int64) {
    self.wall = wall
    self.boot = boot
  }
}

/// Keeps ages true when the wall clock does not: records carry the cloud's time, and so it is the
/// cloud's clock, as its answers' `Date` shows it, that ages are measured by.
struct EngineClock: Hashable, Sendable {
  /// What must be added to our wall clock to get the cloud's.
  private(set) var offset: Duration = .zero
  private var last: ClockReading?
  /// By our wall clock: when the difference was last measured.
  private(set) var measuredAt: Timestamp?

  /// Differences up to this are the network's and the `Date` header's whole seconds.
  static let tolerance: Duration = .seconds(3)
  /// A difference beyond this is an alert of its own.
  static let limit: Duration = .seconds(60)

  /// Takes a reading; returns how far the wall clock was stepped since the last one, if it was.
  @discardableResult
  mutating func read(_ reading: ClockReading) -> Duration? {
    defer { last = reading }
    guard let last, reading.boot >= last.boot else { return nil }
    let step = (reading.wall - last.wall) - .milliseconds(reading.boot - last.boot)
    guard abs(step.millis) > Self.tolerance.millis else { return nil }
    offset -= step
    return step
  }

  mutating func measured(skew: Duration, at wall: Timestamp) {
    measuredAt = wall
    offset = abs(skew.millis) <= Self.tolerance.millis ? .zero : skew
  }

  var isOff: Bool { abs(offset.millis) > Self.limit.millis }

  func cloudTime(_ reading: ClockReading) -> Timestamp {
    reading.wall + offset
  }
}
