import Testing
import WatchCore

@testable import WatchEngine

/// Who is called at which hour: 2026-11-20 is a Friday, and the rig begins at 03:00 UTC.
@Suite struct WorkingHoursTests {
  private static func hours(_ days: Set<Int>, _ from: Int, _ to: Int) -> WatchHours? {
    WatchHours(zone: .utc, days: days, from: from * 60, to: to * 60)
  }

  private static let office = hours([1, 2, 3, 4, 5], 8, 18)
  private static let night = hours([0, 1, 2, 3, 4, 5, 6], 22, 6)

  private static func plan(
    mira: WatchHours? = office, jon: WatchHours? = office, role: WatchHours? = nil,
    cto: Bool = false
  ) -> WatchPlan {
    var plan = TellTests.plan(then: cto)
    plan.people = [Person(name: "mira", hours: mira), Person(name: "jon", hours: jon)]
    plan.roles[0].hours = role
    return plan
  }

  private func raise(_ priority: Priority) -> Event {
    .raise(
      Raise(
        alert: AlertID(1), code: "aws.delivery.late", source: Rig.use1, subject: "x",
        place: Place(account: "prod", region: "us-east-1"), kind: .condition, priority: priority,
        failed: Rig.start, what: "late"))
  }

  private func rig(_ plan: WatchPlan, _ priority: Priority) -> Rig {
    var rig = Rig(plan: plan, tells: true)
    rig.perform([.append([raise(priority)])])
    rig.tick()
    return rig
  }

  private func told(_ rig: inout Rig) -> [String] {
    rig.deliver().filter { $0.notification.alert == AlertID(1) && $0.channel == "sec-slack" }
      .map(\.notification.to)
  }

  @Test func whoIsNotAtWorkIsPassedOver() {
    var medium = rig(Self.plan(jon: Self.night), .medium)
    #expect(told(&medium) == ["jon"])
    var high = rig(Self.plan(jon: Self.night), .high)
    #expect(told(&high) == ["jon"])
    high.pass(.minutes(16))
    high.tick()
    #expect(told(&high) == ["mira"], "a high alert comes to her all the same, after the others")
  }

  /// Both look at a console at night; that calls nobody, and nobody over their heads.
  @Test func whoeverSitsBeforeAScreenIsCalledAllTheSame() {
    var rig = rig(Self.plan(cto: true), .low)
    rig.perform([
      .append(
        ["mira", "jon"].map {
          .told(Told(alert: AlertID(1), channel: "console", to: $0, accepted: true))
        })
    ])
    rig.pass(.hours(4))
    rig.tick()
    #expect(rig.deliver().filter { $0.notification.alert == AlertID(1) }.isEmpty)
    rig.pass(.hours(1))
    rig.tick()
    #expect(told(&rig) == ["mira"])
    #expect(rig.alert(1)?.called.map(\.to) == ["mira"])
    rig.pass(.minutes(16))
    rig.tick()
    #expect(told(&rig) == ["jon"], "he was not called by what stood on a screen")
  }

  @Test func aHighAlertWaitsForNobodysHours() {
    var rig = rig(Self.plan(cto: true), .high)
    #expect(told(&rig) == ["mira", "jon"], "nobody is at work: everybody of the role")
    #expect(rig.story().filter { $0 == "tell A-0001" }.count == 2)
    #expect(rig.alert(1)?.called.map(\.to) == ["mira", "jon"])
    let next = rig.alert(1).flatMap { Escalation.next(for: $0, plan: rig.engine.plan) }
    #expect(next?.to == "ana" && next?.at == Rig.start + .minutes(15))
  }

  @Test(arguments: [Priority.medium, .low])
  func aLowerOneWaitsVisiblyForTheFirstHours(_ priority: Priority) {
    let early = Self.hours([5], 6, 12)
    var rig = rig(Self.plan(jon: early), priority)
    #expect(told(&rig) == [])
    let begins = Rig.start + .hours(3)
    let next = rig.alert(1).flatMap { Escalation.next(for: $0, plan: rig.engine.plan) }
    #expect(next?.to == "jon" && next?.at == begins, "whoever begins first")
    let notes = rig.entries.compactMap { entry -> String? in
      guard case .act(let act) = entry.event, act.verb == .note else { return nil }
      return act.text
    }
    #expect(
      notes == [
        "nobody of security-lead is at work: tell jon at 2026-11-20T06:00:00.000Z "
          + "(fri 06:00-12:00 UTC)"
      ])
    rig.sleep(.hours(3) - .seconds(1))
    rig.tick()
    #expect(told(&rig) == [])
    rig.sleep(.seconds(1))
    rig.tick()
    #expect(told(&rig) == ["jon"])
    rig.sleep(.minutes(15))
    rig.tick()
    #expect(told(&rig) == [], "mira is called when her hours begin")
    rig.sleep(.minutes(105))
    rig.tick()
    #expect(told(&rig) == ["mira"])
    let written = rig.entries.count { entry in
      if case .act(let act) = entry.event { act.verb == .note } else { false }
    }
    #expect(written == 1)
  }

  @Test func theRolesHoursAreEverybodysWithoutOwn() {
    var waits = rig(Self.plan(mira: nil, jon: nil, role: Self.office), .medium)
    #expect(told(&waits) == [])
    var called = rig(Self.plan(mira: nil, jon: Self.night, role: Self.office), .medium)
    #expect(told(&called) == ["jon"], "own hours before the role's")
  }

  @Test func whoeverHasTheDutyIsAtWork() {
    var rig = Rig(plan: Self.plan(), tells: true)
    rig.command(.duty(to: "jon", text: "for the night"))
    rig.perform([.append([raise(.medium)])])
    rig.tick()
    #expect(told(&rig) == ["jon"])
  }

  @Test func withoutAnyHoursNobodyWaits() {
    var rig = rig(Self.plan(mira: nil, jon: nil), .low)
    #expect(told(&rig) == ["mira"])
  }

  @Test func hoursAreInTheRostersSnapshot() throws {
    let json = Self.plan(role: Self.night).rosterJSON
    let role = try #require(json.array?.first)
    #expect(role["hours"]?.string == "daily 22:00-06:00 UTC")
    #expect(role["people"]?["mira"]?["hours"]?.string == "mon-fri 08:00-18:00 UTC")
    let snapshot = Snapshot(what: .roster, hash: "h", content: json)
    let entry = Entry(
      seq: 1, prev: "", at: Rig.start, boot: 0, event: .snapshot(snapshot), hash: "1")
    let lines = RosterAt([entry], at: Rig.start).lines
    #expect(lines.contains { $0.contains("jon at work mon-fri 08:00-18:00 UTC") })
  }

  /// 13:00 is nobody's hour here, and no time for what can wait; a high alert waits for nobody.
  @Test(arguments: [Priority.medium, .high])
  func whatIsNotRestoredInTimeWakesNobodyForLess(_ priority: Priority) {
    let morning = Self.hours([1, 2, 3, 4, 5, 6], 8, 12)
    var plan = Self.plan(mira: morning, jon: morning)
    plan.roles[0].restoreWithin = [priority: .hours(10)]
    var rig = rig(plan, priority)
    rig.sleep(.hours(6))
    rig.tick()
    #expect(told(&rig).contains("mira"))
    rig.command(.act(.ack, AlertID(1)))
    rig.sleep(.hours(4) + .minutes(1))
    rig.tick()
    #expect((rig.alert(1)?.overdue == nil) == (priority == .medium))
    rig.sleep(.hours(19))
    rig.tick()
    #expect(rig.alert(1)?.overdue == Rig.start + .hours(10), "on Saturday morning, at the latest")
  }
}
