/// How alerting goes over a span of time: what ISA-18.2 and EEMUA 191 count, from the journal's entries
/// alone. Targets come from secondary sources (docs/decisions.md).
public struct AlarmLoad: Sendable {
  /// What ISA-18.2 judges by.
  public static let base: Duration = .hours(30 * 24)
  /// An alert that is open for longer is stale.
  public static let stale: Duration = .hours(24)

  public let from: Timestamp
  public let to: Timestamp
  /// How much of the span the journal knows.
  public let known: Duration
  /// Raised in the span, the oldest first. Small: thousands are counted at every frame.
  let alerts: [Raised]
  /// From raise to first acknowledgement, shortest first.
  let delays: [Duration]
  /// Open now, whenever they were raised.
  public let open: Int
  public let staleOpen: Int
  public let chattering: Int
  /// Changes of roster, thresholds, catalogue or configuration by nobody who is named.
  public let unnamedChanges: Int
  /// Of all sources together, as their proof summaries say, and since the last one of each that is
  /// blind now: a probe could not look.
  public let blindMinutes: Int
  /// No watch ran.
  public let unwatched: Duration

  struct Raised: Sendable {
    var at: Timestamp
    var id: AlertID
    var priority: Priority
    var code: FailureCode
    var source: SourceID
    var subject: String?
    var delay: Duration?
  }

  public init(_ picture: Picture, from: Timestamp, to: Timestamp) {
    (self.from, self.to) = (from, to)
    known = max(.zero, to - max(from, picture.marks.began ?? to))
    alerts = picture.alerts.values.compactMap { alert in
      guard alert.detected >= from, alert.detected <= to else { return nil }
      return Raised(
        at: alert.detected, id: alert.id, priority: alert.priority, code: alert.code,
        source: alert.source, subject: alert.subject,
        delay: alert.acked.map { alert.detected.age(at: $0) })
    }.sorted { $0.at == $1.at ? $0.id < $1.id : $0.at < $1.at }
    delays = alerts.compactMap(\.delay).sorted()
    open = picture.openCount
    staleOpen = picture.standings.values.count { $0.detected.age(at: to) > AlarmLoad.stale }
    chattering = picture.standings.values.count(where: \.chatters)
    unnamedChanges = picture.marks.unnamed.count { $0 >= from && $0 <= to }
    let marks = picture.marks
    let counted = marks.blind.filter { $0.at >= from && $0.at <= to }.map(\.minutes)
    let running = marks.running.values.map { marks.blindMinutes(max($0, from), to) }
    blindMinutes = (counted + running).reduce(0, +)
    unwatched = marks.unwatched(from, to)
  }

  public var raised: Int { alerts.count }
  public var acked: Int { delays.count }
  public func raised(_ priority: Priority) -> Int { alerts.count { $0.priority == priority } }

  public var medianToAck: Duration? { delays.isEmpty ? nil : delays[delays.count / 2] }
  public var longestToAck: Duration? { delays.last }

  /// Acknowledged within the aim, of all whose time for it is over or that were.
  public func acked(within aim: Duration) -> (count: Int, of: Int) {
    let due = alerts.filter { $0.delay != nil || $0.at.age(at: to) > aim }
    return (due.count { $0.delay.map { $0 <= aim } ?? false }, due.count)
  }

  /// `6/23/71 %`
  public var mix: String {
    guard raised > 0 else { return "-" }
    let parts = [Priority.high, .medium, .low].map {
      String((raised($0) * 100 + raised / 2) / raised)
    }
    return parts.joined(separator: "/") + " %"
  }

  /// Most raised in any ten minutes.
  public var worstTenMinutes: Int {
    var (worst, start) = (0, 0)
    for end in alerts.indices {
      while alerts[end].at - alerts[start].at >= .minutes(10) { start += 1 }
      worst = max(worst, end - start + 1)
    }
    return worst
  }

  /// Ten-minute slices of the clock in which more were raised than anybody can follow, per
  /// ten thousand of those that are known.
  public var floodShare: Int {
    let first = (to - known).millis / 600_000
    let slices = max(1, to.millis / 600_000 - first + 1)
    let counts = Dictionary(grouping: alerts) { $0.at.millis / 600_000 }
    let flooded = counts.values.count { $0.count > Picture.floodLimit }
    return Int(Int64(flooded) * 10_000 / slices)
  }

  /// Raised in a day (UTC), of the days that are known, those with none too.
  public var perDay: (median: Int, worst: Int) {
    let days = Int(max(1, (known.wholeSeconds + 86_399) / 86_400))
    var counts = Dictionary(grouping: alerts) { $0.at.millis / 86_400_000 }.values
      .map(\.count).sorted()
    counts.insert(contentsOf: Array(repeating: 0, count: max(0, days - counts.count)), at: 0)
    return (counts[counts.count / 2], counts.last ?? 0)
  }

  public var mostFrequent: (code: String, count: Int)? {
    var counts: [String: Int] = [:]
    for alert in alerts { counts[alert.code.text, default: 0] += 1 }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }.map { ($0.key, $0.value) }
  }

  /// What the ten most frequent alerts (a failure of a source and subject each) are of all, in
  /// percent; nil: there were not even ten of a kind to be compared.
  public var topTen: Int? {
    var counts: [String: Int] = [:]
    for alert in alerts {
      counts["\(alert.code.text) \(alert.source.text) \(alert.subject ?? "")", default: 0] += 1
    }
    guard counts.count > 10 else { return nil }
    return counts.values.sorted(by: >).prefix(10).reduce(0, +) * 100 / raised
  }
}
