import WatchCore

/// The longest time without a record that was seen lately, and what may be expected therefore: a
/// source without a second witness is judged by its expectation alone. The time before the first record
/// counts only where there are hardly any: else the log may just be young.
public struct LongestPause: Hashable, Sendable {
  public var longest: Duration
  /// Records, or stretches of time with any.
  public var count: Int
  /// Since when records were looked for.
  public var from: Timestamp

  /// Fewer records than these say nothing about what is usual.
  private static let few = 3

  /// So far back is looked.
  public static let lately = Duration.hours(7 * 24)

  /// Nil without any record.
  ///
  /// - Parameters:
  ///   - times: of the records, in any order.
  ///   - isWhole: all there are since then; else the newest ones alone.
  public init?(_ times: [Timestamp], from: Timestamp, to now: Timestamp, isWhole: Bool) {
    let sorted = times.filter { $0 <= now }.sorted()
    guard let first = sorted.first, let last = sorted.last else { return nil }
    let start = isWhole && sorted.count < Self.few ? min(from, first) : first
    var pauses = zip(sorted, sorted.dropFirst()).map { $1 - $0 }
    pauses += [first - start, now - last]
    longest = pauses.max() ?? .zero
    count = sorted.count
    self.from = start
  }

  /// Nil where the standard one will do: a quarter more than the pause, rounded up to a usual
  /// number, and half of that as grace.
  public func expectation(beside standard: Expectation) -> Expectation? {
    guard longest > standard.period else { return nil }
    let wanted = longest.wholeSeconds / 60 * 5 / 4 + 1
    let period = Self.step(wanted)
    let grace = max(Self.step((period + 1) / 2), Int(standard.grace.wholeSeconds / 60))
    return .minutes(period, grace)
  }

  private static func step(_ minutes: some BinaryInteger) -> Int {
    let steps = [
      15, 20, 30, 45, 60, 75, 90, 120, 180, 240, 360, 480, 720, 1_440, 2_880, 4_320, 7_200,
    ]
    return steps.first { $0 >= Int(minutes) } ?? 10_080
  }

  /// `the longest pause of the last 7d was 3h12m`
  public func text(at now: Timestamp) -> String {
    "the longest pause of the last \(Self.span(now - from)) was \(Self.span(longest))"
  }

  static func span(_ span: Duration) -> String {
    let minutes = Int(span.wholeSeconds) / 60
    let (days, hours, rest) = (minutes / 1_440, minutes / 60 % 24, minutes % 60)
    if days > 0 { return hours == 0 ? "\(days)d" : "\(days)d\(hours)h" }
    if hours > 0 { return rest == 0 ? "\(hours)h" : "\(hours)h\(rest)m" }
    return "\(rest)m"
  }
}
