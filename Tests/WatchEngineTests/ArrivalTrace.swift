import Testing
import WatchCore

/// Made-up arrivals of a kind of log, the same in each run.
struct ArrivalTrace: CustomTestStringConvertible, Sendable {
  var name: String
  /// Records, oldest first, from ``start`` on.
  var make: @Sendable (_ weeks: Int, inout Dice) -> [Timestamp]
  var testDescription: String { name }

  /// A Sunday at midnight.
  static let start = Timestamp(iso: "2026-01-04T00:00:00Z") ?? Timestamp(millis: 0)

  static let all = [
    ArrivalTrace(name: "steady: 12 an hour, day and night") { weeks, dice in
      poisson(weeks, &dice) { _ in 12 }
    },
    ArrivalTrace(name: "office hours: 20 an hour, else one in 20 hours") { weeks, dice in
      poisson(weeks, &dice) { isOffice($0) ? 20 : 0.05 }
    },
    ArrivalTrace(name: "bursty: some records at once, every 80 minutes") { weeks, dice in
      let bursts = poisson(weeks, &dice) { _ in 0.75 }
      return bursts.flatMap { first in
        var at = first
        return (0..<(1 + Int(dice.exponential(8)))).map { _ in
          at = at + .seconds(Int(dice.exponential(60)))
          return at
        }
      }.sorted()
    },
    ArrivalTrace(name: "batch: hourly, and two hundred each night") { weeks, dice in
      (0..<(weeks * 168)).flatMap { hour -> [Timestamp] in
        let from = start + .hours(hour)
        let hourly = [from + .minutes(5) + .seconds(Int(dice.exponential(90)))]
        guard hour % 24 == 1 else { return hourly }
        return hourly + (0..<200).map { from + .minutes(10) + .seconds($0 * 9) }
      }.sorted()
    },
  ]

  static func isOffice(_ time: Timestamp) -> Bool {
    let hour = Int((time - start).wholeSeconds / 3600) % 168
    return (1...5).contains(hour / 24) && (7..<19).contains(hour % 24)
  }

  /// A Poisson process whose rate an hour depends on the time, by thinning.
  private static func poisson(
    _ weeks: Int, _ dice: inout Dice, _ rate: (Timestamp) -> Double
  ) -> [Timestamp] {
    let most = 20.0
    let end = start + .hours(weeks * 168)
    var records: [Timestamp] = []
    var at = start
    while at < end {
      at = at + .milliseconds(Int64(dice.exponential(3_600_000 / most)))
      if dice.next() * most < rate(at) { records.append(at) }
    }
    return records
  }
}

/// Numbers that look random and are the same in each run (SplitMix64).
struct Dice: Sendable {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  /// From 0 to 1.
  mutating func next() -> Double {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return Double((mixed ^ (mixed >> 31)) >> 11) / 9_007_199_254_740_992
  }
}
