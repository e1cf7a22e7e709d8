import Testing
import WatchCore

@testable import WatchEngine

/// What comes and goes is told once, and nothing worse hides behind it.
@Suite struct ChatterTests {
  private func rig() -> Rig {
    var rig = Rig(plan: TellTests.plan(), tells: true)
    mend(&rig)
    return rig
  }

  /// Two looks that fail are an alert.
  private func fail(_ rig: inout Rig) {
    for _ in 0..<2 {
      rig.pass(.minutes(1))
      rig.saw([.blind(.trail), .s3(rig.wall)])
    }
  }

  private func mend(_ rig: inout Rig) {
    rig.pass(.minutes(1))
    rig.saw([.trail(delivered: rig.wall), .s3(rig.wall)])
  }

  private func told(_ rig: inout Rig) -> [Rig.Notified] {
    rig.deliver().filter {
      $0.channel == "sec-slack" && $0.notification.code == "aws.probe.blind"
    }
  }

  /// Raised, and come back as often.
  private func flap(_ rig: inout Rig, _ times: Int) -> [Rig.Notified] {
    var sent: [Rig.Notified] = []
    for _ in 0..<(times + 1) {
      fail(&rig)
      sent += told(&rig)
      mend(&rig)
      sent += told(&rig)
    }
    return sent
  }

  @Test("one row, one alert; its returns are entries, and told no more once it chatters")
  func isToldOnce() {
    var rig = rig()
    let sent = flap(&rig, 6)
    let acts = sent.map(\.notification.act)
    #expect(
      acts == [.raised, .cleared, .reopened, .cleared, .reopened, .cleared, .reopened], "\(acts)")
    #expect(sent.last?.notification.title.contains("CHATTERING x3") == true)
    #expect(rig.picture.alerts.values.filter { $0.code == "aws.probe.blind" }.count == 1)
    let alert = rig.picture.alerts.values.first { $0.code == "aws.probe.blind" }
    #expect(alert?.chatter == 6 && alert?.returns.count == 6)
    #expect(rig.story().count { $0.hasPrefix("reopen ") } == 6)
  }

  @Test("it is over when it was calm, and that is told")
  func endsCalm() {
    var rig = rig()
    _ = flap(&rig, 4)
    for _ in 0..<11 {
      rig.pass(.minutes(4))
      mend(&rig)
      #expect(told(&rig).isEmpty)
    }
    rig.pass(.minutes(4))
    mend(&rig)
    rig.tick()
    let alert = rig.picture.alerts.values.first { $0.code == "aws.probe.blind" }
    #expect(alert?.chatter == nil && alert?.state == .cleared)
    #expect(rig.story().count { $0.hasPrefix("calm ") } == 1)
    #expect(told(&rig).map(\.notification.act) == [.cleared])
  }

  @Test("what stays is told again, also to whoever had taken it")
  func staysBreaksThrough() {
    var rig = rig()
    _ = flap(&rig, 4)
    guard let id = rig.picture.alerts.values.first(where: { $0.code == "aws.probe.blind" })?.id
    else {
      Issue.record("nothing was raised")
      return
    }
    rig.command(.act(.ack, id))
    _ = told(&rig)
    fail(&rig)
    #expect(rig.picture.alerts[id]?.state.owner == "mira", "a return does not take it away")
    #expect(told(&rig).isEmpty)
    for _ in 0..<8 { fail(&rig) }
    #expect(told(&rig).map(\.notification.act) == [.reopened])
    #expect(rig.picture.alerts[id]?.chatter == nil && rig.picture.alerts[id]?.isNew == true)
  }

  @Test("while it chatters it is not closed: taken, shelved, but open")
  func isNotClosed() {
    var rig = rig()
    _ = flap(&rig, 4)
    guard let id = rig.picture.alerts.values.first(where: { $0.code == "aws.probe.blind" })?.id
    else {
      Issue.record("nothing was raised")
      return
    }
    #expect(rig.picture.alerts[id]?.state == .cleared)
    #expect(rig.command(.act(.resolve, id, text: "it flaps"))?.contains("chatters (x4)") == true)
    #expect(rig.command(.act(.ack, id)) == nil)
    rig.tick()
    #expect(rig.picture.alerts[id]?.isOpen == true)
    #expect(rig.picture.alerts[id]?.state.owner == "mira")
  }

  /// By nobody: no record of the act comes.
  private func stop(_ rig: inout Rig, by actor: String?, _ event: String) {
    rig.pass(.minutes(2))
    let stopped = rig.wall
    var change = PipelineChange.stop(at: stopped, event: event)
    change.cause.actor = actor ?? ""
    let changes = actor == nil ? [] : [change]
    rig.saw([.trail(logging: false, stopped: stopped), .history(changes, at: rig.wall)])
    rig.pass(.minutes(2))
    let started = rig.wall
    rig.pass(.minutes(1))
    rig.saw([
      .trail(started: started, delivered: rig.wall), .s3(rig.wall), .history(at: rig.wall),
    ])
    rig.pass(.minutes(1))
    rig.saw([.trail(started: started, delivered: rig.wall), .s3(rig.wall)])
  }

  @Test("another's hand breaks through, however often it came back before")
  func otherCauseBreaksThrough() {
    var rig = rig()
    rig.saw([.history(at: rig.wall)])
    for number in 0..<5 { stop(&rig, by: "dev", "e-\(number)") }
    let alert = rig.picture.alerts.values.first { $0.code == "aws.trail.stopped" }
    #expect((alert?.chatter ?? 0) >= 3, "\(rig.story())")
    rig.deliver()
    stop(&rig, by: "eve", "e-9")
    let sent = rig.deliver().filter { $0.notification.alert == alert?.id }
    #expect(sent.map(\.notification.act).contains(.reopened), "\(rig.story())")
    #expect(alert.flatMap { rig.picture.alerts[$0.id] }?.cause?.actor == "eve")
  }

  @Test("the first name in what came and went by nobody known breaks through")
  func firstCauseBreaksThrough() {
    var rig = rig()
    rig.saw([.history(at: rig.wall)])
    for number in 0..<5 { stop(&rig, by: nil, "e-\(number)") }
    let alert = rig.picture.alerts.values.first { $0.code == "aws.trail.stopped" }
    #expect((alert?.chatter ?? 0) >= 3 && alert?.cause == nil, "\(rig.story())")
    rig.deliver()
    stop(&rig, by: "eve", "e-9")
    let sent = rig.deliver().filter { $0.notification.alert == alert?.id }
    #expect(sent.map(\.notification.act).contains(.reopened), "\(rig.story())")
  }

  @Test("closed and raised anew is a return as well")
  func carriesOver() {
    var rig = Rig()
    func raise(_ number: Int) -> Event {
      .raise(
        Raise(
          alert: AlertID(number), code: "aws.delivery.late", source: Rig.use1, subject: "s",
          place: Place(account: "prod", region: "us-east-1"), kind: .condition, priority: .low,
          failed: rig.wall, what: "late"))
    }
    for number in 1...4 {
      rig.perform([
        .append([raise(number), .act(Act(.close, alert: AlertID(number), text: "over"))])
      ])
    }
    #expect(rig.alert(4)?.returns.count == 3)
    #expect(rig.picture.returns("aws.delivery.late", Rig.use1, "s").count == 3)
    #expect(rig.picture.returns("aws.delivery.late", Rig.use1, "t").isEmpty)
    #expect(ChatterRule.standard.count(rig.alert(3)?.returns ?? [], at: rig.wall) == 3)
  }
}
