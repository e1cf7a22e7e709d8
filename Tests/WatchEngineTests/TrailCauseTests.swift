import Testing
import WatchCore

@testable import WatchEngine

/// Whose act a narrowed trail is: never an earlier one's on the same trail.
struct TrailCauseTests {
  private static func update(
    _ actor: String, at time: Timestamp, asks settings: JSON? = nil
  ) -> PipelineChange {
    PipelineChange(
      cause: Cause(
        actor: actor, action: "UpdateTrail", region: "us-east-1", at: time,
        from: "198.51.100.7", event: "e-\(actor)", subject: Rig.trail),
      trail: Rig.trail, part: PipelineNode.ID(.trail, Rig.trail), stage: .trail, harm: .changes,
      settings: settings)
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

  /// The disk is full when it is first seen: what is written later names the same one.
  @Test func `what the journal could not take is judged again by the same times`() {
    var rig = Rig()
    rig.saw([Self.wide(rig)])
    rig.pass(.minutes(1))
    rig.saw([Self.wide(rig)])
    rig.pass(.minutes(1))
    let acts = [Self.update("mallory", at: rig.wall - .seconds(30))]
    let before = rig.engine.unspent
    rig.saves = false
    rig.saw([.history(acts, at: rig.wall), Self.narrow(rig)])
    rig.engine.unspend(before)
    rig.pass(.minutes(2))
    rig.engine.unspend(before)
    rig.saves = true
    rig.tick()
    #expect(rig.queue.map(\.code) == ["aws.trail.narrowed"])
    #expect(rig.queue.first?.cause?.actor == "mallory", "\(rig.queue.first?.what ?? "")")
  }

  /// Mallory narrows it; what bob then asks for is no part of that, or comes after the look.
  @Test(arguments: [
    (JSON.object([JSON.Member("organization", true)]), -20),
    (JSON.object([JSON.Member("bucket", "acme-other")]), -20),
    (JSON.object([JSON.Member("global_events", false)]), 30),
  ]) func `another's act on it takes nobody's place`(_ asked: JSON, _ seconds: Int) {
    var rig = Rig()
    rig.saw([Self.wide(rig)])
    rig.pass(.minutes(1))
    rig.saw([Self.wide(rig)])
    rig.pass(.minutes(1))
    let mallory = Self.update(
      "mallory", at: rig.wall - .seconds(40), asks: ["global_events": false])
    let bob = Self.update("bob", at: rig.wall + .seconds(seconds), asks: asked)
    let look = Look.trail(delivered: rig.wall, digest: rig.wall) {
      ($0.multiRegion, $0.globalEvents, $0.organization) = (true, false, true)
    }
    // The journal takes it a minute later.
    let before = rig.engine.unspent
    rig.saves = false
    rig.saw([.history([mallory], at: rig.wall), look])
    rig.engine.unspend(before)
    rig.saves = true
    rig.pass(.minutes(1))
    rig.tick()
    #expect(rig.queue.first?.cause?.actor == "mallory", "\(rig.queue.first?.what ?? "")")
    rig.pass(.minutes(3))
    rig.saw([.history([mallory, bob], at: rig.wall), look])
    #expect(rig.queue.first?.what.hasPrefix("NARROWED by mallory") == true)
    #expect(rig.queue.first?.cause?.actor == "mallory", "\(rig.queue.first?.what ?? "")")
  }

  /// Both narrowed it: the later one left it as it was seen.
  @Test func `of two who narrowed it the later one is named`() {
    var rig = Rig()
    rig.saw([Self.wide(rig)])
    rig.pass(.minutes(1))
    rig.saw([Self.wide(rig)])
    rig.pass(.minutes(1))
    let acts = [("mallory", 40), ("bob", 20)].map { actor, seconds in
      Self.update(actor, at: rig.wall - .seconds(seconds), asks: ["global_events": false])
    }
    rig.saw([.history([acts[0]], at: rig.wall), Self.narrow(rig)])
    #expect(rig.queue.first?.cause?.actor == "mallory")
    rig.pass(.minutes(3))
    rig.saw([.history(acts, at: rig.wall), Self.narrow(rig)])
    #expect(rig.queue.first?.cause?.actor == "bob")
  }
}
