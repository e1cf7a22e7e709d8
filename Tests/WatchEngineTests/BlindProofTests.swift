import Testing
import WatchCore

@testable import WatchEngine

/// The alarm load counts a source's blind minutes while they go on, and whatever watch ran.
@Suite struct BlindProofTests {
  private static func minutes(_ rig: Rig) -> Int {
    AlarmLoad(rig.picture, from: Rig.start - .hours(1), to: rig.wall).blindMinutes
  }

  private static func blind() -> Rig {
    var rig = Rig()
    rig.saw([.trail(), .blind(.s3)])
    return rig
  }

  private static func look(_ rig: inout Rig) {
    rig.saw([.trail(delivered: rig.wall), .s3(rig.wall)])
  }

  @Test("from the first look on, also where a worse path hides it", arguments: [false, true])
  func goesOn(_ isStopped: Bool) {
    var rig = Rig()
    for _ in 0..<20 {
      rig.saw([.trail(logging: !isStopped, stopped: isStopped ? Rig.start : nil), .blind(.s3)])
      rig.pass(.minutes(1))
    }
    #expect((19...20).contains(Self.minutes(rig)))
    if isStopped { #expect(rig.engine.clouds().first?.state == .failing) }
    Self.look(&rig)
    for _ in 0..<3 {
      rig.pass(.minutes(3))
      Self.look(&rig)
    }
    #expect((19...20).contains(Self.minutes(rig)), "it ends with the look that worked")
  }

  @Test("a watch that is killed takes no minute with it; the next says what it sees")
  func killed() {
    var rig = Self.blind()
    rig.pass(.minutes(20))
    rig.restart()
    rig.tick()
    #expect((19...20).contains(Self.minutes(rig)), "not looked yet is no proof")
    rig.saw([.trail(delivered: rig.wall), .blind(.s3)])
    rig.pass(.minutes(4))
    #expect((23...24).contains(Self.minutes(rig)))
    rig.restart()
    Self.look(&rig)
    rig.pass(.minutes(3))
    #expect((23...24).contains(Self.minutes(rig)))
  }

  @Test("what is watched no more is not blind")
  func unwatched() {
    var rig = Self.blind()
    rig.pass(.minutes(20))
    rig.engine = Engine(
      plan: Rig(sources: []).engine.plan, picture: rig.picture,
      mark: WatchMark(what: .start, epoch: 2, host: "bridge", pid: 8, version: "test"),
      screen: nil, reading: rig.reading)
    rig.tick()
    rig.pass(.minutes(30))
    #expect((19...20).contains(Self.minutes(rig)))
  }
}
