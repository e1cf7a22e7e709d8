import Testing
import WatchCore
import WatchEngine

/// Thirty days of office hours over all three clouds, over a change of the clock: no alert, and after
/// them every cut is seen when the hours allow it. Records come every five minutes while people work in
/// Berlin, and not at all at other times.
struct OfficeDaysTests {
  /// Longer, and the watch itself was not there.
  private static let step = Duration.minutes(3)
  private static let from = at("2026-10-05T00:00:00Z")

  private static func at(_ text: String) -> Timestamp {
    Timestamp(iso: text) ?? Timestamp(millis: 0)
  }

  private static let berlin = ZoneOffsets(
    name: "Europe/Berlin",
    changes: [
      .init(at: at("2026-03-29T01:00:00Z"), seconds: 7200),
      .init(at: at("2026-10-25T01:00:00Z"), seconds: 3600),
    ])

  private static let hours = SourceProfile.office.hours(in: berlin)
  /// They come a few minutes later and go a few minutes earlier.
  private static let work = WatchHours(
    zone: berlin, days: SourceProfile.officeDays, from: 7 * 60 + 5, to: 18 * 60 + 58)

  private struct Office {
    var rig: Rig
    var last: Timestamp
    var cut: Timestamp?

    mutating func live(_ span: Duration) {
      var left = span
      while left > .zero {
        rig.sleep(OfficeDaysTests.step)
        rig.perform(rig.engine.handle(.report(report()), at: rig.reading))
        left -= OfficeDaysTests.step
      }
    }

    private mutating func report() -> ProbeReport {
      let now = rig.wall
      let record = Timestamp(seconds: now.millis / 300_000 * 300)
      if OfficeDaysTests.work?.contains(record) == true { last = record }
      let seen = cut.map { min($0, last) } ?? last
      let digest = Timestamp(seconds: (now.millis / 1000 - 1200) / 3600 * 3600 + 1200)
      let activity = now - last < .minutes(60) ? [last] : []
      var looks: [Look] = [
        .s3(seen), .group(seen), .digest(digest), .history(activity: activity, at: now),
      ]
      for (cloud, unit) in [
        (Cloud.azure, "dev"), (.gcp, "acme-1"),
      ] {
        looks.append(Units.settings([], cloud, unit))
        looks.append(Units.arrival(cloud == .azure ? .activity : .entries, cloud, unit, seen))
        looks.append(Units.history(cloud, unit, activity: activity, at: now))
      }
      looks.append(Units.arrival(.resource, .azure, "dev", seen, member: "vault"))
      looks.append(Units.arrival(.export, .gcp, "acme-1", seen, member: "audit-archive"))
      return ProbeReport(probe: "office", began: now, ended: now, looks: looks)
    }
  }

  private static func office(_ from: Timestamp, hours: WatchHours?) -> Office {
    var plan = Units.rig().engine.plan
    plan.accounts[0].azure?.subscriptions.removeLast()
    plan.accounts[1].gcp?.units.removeLast(2)
    plan.accounts.insert(CloudAccount(cloud: .aws, name: "prod", profile: "prod"), at: 0)
    plan.sources.insert(SourcePlan(id: Rig.use1, trail: Rig.trail), at: 0)
    for index in plan.sources.indices {
      plan.sources[index].profile = .office
      plan.sources[index].hours = hours
    }
    var rig = Rig(plan: plan)
    rig.wall = from
    rig.engine = Engine(
      plan: plan, picture: Picture(),
      mark: WatchMark(what: .start, epoch: 1, host: "bridge", pid: 7, version: "test"),
      screen: nil, reading: rig.reading)
    rig.entries = []
    // Of the Friday before.
    return Office(rig: rig, last: from - .hours(55))
  }

  @Test func nothingIsRaisedInThirtyDaysOfOfficeHours() {
    var office = Self.office(Self.from, hours: Self.hours)
    var rested = 0
    for _ in 0..<30 {
      office.live(.hours(24))
      rested += office.rig.engine.paths().count { $0.state == .off }
      // Whoever has no witness is never called ok or quiet at night.
      for path in office.rig.engine.paths() where path.id.kind == .entries {
        #expect(path.state == .off, "\(office.rig.wall.iso) \(path.state)")
      }
    }
    #expect(office.rig.picture.alerts.values.map(\.what) == [])
    #expect(rested > 30)
  }

  /// The same life without the hours is an alert each evening: they are what keeps it quiet.
  @Test func withoutTheHoursTheFirstNightAlarms() {
    var office = Self.office(Self.from, hours: nil)
    office.live(.hours(24))
    #expect(office.rig.picture.alerts.values.contains { $0.code == "gcp.audit.silent" })
    #expect(!office.rig.picture.alerts.values.contains { $0.code.cloud == .aws })
  }

  /// A cut at ten is seen at half past; one on Friday evening on Monday morning, at 07:20 by the wall
  /// clock of Berlin; where the witness knows of work, at any hour.
  @Test(arguments: [
    ("2026-10-13T08:00:00Z", "2026-10-13T08:30:00Z"),
    ("2026-10-23T16:50:00Z", "2026-10-26T06:20:00Z"),
  ])
  func aCutIsSeenWithinTheHours(_ cut: String, _ silent: String) throws {
    var office = Self.office(Self.at(cut) - .hours(26), hours: Self.hours)
    office.live(.hours(26))
    #expect(office.rig.picture.alerts.isEmpty)
    office.cut = Self.at(cut)
    office.live(.hours(66))
    let alert = try #require(
      office.rig.picture.alerts.values.filter {
        $0.code == "gcp.audit.silent" && $0.subject?.contains("entries acme-1") == true
      }.min { $0.id < $1.id })
    #expect(alert.failed == Self.at(silent), "\(alert.failed.iso)")
    #expect(alert.detected - alert.failed <= Self.step)
  }
}
