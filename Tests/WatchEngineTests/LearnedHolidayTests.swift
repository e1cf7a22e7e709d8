import Testing
import WatchCore

@testable import WatchEngine

/// A free day that `hours.except` names, on a path whose expectation is learned: it teaches nothing, and
/// nothing is expected on it; a cut before it is seen on the first working day.
struct LearnedHolidayTests {
  /// A Monday.
  private static let start = Timestamp(iso: "2026-10-05T00:00:00Z") ?? Timestamp(millis: 0)
  private static let learning = Learning(limit: .hours(72))
  /// Wednesday of the third week, and of the seventh, which is judged.
  private static let free: Set<Int> = [day(16), day(44)]

  private static func day(_ day: Int) -> Int { Int(start.millis / 86_400_000) + day }

  /// Every five minutes from eight to six on working days.
  private static func records(days: Int, without free: Set<Int>) -> [Timestamp] {
    (0..<days).flatMap { index -> [Timestamp] in
      guard index % 7 < 5, !free.contains(day(index)) else { return [] }
      let opening = start + .hours(index * 24 + 8)
      return (0...120).map { opening + .minutes($0 * 5) }
    }
  }

  private static func hours(_ except: Set<Int>) throws -> WatchHours {
    try #require(
      WatchHours(zone: .utc, days: Set(1...5), from: 480, to: 1080, except: except))
  }

  private static func learned(_ records: [Timestamp], _ hours: WatchHours?) throws -> UsualGaps {
    var history = GapHistory(looked: start)
    for record in records {
      // Looks go on while nothing comes.
      while record - history.looked > .minutes(5) {
        _ = history.saw(
          history.last, at: history.looked + .minutes(5), staleAfter: .minutes(7),
          limit: learning.limit)
      }
      _ = history.saw(record, at: record, staleAfter: .minutes(7), limit: learning.limit)
    }
    let outcome = GapModel.learn(
      history, learning, delay: .minutes(5), zone: .utc, workdays: hours?.workdays)
    guard case .usual(let usual) = outcome else {
      throw Missing(what: "\(outcome)")
    }
    return usual
  }

  private struct Missing: Error { var what: String }

  /// Judged at a time after a newest record of Tuesday evening, before the free Wednesday.
  private static func judged(_ time: String, except: Set<Int>) throws -> Heartbeat {
    let hours = try hours(except)
    var expectation = Expectation.minutes(15, 15)
    expectation.hours = hours
    expectation.learning = learning
    expectation.usual = try learned(records(days: 42, without: free), hours)
    var heartbeat = Heartbeat(
      expectation: expectation, began: start, staleAfter: .hours(1000))
    let now = try #require(Timestamp(iso: time))
    heartbeat.looked(at: now, newest: Timestamp(iso: "2026-11-17T18:00:00Z"))
    heartbeat.judge(at: now)
    return heartbeat
  }

  @Test(arguments: [
    // A night is usual, and so is the morning's first quarter of an hour.
    ("2026-11-17T23:00:00Z", HeartbeatState.ok, ""),
    // The free day: nothing is expected, and nothing proven.
    ("2026-11-18T12:00:00Z", .off, "a free day, until 11-19 00:00Z"),
    ("2026-11-18T23:59:00Z", .off, "a free day, until 11-19 00:00Z"),
    // Thursday's work has begun, and nothing came.
    ("2026-11-19T12:00:00Z", .silent, ""),
  ])
  func nothingIsExpectedOnAFreeDay(
    _ time: String, _ state: HeartbeatState, _ reason: String
  ) throws {
    let heartbeat = try Self.judged(time, except: Self.free)
    #expect(heartbeat.state == state, "\(heartbeat.reason)")
    if !reason.isEmpty { #expect(heartbeat.reason == reason) }
  }

  @Test func withoutTheExceptionItAlarms() throws {
    #expect(try Self.judged("2026-11-18T12:00:00Z", except: []).state == .silent)
  }

  @Test func aFreeDayTeachesNothing() throws {
    let (all, some) = (
      Self.records(days: 42, without: []), Self.records(days: 42, without: Self.free)
    )
    let steady = try Self.learned(all, nil)
    let known = try Self.learned(some, Self.hours(Self.free))
    let unknown = try Self.learned(some, nil)
    let evening = try #require(Timestamp(iso: "2026-11-17T17:00:00Z"))
    let usual = steady.allowed(after: evening)
    let apart = known.allowed(after: evening) - usual
    #expect(max(apart, .zero - apart) < .minutes(1))
    #expect(unknown.allowed(after: evening) > usual + .minutes(5))
  }
}
