import Testing
import WatchCore
import WatchEngine

/// Accident 1: a developer stops the trail in us-east-1.
struct StoppedTrailTests {
  private func healthy(_ rig: inout Rig) {
    let now = rig.wall
    rig.saw([.history(activity: [now - .minutes(6)], at: now)])
    rig.saw([
      .trail(delivered: now - .minutes(5), digest: now - .minutes(20), group: now - .minutes(1))
    ])
    rig.saw([.s3(now - .minutes(5))])
  }

  @Test func healthyIsOkAndRaisesNothing() {
    var rig = Rig()
    healthy(&rig)
    #expect(rig.story() == [])
    #expect(rig.state(.s3) == .ok)
    #expect(rig.state(.digest) == .ok)
    #expect(rig.state(.group) == .ok)
    #expect(rig.engine.clouds()[0].label == "ok")
    #expect(rig.engine.clouds()[1].label == "NOT SET UP")
  }

  @Test func statusThenCauseThenRecovery() throws {
    var rig = Rig()
    healthy(&rig)
    rig.pass(.seconds(127))
    let stopped = Rig.start + .seconds(80)
    rig.saw([.trail(logging: false, stopped: stopped, digest: Rig.start, group: Rig.start)])
    #expect(rig.story() == ["raise A-0001"])
    #expect(rig.queue.first?.code == "aws.trail.stopped")
    #expect(rig.queue.first?.failed == stopped)
    #expect(rig.queue.first?.what == "STOPPED: use1, us-east-1, 03:01Z")
    #expect(rig.state(.s3) == .failing && rig.state(.digest) == .failing)

    rig.pass(.seconds(24))
    rig.saw([.history([.stop(at: stopped)], at: rig.wall)])
    #expect(rig.story() == ["raise A-0001", "cause A-0001"])
    #expect(rig.queue.first?.what == "STOPPED by dev, us-east-1, 03:01Z")
    rig.saw([.history([.stop(at: stopped)], at: rig.wall)])
    #expect(rig.story().count == 2, "the same event is no second cause")

    rig.command(.act(.ack, AlertID(1)))
    let started = rig.wall + .minutes(4)
    rig.pass(.minutes(5))
    rig.saw([.trail(started: started, digest: Rig.start, group: rig.wall)])
    #expect(rig.queue.first?.clearedAt == nil, "logging again is no proof")
    #expect(rig.state(.s3) == .late)
    rig.pass(.minutes(5))
    rig.saw([.trail(started: started, digest: Rig.start, group: rig.wall)])
    rig.saw([.s3(rig.wall)])
    #expect(rig.story().last == "clear A-0001")
    #expect(rig.alert(1)?.waitsForLine == true, "a high one waits for a line on the cause")

    let question = try #require(rig.asked.first)
    #expect(question.1.from == stopped && question.1.to == started)
    rig.answerGap(AlertID(1), GapAccount(from: stopped, to: started, recovered: 37, unproven: 1))
    #expect(rig.picture.alerts[AlertID(1)]?.gap?.recovered == 37)
    #expect(rig.command(.act(.resolve, AlertID(1))) != nil, "a line is asked for")
    #expect(rig.command(.act(.resolve, AlertID(1), text: "wrong account")) == nil)
    #expect(rig.alert(1)?.state.isClosed == true)
  }

  @Test func theEventAloneRaisesWithinItsCycle() {
    var rig = Rig()
    healthy(&rig)
    rig.pass(.seconds(30))
    rig.saw([.history([.stop(at: rig.wall - .seconds(10))], at: rig.wall)])
    #expect(rig.queue.first?.what == "STOPPED by dev, us-east-1, 03:00Z")
    #expect(rig.queue.first?.cause?.from == "198.51.100.7")
    #expect(rig.story() == ["raise A-0001"])
    #expect(rig.hurried == [Rig.use1], "the trail itself is asked at once")
  }

  @Test func stoppedAndStartedBetweenTwoLooksStillHappened() {
    var rig = Rig()
    healthy(&rig)
    rig.pass(.minutes(2))
    rig.saw([.trail(started: rig.wall - .seconds(5), digest: Rig.start, group: rig.wall)])
    rig.saw([.s3(rig.wall)])
    rig.saw([.history([.stop(at: rig.wall - .seconds(40))], at: rig.wall)])
    rig.pass(.minutes(1))
    rig.saw([.trail(started: rig.wall - .seconds(65), digest: Rig.start, group: rig.wall)])
    rig.saw([.s3(rig.wall)])
    #expect(rig.queue.first?.state == .cleared, "CLR until somebody has seen it")
    #expect(rig.story() == ["raise A-0001", "clear A-0001"])
  }

  @Test func aRefusedAttemptIsAnEntryAndNoAlert() {
    var rig = Rig()
    healthy(&rig)
    rig.saw([.history([.stop(at: rig.wall, error: "AccessDenied")], at: rig.wall)])
    #expect(rig.story() == ["change"])
    #expect(rig.queue.isEmpty)
  }

  @Test func whoeverRaisedItCannotCloseItAlone() {
    var rig = Rig()
    healthy(&rig)
    let dev = Operator(name: "dev")
    rig.saw([.history([.stop(at: rig.wall)], at: rig.wall)])
    #expect(rig.command(.act(.ack, AlertID(1)), by: dev) == nil)
    rig.pass(.minutes(1))
    rig.saw([.trail(digest: rig.wall, group: rig.wall)])
    rig.saw([.s3(rig.wall)])
    #expect(
      rig.command(.act(.resolve, AlertID(1), text: "oops"), by: dev)?.contains("second") == true)
    #expect(rig.command(.act(.resolve, AlertID(1), text: "seen"), by: Rig.jon) == nil)
  }

  @Test func aDeletedTrail() {
    var rig = Rig()
    healthy(&rig)
    rig.pass(.minutes(1))
    rig.saw([.noTrail()])
    #expect(rig.queue.map(\.code) == ["aws.trail.deleted"])
    #expect(rig.state(.s3) == .failing)
  }
}
