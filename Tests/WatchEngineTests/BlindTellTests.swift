import Testing
import WatchCore

@testable import WatchEngine

/// One cause, one message: an account that cannot be reached is told of once, whichever of its sources
/// showed it first, and however often the watch starts anew.
@Suite struct BlindTellTests {
  private func fail(_ rig: inout Rig, _ looks: [Look]) {
    for _ in 0..<2 {
      rig.saw(looks)
      rig.pass(.seconds(5))
    }
  }

  private func told(_ rig: inout Rig) -> Set<AlertID> {
    Set(rig.deliver().compactMap(\.notification.alert))
  }

  private let trail = [Look.blind(.trail, Rig.use1, .unreachable)]
  private let history = [Look.blind(.history, Rig.history, .unreachable)]
  private let regions = [Look.blind(.region, Rig.regions, .unreachable)]

  @Test func whateverShowsItSecondStandsUnderTheFirst() {
    var rig = Rig(plan: TellTests.plan(), tells: true)
    fail(&rig, trail)
    #expect(rig.queue.map(\.code) == ["aws.probe.blind"] && told(&rig) == [AlertID(1)])
    fail(&rig, trail + history)
    #expect(rig.alert(2)?.source == Rig.history && rig.alert(2)?.under == AlertID(1))
    #expect(told(&rig) == [])
    rig.pass(.minutes(2))
    fail(&rig, trail + history)
    #expect(rig.alert(1)?.under == nil && rig.queue.map(\.id) == [AlertID(1)])
    #expect(rig.picture.outbox.isEmpty && told(&rig) == [])

    // Reloaded: neither of the two was looked at yet.
    rig.restart()
    fail(&rig, regions)
    #expect(rig.alert(3)?.source == Rig.regions && rig.alert(3)?.under == AlertID(1))
    fail(&rig, trail + history + regions)
    #expect(rig.queue.map(\.id) == [AlertID(1)] && told(&rig) == [])
  }

  /// What one permission lacks hides nothing else.
  @Test func aDenialCoversNobody() {
    var rig = Rig(plan: TellTests.plan(), tells: true)
    fail(&rig, [.blind(.trail)])
    fail(&rig, [.blind(.trail)] + history)
    #expect(rig.alert(2)?.source == Rig.history && rig.alert(2)?.under == nil)
    #expect(told(&rig) == [AlertID(1), AlertID(2)])
  }

  @Test func aProvenOneCoversNobody() {
    var rig = Rig(plan: TellTests.plan(), tells: true)
    fail(&rig, trail)
    let now = rig.wall
    rig.saw([.trail(delivered: now), .s3(now)])
    #expect(rig.alert(1)?.clearedAt != nil)
    fail(&rig, history)
    #expect(rig.alert(2)?.source == Rig.history && rig.alert(2)?.under == nil)
  }
}
