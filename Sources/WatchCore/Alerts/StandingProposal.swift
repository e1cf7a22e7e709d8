/// A proposal that nobody has approved, as the journal tells it.
public struct StandingProposal: Hashable, Sendable {
  /// Number of the entry that made it.
  public let seq: Int
  public let at: Timestamp
  /// Never later than ``Proposal/lasts`` after it was made.
  public let until: Timestamp
  public let by: Operator
  public let proposal: Proposal

  init?(_ proposal: Proposal, _ entry: Entry) {
    guard proposal.what == .made, let by = proposal.by, let until = proposal.until else {
      return nil
    }
    seq = entry.seq
    at = entry.at
    self.until = min(until, entry.at + Proposal.lasts)
    self.by = by
    self.proposal = proposal
  }

  /// A clock that was set back prolongs nothing.
  public func holds(at now: Timestamp) -> Bool { until > now && now > at - .minutes(2) }
}

extension Alert {
  /// What stands to be approved for a step.
  public func proposal(_ step: Int, at now: Timestamp) -> StandingProposal? {
    proposals[step].flatMap { $0.holds(at: now) ? $0 : nil }
  }

  mutating func take(_ proposal: Proposal, _ entry: Entry) {
    switch proposal.what {
    case .made: proposals[proposal.step] = StandingProposal(proposal, entry)
    case .ended:
      if proposals[proposal.step]?.seq == proposal.of { proposals[proposal.step] = nil }
    }
  }
}

/// Who has to agree to a command that changes something.
public enum Approval: String, Hashable, Sendable {
  case one, two
}
