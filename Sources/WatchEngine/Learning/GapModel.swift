import Foundation
import WatchCore

/// Learns from a path's past how long a gap between two records is still plausible: a weekly clock that
/// makes the gaps of all hours comparable, and the tail of the longest of them by extreme value theory.
/// docs/learned-expectations.md has the model, its sources and its limits.
enum GapModel {
  /// Less than this says nothing about the weeks to come.
  static let leastDays = 14
  static let leastGaps = 50

  enum Outcome {
    case usual(UsualGaps)
    /// What is missing, in a few words.
    case lacks(String)
  }

  static func learn(
    _ history: GapHistory, _ learning: Learning, delay: Duration, zone: ZoneOffsets,
    workdays: WatchHours? = nil
  ) -> Outcome {
    let days = Int(history.watched.wholeSeconds / 86_400)
    guard days >= leastDays, let from = history.began, let to = history.last else {
      return .lacks("\(days) of \(leastDays) days watched")
    }
    let gaps = history.hours.filter { $0.longest > 0 }
    guard gaps.count >= leastGaps else {
      return .lacks("\(gaps.count) of \(leastGaps) hours with records")
    }
    let rates = rates(history, from: from, to: to, zone: zone, workdays)
    guard let clock = usual(rates, 1, learning, delay, zone, gaps.count) else {
      return .lacks("no record")
    }
    let spans = gaps.map { gap in
      let begin = Timestamp(seconds: Int64(gap.hour * 3600 + gap.at))
      let end = begin + .seconds(gap.longest)
      let stretches = workdays?.stretches(from: begin, to: end) ?? [(begin, end)]
      return stretches.reduce(0) { $0 + clock.records(from: $1.from, to: $1.to) }
    }
    let years = Double(history.watched.wholeSeconds) / 31_557_600
    let rarely = Double(learning.alarmsPerYear) * years / Double(spans.count)
    let reach = tail(spans, exceededBy: min(rarely, 0.5))
    return usual(rates, reach, learning, delay, zone, gaps.count).map(Outcome.usual)
      ?? .lacks("no record")
  }

  private static func usual(
    _ rates: [Double], _ reach: Double, _ learning: Learning, _ delay: Duration,
    _ zone: ZoneOffsets, _ count: Int
  ) -> UsualGaps? {
    UsualGaps(
      zone: zone, rates: rates, reach: reach, shortest: delay, longest: learning.limit,
      count: count)
  }

  // MARK: The weekly clock

  /// Stretches with records an hour, for each hour of the week.
  private static func rates(
    _ history: GapHistory, from: Timestamp, to: Timestamp, zone: ZoneOffsets,
    _ workdays: WatchHours?
  ) -> [Double] {
    var records = [Double](repeating: 0, count: UsualGaps.hours)
    var watched = records
    for hour in history.hours where isWorkday(hour.hour, workdays) {
      records[slot(hour.hour, zone)] += Double(hour.records)
    }
    let first = Int(from.millis / 3_600_000)
    let last = Int(to.millis / 3_600_000)
    guard first < last else { return records }
    for hour in first...last where !isHole(hour, history.holes) && isWorkday(hour, workdays) {
      watched[slot(hour, zone)] += 1
    }
    let mean = records.reduce(0, +) / max(watched.reduce(0, +), 1)
    // Where an hour sees a handful of records in all, its neighbours tell as much as itself.
    if records.reduce(0, +) < 3 * Double(UsualGaps.hours) {
      (records, watched) = (smooth(records), smooth(watched))
    }
    return zip(records, watched).map { count, weeks in
      max(weeks > 0 ? count / weeks : mean, mean * leastRate)
    }
  }

  /// The clock never stands quite still, also where nothing was ever seen.
  private static let leastRate = 0.005

  private static func slot(_ hour: Int, _ zone: ZoneOffsets) -> Int {
    UsualGaps.hourOfWeek(Timestamp(seconds: Int64(hour) * 3600 + 1800), zone)
  }

  private static func isHole(_ hour: Int, _ holes: [GapHistory.Hole]) -> Bool {
    let middle = Timestamp(seconds: Int64(hour) * 3600 + 1800)
    return holes.contains { $0.from <= middle && middle < $0.to }
  }

  /// A free day says nothing about the days to come.
  private static func isWorkday(_ hour: Int, _ workdays: WatchHours?) -> Bool {
    workdays?.contains(Timestamp(seconds: Int64(hour) * 3600 + 1800)) ?? true
  }

  private static func smooth(_ values: [Double]) -> [Double] {
    values.indices.map { index in
      let (before, after) = (index + values.count - 1, index + 1)
      return values[before % values.count] / 4 + values[index] / 2
        + values[after % values.count] / 4
    }
  }

  // MARK: The tail

  /// The value that a sample exceeds with a given probability, also beyond its largest: peaks over a
  /// threshold are generalized Pareto (Pickands 1975), fitted by probability-weighted moments (Hosking and
  /// Wallis 1987); the tail is never taken to be lighter than an exponential one.
  static func tail(_ sample: [Double], exceededBy probability: Double) -> Double {
    let sorted = sample.sorted()
    let count = sorted.count
    let many = min(max(count / 10, 20), max(count / 2, 1))
    guard count > many, let largest = sorted.last else { return (sorted.last ?? 1) * 2 }
    let threshold = sorted[count - many - 1]
    let excesses = sorted.suffix(many).map { $0 - threshold }
    let (scale, shape) = pareto(excesses)
    let ratio = probability * Double(count) / Double(many)
    guard ratio < 1, scale > 0 else { return max(threshold, min(largest, threshold + scale)) }
    let beyond = shape > 1e-6 ? scale / shape * (pow(ratio, -shape) - 1) : -scale * log(ratio)
    return threshold + beyond
  }

  /// Scale and shape of excesses, which come in ascending order.
  private static func pareto(_ excesses: [Double]) -> (scale: Double, shape: Double) {
    let count = Double(excesses.count)
    let mean = excesses.reduce(0, +) / count
    var weighted = 0.0
    for (index, excess) in excesses.enumerated() {
      weighted += excess * (1 - (Double(index) + 1 - 0.35) / count)
    }
    weighted /= count
    let difference = mean - 2 * weighted
    guard difference > 0 else { return (mean, 0) }
    let shape = 2 - mean / difference
    guard shape > 0 else { return (mean, 0) }
    // A heavier tail has no variance, and a few weeks cannot show it.
    let bounded = min(shape, 0.5)
    return (bounded == shape ? 2 * mean * weighted / difference : mean * (1 - bounded), bounded)
  }
}
