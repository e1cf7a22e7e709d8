/// What an entry says. Alerts, the queue and every screen follow from these alone.
public enum Event: Hashable, Sendable {
  case raise(Raise)
  /// The cause of an alert was found.
  case cause(AlertID, Cause, what: String, evidence: [Evidence])
  /// More was seen of an alert's failure.
  case evidence(AlertID, [Evidence])
  /// An alert turned out to be a symptom of another.
  case fold(AlertID, under: AlertID)
  case gap(AlertID, GapAccount)
  case act(Act)
  case step(StepMark)
  /// A runbook's command that changes something was run.
  case remedy(Remedy)
  /// Such a command waits for a second operator, or waits no more.
  case proposal(Proposal)
  /// Somebody is to be told: written before anything is sent.
  case tell(Tell)
  case told(Told)
  /// It would have been told, and a mute held.
  case withheld(Withheld)
  /// Notifications are withheld from now on, or no more.
  case mute(MuteMark)
  /// An audited change that is no alert: it widens coverage, or was undone before we looked.
  case change(SourceID, Cause, what: String)
  case snapshot(Snapshot)
  case proof(ProofSummary)
  case watch(WatchMark)
  case duty(DutyMark)
  case accept(Acceptance)
  case planned(PlannedChange)
  /// A channel was tried out.
  case trial(ChannelTrial)
  case recovered(Recovered)
  /// A kind that this binary does not know: kept, shown raw, and reason to write nothing more.
  case unknown(kind: String, JSON)

  /// The word in the line's `kind`.
  public var kind: String {
    switch self {
    case .raise: "raise"
    case .cause: "cause"
    case .evidence: "evidence"
    case .fold: "fold"
    case .gap: "gap"
    case .act(let act): act.verb.rawValue
    case .step: "step"
    case .remedy: "remedy"
    case .proposal: "proposal"
    case .tell: "tell"
    case .told: "told"
    case .withheld: "withheld"
    case .mute: "mute"
    case .change: "change"
    case .snapshot(let snapshot): snapshot.what.rawValue
    case .proof: "proof"
    case .watch: "watch"
    case .duty: "duty"
    case .accept: "accept"
    case .planned: "planned"
    case .trial: "trial"
    case .recovered: "recovered"
    case .unknown(let kind, _): kind
    }
  }

  /// The alert that the entry is about.
  public var alert: AlertID? {
    switch self {
    case .raise(let raise): raise.alert
    case .cause(let id, _, _, _), .evidence(let id, _), .fold(let id, _), .gap(let id, _): id
    case .act(let act): act.alert
    case .step(let mark): mark.alert
    case .remedy(let remedy): remedy.alert
    case .proposal(let proposal): proposal.alert
    case .tell(let tell): tell.alert
    case .told(let told): told.alert
    case .withheld(let withheld): withheld.tell.alert
    case .change, .snapshot, .proof, .watch, .duty, .accept, .planned, .trial, .recovered,
      .mute:
      nil
    case .unknown(_, let json): json["alert"]?.string.flatMap(AlertID.init(text:))
    }
  }

  /// Who did it; nil: the watch.
  public var by: Operator? {
    switch self {
    case .act(let act): act.by
    case .step(let mark): mark.by
    case .remedy(let remedy): remedy.by
    case .proposal(let proposal): proposal.by
    case .snapshot(let snapshot): snapshot.by
    case .watch(let mark): mark.by
    case .duty(let mark): mark.by
    case .accept(let acceptance): acceptance.by
    case .planned(let plan): plan.by
    case .trial(let trial): trial.by
    case .mute(let mark): mark.by
    default: nil
    }
  }
}
