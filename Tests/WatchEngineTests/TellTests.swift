import Testing
import WatchCore

@testable import WatchEngine

/// D5, L7: who is told of what, in which order, and what the journal says of it.
@Suite struct TellTests {
  static func plan(
    least: Priority = .low, then: Bool = false, restore: [Priority: Duration] = [:]
  ) -> WatchPlan {
    var roles = [
      Role(
        name: "security-lead", members: ["mira", "jon"], channels: ["sec-slack", "pager"],
        then: then ? "cto" : nil, restoreWithin: restore)
    ]
    if then { roles.append(Role(name: "cto", members: ["ana"], channels: ["mail"])) }
    return WatchPlan(
      accounts: [CloudAccount(cloud: .aws, name: "prod", profile: "prod")],
      sources: [SourcePlan(id: Rig.use1, trail: Rig.trail)], roles: roles,
      channels: [
        ChannelPlan(name: "sec-slack", kind: .slack),
        ChannelPlan(name: "pager", kind: .pagerduty, least: least),
        ChannelPlan(name: "mail", kind: .email),
      ])
  }

  private func stopped(_ plan: WatchPlan = plan()) -> Rig {
    var rig = Rig(plan: plan, tells: true)
    rig.saw([.trail(logging: false, stopped: Rig.start)])
    return rig
  }

  /// Of the stopped trail; what goes stale meanwhile has alerts of its own.
  private func own(_ sent: [Rig.Notified]) -> [Rig.Notified] {
    sent.filter { $0.notification.alert == AlertID(1) }
  }

  @Test("L7: raise, then what is to be told, then each channel's answer, then the ack")
  func order() {
    var rig = stopped()
    #expect(rig.story() == ["raise A-0001", "tell A-0001"], "nothing is sent before the entry")
    #expect(rig.notified.map(\.channel) == ["sec-slack", "pager"])
    let sent = rig.deliver { .accepted(id: "id-\($0.channel)") }
    #expect(sent.map(\.notification.to) == ["mira", "mira"])
    #expect(rig.story() == ["raise A-0001", "tell A-0001", "told A-0001", "told A-0001"])
    rig.command(.act(.ack, AlertID(1)))
    #expect(rig.story().suffix(2) == ["ack A-0001", "tell A-0001"])
    let followed = rig.deliver()
    #expect(followed.map(\.notification.act) == [.acknowledged, .acknowledged])
    let keys = Set((sent + followed).map(\.notification.dedupKey))
    #expect(keys == [rig.alert(1)?.raiseHash ?? ""], "one key for the alert's whole life")
    #expect(Set((sent + followed).map(\.notification.messageKey)).count == 4)
    #expect(rig.picture.outbox.isEmpty)
  }

  @Test("D5: a refused channel is not told; a failed one is tried again at its time")
  func failures() {
    var rig = stopped()
    let first = rig.deliver {
      $0.channel == "pager" ? .refused("unknown key") : .failed("HTTP 503", retryAfter: nil)
    }
    #expect(first.count == 2)
    let attempts = rig.alert(1)?.tellings.first?.attempts
    #expect(attempts?["pager"]?.outcome == .ended)
    #expect(attempts?["sec-slack"]?.outcome == .failed(next: rig.wall + .seconds(10)))
    rig.sleep(.seconds(9))
    rig.tick()
    #expect(rig.notified.isEmpty, "not before its time")
    rig.sleep(.seconds(1))
    rig.tick()
    #expect(rig.notified.map(\.channel) == ["sec-slack"])
    #expect(rig.notified.first?.notification.messageKey == first.first?.notification.messageKey)
    rig.deliver()
    #expect(rig.alert(1)?.tellings.first?.isAccepted == true)
  }

  @Test("a day in which nobody tried does not count; one in which all attempts failed does")
  func givesUp() {
    var rig = stopped()
    rig.deliver { _ in .failed("HTTP 503", retryAfter: nil) }
    rig.sleep(.hours(30))
    rig.tick()
    #expect(rig.notified.count == 2, "the machine slept: they are tried again")
    rig.deliver { _ in .failed("HTTP 503", retryAfter: nil) }
    for _ in 0..<(25 * 30) {
      rig.sleep(.minutes(2))
      rig.tick()
      rig.deliver { _ in .failed("HTTP 503", retryAfter: nil) }
    }
    let attempts = rig.alert(1)?.tellings.first?.attempts
    #expect(attempts?["pager"]?.outcome == .ended)
  }

  /// A channel that never answers holds its place for minutes, whatever somebody does to the clock.
  @Test func aClockSetBackHoldsNoPlace() {
    var rig = stopped()
    rig.notified = []
    rig.step(.hours(-1))
    rig.pass(.minutes(7))
    let attempts = rig.alert(1)?.tellings.first?.attempts
    #expect(attempts?["pager"]?.count ?? 0 >= 1, "no answer is an attempt that failed")
  }

  @Test("a promise counts from the return, where it came back")
  func restoredAgain() throws {
    var rig = stopped(Self.plan(restore: [.high: .hours(1)]))
    let first = try #require(rig.alert(1))
    #expect(rig.engine.plan.restoreBy(first) == Rig.start + .hours(1))
    rig.perform([.append([.act(Act(.clear, alert: first.id, text: "back"))])])
    rig.sleep(.hours(48))
    rig.perform([
      .append([.act(Act(.reopen, alert: first.id, text: "it came back", returned: true))])
    ])
    let returned = rig.wall
    let again = try #require(rig.alert(1))
    #expect(rig.engine.plan.restoreBy(again) == returned + .hours(1))
    rig.tick()
    #expect(rig.alert(1)?.overdue == nil)
  }

  @Test func waitingIsCappedAndAskedFor() {
    let waits = (1...8).map { Engine.wait(failures: $0, retryAfter: nil) }
    #expect(
      waits == [
        .seconds(10), .seconds(30), .minutes(1), .minutes(2), .minutes(4), .minutes(8),
        .minutes(15), .minutes(15),
      ])
    #expect(Engine.wait(failures: 1, retryAfter: .minutes(5)) == .minutes(5))
    #expect(Engine.wait(failures: 1, retryAfter: .hours(9)) == .hours(1))
  }

  @Test("D5: the countdown ends in an escalation entry, and the next person is told")
  func escalation() {
    var rig = stopped(Self.plan(then: true))
    rig.deliver()
    let next = rig.alert(1).flatMap { Escalation.next(for: $0, plan: rig.engine.plan) }
    #expect(next?.to == "jon" && next?.at == Rig.start + .minutes(15))
    rig.pass(.minutes(16))
    rig.tick()
    let story = rig.story().filter { $0.hasSuffix("A-0001") }
    #expect(story.suffix(2) == ["escalate A-0001", "tell A-0001"])
    #expect(own(rig.deliver()).map(\.notification.act) == [.escalated, .escalated])
    rig.pass(.minutes(16))
    rig.tick()
    let last = own(rig.deliver())
    #expect(last.map(\.channel) == ["mail"] && last.first?.notification.to == "ana")
    rig.pass(.hours(2))
    #expect(own(rig.deliver()).isEmpty, "nobody is left")
  }

  @Test func whoeverIsOnDutyComesFirst() {
    var rig = Rig(plan: Self.plan(), tells: true)
    rig.command(.duty(to: "jon", text: "off to bed"))
    rig.saw([.trail(logging: false, stopped: Rig.start)])
    #expect(rig.notified.first?.notification.to == "jon")
    let alert = rig.alert(1)
    let next = alert.flatMap { Escalation.next(for: $0, plan: rig.engine.plan, duty: "jon") }
    #expect(next?.to == "mira")
  }

  @Test func anOperatorEscalates() {
    var rig = stopped()
    rig.deliver()
    #expect(rig.command(.act(.escalate, AlertID(1))) != nil, "a line is asked for")
    rig.command(.act(.escalate, AlertID(1), text: "need help"))
    let sent = rig.deliver()
    #expect(sent.map(\.notification.to) == ["jon", "jon"])
    #expect(sent.first?.notification.facts.contains { $0.value == "need help" } == true)
  }

  @Test("F086, F091: not restored in time is an escalation entry and a notification, once")
  func restoreBy() {
    var rig = stopped(Self.plan(restore: [.high: .minutes(10)]))
    rig.deliver()
    rig.command(.act(.ack, AlertID(1)))
    rig.deliver()
    rig.pass(.minutes(11))
    rig.tick()
    guard case .act(let act)? = rig.entries.last(where: { $0.event.kind == "escalate" })?.event
    else {
      Issue.record("no escalation: \(rig.story())")
      return
    }
    #expect(act.until == Rig.start + .minutes(10) && act.by == nil && act.to == "jon")
    #expect(own(rig.deliver()).map(\.notification.to) == ["jon", "jon"])
    rig.pass(.minutes(10))
    #expect(rig.story().count { $0 == "escalate A-0001" } == 1)
  }

  @Test func aChannelHearsOfItsPrioritiesAlone() {
    var rig = Rig(plan: Self.plan(least: .high), tells: true)
    rig.sleep(.hours(1))
    rig.tick()
    rig.tick()
    #expect(rig.picture.open.map(\.code) == ["watch.gap"])
    #expect(Set(rig.notified.map(\.channel)) == ["sec-slack", "pager"])
    var quiet = Self.plan(least: .high)
    quiet.roles[0].channels = ["pager"]
    let alert = rig.alert(1)
    let low = alert.map { quiet.channels(quiet.roles[0], "mira", $0.priority) }
    #expect(low == ["pager"])
    #expect(quiet.channels(quiet.roles[0], "mira", .low) == nil)
  }

  @Test("Nobody could be told: an alert of its own, told to the next role, cleared by a delivery")
  func unreachable() {
    var rig = stopped(Self.plan(then: true))
    let down: (Rig.Notified) -> ChannelAnswer = {
      $0.channel == "mail" ? .accepted(id: nil) : .failed("no route", retryAfter: nil)
    }
    rig.deliver(down)
    #expect(rig.alert(1).flatMap { rig.picture.unheard($0) }?.isSure == false)
    rig.sleep(.seconds(11))
    rig.tick()
    let sent = rig.deliver(down)
    #expect(rig.alert(2)?.code == .unreachable && rig.alert(2)?.priority == .high)
    #expect(sent.contains { $0.channel == "mail" && $0.notification.alert == AlertID(2) })
    rig.sleep(.minutes(20))
    rig.tick()
    rig.deliver()
    rig.tick()
    #expect(rig.alert(2)?.clearedAt != nil, "a channel of the role accepted")
  }

  @Test func withoutAnyChannelAWatchSaysThatNobodyIsTold() {
    var plan = Self.plan()
    plan.roles[0].channels = []
    let rig = stopped(plan)
    #expect(rig.picture.open.map(\.code).contains(.unreachable))
    #expect(rig.notified.isEmpty)
  }

  @Test func aSymptomIsToldWithItsCause() {
    var rig = Rig(plan: Self.plan(), tells: true)
    let raises = [1, 2].map { number in
      Raise(
        alert: AlertID(number), code: "aws.delivery.late", source: Rig.use1,
        subject: "subject \(number)", place: Place(account: "prod", region: "us-east-1"),
        kind: .condition, priority: .high, failed: Rig.start, what: "late",
        under: number == 2 ? AlertID(1) : nil)
    }
    rig.perform([.append(raises.map(Event.raise))])
    rig.tick()
    #expect(rig.deliver().map(\.notification.alert) == [AlertID(1), AlertID(1)])
    let sent = rig.alert(1)?.tellings.count
    #expect(sent == 1 && rig.alert(2)?.tellings.isEmpty == true)
  }

  @Test func whatCannotBeToldForADayIsGivenUp() {
    var rig = stopped()
    rig.command(.act(.ack, AlertID(1)))
    for _ in 0..<30 {
      rig.deliver { _ in .failed("no route", retryAfter: nil) }
      rig.pass(.hours(1))
    }
    #expect(rig.picture.outbox.isEmpty)
    #expect(rig.alert(1)?.tellings.first?.attempts["pager"]?.outcome == .ended)
  }

  @Test func anOutageIsOneHoweverManyMessagesWait() {
    var plan = Self.plan()
    plan.sources = (1...20).map {
      SourcePlan(id: SourceID(cloud: .aws, account: "prod", name: "t\($0)"), trail: "t\($0)")
    }
    var rig = Rig(plan: plan, tells: true)
    rig.saw(plan.sources.map { .trail($0.id, logging: false, stopped: Rig.start) })
    #expect(rig.notified.count <= Engine.atOnce)
    var attempts = 0
    for _ in 0..<60 {
      attempts += rig.deliver { _ in .failed("no route", retryAfter: nil) }.count
      rig.pass(.minutes(1))
    }
    #expect(attempts < 40, "two channels, an hour: \(attempts) attempts for 40 messages")
    rig.pass(.minutes(16))
    let sent = rig.deliver()
    #expect(Set(sent.compactMap(\.notification.alert)).count >= 20, "and then all of them")
  }
}
