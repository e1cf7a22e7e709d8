import Testing

@testable import WatchCore

/// Who reads the journal alone knows the roster as the watch does: roles, hours, people.
@Suite struct RosterReadTests {
  private static let march = Timestamp(iso: "2026-03-14T03:00:00Z") ?? Timestamp(millis: 0)

  private func entry(_ seq: Int, _ at: Timestamp, _ event: Event) -> Entry {
    Entry(seq: seq, prev: "", at: at, boot: 0, event: event, hash: "\(seq)")
  }

  private static let berlin = ZoneOffsets(
    name: "Europe/Berlin", changes: [ZoneOffsets.Change(at: Timestamp(millis: 0), seconds: 3600)])

  private static func zone(_ name: String) -> ZoneOffsets? {
    [ZoneOffsets.utc, berlin].first { $0.name == name }
  }

  /// Of all that a roster says: roles with hours and free days, people with hours or channels.
  private static var whole: WatchPlan {
    let holidays: Set<Int> = [20_446, 20_527]
    let office = WatchHours(
      zone: berlin, days: Set(1...5), from: 480, to: 1080, except: holidays)
    let night = WatchHours(zone: .utc, days: [0, 2, 6], from: 1320, to: 360)
    let always = WatchHours(zone: berlin, days: Set(0...6), from: 0, to: 1440)
    return WatchPlan(
      roles: [
        Role(
          name: "security-lead", members: ["mira", "jon", "ana"], channels: ["pager", "mail"],
          acknowledgeWithin: .minutes(20), then: "management", least: .medium,
          restoreWithin: [.high: .hours(4), .low: .hours(48)], hours: office),
        Role(name: "management", members: ["ana", "eva"], channels: ["mail"], hours: night),
        Role(name: "desk", members: ["rob"]),
      ],
      channels: [
        ChannelPlan(name: "pager", kind: .pagerduty), ChannelPlan(name: "mail", kind: .email),
      ],
      people: [
        Person(name: "mira", hours: night), Person(name: "jon", channels: ["mail"]),
        Person(name: "ana", channels: [], hours: always),
      ])
  }

  private static func read(_ plan: WatchPlan) -> WatchPlan {
    let events: [Event] = [
      .snapshot(Snapshot(what: .roster, hash: "h", content: plan.rosterJSON)),
      .snapshot(Snapshot(what: .configuration, hash: "h", content: plan.configurationJSON)),
    ]
    let entries = events.enumerated().map {
      Entry(seq: $0 + 1, prev: "", at: march, boot: 0, event: $1, hash: "\($0)")
    }
    return WatchPlan(rulesOf: Picture(entries), zone: zone)
  }

  @Test func aWholeRosterIsReadBack() {
    let read = Self.read(Self.whole)
    #expect(read.roles == Self.whole.roles)
    #expect(read.people == Self.whole.people)
  }

  /// Who reads the journal names the one whom the watch will call, at each hour of a week.
  @Test(arguments: Priority.allCases)
  func theNextCallIsTheWatchs(_ priority: Priority) throws {
    let read = Self.read(Self.whole)
    var called: Set<String> = []
    for hour in 0..<168 {
      let at = Self.march + .hours(hour)
      let raise = Raise(
        alert: AlertID(1), code: "aws.trail.stopped",
        source: SourceID(cloud: .aws, account: "prod", name: "t"),
        place: Place(account: "prod", region: "us-east-1"), kind: .condition, priority: priority,
        failed: at, what: "STOPPED")
      var entries = [entry(1, at, .raise(raise))]
      for _ in 0..<3 {
        let alert = try #require(Picture(entries).alerts[AlertID(1)])
        let next = Escalation.next(for: alert, plan: Self.whole)
        #expect(Escalation.next(for: alert, plan: read) == next, "\(at.iso)")
        guard let next else { break }
        called.insert("\(next.to) \((next.at - at).wholeSeconds)")
        let act = Act(.escalate, alert: alert.id, text: "late", to: next.to)
        entries.append(entry(entries.count + 1, next.at, .act(act)))
      }
    }
    #expect(called.count > 4, "hours decide: \(called)")
  }
}
