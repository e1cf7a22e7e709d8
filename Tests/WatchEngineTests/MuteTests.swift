import Testing
import WatchCore
import WatchProbes

@testable import WatchEngine

/// B5: a mute withholds notifications and nothing else, ends by itself, and is itself told.
@Suite struct MuteTests {
  private static let jon = Rig.jon

  /// Mira mutes for half an hour; what that tells is sent.
  private func muted(_ plan: WatchPlan = TellTests.plan(), minutes: Int = 30) -> Rig {
    var rig = Rig(plan: plan, tells: true)
    rig.command(.mute(until: rig.wall + .minutes(minutes), reason: "drill"))
    rig.tick()
    return rig
  }

  private func stop(_ rig: inout Rig) {
    rig.saw([.trail(logging: false, stopped: rig.wall)])
  }

  private func own(_ rig: Rig, _ code: FailureCode = "aws.trail.stopped") -> Alert? {
    rig.picture.alerts.values.first { $0.code == code }
  }

  private func told(_ sent: [Rig.Notified], of alert: Alert?) -> [AlertNotification.Act] {
    sent.filter { $0.notification.alert == alert?.id }.map(\.notification.act)
  }

  @Test("that it began is told to somebody else of the security lead's role, on every channel")
  func isToldItself() {
    var plan = TellTests.plan(least: .high)
    plan.roles[0].channels = ["pager"]
    plan.roles.insert(Role(name: "first", members: ["ana"], channels: ["mail"]), at: 0)
    var rig = muted(plan)
    let alert = own(rig, .muted)
    #expect(alert?.what == "MUTED until 03:30Z by mira: drill")
    let sent = rig.deliver()
    #expect(told(sent, of: alert) == [.raised])
    #expect(sent.map(\.notification.to) == ["jon"], "not the one who muted")
    #expect(sent.map(\.channel) == ["pager"], "a channel for high ones alone hears it too")
  }

  @Test("alerts go on; what would be told is an entry, and told when the mute is over")
  func withholds() {
    var rig = muted()
    rig.deliver()
    rig.pass(.minutes(1))
    let before = rig.entries.count
    stop(&rig)
    let alert = own(rig)
    #expect(alert?.isNew == true)
    let id = alert?.id.text ?? ""
    #expect(
      rig.story(after: before).filter { $0.hasSuffix(id) } == ["raise \(id)", "withheld \(id)"])
    #expect(rig.notified.isEmpty && rig.picture.mute?.withheld == 1)
    rig.pass(.minutes(20))
    #expect(told(rig.deliver(), of: alert).isEmpty, "nobody is called in vain either")
    rig.pass(.minutes(10))
    rig.tick()
    #expect(rig.story().contains("mute") && rig.picture.mute == nil)
    let sent = rig.deliver()
    #expect(told(sent, of: alert) == [.raised, .raised])
    #expect(sent.contains { $0.notification.code == "notify.muted" } == true, "its end is told")
  }

  @Test("what was acknowledged meanwhile is not told as new; what had been told learns its end")
  func newsMeanwhile() {
    var rig = Rig(plan: TellTests.plan(), tells: true)
    stop(&rig)
    rig.deliver()
    rig.command(.mute(until: rig.wall + .minutes(30), reason: "drill"))
    rig.tick()
    rig.deliver()
    rig.command(.act(.ack, AlertID(1)))
    #expect(rig.notified.isEmpty)
    #expect(rig.story().suffix(2) == ["ack A-0001", "withheld A-0001"])
    rig.command(.unmute, by: Rig.jon)
    rig.tick()
    #expect(told(rig.deliver(), of: rig.alert(1)) == [.acknowledged, .acknowledged])
  }

  @Test("a call for help by an operator goes out")
  func callForHelp() {
    var rig = muted()
    rig.deliver()
    stop(&rig)
    guard let id = own(rig)?.id else {
      Issue.record("nothing was raised")
      return
    }
    rig.command(.act(.escalate, id, text: "need help"))
    #expect(told(rig.deliver(), of: own(rig)) == [.escalated, .escalated])
  }

  @Test("ended early: by whom is in the journal; nobody's time is prolonged in silence")
  func ends() {
    var rig = muted()
    rig.deliver()
    #expect(rig.command(.mute(until: rig.wall + .hours(5), reason: "x")) != nil)
    #expect(rig.command(.mute(until: rig.wall + .hours(1), reason: " ")) != nil)
    rig.pass(.minutes(20))
    rig.command(.mute(until: rig.wall + .hours(1), reason: "still"))
    rig.tick()
    let alerts = rig.picture.alerts.values.filter { $0.code == .muted }
    #expect(alerts.count == 2, "another mute is another alert")
    #expect(rig.deliver().contains { $0.notification.act == .raised }, "and is told again")
    rig.command(.unmute, by: Rig.jon)
    guard case .mute(let end)? = rig.entries.last(where: { $0.event.kind == "mute" })?.event else {
      Issue.record("no end")
      return
    }
    #expect(end.what == .end && end.by?.name == "jon")
    #expect(rig.command(.unmute) == "nothing is muted")
    rig.tick()
    #expect(rig.picture.alerts.values.allSatisfy { $0.code != .muted || $0.clearedAt != nil })
    #expect(
      rig.alert(1)?.what == "was muted by mira 03:00Z to 03:20Z: drill",
      "what is over does not read as if it held")
  }

  @Test("it ends where no watch ran at its time")
  func endsUnseen() {
    var rig = muted()
    rig.deliver()
    stop(&rig)
    rig.sleep(.hours(1))
    rig.restart()
    rig.tick()
    rig.tick()
    #expect(rig.picture.mute == nil)
    #expect(own(rig, .muted)?.what == "was muted by mira 03:00Z to 03:30Z: drill")
    #expect(told(rig.deliver(), of: own(rig)).contains(.raised))
  }

  enum Meanwhile: String, CaseIterable, Sendable { case taken, shelved, cleared }

  @Test(
    "what was raised under it is told when it ends, whatever became of it",
    arguments: Meanwhile.allCases, [false, true])
  func missedCall(_ what: Meanwhile, _ hasScreen: Bool) {
    var rig = muted()
    rig.deliver()
    rig.pass(.minutes(1))
    stop(&rig)
    guard let id = own(rig)?.id else {
      Issue.record("nothing was raised")
      return
    }
    if hasScreen {
      rig.perform([
        .append([.told(Told(alert: id, channel: "console", to: "ana", accepted: true))])
      ])
    }
    switch what {
    case .taken: rig.command(.act(.ack, id))
    case .shelved:
      rig.command(.act(.shelve, id, text: "later", until: rig.wall + .hours(2)))
    case .cleared:
      let started = rig.wall
      rig.pass(.minutes(2))
      for _ in 0..<2 {
        rig.saw([.trail(started: started, delivered: rig.wall), .s3(rig.wall)])
        rig.pass(.minutes(1))
      }
    }
    #expect(own(rig)?.isNew == false)
    #expect(told(rig.deliver(), of: own(rig)).isEmpty)
    rig.command(.unmute, by: Rig.jon)
    rig.tick()
    rig.tick()
    let sent = rig.deliver().filter { $0.notification.alert == id && $0.channel == "sec-slack" }
    let after: AlertNotification.Act =
      switch what {
      case .taken: .acknowledged
      case .shelved: .shelved
      case .cleared: .cleared
      }
    #expect(sent.map(\.notification.act) == [.raised, after], "\(rig.story())")
  }

  @Test("a clock that is set back prolongs nothing", arguments: [0, 20])
  func clockSetBack(_ after: Int) {
    var back = muted()
    back.pass(.minutes(after))
    stop(&back)
    back.step(.minutes(-15))
    back.tick()
    #expect(back.picture.mute == nil, "not even within its own time")
  }

  @Test("what was withheld after the mute had ended is told")
  func withheldTooLate() {
    var rig = muted()
    rig.deliver()
    let mute = rig.picture.mute?.seq ?? 0
    rig.command(.unmute, by: Rig.jon)
    stop(&rig)
    guard let alert = own(rig) else {
      Issue.record("nothing was raised")
      return
    }
    let sent = rig.deliver()
    #expect(told(sent, of: alert).contains(.raised))
    // As a watch that had not read of the end would have written it.
    var late = Rig(plan: TellTests.plan(), tells: true)
    late.adopt(rig.entries.filter { $0.event.kind != "tell" && $0.event.kind != "told" })
    late.perform([
      .append([
        .withheld(
          Withheld(
            Tell(
              alert: alert.id, act: .raised, to: "mira", channels: ["pager"], of: alert.news.seq),
            mute: mute))
      ])
    ])
    late.tick()
    #expect(told(late.deliver(), of: alert).contains(.raised))
  }

  @Test("that it came back under it is told when it ends, however often it was told before")
  func returnsUnderIt() {
    var rig = Rig(plan: TellTests.plan(), tells: true)
    func start() {
      let started = rig.wall
      for _ in 0..<3 {
        rig.pass(.minutes(1))
        rig.saw([.trail(started: started, delivered: rig.wall), .s3(rig.wall)])
      }
    }
    stop(&rig)
    rig.command(.act(.ack, AlertID(1)))
    start()
    rig.deliver()
    #expect(rig.alert(1)?.waitsForLine == true)
    rig.command(.mute(until: rig.wall + .minutes(30), reason: "drill"))
    rig.tick()
    rig.deliver()
    stop(&rig)
    #expect(rig.alert(1)?.isNew == true && rig.notified.isEmpty)
    start()
    #expect(rig.alert(1)?.state == .cleared && rig.notified.isEmpty)
    rig.command(.unmute, by: Rig.jon)
    rig.tick()
    rig.tick()
    let sent = rig.deliver().filter { $0.channel == "sec-slack" }
    #expect(told(sent, of: rig.alert(1)) == [.reopened, .cleared], "\(rig.story())")
    let mute = own(rig, .muted)
    #expect(mute?.clearedAt != nil)
    #expect(mute?.what.hasPrefix("was muted by mira 03:0") == true, "no longer as if it held")
  }

  @Test("the end of one mute does not end the next")
  func endOfAnother() {
    var rig = muted()
    let first = rig.picture.mute?.seq
    rig.command(.mute(until: rig.wall + .hours(1), reason: "still"))
    rig.perform([.append([.mute(MuteMark(.end, of: first, text: "its time has come"))])])
    #expect(rig.picture.mute != nil)
  }

  @Test("a reason is to be seen, and is no page", arguments: ["\u{200B}\u{2060} ", "x"])
  func reasons(_ word: String) {
    var rig = Rig(plan: TellTests.plan(), tells: true)
    let text = word == "x" ? String(repeating: word, count: 501) : word
    #expect(rig.command(.mute(until: rig.wall + .hours(1), reason: text)) != nil)
    #expect(rig.picture.mute == nil)
  }

  @Test("one's own mute, given to somebody else, does not close itself")
  func notByProxy() {
    var rig = muted()
    rig.deliver()
    rig.command(.act(.assign, AlertID(1), to: "jon"))
    rig.command(.unmute)
    rig.tick()
    rig.tick()
    #expect(rig.alert(1)?.clearedAt != nil && rig.alert(1)?.isOpen == true)
    rig.command(.act(.ack, AlertID(1)), by: Rig.jon)
    rig.tick()
    #expect(rig.alert(1)?.isOpen == false, "jon has seen it himself")
  }

  @Test("an entry that claims more than four hours gets four")
  func cannotBeForged() {
    var rig = Rig(plan: TellTests.plan(), tells: true)
    rig.perform([
      .append([.mute(MuteMark(.begin, until: rig.wall + .hours(99), text: "x", by: Rig.mira))])
    ])
    #expect(rig.picture.mute?.until == rig.wall + .hours(4))
  }

  @Test("who muted may acknowledge that, and does not close it alone")
  func notAlone() {
    var rig = muted()
    rig.deliver()
    rig.command(.act(.ack, AlertID(1)))
    rig.command(.unmute)
    rig.tick()
    #expect(rig.alert(1)?.clearedAt != nil && rig.alert(1)?.isOpen == true)
    #expect(rig.command(.act(.resolve, AlertID(1), text: "mine"))?.contains("second") == true)
    #expect(rig.command(.act(.resolve, AlertID(1), text: "a drill"), by: Rig.jon) == nil)
    #expect(rig.alert(1)?.isOpen == false)
  }

  @Test("messages that were on their way wait for its end")
  func outbox() {
    var rig = Rig(plan: TellTests.plan(), tells: true)
    stop(&rig)
    rig.deliver { _ in .failed("HTTP 503", retryAfter: nil) }
    rig.command(.mute(until: rig.wall + .minutes(10), reason: "drill"))
    rig.tick()
    let sent = rig.deliver()
    #expect(told(sent, of: rig.alert(1)).isEmpty)
    rig.pass(.minutes(11))
    rig.tick()
    #expect(told(rig.deliver(), of: rig.alert(1)) == [.raised, .raised])
  }

  @Test("the entries read as they were written")
  func entries() {
    let marks: [Event] = [
      .mute(MuteMark(.begin, until: Rig.start + .minutes(30), text: "drill", by: Rig.mira)),
      .mute(MuteMark(.end, of: 3, text: "its time has come")),
      .withheld(
        Withheld(
          Tell(alert: AlertID(1), act: .raised, to: "mira", channels: ["pager"], of: 4), mute: 3)),
    ]
    for mark in marks {
      let line = JSON.facts(mark.facts)
      #expect(Event(kind: mark.kind, json: line) == mark)
    }
    let endless = JSON.facts([("what", .string("begin")), ("by", nil)])
    guard case .unknown = Event(kind: "mute", json: endless) else {
      Issue.record("a mute without an end was read")
      return
    }
  }
}
