import Testing
import WatchCore

@testable import WatchEngine

/// The alarm load counts a source's blind minutes while they go on, and whatever watch ran.
@Suite struct BlindProofTests {
  private static func minutes(_ rig: Rig) -> Int {
    AlarmLoad(rig.picture, from: Rig.start - .hours(1), to: rig.wall).blindMinutes
  }

  private static func blind(_ isStopped: Bool) -> Rig {
    var rig = Rig()
    rig.saw([.trail(logging: !isStopped, stopped: isStopped ? rig.wall : nil), .blind(.s3)])
    return rig
  }

  private static func look(_ rig: inout Rig) {
    rig.saw([.trail(delivered: rig.wall), .s3(rig.wall)])
  }

  @Test("from the first look on, also where a worse path hides it", arguments: [false, true])
  func goesOn(_ isStopped: Bool) {
    var rig = Self.blind(isStopped)
    rig.pass(.minutes(20))
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
    var rig = Self.blind(false)
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
    var rig = Self.blind(false)
    rig.pass(.minutes(20))
    var other = Rig(sources: [])
    other.wall = rig.wall
    other.boot = rig.boot
    other.adopt(rig.entries)
    other.tick()
    other.pass(.minutes(30))
    #expect((19...20).contains(Self.minutes(other)))
  }
}
