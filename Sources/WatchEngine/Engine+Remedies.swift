import Crypto
import WatchCore

extension Engine {
  /// A command that changes something: the journal has it before the shell has. Where two must agree,
  /// the first to type it proposes it.
  func remedy(_ remedy: Remedy) -> CommandAnswer {
    guard let alert = picture.alerts[remedy.alert] else {
      return .refused("there is no alert \(remedy.alert.text)")
    }
    guard alert.isOpen else { return .refused("\(alert.id.text) is closed") }
    guard !remedy.command.isEmpty, remedy.command.utf8.count <= 16_384 else {
      return .refused("step \(remedy.step) has no command that can be run")
    }
    switch RemedyRules.answer(
      step: remedy.step, command: remedy.command, on: alert, by: remedy.by,
      approval: picture.asksForTwo ? .two : plan.approval, now: wall)
    {
    case .run: return .effects([.append([.remedy(remedy)]), .remedy(remedy)])
    case .refused(let why): return .refused(why)
    case .propose(let earlier):
      let over = earlier.map { ended($0, "another command is proposed in its place") }
      return .effects([.append([over, .proposal(proposal(remedy))].compactMap { $0 })])
    case .approve(let standing):
      var approved = remedy
      (approved.proposal, approved.proposedBy) = (standing.seq, standing.by)
      return .effects([.append([.remedy(approved)]), .remedy(approved)])
    }
  }

  private func proposal(_ remedy: Remedy) -> Proposal {
    Proposal(
      .made, alert: remedy.alert, runbook: remedy.runbook, step: remedy.step,
      command: remedy.command, hash: Hex.encode(SHA256.digest(Array(remedy.command.utf8))),
      until: wall + Proposal.lasts, by: remedy.by)
  }

  private func ended(_ standing: StandingProposal, _ why: String) -> Event {
    var end = standing.proposal
    (end.what, end.of, end.until, end.text, end.by) = (.ended, standing.seq, nil, why, nil)
    return .proposal(end)
  }

  /// What nobody approved in time is over.
  func proposalEvents() -> [Event] {
    picture.open.flatMap { alert in
      alert.proposals.values.filter { !$0.holds(at: wall) }.sorted { $0.seq < $1.seq }.map {
        ended($0, "nobody approved it within \(Proposal.lasts.text)")
      }
    }
  }

  /// It has run: written, and looked at what it brought about.
  mutating func remedied(_ remedy: Remedy) -> [EngineEffect] {
    outcomes.append(.remedy(remedy))
    var words = ["step \(remedy.step), \(remedy.alert.text):"]
    if remedy.status == 0 {
      words.append("done")
    } else {
      words.append("failed, status \(remedy.status.map(String.init) ?? "unknown"):")
      words.append(remedy.output.map { String($0.prefix { $0 != "\n" }) } ?? "it said nothing")
    }
    return [
      .say(words.joined(separator: " ")), .probe(picture.alerts[remedy.alert]?.source),
    ]
  }
}
