import Testing
import WatchCore

/// Hours in which something is expected, by a zone's wall clock.
struct WatchHoursTests {
  /// Berlin around the two changes of 2026: on 29 March from +1 to +2, on 25 October back.
  static let berlin = ZoneOffsets(
    name: "Europe/Berlin",
    changes: [
      .init(at: at("2026-01-01T00:00:00Z"), seconds: 3600),
      .init(at: at("2026-03-29T01:00:00Z"), seconds: 7200),
      .init(at: at("2026-10-25T01:00:00Z"), seconds: 3600),
    ])

  static func at(_ text: String) -> Timestamp { Timestamp(iso: text) ?? Timestamp(millis: 0) }

  static func hours(
    _ days: String, _ from: String, _ to: String, except: Set<Int> = []
  ) throws -> WatchHours {
    let days = try #require(WatchHours.days(days))
    let from = try #require(WatchHours.minute(from))
    let to = try #require(WatchHours.minute(to))
    return try #require(WatchHours(zone: berlin, days: days, from: from, to: to, except: except))
  }

  @Test(arguments: [
    // In winter 07:00 in Berlin is 06:00 UTC, in summer 05:00.
    ("mon-fri", "07:00", "19:00", "2026-11-20T05:59:59Z", false),
    ("mon-fri", "07:00", "19:00", "2026-11-20T06:00:00Z", true),
    ("mon-fri", "07:00", "19:00", "2026-11-20T17:59:59Z", true),
    ("mon-fri", "07:00", "19:00", "2026-11-20T18:00:00Z", false),
    ("mon-fri", "07:00", "19:00", "2026-07-20T05:00:00Z", true),
    ("mon-fri", "07:00", "19:00", "2026-07-20T04:59:59Z", false),
    ("mon-fri", "07:00", "19:00", "2026-11-21T12:00:00Z", false),
    ("fri-mon", "07:00", "19:00", "2026-11-21T12:00:00Z", true),
    ("fri-mon", "07:00", "19:00", "2026-11-24T12:00:00Z", false),
    // A night belongs to the day on which it begins.
    ("fri", "22:00", "06:00", "2026-11-20T21:00:00Z", true),
    ("fri", "22:00", "06:00", "2026-11-21T04:59:59Z", true),
    ("fri", "22:00", "06:00", "2026-11-21T05:00:00Z", false),
    ("fri", "22:00", "06:00", "2026-11-20T04:00:00Z", false),
    ("daily", "00:00", "24:00", "2026-11-22T22:59:59Z", true),
  ])
  func contains(
    _ days: String, _ from: String, _ to: String, _ time: String, _ expected: Bool
  ) throws {
    #expect(try Self.hours(days, from, to).contains(Self.at(time)) == expected)
  }

  /// Fifteen minutes of Friday evening go on on Monday morning.
  @Test(arguments: [
    ("2026-11-20T17:40:00Z", 15, "2026-11-20T17:55:00Z"),
    ("2026-11-20T17:55:00Z", 15, "2026-11-23T06:10:00Z"),
    ("2026-11-20T17:45:00Z", 15, "2026-11-20T18:00:00Z"),
    ("2026-11-21T12:00:00Z", 15, "2026-11-23T06:15:00Z"),
    ("2026-11-20T06:00:00Z", 720, "2026-11-20T18:00:00Z"),
    ("2026-11-20T06:00:00Z", 721, "2026-11-23T06:01:00Z"),
    // Over the two changes of the clock: Monday at 07:00 is another UTC hour then.
    ("2026-03-27T17:55:00Z", 15, "2026-03-30T05:10:00Z"),
    ("2026-10-23T16:55:00Z", 15, "2026-10-26T06:10:00Z"),
  ])
  func add(_ time: String, _ minutes: Int, _ expected: String) throws {
    let office = try Self.hours("mon-fri", "07:00", "19:00")
    #expect(office.add(.minutes(minutes), to: Self.at(time)) == Self.at(expected))
  }

  /// An hour that is skipped is not waited for, one that is repeated counts twice.
  @Test(arguments: [
    // 29 March: 02:00 to 03:00 is not there. From 01:30 to 04:30 by the clock are two hours.
    ("2026-03-29T00:30:00Z", 90, "2026-03-29T02:00:00Z"),
    // 25 October: 02:00 to 03:00 comes twice; 01:30 to 03:30 takes three hours.
    ("2026-10-24T23:30:00Z", 180, "2026-10-25T02:30:00Z"),
  ])
  func changesOfTheClock(_ time: String, _ minutes: Int, _ expected: String) throws {
    let night = try Self.hours("daily", "01:00", "05:00")
    #expect(night.add(.minutes(minutes), to: Self.at(time)) == Self.at(expected))
    let skipped = try Self.hours("daily", "02:00", "03:00")
    let from = Self.at("2026-03-28T12:00:00Z")
    #expect(skipped.add(.minutes(1), to: from) == Self.at("2026-03-30T00:01:00Z"))
    let twice = Self.at("2026-10-24T12:00:00Z")
    #expect(skipped.add(.minutes(90), to: twice) == Self.at("2026-10-25T01:30:00Z"))
  }

  @Test func freeDays() throws {
    // 2026-12-25 is a Friday.
    let christmas = CivilTime.daysSince1970(year: 2026, month: 12, day: 25)
    let office = try Self.hours("mon-fri", "07:00", "19:00", except: [christmas])
    #expect(!office.contains(Self.at("2026-12-25T12:00:00Z")))
    #expect(
      office.add(.minutes(15), to: Self.at("2026-12-24T17:55:00Z"))
        == Self.at("2026-12-28T06:10:00Z"))
    #expect(office.text == "mon-fri 07:00-19:00 Europe/Berlin, 1 free days")
  }

  @Test(arguments: [
    ("mon-fri", [1, 2, 3, 4, 5]), ("sat,sun", [0, 6]), ("sun-thu", [0, 1, 2, 3, 4]),
    ("mon", [1]), ("daily", [0, 1, 2, 3, 4, 5, 6]), ("fri-mon", [0, 1, 5, 6]),
    ("mon-fri,sun", [0, 1, 2, 3, 4, 5]),
  ])
  func days(_ text: String, _ expected: [Int]) {
    #expect(WatchHours.days(text).map { $0.sorted() } == expected)
  }

  @Test(arguments: ["", "Mon", "mon-", "mon-tue-wed", "weekdays", "mon, fri", ",", "mon--fri"])
  func notDays(_ text: String) { #expect(WatchHours.days(text) == nil) }

  @Test(arguments: ["7:00", "25:00", "24:01", "07:60", "0700", "07:00:00", "٠٧:00", "-1:00", ""])
  func notATime(_ text: String) { #expect(WatchHours.minute(text) == nil) }

  @Test func hoursThatHoldNoneAreNone() {
    #expect(WatchHours(zone: .utc, days: [], from: 0, to: 60) == nil)
    #expect(WatchHours(zone: .utc, days: [7], from: 0, to: 60) == nil)
    #expect(WatchHours(zone: .utc, days: [1], from: 60, to: 60) == nil)
    #expect(WatchHours(zone: .utc, days: [1], from: 0, to: 1441) == nil)
  }
}
