extension Timestamp {
  /// RFC 3339 in UTC with milliseconds, as the journal writes it: `2026-11-20T03:11:58.214Z`.
  public var iso: String {
    let c = CivilTime(self)
    return "\(date)T\(two(c.hour)):\(two(c.minute)):\(two(c.second)).\(three(c.millisecond))Z"
  }

  /// `2026-11-20`
  public var date: String {
    let c = CivilTime(self)
    let year = String(c.year)
    return String(repeating: "0", count: max(0, 4 - year.count)) + year
      + "-\(two(c.month))-\(two(c.day))"
  }

  /// `11-20`
  public var monthDay: String {
    let c = CivilTime(self)
    return "\(two(c.month))-\(two(c.day))"
  }

  /// `03:11:58Z`
  public var clock: String {
    let c = CivilTime(self)
    return "\(two(c.hour)):\(two(c.minute)):\(two(c.second))Z"
  }

  /// `03:11Z`
  public var shortClock: String {
    let c = CivilTime(self)
    return "\(two(c.hour)):\(two(c.minute))Z"
  }

  /// The clock time, with the day written out where it is not today's: `11-19 17:52Z`.
  public func clock(at now: Timestamp) -> String {
    date == now.date ? clock : "\(monthDay) \(shortClock)"
  }

  /// As ``clock(at:)``, to the minute.
  public func shortClock(at now: Timestamp) -> String {
    date == now.date ? shortClock : "\(monthDay) \(shortClock)"
  }
}

extension Duration {
  /// Two units, for figures that are compared: `42s`, `8m12s`, `1h05m`, `2d17h`. Never negative.
  public var text: String {
    let seconds = max(0, wholeSeconds)
    switch seconds {
    case ..<60: return "\(seconds)s"
    case ..<3600: return "\(seconds / 60)m\(two(Int(seconds % 60)))s"
    case ..<86_400: return "\(seconds / 3600)h\(two(Int(seconds / 60 % 60)))m"
    default: return "\(seconds / 86_400)d\(two(Int(seconds / 3600 % 24)))h"
    }
  }

  /// One unit, for narrow columns: `42s`, `8m`, `3h`, `2d`. Never negative.
  public var shortText: String {
    let seconds = max(0, wholeSeconds)
    switch seconds {
    case ..<60: return "\(seconds)s"
    case ..<3600: return "\(seconds / 60)m"
    case ..<86_400: return "\(seconds / 3600)h"
    default: return "\(seconds / 86_400)d"
    }
  }
}

private func two(_ value: Int) -> String {
  value < 10 ? "0\(value)" : "\(value)"
}

private func three(_ value: Int) -> String {
  value < 10 ? "00\(value)" : value < 100 ? "0\(value)" : "\(value)"
}
