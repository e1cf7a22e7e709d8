extension Alert {
  /// Adds an entry about this alert. An `undo` re-reads the life without the entry it takes back.
  mutating func apply(_ entry: Entry) {
    entries.append(entry)
    guard case .act(let act) = entry.event, act.verb == .undo, let of = act.of else {
      take(entry)
      return
    }
    undone.insert(of)
    let before = self
    self = replayed()
    (news, withheld, missedCall) = (before.news, before.withheld, before.missedCall)
    if state.label != before.state.label || state.owner != before.state.owner {
      heard(standingAct, entry)
    }
  }

  private static let endsAtOnce = [".stopped", ".deleted", ".disabled"]

  private func replayed() -> Alert {
    guard let first = entries.first, case .raise(let raise) = first.event else { return self }
    var fresh = Alert(raise: raise, entry: first)
    fresh.folded = folded
    (fresh.returns, fresh.carried) = (carried, carried)
    for entry in entries.dropFirst() where !undone.contains(entry.seq) { fresh.take(entry) }
    fresh.entries = entries
    fresh.undone = undone
    return fresh
  }

  private mutating func take(_ entry: Entry) {
    switch entry.event {
    case .cause(_, let cause, let what, let evidence):
      self.cause = cause
      self.what = what
      self.evidence += evidence
      // What was stopped or deleted cannot have worked since, whenever a look found it.
      if kind == .condition, cause.error == nil,
        Self.endsAtOnce.contains(where: code.rest.hasSuffix)
      {
        failed = min(failed, cause.at)
      }
    case .evidence(_, let evidence): self.evidence += evidence
    case .fold(_, let under): self.under = under
    case .gap(_, let gap): self.gap = gap
    case .tell(let tell): take(tell, entry)
    case .told(let mark): take(mark, entry)
    case .proposal(let proposal): take(proposal, entry)
    case .remedy(let remedy):
      if proposals[remedy.step]?.seq == remedy.proposal { proposals[remedy.step] = nil }
    case .withheld(let mark): take(mark)
    case .step(let mark):
      steps[mark.step] = mark
      stepTimes[mark.step] = entry.at
      renew(by: mark.by, at: entry.at)
    case .act(let act):
      let owner = state.owner
      take(act, at: entry.at)
      hear(act, entry, owner: owner)
    default: break
    }
  }

  private mutating func take(_ act: Act, at now: Timestamp) {
    switch act.verb {
    case .ack, .assign:
      guard let owner = act.verb == .assign ? act.to : act.by?.name else { return }
      acked = acked ?? now
      reopened = nil
      state = .acknowledged(
        owner: owner, at: now, until: act.until ?? now + priority.acknowledgedFor)
    case .note: renew(by: act.by, at: now)
    case .shelve:
      state = .shelved(
        by: act.by?.name ?? "-", until: act.until ?? now, reason: act.text ?? "")
    case .clear:
      clearedAt = now
      clearProof = act.text
      if code == .muted { what = mutedOnce(until: now) }
      if state == .new { state = .cleared }
    case .reopen where act.isQuiet: comeBack(act, at: now)
    case .calm: chatter = nil
    case .reopen:
      if let raised = act.priority { priority = raised }
      if let what = act.what { self.what = what }
      reopened = act.text
      reopenedAt = now
      if act.returned {
        comeBack(act, at: now)
        returnedAt = now
        overdue = nil
      } else if act.chatter == 0 {
        chatter = nil
      }
      called = []
      state = clearedAt == nil ? .new : .cleared
    case .resolve, .close:
      // Whoever closes it has seen it; that the watch closes it is nobody's acknowledgement.
      if act.verb == .resolve, act.by != nil { acked = acked ?? now }
      state = .closed(at: now, by: act.by?.name, text: act.text)
    case .escalate:
      if let to = act.to { called.append(Call(to: to, at: now)) }
      if let until = act.until { overdue = until }
    case .undo: break
    }
  }

  /// What chatters keeps whoever has taken it.
  private mutating func comeBack(_ act: Act, at now: Timestamp) {
    clearedAt = nil
    clearProof = nil
    // It goes on: what was accounted for stands in the history, and is no whole account.
    gap = nil
    returns = (returns + [now]).suffix(Self.returnsKept)
    if let count = act.chatter { chatter = count > 0 ? count : nil }
    if state == .cleared { state = .new }
  }

  /// A note or a step by its owner restarts the acknowledgement's time.
  private mutating func renew(by who: Operator?, at now: Timestamp) {
    guard case .acknowledged(let owner, let at, _) = state, owner == who?.name else { return }
    state = .acknowledged(owner: owner, at: at, until: now + priority.acknowledgedFor)
  }
}
