extension Entry {
  /// Who did it, for the journal's column; `-` is the watch itself.
  public var who: String { event.by?.name ?? "-" }

  /// What the entry says, in one line of words, without what other columns say. Holds outside
  /// text: to be cleaned where it is shown.
  public var detail: String { detail(in: nil) }

  /// As ``detail``, with what only the alert's life can tell: `1m55s after the raise`.
  /// An act that was undone says so.
  public func detail(in picture: Picture?) -> String {
    let alert = event.alert.flatMap { picture?.alerts[$0] }
    return words(in: picture) + (alert?.undone.contains(seq) == true ? " (taken back)" : "")
  }

  private func words(in picture: Picture?) -> String {
    switch event {
    case .raise(let raise):
      let under = raise.under.map { ", under \($0.text)" } ?? ""
      let chatter = raise.chatter.map { ", chattering x\($0)" } ?? ""
      return "\(raise.code.text) \(raise.priority.rawValue)\(under)\(chatter)"
    case .cause(_, let cause, _, _): return Self.detail(cause)
    case .evidence(_, let evidence): return Self.detail(evidence)
    case .fold(_, let under): return "under \(under.text)"
    case .gap(_, let gap): return detail(gap)
    case .act(let act): return detail(act, picture?.alerts[act.alert])
    case .step(let mark):
      return "\(mark.runbook)/\(mark.step) \(mark.outcome.rawValue)" + Self.quoted(mark.text)
    case .remedy(let remedy): return remedy.detail
    case .proposal(let proposal): return proposal.detail(at: at)
    case .tell(let tell): return Self.detail(tell)
    case .told(let told): return detail(told)
    case .withheld(let withheld): return withheld.detail
    case .mute(let mark): return mark.detail(at: at)
    case .change(let source, let cause, let what):
      return "\(source.text) \(what), \(Self.detail(cause))"
    case .snapshot(let snapshot): return Self.detail(snapshot)
    case .proof(let proof):
      let newest = proof.newest.map { ", newest \($0.clock(at: at))" } ?? ", no record yet"
      return "\(proof.source.text) \(proof.state.rawValue)\(newest)"
    case .watch(let mark): return detail(mark)
    case .duty(let mark): return Self.detail(mark)
    case .accept(let acceptance): return acceptance.detail(at: at)
    case .planned(let plan): return plan.detail(at: at)
    case .trial(let trial): return trial.text
    case .recovered(let torn):
      return "torn line of \(torn.bytes) bytes kept, sha256 \(torn.hash.prefix(8)).."
    case .unknown(let kind, _): return "\(kind): not known to this version"
    }
  }

  private func detail(_ act: Act, _ alert: Alert?) -> String {
    let until = act.until.map { "until \($0.shortClock(at: at))" }
    switch act.verb {
    case .ack: return taken(alert) ?? until ?? ""
    case .assign:
      return (["to \(act.to ?? "-")"] + [until].compactMap { $0 }).joined(separator: " ")
    case .note, .resolve: return Self.quoted(act.text, space: "")
    case .shelve: return (until ?? "") + Self.quoted(act.text)
    case .escalate: return "to \(act.to ?? "nobody")" + escalated(act)
    case .undo: return act.of.map { "takes back entry \($0)" } ?? ""
    case .clear: return act.text ?? "fresh proof"
    case .close: return act.text ?? "acknowledged and cleared"
    case .reopen:
      let chatter = act.chatter.flatMap { $0 > 0 ? "chattering x\($0)" : nil }
      return [act.text, act.priority.map { "now \($0.rawValue)" }, chatter].compactMap { $0 }
        .joined(separator: ", ")
    case .calm: return act.text ?? "chatters no more"
    }
  }

  /// What somebody said is quoted; what the watch found is not.
  private func escalated(_ act: Act) -> String {
    act.by == nil ? act.text.map { ": \($0)" } ?? "" : Self.quoted(act.text)
  }

  /// How long after the raise, for the first acknowledgement; later ones renew it.
  private func taken(_ alert: Alert?) -> String? {
    guard let alert else { return nil }
    let first = alert.entries.first {
      if case .act(let act) = $0.event { act.verb == .ack } else { false }
    }
    if let first, first.seq < seq { return "renewed \((at - alert.detected).text) after the raise" }
    return "\((at - alert.detected).text) after the raise"
  }

  private func detail(_ gap: GapAccount) -> String {
    let span = gap.to.map { "to \($0.clock(at: at)), \(($0 - gap.from).text)" } ?? "still open"
    // The figures first: a narrow list cuts the end.
    let figures = [
      (gap.deliveredLate, "delivered late"), (gap.recovered, "recovered"), (gap.lost, "lost"),
      (gap.unproven, "unproven"),
    ]
    let parts = figures.filter { $0.0 != 0 }.map { "\($0.0) \($0.1)" }
    let what = parts.isEmpty ? "no record is missing" : parts.joined(separator: ", ")
    return "\(what); \(gap.from.clock(at: at)) \(span)"
  }

  private func detail(_ mark: WatchMark) -> String {
    let span = [mark.from, mark.to].compactMap { $0?.clock(at: at) }.joined(separator: " to ")
    let words = [span, mark.text ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
    let rest = words.isEmpty ? "" : ": \(words)"
    switch mark.what {
    case .start:
      return "start of watch \(mark.epoch) on \(mark.host), process \(mark.pid), "
        + "version \(mark.version)\(rest)"
    case .stop: return "end of watch \(mark.epoch)\(rest)"
    case .gap: return "nobody watched\(rest)"
    case .clock: return "the clock was set\(rest)"
    }
  }
}

extension Entry {
  private static func detail(_ cause: Cause) -> String {
    let from = cause.from.map { " from \($0)" } ?? ""
    let error = cause.error.map { ", refused: \($0)" } ?? ""
    return "\(cause.action) by \(cause.actor)\(from)\(error)"
  }

  private static func detail(_ evidence: [Evidence]) -> String {
    guard let first = evidence.first else { return "" }
    return evidence.count == 1 ? first.text : "\(first.text) (+\(evidence.count - 1))"
  }

  private static func detail(_ tell: Tell) -> String {
    let channels = tell.channels.isEmpty ? "no channel" : tell.channels.joined(separator: ", ")
    return "\(tell.act.rawValue): \(tell.to) by \(channels)"
  }

  /// `pager NOT told (mira): no answer; attempt 2, next try 03:05:00Z`
  private func detail(_ told: Told) -> String {
    let count = told.attempt.flatMap { $0 > 1 ? "attempt \($0)" : nil }
    if told.isLook, let by = told.takenBy {
      return "\(told.channel): \(Telling.Taken.words(by))"
    }
    if told.accepted {
      let taken = told.takenBy.map(Telling.Taken.words)
      return (["\(told.channel) accepted (\(told.to))"] + [count, taken].compactMap { $0 })
        .joined(separator: ", ")
    }
    let next = told.next.map { "next try \($0.clock(at: at))" }
    let rest = [count, next].compactMap { $0 }.joined(separator: ", ")
    return "\(told.channel) NOT told (\(told.to))" + (told.detail.map { ": \($0)" } ?? "")
      + (rest.isEmpty ? "" : "; \(rest)")
  }

  private static func detail(_ snapshot: Snapshot) -> String {
    let source = snapshot.source.map { "\($0.text) " } ?? ""
    let what = "\(source)\(snapshot.hash.prefix(8)).."
    guard let first = snapshot.difference.first else { return what }
    let more = snapshot.difference.count > 1 ? " (+\(snapshot.difference.count - 1))" : ""
    // A baseline is accepted, and says why in its own act.
    let why = snapshot.source == nil ? ", \(snapshot.reason)" : ""
    return "\(what) \(first)\(more)\(why)"
  }

  private static func detail(_ mark: DutyMark) -> String {
    let text = quoted(mark.text)
    if let by = mark.by, by.name != mark.to { return "handed over to \(mark.to)\(text)" }
    return (mark.from.map { "taken over from \($0)" } ?? "taken by \(mark.to)") + text
  }

  private static func quoted(_ text: String?, space: String = " ") -> String {
    text.map { "\(space)\"\($0)\"" } ?? ""
  }
}
