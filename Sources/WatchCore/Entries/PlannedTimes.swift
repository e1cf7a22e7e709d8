/// From when to when a change is announced for, as somebody writes it: `14:00`, or an ISO time.
public struct PlannedTimes: Hashable, Sendable {
  public var from: Timestamp
  public var to: Timestamp

  /// Why it cannot be.
  public enum Problem: Error, Hashable, Sendable {
    /// Which one is no time.
    case unreadable(String)
    case over
    case backwards
    case tooLong
  }

  /// A plan is for a change and no licence: nobody works on a pipeline for longer.
  public static let longest: Duration = .hours(24)

  /// - Parameters:
  ///   - offset: seconds that the reader's own clock is east of Greenwich: `14:00` is today there. An
  ///     end that comes before its start in the day is tomorrow's.
  ///   - now: nothing is announced for the past: what began before begins now.
  public init(
    from: String, to: String, now: Timestamp, offset: Int
  ) throws(Problem) {
    guard let start = Self.time(from, now, offset) else { throw .unreadable(from) }
    guard var end = Self.time(to, now, offset) else { throw .unreadable(to) }
    if end <= start, Self.isClock(from), Self.isClock(to) { end = end + .hours(24) }
    // Over midnight, and no slip: nobody means the better part of a day by two times of day.
    if Self.isClock(to), end - start > .hours(12) { throw .backwards }
    guard end > start else { throw .backwards }
    guard end > now else { throw .over }
    self.from = max(start, now)
    self.to = end
    guard self.to - self.from <= Self.longest else { throw .tooLong }
  }

  private static func isClock(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.count == 5 && bytes[2] == UInt8(ascii: ":")
  }

  private static func time(_ text: String, _ now: Timestamp, _ offset: Int) -> Timestamp? {
    guard isClock(text) else { return Timestamp(iso: text) }
    let today = (now + .seconds(offset)).date
    return Timestamp(iso: "\(today)T\(text):00Z").map { $0 - .seconds(offset) }
  }
}
