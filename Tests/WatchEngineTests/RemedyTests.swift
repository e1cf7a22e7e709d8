import Testing
import WatchCore
import WatchProbes

@testable import WatchEngine

/// F096: a command that changes something, typed to confirm.
@Suite struct RemedyTests {
  private static func stopped() -> Rig {
    var rig = Rig()
    rig.saw([.trail(logging: false, stopped: rig.wall - .minutes(1))])
    return rig
  }

  private static let command = Command.remedy(
    AlertID(1), runbook: "aws-trail-stopped", step: 3,
    command: "aws cloudtrail start-logging --name use1 --region us-east-1")

  @Test("F096: the journal has the command before it runs, and what came of it after")
  func order() throws {
    var rig = Self.stopped()
    let before = rig.entries.count
    #expect(rig.command(Self.command) == nil)
    #expect(rig.story(after: before) == ["remedy A-0001"])
    #expect(rig.remedies.count == 1)
    var ran = try #require(rig.remedies.first)
    (ran.status, ran.output) = (0, "")
    rig.hurried = []
    rig.perform(rig.engine.handle(.remedied(ran), at: rig.reading))
    #expect(rig.story(after: before) == ["remedy A-0001", "remedy A-0001"])
    #expect(rig.hurried.contains(Rig.use1))
    let alert = try #require(rig.alert(1))
    #expect(
      alert.entries.suffix(2).map(\.detail) == [
        "aws-trail-stopped/3 begun, typed to confirm",
        "aws-trail-stopped/3 done, typed to confirm: ",
      ])
  }

  @Test("F096: what came of it waits for the journal, and is written once")
  func kept() throws {
    var rig = Self.stopped()
    #expect(rig.command(Self.command) == nil)
    var ran = try #require(rig.remedies.first)
    (ran.status, ran.output) = (1, "AccessDenied\nmore")
    let before = rig.entries.count
    rig.saves = false
    let effects = rig.engine.handle(.remedied(ran), at: rig.reading)
    let said = effects.compactMap { effect in if case .say(let text) = effect { text } else { nil }
    }
    #expect(said == ["step 3, A-0001: failed, status 1: AccessDenied"])
    rig.perform(effects)
    rig.tick()
    #expect(rig.story(after: before) == [])
    rig.saves = true
    rig.tick()
    #expect(rig.story(after: before) == ["remedy A-0001"])
    rig.pass(.minutes(3))
    rig.tick()
    #expect(rig.story(after: before).filter { $0 == "remedy A-0001" }.count == 1)
  }

  @Test("F096: an alert that is not there has no remedy")
  func refused() {
    var rig = Rig()
    #expect(rig.command(Self.command) != nil)
    #expect(rig.remedies.isEmpty)
  }

  @Test("F096: a remedy that the journal could not be told is not run")
  func unsaved() async {
    let rig = Self.stopped()
    let refused = WatchPorts(
      clock: { rig.reading }, sleep: { _ in }, append: { _ in .failed("disk full") },
      verify: { .unchecked }, keep: { _, _ in },
      gap: { _, _ in .blind(Blindness(kind: .other, detail: "")) })
    var loop = WatchLoop(engine: rig.engine, me: Rig.mira, demo: nil, ports: refused) { _ in }
    await loop.answer(1, Self.command, by: Rig.mira)
    let started = loop.requests().contains { if case .remedy = $0 { true } else { false } }
    #expect(!started)
  }
}
