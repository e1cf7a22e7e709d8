import Testing
import WatchCore

@testable import WatchConsole

/// X where two must agree: a proposal is asked for, shown, and approved by another.
@Suite struct ProposalKeyTests {
  private static func atRemedy() -> Desk {
    var desk = Desk()
    desk.state.board.plan.approval = .two
    desk.press("nr")
    for _ in 2...3 {
      desk.press(" ")
      desk.state.board.plan.approval = .two
    }
    return desk
  }

  @Test("proposing is asked for as such; another's proposal is approved, one's own is not")
  func asked() throws {
    var desk = Self.atRemedy()
    desk.press("X")
    let question = try #require(desk.state.field?.question)
    #expect(question.contains("two must agree"))
    guard case .remedy(let command, let word)? = desk.state.field?.purpose,
      case .remedy(let id, let runbook, let step, let text) = command
    else {
      Issue.record("no word is asked for")
      return
    }
    desk.press("<Esc>")
    let jon = Operator(name: "jon", uid: 1001)
    for (by, said) in [(jon, "jon proposes step \(step)"), (desk.state.me, "proposed by you")] {
      Self.propose(
        Proposal(.made, alert: id, runbook: runbook, step: step, command: text, hash: "00", by: by),
        &desk)
      #expect(desk.text.joined().contains("PROPOSED by \(by.name)"))
      desk.press("X")
      let answer = desk.state.field?.question ?? desk.message
      #expect(answer.contains(said), "\(answer)")
      if by == jon { desk.press("<Esc>") }
    }
    #expect(
      !word.isEmpty && desk.commands.allSatisfy { if case .remedy = $0 { false } else { true } })
  }

  private static func proposed(_ desk: inout Desk, by who: Operator) throws -> (Command, String) {
    desk.press("X")
    guard case .remedy(let command, let word)? = desk.state.field?.purpose,
      case .remedy(let id, let runbook, let step, let text) = command
    else { throw NoWord() }
    desk.press("<Esc>")
    propose(
      Proposal(.made, alert: id, runbook: runbook, step: step, command: text, hash: "00", by: who),
      &desk)
    return (command, word)
  }

  /// For ten minutes, where two must agree.
  private static func propose(_ proposal: Proposal, _ desk: inout Desk) {
    var proposal = proposal
    proposal.until = SampleBoard.now + .minutes(10)
    desk.happen { $0.add(.proposal(proposal), at: SampleBoard.now) }
    desk.state.board.plan.approval = .two
  }

  private struct NoWord: Error {}

  @Test("the second one types the word, and that very command is sent, once")
  func approved() throws {
    var desk = Self.atRemedy()
    let (command, word) = try Self.proposed(&desk, by: Operator(name: "jon", uid: 1001))
    desk.press("X")
    desk.press(word)
    desk.press(.enter)
    let sent = desk.commands.filter { if case .remedy = $0 { true } else { false } }
    #expect(sent == [command])
  }

  @Test("whose act raised the alert is not told to approve", arguments: ["dev", "mira"])
  func actor(_ me: String) throws {
    var desk = Self.atRemedy()
    let jon = Operator(name: "jon", uid: 1001)
    _ = try Self.proposed(&desk, by: me == "dev" ? jon : Operator(name: "dev", uid: 1002))
    desk.state.board.me = Operator(name: me, uid: 1003)
    let text = desk.text.joined(separator: "\n")
    #expect(text.contains("PROPOSED by") && !text.contains("X approves it"), "\(text)")
    #expect(text.contains(me == "dev" ? "another operator approves it" : "X proposes it anew"))
  }

  @Test("a proposal of somebody else is said on the message line")
  func news() {
    var desk = Desk()
    desk.happen { line in
      line.add(
        .proposal(
          Proposal(
            .made, alert: AlertID(141), runbook: "r", step: 4, command: "c", hash: "00",
            until: SampleBoard.now + .minutes(10), by: Operator(name: "jon", uid: 1001))),
        at: SampleBoard.now)
    }
    #expect(desk.message == "jon proposes step 4 of A-0141: X there approves")
  }
}
