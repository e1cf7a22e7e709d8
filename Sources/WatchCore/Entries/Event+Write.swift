extension Event {
  /// The members of the line that follow `kind`, in the order in which they are written.
  public var facts: [(String, JSON?)] {
    switch self {
    case .raise(let raise): raise.facts
    case .cause(let id, let cause, let what, let evidence):
      [
        ("alert", .string(id.text)), ("what", .string(what)), ("cause", cause.json),
        ("evidence", Self.list(evidence)),
      ]
    case .evidence(let id, let evidence):
      [("alert", .string(id.text)), ("evidence", Self.list(evidence))]
    case .fold(let id, let under):
      [("alert", .string(id.text)), ("under", .string(under.text))]
    case .gap(let id, let gap): [("alert", .string(id.text)), ("gap", gap.json)]
    case .act(let act): act.facts
    case .step(let mark): Self.facts(mark)
    case .remedy(let remedy): remedy.facts
    case .proposal(let proposal): proposal.facts
    case .tell(let tell): tell.facts
    case .told(let told): told.facts
    case .withheld(let withheld): withheld.facts
    case .mute(let mark): mark.facts
    case .change(let source, let cause, let what):
      [("source", .string(source.text)), ("what", .string(what)), ("cause", cause.json)]
    case .snapshot(let snapshot): Self.facts(snapshot)
    case .proof(let proof): Self.facts(proof)
    case .watch(let mark): Self.facts(mark)
    case .duty(let mark):
      [
        ("to", .string(mark.to)), ("from", mark.from.map(JSON.string)),
        ("text", mark.text.map(JSON.string)), ("by", mark.by?.json),
      ]
    case .accept(let acceptance): acceptance.facts
    case .planned(let plan): plan.facts
    case .trial(let trial): trial.facts
    case .recovered(let torn):
      [("bytes", .int(Int64(torn.bytes))), ("sha256", .string(torn.hash))]
    case .unknown(_, let json): (json.members ?? []).map { ($0.key, $0.value) }
    }
  }

  private static func list(_ evidence: [Evidence]) -> JSON? {
    evidence.isEmpty ? nil : .array(evidence.map(\.json))
  }

  private static func facts(_ mark: StepMark) -> [(String, JSON?)] {
    [
      ("alert", .string(mark.alert.text)), ("runbook", .string(mark.runbook)),
      ("step", .int(Int64(mark.step))), ("outcome", .string(mark.outcome.rawValue)),
      ("text", mark.text.map(JSON.string)), ("by", mark.by.json),
    ]
  }

  private static func facts(_ snapshot: Snapshot) -> [(String, JSON?)] {
    [
      ("source", snapshot.source.map { .string($0.text) }), ("sha256", .string(snapshot.hash)),
      ("content", snapshot.content),
      (
        "difference",
        snapshot.difference.isEmpty ? nil : .array(snapshot.difference.map(JSON.string))
      ),
      ("by", snapshot.by?.json), ("why", snapshot.why.map(JSON.string)),
      ("from", snapshot.from.map(JSON.string)), ("unnamed", snapshot.isUnnamed ? true : nil),
    ]
  }

  private static func facts(_ proof: ProofSummary) -> [(String, JSON?)] {
    [
      ("source", .string(proof.source.text)), ("state", .string(proof.state.rawValue)),
      ("from", .string(proof.from.iso)), ("to", .string(proof.to.iso)),
      ("newest", proof.newest.map { .string($0.iso) }), ("record", proof.record.map(JSON.string)),
      ("minutes", .object(proof.minutes)),
      ("blind", proof.isBlind && proof.state != .blind ? true : nil),
    ]
  }

  private static func facts(_ mark: WatchMark) -> [(String, JSON?)] {
    [
      ("what", .string(mark.what.rawValue)), ("epoch", .int(Int64(mark.epoch))),
      ("host", .string(mark.host)), ("pid", .int(Int64(mark.pid))),
      ("version", .string(mark.version)), ("from", mark.from.map { .string($0.iso) }),
      ("to", mark.to.map { .string($0.iso) }), ("text", mark.text.map(JSON.string)),
      ("by", mark.by?.json),
    ]
  }
}
