/// The hours in which records are expected, by a zone's wall clock: outside of them the clock of
/// expectation stands still. A moment is within them by what the wall clock shows then; so an hour that
/// the zone skips in spring is not waited for, and one that it repeats in autumn counts twice.
public struct WatchHours: Hashable, Sendable {
  public let zone: ZoneOffsets
  /// Sunday is 0. A night's hours belong to the day on which they begin.
  public let days: Set<Int>
  /// Minutes after midnight.
  public let from: Int
  /// Minutes after midnight, at most 1440; up to `from`: on the next day.
  public let to: Int
  /// Days on which nothing is expected (holidays), counted from 1970-01-01.
  public let except: Set<Int>
  /// `days` in bits: asked for at each judgement of a path that rests.
  private let week: Int

  /// Nil where it would hold no hour at all.
  public init?(
    zone: ZoneOffsets, days: Set<Int>, from: Int, to: Int, except: Set<Int> = []
  ) {
    guard !days.isEmpty, days.allSatisfy((0...6).contains), (0..<1440).contains(from),
      (1...1440).contains(to), from != to
    else { return nil }
    self.zone = zone
    self.days = days
    week = days.reduce(0) { $0 | 1 << $1 }
    self.from = from
    self.to = to
    self.except = except
  }

  /// `mon-fri 07:00-19:00 Europe/Berlin`
  public var text: String {
    let free = except.isEmpty ? "" : ", \(except.count) free days"
    return "\(Self.text(days)) \(Self.clock(from))-\(Self.clock(to)) \(zone.name)\(free)"
  }

  /// All hours of all days but the free ones; nil where there are none.
  public var workdays: WatchHours? {
    except.isEmpty
      ? nil : WatchHours(zone: zone, days: Set(0...6), from: 0, to: 1440, except: except)
  }

  /// The stretches of a span that lie within the hours.
  public func stretches(from: Timestamp, to: Timestamp) -> [(from: Timestamp, to: Timestamp)] {
    var found: [(from: Timestamp, to: Timestamp)] = []
    var at = from
    for _ in 0..<Self.edges where at < to {
      let end = min(edge(after: at), to)
      if contains(at) { found.append((at, end)) }
      at = end
    }
    return found
  }

  public func contains(_ time: Timestamp) -> Bool {
    let local = time.millis + zone.offset(at: time).millis
    let day = CivilTime.floorDivide(local, Self.day)
    let minute = (local - day * Self.day) / 60_000
    guard from >= to else { return isOn(day) && minute >= Int64(from) && minute < Int64(to) }
    return isOn(day) && minute >= Int64(from) || isOn(day - 1) && minute < Int64(to)
  }

  /// When so much time within the hours will have passed after a moment.
  public func add(_ span: Duration, to time: Timestamp) -> Timestamp {
    var at = time
    var left = span.millis
    for _ in 0..<Self.edges {
      let edge = edge(after: at)
      if contains(at) {
        let room = edge.millis - at.millis
        if left <= room { return Timestamp(millis: at.millis + left) }
        left -= room
      }
      at = edge
    }
    return at
  }

  /// When the hours begin next; now, within them.
  public func begin(after time: Timestamp) -> Timestamp {
    var at = time
    for _ in 0..<Self.edges {
      let (offset, change) = zone.offset(at: at)
      let local = at.millis + offset
      let day = CivilTime.floorDivide(local, Self.day)
      let minute = (local - day * Self.day) / 60_000
      let isToday = isOn(day)
      if isToday, minute >= Int64(from), from >= to || minute < Int64(to) { return at }
      if from >= to, minute < Int64(to), isOn(day - 1) { return at }
      // Nothing begins before today's own hours, or midnight.
      let next =
        day * Self.day + (isToday && minute < Int64(from) ? Int64(from) * 60_000 : Self.day)
      let edge = Timestamp(millis: next - offset)
      at = change.map { min($0, edge) } ?? edge
    }
    return at
  }

  private static let day: Int64 = 86_400_000
  /// Of three edges a day: five years of them, for hours that hardly ever come.
  private static let edges = 5500

  /// 1970-01-01 was a Thursday.
  private func isOn(_ day: Int64) -> Bool {
    let weekday = Int((day % 7 + 11) % 7)
    return week & (1 << weekday) != 0 && (except.isEmpty || !except.contains(Int(day)))
  }

  /// The next moment at which ``contains(_:)`` may change.
  private func edge(after time: Timestamp) -> Timestamp {
    let (offset, change) = zone.offset(at: time)
    let local = time.millis + offset
    let midnight = CivilTime.floorDivide(local, Self.day) * Self.day
    let next =
      [Int64(from), Int64(to), 1440].map { midnight + $0 * 60_000 }
      .filter { $0 > local }.min() ?? midnight + Self.day
    let edge = Timestamp(millis: next - offset)
    return change.map { min($0, edge) } ?? edge
  }

  // MARK: Words

  static let names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

  /// Reads `mon-fri`, `sat,sun`, `mon-thu,sat`, `daily`; a range may cross the end of the week.
  public static func days(_ text: String) -> Set<Int>? {
    if text == "daily" { return Set(0...6) }
    var found: Set<Int> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false)
      guard (1...2).contains(ends.count), let first = names.firstIndex(of: String(ends[0])),
        let last = names.firstIndex(of: String(ends[ends.count - 1]))
      else { return nil }
      found.formUnion((0...(last - first + 7) % 7).map { (first + $0) % 7 })
    }
    return found.isEmpty ? nil : found
  }

  /// Reads `07:00`, up to `24:00`: minutes after midnight.
  public static func minute(_ text: String) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.allSatisfy(\.isNumber) }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60,
      hour * 60 + minute <= 1440
    else { return nil }
    return hour * 60 + minute
  }

  private static func text(_ days: Set<Int>) -> String {
    if days.count == 7 { return "daily" }
    var runs: [(first: Int, last: Int)] = []
    for day in (1...7).map({ $0 % 7 }) where days.contains(day) {
      if let run = runs.last, (run.last + 1) % 7 == day {
        runs[runs.count - 1].last = day
      } else {
        runs.append((day, day))
      }
    }
    return runs.map {
      $0.first == $0.last ? names[$0.first] : "\(names[$0.first])-\(names[$0.last])"
    }
    .joined(separator: ",")
  }

  private static func clock(_ minutes: Int) -> String {
    let (hour, minute) = (minutes / 60, minutes % 60)
    return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
  }
}
