import Testing
import WatchCore

@testable import WatchEngine

/// F096, H1: where the configuration asks for two, one proposes and another approves exactly that.
@Suite struct RemedyByTwoTests {
  private static let text = "aws cloudtrail start-logging --name use1 --region us-east-1"

  private static func command(_ text: String = text) -> Command {
    .remedy(AlertID(1), runbook: "aws-trail-stopped", step: 3, command: text)
  }

  private func rig() -> Rig {
    var plan = TellTests.plan()
    plan.approval = .two
    var rig = Rig(plan: plan)
    let stopped = rig.wall - .minutes(1)
    rig.saw([
      .trail(logging: false, stopped: stopped), .history([.stop(at: stopped)], at: rig.wall),
    ])
    return rig
  }

  @Test("the first one proposes, and nothing runs; another approves exactly that, and it runs")
  func twoHands() throws {
    var rig = rig()
    let before = rig.entries.count
    #expect(rig.command(Self.command()) == nil)
    #expect(rig.remedies.isEmpty && rig.story(after: before) == ["proposal A-0001"])
    let standing = try #require(rig.alert(1)?.proposal(3, at: rig.wall))
    #expect(standing.by.name == "mira" && standing.until == rig.wall + .minutes(10))
    #expect(standing.proposal.hash.count == 64)
    #expect(rig.command(Self.command())?.contains("proposed by you") == true)
    let alias = Operator(name: "mira-admin", uid: Rig.mira.uid)
    #expect(rig.command(Self.command(), by: alias)?.contains("proposed by you") == true)
    #expect(rig.remedies.isEmpty)
    #expect(rig.command(Self.command(), by: Rig.jon) == nil)
    let ran = try #require(rig.remedies.first)
    #expect(ran.by.name == "jon" && ran.proposedBy?.name == "mira" && ran.proposal == standing.seq)
    #expect(rig.alert(1)?.proposal(3, at: rig.wall) == nil)
    #expect(
      rig.entries.last { $0.event.kind == "remedy" }?.detail
        == "aws-trail-stopped/3 begun, typed to confirm, proposed by mira")
    #expect(rig.command(Self.command(), by: Rig.jon) == nil)
    #expect(rig.remedies.count == 1, "once approved, once run: the next is a proposal again")
  }

  @Test("it ends by itself after ten minutes, and a clock that is set back prolongs nothing")
  func ends() {
    var rig = rig()
    rig.command(Self.command())
    rig.pass(.minutes(11))
    rig.tick()
    guard case .proposal(let end)? = rig.entries.last(where: { $0.event.kind == "proposal" })?.event
    else {
      Issue.record("no end")
      return
    }
    #expect(end.what == .ended && end.by == nil && rig.alert(1)?.proposals.isEmpty == true)
    rig.command(Self.command())
    rig.step(.hours(-1))
    rig.tick()
    #expect(rig.command(Self.command(), by: Rig.jon) == nil)
    #expect(rig.remedies.isEmpty, "it was a proposal of another time, and jon's is a new one")
  }

  @Test("another text is another proposal: nobody approves what he has not read")
  func otherText() {
    var rig = rig()
    rig.command(Self.command())
    let before = rig.entries.count
    rig.command(Self.command(Self.text + " --profile prod"), by: Rig.jon)
    #expect(rig.remedies.isEmpty)
    #expect(rig.story(after: before) == ["proposal A-0001", "proposal A-0001"], "the end, the new")
    rig.command(Self.command(), by: Rig.mira)
    #expect(rig.remedies.isEmpty, "mira's own is over: she proposes again")
  }

  @Test("whoever raised it neither proposes nor approves")
  func notTheActor() {
    var rig = rig()
    let dev = Operator(name: "dev", uid: 2000)
    #expect(rig.command(Self.command(), by: dev)?.contains("two others must mend it") == true)
    rig.command(Self.command())
    #expect(rig.command(Self.command(), by: dev) != nil)
    #expect(rig.remedies.isEmpty)
  }

  @Test("who proposed it and turns out to have done it is not one of the two")
  func actorKnownLate() {
    var plan = TellTests.plan()
    plan.approval = .two
    var rig = Rig(plan: plan)
    let stopped = rig.wall - .minutes(1)
    rig.saw([.trail(logging: false, stopped: stopped)])
    let dev = Operator(name: "dev", uid: 2000)
    #expect(rig.command(Self.command(), by: dev) == nil)
    rig.pass(.minutes(1))
    rig.saw([
      .trail(logging: false, stopped: stopped), .history([.stop(at: stopped)], at: rig.wall),
    ])
    #expect(rig.alert(1)?.cause?.actor == "dev")
    #expect(rig.command(Self.command(), by: Rig.jon) == nil)
    #expect(rig.remedies.isEmpty, "jon's is a new proposal")
    #expect(rig.command(Self.command(), by: Rig.mira) == nil)
    #expect(rig.remedies.map(\.by.name) == ["mira"])
  }

  @Test("a later cause excuses nobody: all whose acts it was laid to are kept out")
  func everyActor() {
    var rig = rig()
    var other = PipelineChange.stop(at: rig.wall, event: "e-7").cause
    other.actor = "ci-role"
    rig.perform([.append([.cause(AlertID(1), other, what: "STOPPED by ci-role", evidence: [])])])
    #expect(rig.alert(1)?.actors == ["dev", "ci-role"])
    let dev = Operator(name: "dev", uid: 2000)
    #expect(rig.command(Self.command(), by: dev)?.contains("two others must mend it") == true)
  }

  @Test("what only looks the same is another command")
  func byteByByte() {
    var rig = rig()
    // U+037E, the Greek question mark, is canonically equivalent to a semicolon.
    rig.command(Self.command("aws x\u{37E} y"))
    #expect("aws x\u{37E} y" == "aws x; y", "to Swift they are one")
    rig.command(Self.command("aws x; y"), by: Rig.jon)
    #expect(rig.remedies.isEmpty)
  }

  @Test("a console with another configuration is bound by the one in the journal")
  func boundByTheJournal() {
    let watch = rig()
    var console = Rig(plan: TellTests.plan())
    console.adopt(watch.entries)
    #expect(console.picture.asksForTwo)
    #expect(console.command(Self.command()) == nil)
    #expect(console.remedies.isEmpty)
  }

  @Test("a forged entry lasts no longer than ten minutes, and all reads as it was written")
  func entries() {
    var rig = rig()
    let proposal = Proposal(
      .made, alert: AlertID(1), runbook: "aws-trail-stopped", step: 3, command: Self.text,
      hash: "00", until: rig.wall + .hours(9), by: Rig.mira)
    rig.perform([.append([.proposal(proposal)])])
    #expect(rig.alert(1)?.proposal(3, at: rig.wall)?.until == rig.wall + .minutes(10))
    var remedy = Remedy(
      alert: AlertID(1), runbook: "r", step: 3, command: "c", status: 0, by: Rig.jon)
    (remedy.proposal, remedy.proposedBy) = (7, Rig.mira)
    for event in [Event.proposal(proposal), .remedy(remedy)] {
      #expect(Event(kind: event.kind, json: .facts(event.facts)) == event)
    }
  }
}
