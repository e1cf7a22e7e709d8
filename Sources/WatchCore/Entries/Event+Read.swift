extension Event {
  /// Reads an entry's event from its whole line. A kind or shape that is not known gives
  /// ``unknown(kind:_:)``: an older binary reads on.
  public init(kind: String, json: JSON) {
    self = Event.known(kind: kind, json: json) ?? .unknown(kind: kind, json)
  }

  private static func known(kind: String, json: JSON) -> Event? {
    if let verb = Act.Verb(rawValue: kind) { return Act(verb: verb, json: json).map(Event.act) }
    if let what = Snapshot.What(rawValue: kind) { return snapshot(what, json) }
    switch kind {
    case "raise": return Raise(json: json).map(Event.raise)
    case "cause", "evidence", "fold", "gap", "told", "step": return aboutAlert(kind, json)
    case "remedy": return Remedy(json: json).map(Event.remedy)
    case "proposal": return Proposal(json: json).map(Event.proposal)
    case "withheld": return Withheld(json: json).map(Event.withheld)
    case "mute": return MuteMark(json: json).map(Event.mute)
    case "tell": return Tell(json: json).map(Event.tell)
    case "change":
      guard let source = source(json), let cause = Cause(json: json["cause"]),
        let what = json["what"]?.string
      else { return nil }
      return .change(source, cause, what: what)
    case "proof": return proof(json)
    case "watch": return watch(json)
    case "duty":
      guard let to = json["to"]?.string else { return nil }
      return .duty(
        DutyMark(
          to: to, from: json["from"]?.string, text: json["text"]?.string,
          by: Operator(json: json["by"])))
    case "accept": return Acceptance(json: json).map(Event.accept)
    case "planned": return PlannedChange(json: json).map(Event.planned)
    case "trial": return ChannelTrial(json: json).map(Event.trial)
    case "recovered":
      guard let bytes = json["bytes"]?.int, let hash = json["sha256"]?.string else { return nil }
      return .recovered(Recovered(bytes: bytes, hash: hash))
    default: return nil
    }
  }

  private static func aboutAlert(_ kind: String, _ json: JSON) -> Event? {
    guard let id = json["alert"]?.string.flatMap(AlertID.init(text:)) else { return nil }
    let evidence = (json["evidence"]?.array ?? []).compactMap { Evidence(json: $0) }
    switch kind {
    case "cause":
      guard let cause = Cause(json: json["cause"]), let what = json["what"]?.string else {
        return nil
      }
      return .cause(id, cause, what: what, evidence: evidence)
    case "evidence": return .evidence(id, evidence)
    case "fold": return json["under"]?.string.flatMap(AlertID.init).map { .fold(id, under: $0) }
    case "gap": return GapAccount(json: json["gap"]).map { .gap(id, $0) }
    case "told": return Told(alert: id, json: json).map(Event.told)
    default:
      guard let runbook = json["runbook"]?.string, let step = json["step"]?.int,
        let outcome = json["outcome"]?.string.flatMap(StepMark.Outcome.init),
        let by = Operator(json: json["by"])
      else { return nil }
      return .step(
        StepMark(
          alert: id, runbook: runbook, step: step, outcome: outcome, text: json["text"]?.string,
          by: by))
    }
  }

  private static func snapshot(_ what: Snapshot.What, _ json: JSON) -> Event? {
    guard let hash = json["sha256"]?.string, let content = json["content"] else { return nil }
    return .snapshot(
      Snapshot(
        what: what, source: source(json), hash: hash, content: content,
        difference: (json["difference"]?.array ?? []).compactMap(\.string),
        by: Operator(json: json["by"]), why: json["why"]?.string,
        from: json["from"]?.string, isUnnamed: json["unnamed"]?.bool ?? false))
  }

  private static func proof(_ json: JSON) -> Event? {
    guard let source = source(json),
      let state = json["state"]?.string.flatMap(HeartbeatState.init),
      let from = json["from"]?.time, let to = json["to"]?.time
    else { return nil }
    return .proof(
      ProofSummary(
        source: source, state: state, from: from, to: to, newest: json["newest"]?.time,
        record: json["record"]?.string, minutes: json["minutes"]?.members ?? [],
        isBlind: json["blind"]?.bool == true ? true : nil))
  }

  private static func watch(_ json: JSON) -> Event? {
    guard let what = json["what"]?.string.flatMap(WatchMark.What.init),
      let epoch = json["epoch"]?.int, let host = json["host"]?.string,
      let pid = json["pid"]?.int, let version = json["version"]?.string
    else { return nil }
    return .watch(
      WatchMark(
        what: what, epoch: epoch, host: host, pid: pid, version: version, from: json["from"]?.time,
        to: json["to"]?.time, text: json["text"]?.string, by: Operator(json: json["by"])))
  }

  private static func source(_ json: JSON) -> SourceID? {
    json["source"]?.string.flatMap(SourceID.init(text:))
  }
}
