import Testing
import WatchCore
import WatchEngine

/// Accidents 2 and 3, ages, blindness, clocks, and how acknowledgements end.
struct ConditionTests {
  private static let euw1 = SourceID(cloud: .aws, account: "prod", name: "euw1")

  private func sources() -> [SourcePlan] {
    [
      SourcePlan(id: Rig.use1, trail: Rig.trail),
      SourcePlan(
        id: Self.euw1, trail: "arn:aws:cloudtrail:eu-west-1:111122223333:trail/euw1"),
    ]
  }

  private func look(_ rig: inout Rig, error: String? = nil, newest: Timestamp? = nil) {
    let now = rig.wall
    rig.saw([
      .trail(delivered: newest ?? now, deliveryError: error),
      .trail(Self.euw1, region: "eu-west-1", delivered: newest ?? now, deliveryError: error),
      .s3(newest ?? now), .s3(newest ?? now, Self.euw1, region: "eu-west-1"),
      .history(at: now), .history(region: "eu-west-1", at: now),
    ])
  }

  @Test func aBlockedBucketIsOneAlertWithItsErrorsUnderIt() {
    var rig = Rig(sources: sources())
    look(&rig)
    rig.pass(.minutes(3))
    let before = rig.wall
    rig.saw([.history([.policy(at: before, refuses: nil)], at: rig.wall)])
    #expect(rig.story() == ["change"], "a policy that may be harmless is an entry")
    rig.pass(.minutes(1))
    look(&rig, error: "AccessDenied", newest: before - .minutes(1))
    #expect(rig.story().dropFirst() == ["raise A-0001", "raise A-0002", "raise A-0003"])
    #expect(rig.queue.map(\.what) == ["BLOCKED by ana, PutBucketPolicy"])
    #expect(
      rig.picture.symptoms(of: AlertID(1)).map(\.code) == [
        "aws.delivery.error", "aws.delivery.error",
      ])
    #expect(rig.picture.count("NEW") == 3)

    rig.command(.act(.ack, AlertID(1)))
    #expect(rig.story().suffix(3) == ["ack A-0001", "ack A-0002", "ack A-0003"])
    #expect(rig.command(.act(.undo, AlertID(1))) == nil)
    #expect(rig.picture.count("NEW") == 3)
    rig.command(.act(.ack, AlertID(1)))
    rig.pass(.minutes(2))
    look(&rig)
    #expect(rig.queue.first?.clearedAt != nil)
    rig.command(.act(.resolve, AlertID(1), text: "policy put back"))
    #expect(rig.picture.open.isEmpty)
  }

  @Test func aBucketThatRecoversTrailByTrailIsStillOneAlert() {
    var rig = Rig(sources: sources())
    look(&rig)
    rig.saw([.history([.policy(at: rig.wall, refuses: true)], at: rig.wall)])
    rig.pass(.minutes(1))
    look(&rig, error: "AccessDenied", newest: Rig.start)
    rig.pass(.minutes(1))
    rig.saw([.trail(delivered: rig.wall), .s3(rig.wall)])
    rig.pass(.minutes(1))
    look(&rig)
    #expect(rig.picture.alerts.values.count { $0.code == "aws.bucket.blocked" } == 1)
  }

  @Test func aSymptomThatCameFirstIsFoldedWhenTheCauseIsFound() {
    var rig = Rig(sources: sources())
    look(&rig)
    rig.pass(.minutes(1))
    let then = rig.wall
    look(&rig, error: "AccessDenied", newest: Rig.start)
    #expect(rig.queue.map(\.code) == ["aws.delivery.error", "aws.delivery.error"])
    rig.pass(.minutes(4))
    rig.saw([.history([.policy(at: then - .seconds(30), refuses: true)], at: rig.wall)])
    #expect(rig.queue.map(\.code) == ["aws.bucket.blocked"])
    #expect(rig.queue.first?.id == AlertID(3))
    #expect(rig.queue.first?.folded == [AlertID(1), AlertID(2)])
  }

  @Test func aPolicyThatRefusesByItsMeaningIsAnAlertAtOnce() {
    var rig = Rig(sources: sources())
    look(&rig)
    rig.pass(.minutes(1))
    rig.saw([.history([.policy(at: rig.wall, refuses: true)], at: rig.wall)])
    #expect(rig.queue.map(\.what) == ["BLOCKED by ana, PutBucketPolicy"])
  }

  @Test func aRegionThatNobodyCovers() {
    var rig = Rig()
    rig.saw([.region("us-east-1", covering: [Rig.trail]), .region("ap-southeast-2")])
    #expect(rig.engine.clouds()[0].regions.of == 1, "nothing is done there yet")
    #expect(rig.story() == [])
    rig.pass(.minutes(5))
    let since = rig.wall - .minutes(20)
    let cause = Cause(
      actor: "ci-deploy", action: "RunInstances", region: "ap-southeast-2", at: since)
    rig.saw([.region("ap-southeast-2", activity: 6, since: since, by: cause)])
    #expect(rig.queue.map(\.what) == ["NO TRAIL: RunInstances by ci-deploy"])
    #expect(rig.queue.first?.place.text == "prod/ap-southeast-2")
    let aws = rig.engine.clouds()[0]
    #expect(aws.regions == (1, 2))
    #expect(aws.paths.contains { $0.state == .notSetUp })
    #expect(rig.queue.first?.failed == since)
  }

  @Test func aStoppedTrailsRegionIsNoForgottenOne() {
    var rig = Rig()
    let since = rig.wall - .minutes(20)
    rig.saw([.region("us-east-1", activity: 6, since: since)])
    rig.saw([.trail(logging: false, stopped: rig.wall)])
    rig.saw([.region("us-east-1", activity: 6, since: since)])
    #expect(rig.queue.map(\.code) == ["aws.trail.stopped"])
    #expect(rig.engine.clouds()[0].regions == (0, 1))
  }

  @Test func lateThenSilentIsOneRow() {
    var rig = Rig()
    let saw = rig.wall
    rig.saw([.trail(), .s3(saw), .history(at: saw)])
    for _ in 0..<16 { sameAgain(&rig, saw) }
    #expect(rig.queue.map(\.code) == ["aws.delivery.late"])
    #expect(rig.state(.s3) == .late)
    for _ in 0..<15 { sameAgain(&rig, saw) }
    #expect(rig.queue.map(\.code) == ["aws.delivery.silent"])
    #expect(rig.queue.first?.folded == [AlertID(1)])
    #expect(rig.engine.clouds()[0].state == .silent)
  }

  private func sameAgain(_ rig: inout Rig, _ newest: Timestamp) {
    rig.pass(.minutes(1))
    rig.saw([.trail(), .s3(newest), .history(activity: [newest + .seconds(1)], at: rig.wall)])
  }

  @Test func aQuietAccountWithAWitnessRaisesNothing() {
    var rig = Rig()
    let saw = rig.wall
    for _ in 0..<120 {
      rig.saw([.trail(), .s3(saw), .history(at: rig.wall)])
      rig.pass(.minutes(1))
    }
    #expect(rig.state(.s3) == .okQuiet)
    #expect(rig.story() == [])
  }

  @Test func withoutTheWitnessQuietIsLateAndThenSilent() {
    var rig = Rig()
    let saw = rig.wall
    for _ in 0..<32 {
      rig.saw([.trail(), .s3(saw), .blind(.history, Rig.history)])
      rig.pass(.minutes(1))
    }
    #expect(rig.state(.s3) == .silent)
  }

  @Test func oneFreshRegionHidesNoOther() {
    var rig = Rig(sources: sources())
    look(&rig)
    for _ in 0..<31 {
      rig.pass(.minutes(1))
      rig.saw([
        .trail(), .trail(Self.euw1, region: "eu-west-1"), .s3(rig.wall),
        .s3(Rig.start, Self.euw1, region: "eu-west-1"), .history(at: rig.wall),
        .history(activity: [Rig.start + .seconds(9)], region: "eu-west-1", at: rig.wall),
      ])
    }
    let aws = rig.engine.clouds()[0]
    #expect(aws.state == .silent)
    #expect(aws.worst?.id.region == "eu-west-1")
    #expect(aws.delivering == (1, 2))
  }

  @Test func blindShowsAtOnceAndAlertsAfterTheSecondLook() {
    var rig = Rig()
    rig.saw([.trail(), .s3(rig.wall), .history(at: rig.wall)])
    rig.pass(.minutes(1))
    rig.saw([.blind(.history, Rig.history)])
    #expect(rig.engine.clouds()[0].state == .blind)
    #expect(rig.state(.s3) == .ok, "exactly that is blind")
    #expect(rig.story() == [])
    rig.pass(.minutes(1))
    rig.saw([.blind(.history, Rig.history)])
    #expect(rig.queue.map(\.code) == ["aws.probe.blind"])
    #expect(rig.queue.first?.priority == .medium)
    for _ in 0..<31 {
      rig.pass(.minutes(1))
      rig.saw([.blind(.history, Rig.history), .s3(rig.wall), .trail()])
    }
    #expect(rig.queue.first?.priority == .high)
    #expect(rig.queue.first?.reopened?.contains("now high") == true)
    rig.pass(.minutes(1))
    rig.saw([.history(at: rig.wall)])
    #expect(rig.alert(1)?.state == .cleared)
  }

  @Test func anUnreachableAccountIsOneRow() {
    var rig = Rig(sources: sources())
    for _ in 0..<2 {
      rig.saw([
        .blind(.trail, Rig.use1, .unreachable), .blind(.s3, Rig.use1, .unreachable),
        .blind(.trail, Self.euw1, region: "eu-west-1", .unreachable),
        .blind(.s3, Self.euw1, region: "eu-west-1", .unreachable),
        .blind(.history, Rig.history, .unreachable),
      ])
      rig.pass(.minutes(1))
    }
    #expect(rig.queue.map(\.code) == ["aws.probe.blind"])
    #expect(rig.picture.count("NEW") == 3)
  }

  @Test(arguments: [Duration.hours(1), .hours(-1)])
  func aSteppedClockIsAnAlertAndNoSilence(_ step: Duration) {
    var rig = Rig()
    look(&rig)
    rig.step(step)
    rig.tick()
    #expect(rig.state(.s3) == .ok)
    #expect(rig.queue.map(\.code) == ["watch.clock"])
    rig.pass(.minutes(1))
    rig.saw(
      [.trail(), .s3(Rig.start + .minutes(1)), .history(at: Rig.start + .minutes(1))],
      skew: .zero - step)
    #expect(rig.state(.s3) == .ok)
    #expect(rig.queue.map(\.code) == ["watch.clock"])
    rig.step(.zero - step)
    rig.tick()
    #expect(rig.queue.first?.state == .cleared)
    #expect(rig.state(.s3) == .ok)
  }

  @Test func acknowledgementsAndShelvesEnd() {
    var rig = Rig()
    rig.saw([.trail(logging: false, stopped: Rig.start)])
    rig.command(.act(.ack, AlertID(1)))
    rig.pass(.minutes(29))
    rig.saw([.trail(logging: false, stopped: Rig.start)])
    #expect(rig.alert(1)?.state.owner == "mira")
    rig.command(.act(.note, AlertID(1), text: "still at it"))
    rig.pass(.minutes(29))
    rig.tick()
    #expect(rig.alert(1)?.state.owner == "mira", "a note by its owner restarts the time")
    rig.pass(.minutes(2))
    rig.tick()
    #expect(rig.alert(1)?.isNew == true)
    #expect(rig.alert(1)?.reopened == "mira's acknowledgement ran out")
    rig.command(
      .act(.shelve, AlertID(1), text: "known", until: rig.wall + .hours(1)))
    #expect(rig.alert(1)?.isShelved == true)
    rig.pass(.minutes(61))
    rig.tick()
    #expect(rig.alert(1)?.isNew == true)
  }

  @Test func theWatchThatDidNotRunSaysSo() {
    var rig = Rig()
    look(&rig)
    rig.sleep(.hours(2))
    rig.tick()
    #expect(rig.queue.map(\.code) == ["watch.gap"])
    look(&rig)
    #expect(rig.queue.map(\.code) == ["watch.gap"], "and nothing storms")
  }

  @Test func whoIsToldAndWhoIsNext() {
    var rig = Rig(screen: Rig.mira)
    rig.saw([.trail(logging: false, stopped: Rig.start)])
    #expect(rig.story() == ["raise A-0001", "told A-0001"])
    rig.pass(.minutes(16))
    rig.tick()
    guard case .told(let told)? = rig.entries.last?.event else {
      Issue.record("the next one is named: \(rig.story())")
      return
    }
    #expect(told.to == "jon" && !told.accepted)
  }

  @Test func aFailedAppendIsTriedAgain() {
    var rig = Rig()
    rig.saves = false
    rig.saw([.trail(logging: false, stopped: Rig.start)])
    #expect(rig.queue.isEmpty)
    rig.saves = true
    rig.pass(.seconds(1))
    rig.tick()
    #expect(rig.queue.map(\.code) == ["aws.trail.stopped"])
  }

  @Test func settingsAreComparedWithTheirBaseline() {
    var rig = Rig()
    rig.saw([.trail(digest: Rig.start)])
    rig.saw([.trail(digest: Rig.start) { $0.globalEvents = false }])
    #expect(rig.queue.map(\.code) == ["aws.trail.narrowed"])
    #expect(rig.queue.first?.evidence.first?.text == "global_events true -> false")
    rig.saw([.trail(digest: Rig.start) { $0.globalEvents = false }])
    #expect(rig.picture.open.count == 1)
    rig.saw([.trail(digest: Rig.start)])
    #expect(rig.picture.open.count == 1, "what widens it is no alert")
    rig.saw([.trail(digest: Rig.start) { $0.bucket = "elsewhere" }])
    #expect(rig.picture.open.map(\.code).contains("aws.trail.changed"))
  }

  /// Two rounds of `check` are two looks.
  @Test func theLastLookOfAnEarlierWatchCounts() {
    let path = PathID(source: Rig.history, kind: .history, region: "us-east-1")
    var earlier = PathStatus(
      id: path, state: .blind, since: Rig.start - .minutes(5), looked: Rig.start - .minutes(5))
    var second = Rig(earlier: [earlier])
    second.saw([.trail(delivered: second.wall), .s3(second.wall), .blind(.history, Rig.history)])
    #expect(second.queue.map(\.code) == ["aws.probe.blind"])
    #expect(second.queue.first?.failed == Rig.start - .minutes(5))

    earlier.state = .ok
    var first = Rig(earlier: [earlier])
    first.saw([.trail(delivered: first.wall), .s3(first.wall), .blind(.history, Rig.history)])
    #expect(first.queue.isEmpty)
  }

  @Test func aMembersPathReplacesTheOneThatStoodForAll() {
    var rig = Rig()
    #expect(rig.state(.s3) == .never)
    var look = Look.s3(rig.wall)
    look.path.member = "210987654321"
    rig.saw([.trail(delivered: rig.wall), look])
    let paths = rig.engine.paths().filter { $0.id.kind == .s3 }
    #expect(paths.map(\.id.member) == ["210987654321"])
    #expect(paths.map(\.state) == [.ok])
  }
}
