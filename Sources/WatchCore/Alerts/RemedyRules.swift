/// Whether a typed command runs, or waits for a second operator: one place for console and engine.
public enum RemedyRules {
  public enum Answer: Hashable, Sendable {
    case run
    /// It becomes a proposal; an earlier one of another text is over.
    case propose(instead: StandingProposal?)
    /// It is what the other one proposed: it runs.
    case approve(StandingProposal)
    case refused(String)
  }

  public static func answer(
    step: Int, command: String, on alert: Alert, by who: Operator, approval: Approval,
    now: Timestamp
  ) -> Answer {
    guard approval == .two else { return .run }
    let actors = alert.actors
    if actors.contains(who.name) {
      return .refused(
        "\(alert.id.text) was raised by what \(who.name) did: two others must mend it")
    }
    guard let standing = alert.proposal(step, at: now) else {
      return .propose(instead: alert.proposals[step])
    }
    // Byte by byte: to Swift some strings are the same that are not to a shell. And who proposed it may
    // have become known as the cause since.
    guard standing.proposal.command.utf8.elementsEqual(command.utf8),
      !actors.contains(standing.by.name)
    else { return .propose(instead: standing) }
    guard !who.isSame(as: standing.by) else {
      return .refused(
        "step \(step) is proposed by you: another operator approves it, until "
          + standing.until.shortClock(at: now))
    }
    return .approve(standing)
  }
}

extension Picture {
  /// What the newest configuration in the journal says: a console with a file of its own is bound by it.
  public var asksForTwo: Bool {
    snapshots[.configuration]?.content["remedies"]?["approve"]?.string == Approval.two.rawValue
  }
}

extension Operator {
  /// One person: by name, or signed in by one account under two names.
  public func isSame(as other: Operator) -> Bool {
    name == other.name || uid != nil && uid == other.uid
  }
}
