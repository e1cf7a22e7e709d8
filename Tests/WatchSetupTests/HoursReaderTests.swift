import Testing
import WatchCore

@testable import WatchSetup

/// Profiles, hours and learned expectations, as the configuration says them.
struct HoursReaderTests {
  private static func read(_ source: String) -> ConfigurationReader.Outcome {
    let text = """
      {
        duty: { roles: { lead: { members: ["mira"] } } },
        clouds: { gcp: [{ name: "a", projects: ["acme-1"] }] },
        sources: [{ id: "gcp/a/audit",
      \(source)
        }],
      }
      """
    return ConfigurationReader.read(Array(text.utf8))
  }

  private static func source(_ text: String) throws -> SourcePlan {
    let outcome = read(text)
    #expect(outcome.problems.map { $0.line(file: "f") } == [])
    return try #require(outcome.plan?.sources.first)
  }

  @Test func hoursAreReadInTheirZone() throws {
    let source = try Self.source(
      #"hours: { zone: "Europe/Berlin", days: "mon-fri", from: "07:00", to: "19:00", except: ["2026-12-25"] }"#
    )
    let hours = try #require(source.expectation(.entries)?.hours)
    #expect(hours.text == "mon-fri 07:00-19:00 Europe/Berlin, 1 free days")
    for (time, inside) in [
      ("2026-11-20T05:59:59Z", false), ("2026-11-20T06:00:00Z", true),
      ("2026-07-20T05:00:00Z", true), ("2030-07-22T04:59:59Z", false),
      ("2030-07-22T05:00:00Z", true), ("2026-12-25T12:00:00Z", false),
    ] {
      #expect(hours.contains(Timestamp(iso: time) ?? Timestamp(millis: 0)) == inside, "\(time)")
    }
    // What comes by its own clock has none.
    #expect(source.expectation(.echo)?.hours == nil)
  }

  @Test(arguments: [
    (#"profile: "busy""#, "15m+15m", nil),
    (#"profile: "low-traffic""#, "12h+6h", nil),
    (#"profile: "low-traffic", expect: { entries: "2h+1h" }"#, "120m+60m", nil),
    (
      #"profile: "office", hours: { zone: "Asia/Kolkata" }"#, "15m+15m",
      "mon-fri 07:00-19:00 Asia/Kolkata"
    ),
    (
      #"profile: "office", hours: { zone: "UTC", to: "00:00" }"#, "15m+15m",
      "mon-fri 07:00-24:00 UTC"
    ),
    (#"hours: { zone: "UTC", days: "sat,sun" }"#, "15m+15m", "sat-sun 00:00-24:00 UTC"),
  ])
  func profiles(_ text: String, _ expect: String, _ hours: String?) throws {
    let expectation = try #require(try Self.source(text).expectation(.entries))
    #expect(expectation.text == expect)
    #expect(expectation.hours?.text == hours)
  }

  @Test(arguments: [
    (#"expect: { entries: "learned" }"#, "15m+15m", Learning()),
    (
      #"expect: { entries: { learned: { alarms_per_year: 1, limit: "12h" }, base: "50m+25m" } }"#,
      "50m+25m", Learning(alarmsPerYear: 1, limit: .hours(12))
    ),
    (#"expect: { entries: { learned: {} } }"#, "15m+15m", Learning()),
  ])
  func learned(_ text: String, _ base: String, _ learning: Learning) throws {
    let expectation = try #require(try Self.source(text).expectation(.entries))
    #expect(expectation.text == base)
    #expect(expectation.learning == learning)
  }

  /// Each with the place of what is wrong; a source's second line is the file's fifth.
  @Test(arguments: [
    (#"hours: { zone: "Europe/Berln" }"#, "f:5:16: ", "Europe/Berlin"),
    (#"hours: { days: "mon-fri" }"#, "f:5:8: ", "zone is missing"),
    (#"hours: { zone: "UTC", days: "weekdays" }"#, "f:5:29: ", "mon-fri"),
    (#"hours: { zone: "UTC", from: "7" }"#, "f:5:29: ", "from is \"7\""),
    (#"hours: { zone: "UTC", from: "07:00", to: "07:30" }"#, "f:5:8: ", "less than an hour"),
    (#"hours: { zone: "UTC", from: "07:00", to: "07:00" }"#, "f:5:8: ", "less than an hour"),
    (#"hours: { zone: "UTC", except: ["25.12."] }"#, "f:5:32: ", "is not a date"),
    (#"hours: { zone: "UTC", untill: "19:00" }"#, "f:5:23: ", "not known"),
    (#"hours: "07:00-19:00""#, "f:5:8: ", "mon-fri 08:00-18:00 Europe/Berlin"),
    (#"profile: "office""#, "f:5:10: ", "zone of the office"),
    (#"profile: "lowtraffic""#, "f:5:10: ", "low-traffic"),
    (#"expect: { echo: "learned" }"#, "f:5:17: ", "by its own clock"),
    (#"expect: { entries: { base: "15m+15m" } }"#, "f:5:20: ", "learned is missing"),
    (
      #"expect: { entries: { learned: { alarms_per_year: 0 } } }"#, "f:5:50: ", "1 to 365"
    ),
    (#"expect: { entries: { learned: { limit: "30m" } } }"#, "f:5:40: ", "1h to 7d"),
    (
      #"expect: { entries: { learned: { limit: "1h" }, base: "15m+2h" } }"#, "f:5:31: ",
      "shorter than the grace"
    ),
    (#"expect: { entries: "learnt" }"#, "f:5:20: ", "period + grace"),
  ])
  func problems(_ text: String, _ place: String, _ words: String) {
    let lines = Self.read(text).problems.map { $0.line(file: "f") }
    #expect(lines.count == 1, "\(lines)")
    #expect(lines.first?.hasPrefix(place) == true, "\(lines)")
    #expect(lines.first?.contains(words) == true, "\(lines)")
  }

  /// The zones of the system are those of the tz database, with all their changes of the clock.
  @Test func zonesHaveTheirChanges() throws {
    let berlin = try #require(ZoneTable.zone("Europe/Berlin"))
    #expect(berlin.changes.count > 50)
    #expect(ZoneTable.zone("UTC") == .utc)
    #expect(ZoneTable.zone("CET+2") == nil)
    #expect(try #require(ZoneTable.zone("Asia/Tokyo")).changes.map(\.seconds) == [9 * 3600])
  }

  private static func duty(_ text: String) -> ConfigurationReader.Outcome {
    ConfigurationReader.read(Array("{ duty: \(text), sources: [] }".utf8))
  }

  /// A person's and a role's hours, in one line or in parts, over the change of the clocks in Berlin.
  @Test func workingHoursAreThoseOfTheZone() throws {
    let outcome = Self.duty(
      #"""
      { roles: { lead: { members: ["mira", "jon"], hours: { zone: "Europe/Berlin" } } },
        people: { mira: { hours: "Mon-Fri 08:00-18:00 Europe/Berlin" } } }
      """#)
    #expect(outcome.errors.map(\.text) == [])
    let plan = try #require(outcome.plan)
    #expect(plan.hours("lead", "mira")?.text == "mon-fri 08:00-18:00 Europe/Berlin")
    #expect(plan.hours("lead", "jon")?.text == "mon-fri 07:00-19:00 Europe/Berlin")
    let hours = try #require(plan.hours("lead", "mira"))
    for (time, begins) in [
      // A Saturday in winter, the weekend on which the clocks go forward, and back.
      ("2026-03-21T12:00:00Z", "2026-03-23T07:00:00.000Z"),
      ("2026-03-28T12:00:00Z", "2026-03-30T06:00:00.000Z"),
      ("2026-10-24T12:00:00Z", "2026-10-26T07:00:00.000Z"),
      ("2026-10-23T15:59:59Z", "2026-10-23T15:59:59.000Z"),
    ] {
      let at = try #require(Timestamp(iso: time))
      #expect(hours.begin(after: at).iso == begins, "\(time)")
    }
  }

  @Test(arguments: [
    (
      "8-18 Berlin",
      "hours are \"8-18 Berlin\"; write \"mon-fri 08:00-18:00 Europe/Berlin\": days, times and a "
        + "time zone"
    ),
    (
      "mon-fri 08:00-18:00 Europe/Berln",
      "\"Europe/Berln\" is not a time zone of the tz database; did you mean \"Europe/Berlin\"?"
    ),
    (
      "mon-fri 08:00--18:00 UTC",
      "hours are \"mon-fri 08:00--18:00 UTC\"; write \"mon-fri 08:00-18:00 Europe/Berlin\": days, "
        + "times and a time zone"
    ),
    ("daily 08:00-08:30 UTC", "hours hold less than an hour; write from and to further apart"),
  ])
  func workingHoursThatCannotBeRead(_ text: String, _ problem: String) {
    let outcome = Self.duty(
      #"{ roles: { lead: { members: ["mira"] } }, people: { mira: { hours: "\#(text)" } } }"#)
    #expect(outcome.errors.map(\.text) == [problem])
  }
}
