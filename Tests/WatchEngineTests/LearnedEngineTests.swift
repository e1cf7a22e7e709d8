import Testing
import WatchCore

@testable import WatchEngine

/// A path whose expectation is learned, in the engine: what is judged by when, and what is said.
struct LearnedEngineTests {
  private static let path = Units.path(.entries, .gcp, "acme-1")
  private static let start = Rig.start

  private static func rig(_ gaps: [PathID: GapHistory] = [:]) -> Rig {
    var rig = Units.rig()
    var plan = rig.engine.plan
    plan.accounts.removeAll { $0.cloud != .gcp }
    plan.sources.removeAll { $0.id.cloud != .gcp }
    plan.sources[0].learned = [.entries: Learning(limit: .hours(12))]
    rig.engine = Engine(
      plan: plan, picture: Picture(),
      mark: WatchMark(what: .start, epoch: 1, host: "bridge", pid: 7, version: "test"),
      screen: nil, reading: rig.reading, gaps: gaps)
    return rig
  }

  /// A month in which entries came every two minutes by day, and every fifty at night.
  static func month(_ end: Timestamp) -> GapHistory {
    let from = end - .hours(30 * 24)
    var history = GapHistory(looked: from)
    var newest = from
    for minute in 0...(30 * 1440) {
      let now = from + .minutes(minute)
      let hour = Int(now.millis / 3_600_000 % 24)
      if minute % ((6..<20).contains(hour) ? 2 : 50) == 0 { newest = now }
      _ = history.saw(newest, at: now, staleAfter: .minutes(7), limit: .hours(12))
    }
    return history
  }

  private static func look(_ rig: inout Rig, _ newest: Timestamp) {
    rig.saw(
      ["acme-1", "acme-2", "acme-3"].map {
        Units.arrival(.entries, .gcp, $0, $0 == "acme-1" ? newest : rig.wall)
      })
  }

  private static func status(_ rig: Rig) throws -> PathStatus {
    try #require(rig.engine.paths().first { $0.id == path })
  }

  @Test func untilEnoughIsKnownTheConfiguredOneHolds() throws {
    var rig = Self.rig()
    Self.look(&rig, rig.wall)
    #expect(
      try Self.status(rig).judgedBy
        == "learning (0 of 14 days watched), 15m+15m until then")
    let newest = rig.wall
    for _ in 0..<6 {
      rig.pass(.minutes(6))
      Self.look(&rig, newest)
    }
    #expect(try Self.status(rig).state == .silent)
    #expect(try Self.status(rig).since == newest + .minutes(30))
  }

  /// Rig.start is at three in the morning, when fifty minutes are usual.
  @Test func whatIsUsualAtNightIsNoAlarmAndACutIs() throws {
    var rig = Self.rig([Self.path: Self.month(Rig.start)])
    let newest = rig.wall
    Self.look(&rig, newest)
    for _ in 0..<10 {
      rig.pass(.minutes(5))
      Self.look(&rig, newest)
    }
    #expect(rig.queue.isEmpty)
    #expect(try Self.status(rig).state == .ok)
    #expect(try Self.status(rig).judgedBy?.hasPrefix("gaps on Fridays at 03Z reach ") == true)
    for _ in 0..<60 {
      rig.pass(.minutes(5))
      Self.look(&rig, newest)
    }
    let silent = try #require(rig.picture.alerts.values.first { $0.code == "gcp.audit.silent" })
    #expect(silent.what.contains("gaps on Fridays at 03Z reach"))
    #expect(silent.detected - newest < .hours(4))
    #expect(silent.missingSince == newest)
    #expect(silent.failed == (try Self.status(rig)).since)
  }

  /// By day two minutes are usual: a cut is seen long before the configured half an hour.
  @Test func byDayACutIsSeenSooner() throws {
    let noon = Rig.start + .hours(9)
    var rig = Self.rig([Self.path: Self.month(noon)])
    rig.sleep(.hours(9))
    Self.look(&rig, rig.wall)
    let newest = rig.wall
    for _ in 0..<6 {
      rig.pass(.minutes(3))
      Self.look(&rig, newest)
    }
    #expect(try Self.status(rig).state == .late)
    #expect(try Self.status(rig).since - newest < .minutes(15))
  }

  /// What a watch learned is what the next one begins with.
  @Test func aRestartLosesNothingOfIt() throws {
    var rig = Self.rig([Self.path: Self.month(Rig.start)])
    Self.look(&rig, rig.wall)
    let taken = [rig.engine.takeNewGaps(), rig.engine.takeNewGaps()]
    #expect(taken == [true, false])
    var again = Self.rig(rig.engine.gapHistories)
    Self.look(&again, again.wall)
    #expect(try Self.status(again).judgedBy == (try Self.status(rig).judgedBy))
    #expect(try Self.status(again).judgedBy?.hasPrefix("gaps on Fridays") == true)
  }
}
