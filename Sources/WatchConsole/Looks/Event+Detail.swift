import WatchCore

/// How an entry reads in a list.
extension Event {
  /// Entries that lists leave out: proofs and the snapshots of rules.
  public var isRoutine: Bool {
    switch self {
    case .proof, .snapshot: true
    default: false
    }
  }

  /// The DETAIL column: unsafe text, from the cloud and from people.
  public var detail: String {
    switch self {
    case .raise(let raise):
      "\(raise.code.text) \(raise.priority.rawValue)"
        + (raise.under.map { ", under \($0.text)" } ?? "")
    case .cause(_, let cause, _, _):
      "\(cause.action) by \(cause.actor)" + (cause.from.map { " from \($0)" } ?? "")
    case .evidence(_, let evidence): evidence.map(\.text).joined(separator: "; ")
    case .fold(_, let under): "a symptom of \(under.text)"
    case .gap(_, let gap): gap.brief
    case .act(let act): act.detail
    case .step(let mark):
      "\(mark.runbook)/\(mark.step) \(mark.outcome.rawValue)" + quoted(mark.text)
    case .told(let told):
      "\(told.channel) \(told.accepted ? "accepted" : "failed") (\(told.to))"
        + (told.accepted ? "" : told.detail.map { ": \($0)" } ?? "")
    case .change(let source, let cause, let what):
      "\(source.text): \(what.isEmpty ? cause.action : what) by \(cause.actor)"
    case .snapshot(let snapshot):
      snapshot.difference.isEmpty ? "as it is" : snapshot.difference.joined(separator: "; ")
    case .proof(let proof): "\(proof.source.text) \(proof.state.label)"
    case .watch(let mark): mark.detail
    case .duty(let mark):
      (mark.from.map { "taken over from \($0)" } ?? "taken") + quoted(mark.text)
    case .accept(let acceptance):
      "\(acceptance.rule) \(acceptance.subject) until \(acceptance.until.iso)"
        + quoted(acceptance.reason)
    case .planned(let plan):
      "\(plan.source?.text ?? "everything") \(plan.from.iso) to \(plan.to.iso)" + quoted(plan.text)
    case .recovered(let recovered): "a torn line of \(recovered.bytes) bytes is kept and passed"
    case .unknown(let kind, let json): "\(kind): not understood by this version: \(json.line)"
    }
  }
}

extension Act {
  var detail: String {
    switch verb {
    case .ack: (by.map { "by \($0.name)" } ?? "covered by its cause") + quoted(text)
    case .assign: "to \(to ?? "-")" + quoted(text)
    case .note: quoted(text, before: "")
    case .shelve: "until \(until.map { "\($0.monthDay) \($0.shortClock)" } ?? "-")" + quoted(text)
    case .resolve: quoted(text, before: "")
    case .undo: "takes back entry \(of.map(String.init) ?? "-")"
    case .clear: text ?? "the condition is gone"
    case .close: text ?? "acknowledged and cleared"
    case .reopen: text ?? "NEW again"
    }
  }
}

extension WatchMark {
  var detail: String {
    let span = [from?.clock, to?.clock].compactMap { $0 }.joined(separator: " to ")
    let facts = ["\(what.rawValue), epoch \(epoch), \(host) pid \(pid)", span, text ?? ""]
    return facts.filter { !$0.isEmpty }.joined(separator: ", ")
  }
}

extension GapAccount {
  /// `delivered late 0, recovered 37, lost 0, unproven 1`
  public var summary: String {
    "delivered late \(deliveredLate), recovered \(recovered), lost \(lost), unproven \(unproven)"
  }

  /// The figures that are not zero, for a list: `37 recovered, 1 unproven`.
  var brief: String {
    let figures = [
      (deliveredLate, "delivered late"), (recovered, "recovered"), (lost, "lost"),
      (unproven, "unproven"),
    ]
    let parts = figures.filter { $0.0 != 0 }.map { "\($0.0) \($0.1)" }
    return parts.isEmpty ? "no record is missing" : parts.joined(separator: ", ")
  }
}

private func quoted(_ text: String?, before: String = " ") -> String {
  text.map { "\(before)\"\($0)\"" } ?? ""
}
