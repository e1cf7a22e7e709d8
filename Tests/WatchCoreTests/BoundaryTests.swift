import Testing
import WatchCore

/// Where a state begins: to the second, whenever somebody looks.
struct BoundaryTests {
  static let start = WatchHoursTests.at("2026-11-20T12:00:00Z")

  static func beat(_ expectation: WatchCore.Expectation, at record: Timestamp) -> Heartbeat {
    var heartbeat = Heartbeat(expectation: expectation, began: record, staleAfter: .hours(200))
    heartbeat.looked(at: record, newest: record)
    heartbeat.judge(at: record)
    return heartbeat
  }

  /// One second before and after each boundary; `since` is the boundary and not the look.
  @Test(arguments: [
    (15 * 60 - 1, HeartbeatState.ok, 0), (15 * 60, .ok, 0), (15 * 60 + 1, .late, 15 * 60),
    (30 * 60 - 1, .late, 15 * 60), (30 * 60, .late, 15 * 60), (30 * 60 + 1, .silent, 30 * 60),
    (90 * 60, .silent, 30 * 60),
  ])
  func plain(_ seconds: Int, _ state: HeartbeatState, _ since: Int) {
    var heartbeat = Self.beat(.minutes(15, 15), at: Self.start)
    heartbeat.judge(at: Self.start + .seconds(seconds))
    #expect(heartbeat.state == state)
    #expect(heartbeat.since == Self.start + .seconds(since))
    #expect(heartbeat.changes.last == StateChange(at: heartbeat.since, state: state))
  }

  /// However rarely somebody looks, the strip has both boundaries where they were, once each was seen.
  @Test func theStripHasTheBoundaries() {
    var heartbeat = Self.beat(.minutes(15, 15), at: Self.start)
    for minute in [7, 14, 21, 28, 35] { heartbeat.judge(at: Self.start + .minutes(minute)) }
    #expect(heartbeat.changes.suffix(2).map(\.at) == [15, 30].map { Self.start + .minutes($0) })
    #expect(heartbeat.changes.suffix(2).map(\.state) == [.late, .silent])
  }

  /// Office hours in Berlin: the last record of Friday came five minutes before their end.
  @Test(arguments: [
    ("2026-11-20T18:09:59Z", HeartbeatState.ok, "2026-11-20T17:55:00Z"),
    ("2026-11-20T18:10:01Z", .off, "2026-11-20T18:10:00Z"),
    ("2026-11-22T12:00:00Z", .off, "2026-11-20T18:10:00Z"),
    ("2026-11-23T06:09:59Z", .off, "2026-11-20T18:10:00Z"),
    ("2026-11-23T06:10:00Z", .off, "2026-11-20T18:10:00Z"),
    ("2026-11-23T06:10:01Z", .late, "2026-11-23T06:10:00Z"),
    ("2026-11-23T06:25:00Z", .late, "2026-11-23T06:10:00Z"),
    ("2026-11-23T06:25:01Z", .silent, "2026-11-23T06:25:00Z"),
    // Once silent it stays so, also when the hours are over again.
    ("2026-11-23T20:00:00Z", .silent, "2026-11-23T06:25:00Z"),
  ])
  func withHours(_ now: String, _ state: HeartbeatState, _ since: String) throws {
    let office = try WatchHoursTests.hours("mon-fri", "07:00", "19:00")
    let expectation = WatchCore.Expectation(
      period: .minutes(15), grace: .minutes(15), hours: office)
    var heartbeat = Self.beat(expectation, at: WatchHoursTests.at("2026-11-20T17:55:00Z"))
    heartbeat.judge(at: WatchHoursTests.at(now))
    #expect(heartbeat.state == state)
    #expect(heartbeat.since == WatchHoursTests.at(since))
  }

  /// What the screen says while nothing is expected, and on the first morning.
  @Test func restingSaysUntilWhen() throws {
    let office = try WatchHoursTests.hours("mon-fri", "07:00", "19:00")
    let expectation = WatchCore.Expectation(
      period: .minutes(15), grace: .minutes(15), hours: office)
    var heartbeat = Self.beat(expectation, at: WatchHoursTests.at("2026-11-20T17:55:00Z"))
    heartbeat.judge(at: WatchHoursTests.at("2026-11-21T12:00:00Z"))
    #expect(
      heartbeat.reason == "outside mon-fri 07:00-19:00 Europe/Berlin, until 11-23 06:00Z")
    heartbeat.judge(at: WatchHoursTests.at("2026-11-23T06:05:00Z"))
    #expect(heartbeat.reason == "mon-fri 07:00-19:00 Europe/Berlin: next record by 06:10Z")
  }

  /// Hours excuse age alone: what the cloud says, what could not be looked at, what the witness holds
  /// and what we sent ourselves counts at any hour.
  @Test func whatHoursDoNotExcuse() throws {
    let office = try WatchHoursTests.hours("mon-fri", "07:00", "19:00")
    let expectation = WatchCore.Expectation(
      period: .minutes(15), grace: .minutes(15), hours: office)
    let record = WatchHoursTests.at("2026-11-20T17:55:00Z")
    let night = record + .hours(10)
    func state(_ change: (inout Heartbeat) -> Void) -> HeartbeatState {
      var heartbeat = Self.beat(expectation, at: record)
      heartbeat.looked(at: night, newest: record)
      change(&heartbeat)
      heartbeat.judge(at: night)
      return heartbeat.state
    }
    #expect(state { _ in } == .off)
    #expect(state { $0.fails("logging stopped", since: night - .minutes(1)) } == .failing)
    #expect(state { $0.couldNotLook(at: night, Blindness(kind: .denied, detail: "")) } == .blind)
    #expect(state { $0.witnessed(at: night, activity: [night - .minutes(40)]) } == .silent)
    #expect(state { $0.witnessed(at: night, activity: [night - .minutes(20)]) } == .late)
    #expect(state { $0.witnessed(at: night, activity: []) } == .okQuiet)
    #expect(state { $0.owes(echo: night - .minutes(31)) } == .silent)
    // A witness that was read too long ago vouches for nothing, and what it held stays owed.
    #expect(
      state { $0.witnessed(at: night - .minutes(60), activity: [night - .minutes(70)]) } == .silent)
  }

  /// A record out of hours is a proof like any other.
  @Test func aRecordOutOfHoursIsOk() throws {
    let office = try WatchHoursTests.hours("mon-fri", "07:00", "19:00")
    let expectation = WatchCore.Expectation(
      period: .minutes(15), grace: .minutes(15), hours: office)
    var heartbeat = Self.beat(expectation, at: WatchHoursTests.at("2026-11-21T12:00:00Z"))
    #expect(heartbeat.state == .ok)
    heartbeat.judge(at: WatchHoursTests.at("2026-11-23T06:15:00Z"))
    #expect(heartbeat.state == .off)
    heartbeat.judge(at: WatchHoursTests.at("2026-11-23T06:15:01Z"))
    #expect(heartbeat.state == .late)
  }
}
