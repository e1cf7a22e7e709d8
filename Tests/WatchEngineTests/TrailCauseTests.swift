import Testing
import WatchCore
import WatchEngine

/// Whose act a narrowed trail is: never an earlier one's on the same trail.
struct TrailCauseTests {
  private static func update(_ actor: String, at time: Timestamp) -> PipelineChange {
    PipelineChange(
      cause: Cause(
        actor: actor, action: "UpdateTrail", region: "us-east-1", at: time,
        from: "198.51.100.7", event: "e-\(actor)", subject: Rig.trail),
      trail: Rig.trail, part: PipelineNode.ID(.trail, Rig.trail), stage: .trail, harm: .changes)
  }

  private static func narrow(_ rig: Rig) -> Look {
    .trail(delivered: rig.wall, digest: rig.wall) {
      $0.multiRegion = true
      $0.globalEvents = false
    }
  }

  private static func wide(_ rig: Rig) -> Look {
    .trail(delivered: rig.wall, digest: rig.wall) { $0.multiRegion = true }
  }

  /// Mira widens it, and her act is known or not yet; minutes later mallory narrows it.
  private func story(recordsLate: Bool) -> (rig: Rig, acts: [PipelineChange]) {
    var rig = Rig()
    rig.saw([.trail(delivered: rig.wall, digest: rig.wall)])
    rig.pass(.minutes(5))
    let mira = Self.update("mira", at: rig.wall - .seconds(20))
    rig.saw([Self.wide(rig)])
    if !recordsLate { rig.saw([.history([mira], at: rig.wall)]) }
    rig.pass(.minutes(1))
    rig.saw([Self.wide(rig)])
    rig.pass(.minutes(2))
    let mallory = Self.update("mallory", at: rig.wall - .seconds(30))
    rig.saw([Self.narrow(rig)])
    return (rig, [mira, mallory])
  }

  @Test(arguments: [false, true]) func `it is nobody's until the right record comes`(
    _ recordsLate: Bool
  ) {
    var (rig, acts) = story(recordsLate: recordsLate)
    #expect(rig.queue.map(\.code) == ["aws.trail.narrowed"])
    #expect(rig.queue.first?.cause == nil, "\(rig.queue.first?.what ?? "")")
    rig.pass(.minutes(1))
    rig.saw([.history([acts[0]], at: rig.wall), Self.narrow(rig)])
    #expect(rig.queue.first?.cause == nil, "\(rig.queue.first?.what ?? "")")
    rig.pass(.minutes(6))
    rig.saw([.history(acts, at: rig.wall), Self.narrow(rig)])
    #expect(rig.queue.map(\.code) == ["aws.trail.narrowed"])
    #expect(rig.queue.first?.cause?.actor == "mallory")
    #expect(rig.queue.first?.what.hasPrefix("NARROWED by mallory") == true)
  }

  @Test(arguments: [(true, "dev"), (false, nil)]) func `a time cut to the second may lie before`(
    _ cut: Bool, _ named: String?
  ) {
    var rig = Rig()
    rig.pass(.milliseconds(900))
    rig.saw([Self.wide(rig)])
    let act = Self.update("dev", at: rig.wall - .milliseconds(cut ? 900 : 800))
    rig.pass(.minutes(1))
    rig.saw([.history([act], at: rig.wall)])
    rig.saw([Self.narrow(rig)])
    #expect(rig.queue.map(\.code) == ["aws.trail.narrowed"])
    #expect(rig.queue.first?.cause?.actor == named, "\(rig.queue.first?.what ?? "")")
  }
}
