import Testing
import WatchCore
import WatchEngine
import WatchProbes

/// Proof must be newer than what it disproves; what nobody saw happen still happened; and what was
/// not written is written later.
struct HonestyTests {
  private func healthy(_ rig: inout Rig, newest: Timestamp) {
    let now = rig.wall
    rig.saw([
      .trail(delivered: newest), .s3(newest), .history(activity: [newest], at: now),
    ])
  }

  @Test func anOldRecordClearsNothing() {
    var rig = Rig()
    healthy(&rig, newest: rig.wall)
    let before = rig.wall
    rig.pass(.minutes(2))
    rig.saw([.history([.policy(at: rig.wall, refuses: true)], at: rig.wall)])
    #expect(rig.queue.map(\.code) == ["aws.bucket.blocked"])
    rig.pass(.minutes(3))
    rig.saw([.trail(delivered: before), .s3(before)])
    #expect(rig.alert(1)?.clearedAt == nil, "that object is older than the policy")
    rig.pass(.minutes(3))
    rig.saw([.trail(delivered: rig.wall), .s3(rig.wall)])
    #expect(rig.alert(1)?.clearedAt != nil)
  }

  @Test func anAnswerThatWasUnderWayBeforeIsNoProof() {
    var rig = Rig()
    healthy(&rig, newest: rig.wall)
    rig.pass(.minutes(2))
    rig.saw([.blind(.history, Rig.history)])
    let asked = rig.wall
    rig.pass(.minutes(1))
    rig.saw([.blind(.history, Rig.history)])
    rig.saw([.history(at: asked)], began: asked)
    #expect(rig.alert(1)?.clearedAt == nil)
  }

  @Test func tamperingWhileNobodyLookedIsAnAlert() {
    let closed = Rig.start - .hours(6)
    var rig = Rig(lastSeen: closed)
    #expect(rig.queue.map(\.code) == ["watch.gap"])
    healthy(&rig, newest: rig.wall)
    rig.saw([
      .history([.stop(at: Rig.start - .hours(5), event: "e-9")], at: rig.wall)
    ])
    #expect(rig.queue.map(\.code).contains("aws.trail.stopped"))
    rig.saw([.history([.stop(at: closed - .hours(3), event: "e-8")], at: rig.wall)])
    #expect(rig.story().last == "change", "what an earlier watch could judge is an entry")
  }

  @Test(arguments: [true, false])
  func noTrailAtAllIsNotOk(historyIsRead: Bool) {
    var rig = Rig(sources: [])
    let regions = ["us-east-1", "eu-west-1"]
    for _ in 0..<3 {
      let bare = regions.map { Look.region($0, trails: []) }
      rig.saw(bare + (historyIsRead ? regions.map { .history(region: $0, at: rig.wall) } : []))
      rig.pass(.minutes(1))
    }
    #expect(rig.queue.map(\.code) == ["aws.trail.none"])
    #expect(rig.engine.clouds()[0].label == "NOT SET UP")
    rig.saw(
      regions.map { .region($0, covering: [Rig.trail]) }
        + regions.map { .history(region: $0, at: rig.wall) })
    #expect(rig.alert(1)?.clearedAt != nil)
    #expect(rig.engine.clouds()[0].state == .ok)
  }

  @Test func theClocksMustBeMeasuredToAgree() {
    var rig = Rig()
    healthy(&rig, newest: rig.wall)
    rig.saw([.trail(), .s3(rig.wall)], skew: .minutes(5))
    #expect(rig.queue.map(\.code) == ["watch.clock"])
    #expect(rig.picture.alerts.values.allSatisfy { $0.code != "watch.gap" })
    rig.pass(.minutes(1))
    rig.saw([.blind(.trail)], skew: .zero)
    #expect(rig.queue.first { $0.code == "watch.clock" }?.clearedAt == nil)
    rig.pass(.minutes(1))
    rig.saw([.trail()], skew: .zero)
    #expect(rig.picture.alerts.values.first { $0.code == "watch.clock" }?.clearedAt != nil)
  }

  @Test func newAgainIsToldAgain() {
    var rig = Rig(screen: Rig.mira)
    rig.saw([.trail(logging: false, stopped: Rig.start)])
    rig.command(.act(.ack, AlertID(1)))
    rig.pass(.minutes(31))
    rig.tick()
    #expect(rig.alert(1)?.isNew == true)
    #expect(rig.story().filter { $0 == "told A-0001" }.count == 2)
  }

  @Test func aGapThatCannotBeReadIsAskedAgainInFiveMinutes() {
    var rig = Rig()
    healthy(&rig, newest: rig.wall)
    rig.saw([.trail(logging: false, stopped: rig.wall)])
    rig.pass(.minutes(2))
    let started = rig.wall
    rig.pass(.minutes(2))
    rig.saw([.trail(started: started), .s3(rig.wall), .history(at: rig.wall)])
    #expect(rig.asked.count == 1)
    rig.refuseGap(AlertID(1))
    rig.pass(.minutes(3))
    #expect(rig.asked.count == 1)
    rig.pass(.minutes(3))
    #expect(rig.asked.count == 2)
  }

  @Test func aSourceTakenOutEndsItsAlertsInWords() {
    var rig = Rig()
    rig.saw([.trail(logging: false, stopped: Rig.start)])
    let entries = rig.entries
    var later = Rig(sources: [
      SourcePlan(
        id: SourceID(cloud: .aws, account: "prod", name: "other"),
        trail: "arn:aws:cloudtrail:us-east-1:111122223333:trail/other")
    ])
    later.adopt(entries)
    later.tick()
    let alert = later.picture.alerts.values.first { $0.code == "aws.trail.stopped" }
    #expect(alert?.clearProof?.hasPrefix("not proven") == true)
  }

  @Test func aRecordFromTheFutureProvesNothing() {
    var rig = Rig()
    rig.saw([.trail(digest: rig.wall)])
    let future = rig.wall + .hours(24 * 365)
    rig.pass(.minutes(1))
    rig.saw([.trail(digest: future)])
    rig.pass(.minutes(80))
    rig.saw([.trail(digest: future)])
    #expect(rig.state(.digest) == .late)
  }

  @Test func anAccountAllOfWhoseSymptomsFoldIsCoveredByOneKey() {
    var rig = Rig()
    rig.saw([.trail(delivered: rig.wall), .s3(rig.wall), .history(at: rig.wall)])
    let newest = rig.wall
    for _ in 0..<32 {
      rig.pass(.minutes(1))
      rig.saw([.trail(), .s3(newest), .history(activity: [newest + .seconds(1)], at: rig.wall)])
    }
    rig.saw([.trail(logging: false, stopped: newest)])
    let top = rig.queue.first
    #expect(top?.code == "aws.trail.stopped")
    if let top { rig.command(.act(.ack, top.id)) }
    #expect(rig.picture.count("NEW") == 0, "late folds under silent, silent under stopped")
  }
}
