/// How long a gap between two records is still plausible on one path, learned from its own past
/// (docs/learned-expectations.md): a clock that runs by the hour of the week as fast as records usually
/// come, and how far it may run without one.
public struct UsualGaps: Hashable, Sendable {
  /// Whose wall clock the hours of the week are.
  public let zone: ZoneOffsets
  /// Records by then, of a week that begins on Sunday at midnight: at 0, 1, … 168 hours.
  private let sums: [Double]
  /// How far the clock may run: a number of usual records.
  public let reach: Double
  /// The path's own delay: no gap is called too long that is shorter.
  public let shortest: Duration
  /// The hard limit of the configuration.
  public let longest: Duration
  /// Gaps that it rests on.
  public let count: Int

  /// Nil without any record, or with figures that make no clock.
  ///
  /// - Parameter rates: records an hour, for each hour of the week from Sunday at midnight on.
  public init?(
    zone: ZoneOffsets, rates: [Double], reach: Double, shortest: Duration, longest: Duration,
    count: Int
  ) {
    guard rates.count == Self.hours, rates.allSatisfy({ $0 >= 0 && $0.isFinite }),
      reach > 0, reach.isFinite
    else { return nil }
    var sums = [0.0]
    for rate in rates { sums.append((sums.last ?? 0) + rate) }
    guard let week = sums.last, week > 0 else { return nil }
    self.zone = zone
    self.sums = sums
    self.reach = reach
    self.shortest = min(shortest, longest)
    self.longest = longest
    self.count = count
  }

  public static let hours = 168
  private static let days = [
    "Sundays", "Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays",
  ]

  /// How long a gap may be that begins with a record of that time.
  public func allowed(after time: Timestamp) -> Duration {
    let begin = position(time)
    let end = position(reading: reading(begin) + reach)
    let span = min(max((end - begin) * 3_600_000, 0), Double(longest.millis))
    return min(max(.milliseconds(Int64(span)), shortest), longest)
  }

  /// What the clock shows between two moments: a number of usual records.
  public func records(from: Timestamp, to: Timestamp) -> Double {
    reading(position(to)) - reading(position(from))
  }

  /// `gaps on Sundays at 04Z reach 1h10m`
  public func text(after time: Timestamp) -> String {
    let hour = Self.hourOfWeek(time, zone)
    let name = Self.days[hour / 24]
    let clock = "\(hour % 24 < 10 ? "0" : "")\(hour % 24)"
    let place = zone.changes.isEmpty ? "Z" : ""
    let span = allowed(after: time)
    let end = span == longest ? " (the limit)" : ""
    return "gaps on \(name) at \(clock)\(place) reach \(span.text)\(end)"
  }

  /// From Sunday at midnight on, by a zone's wall clock.
  public static func hourOfWeek(_ time: Timestamp, _ zone: ZoneOffsets) -> Int {
    let hour = CivilTime.floorDivide(sunday(time, zone), 3_600_000)
    return Int(hour - CivilTime.floorDivide(hour, Int64(hours)) * Int64(hours))
  }

  /// Milliseconds of wall clock since 1970-01-04, which was a Sunday.
  private static func sunday(_ time: Timestamp, _ zone: ZoneOffsets) -> Int64 {
    time.millis + zone.offset(at: time).millis - 3 * 86_400_000
  }

  /// Hours of wall clock since a Sunday at midnight.
  private func position(_ time: Timestamp) -> Double {
    let week = Int64(Self.hours) * 3_600_000
    let local = Self.sunday(time, zone)
    return Double(local - CivilTime.floorDivide(local, week) * week) / 3_600_000
      + Double(CivilTime.floorDivide(local, week)) * Double(Self.hours)
  }

  private func reading(_ position: Double) -> Double {
    let weeks = (position / Double(Self.hours)).rounded(.down)
    let rest = position - weeks * Double(Self.hours)
    let hour = min(max(Int(rest), 0), Self.hours - 1)
    let part = rest - Double(hour)
    return weeks * sums[Self.hours] + sums[hour] + part * (sums[hour + 1] - sums[hour])
  }

  /// The first moment at which the clock shows that much.
  private func position(reading: Double) -> Double {
    let weeks = (reading / sums[Self.hours]).rounded(.down)
    let rest = reading - weeks * sums[Self.hours]
    var low = 0
    var high = Self.hours
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] < rest { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return weeks * Double(Self.hours) }
    let rate = sums[low] - sums[low - 1]
    let part = rate > 0 ? (rest - sums[low - 1]) / rate : 1
    return weeks * Double(Self.hours) + Double(low - 1) + part
  }
}
