/// What replaying the journal gives: the alert queue and everything else that follows from entries.
/// There is one way to build it: old entries and new ones go through the same `apply`.
public struct Picture: Hashable, Sendable {
  /// By number; closed ones are kept too, without their entries after a while.
  public private(set) var alerts: [AlertID: Alert] = [:]
  /// The open ones' places in the queue.
  private(set) var standings: [AlertID: Standing] = [:]
  /// The newest entries, oldest first, at most ``recentLimit``.
  public private(set) var recent: [Entry] = []
  public private(set) var count = 0
  public private(set) var head: Entry?
  public private(set) var nextAlert = 1
  public private(set) var epoch = 0
  public private(set) var duty: DutyMark?
  public private(set) var dutySince: Timestamp?
  /// The newest snapshot of each rule.
  public private(set) var snapshots: [Snapshot.What: Snapshot] = [:]
  public private(set) var baselines: [SourceID: Snapshot] = [:]
  /// When each of them was written.
  public private(set) var baselined: [SourceID: Timestamp] = [:]
  public private(set) var proofs: [SourceID: ProofSummary] = [:]
  /// What each source's first posture look found.
  public private(set) var postures: [SourceID: Snapshot] = [:]
  /// The newest acceptance of each weakness, ended ones too.
  public private(set) var acceptances: [Acceptance.Key: Acceptance] = [:]
  /// Announced changes that are not long over, oldest first.
  public private(set) var planned: [PlannedChange] = []
  /// Audit events already seen as a change or a cause, by the cloud's event id.
  public private(set) var knownEvents: Set<String> = []
  /// The first entry that this binary does not understand: nothing may be written after it.
  public private(set) var notUnderstood: Entry?
  /// Notifications that are neither accepted nor given up: the alert of each, by the number of its
  /// `tell` entry.
  public private(set) var outbox: [Int: AlertID] = [:]
  /// Of messages that tell of many alerts: the others', by the number of the `tell` entry.
  private var together: [Int: [AlertID]] = [:]
  /// When somebody was last called to an alert that is not high.
  public private(set) var calledLow: Timestamp?
  /// How each channel fares that was ever used.
  public private(set) var channels: [String: ChannelLife] = [:]
  /// Alerts to which something happened that nobody was told of yet.
  public private(set) var untold: Set<AlertID> = []
  /// The newest alert of each failure, source and subject, closed ones too.
  private var newest: [Sameness: AlertID] = [:]
  /// The newest mute that no entry has ended; its time may be over.
  public private(set) var mute: Mute?
  /// Alerts of which something is still to be told that a mute withheld.
  private var withheld: Set<AlertID> = []
  /// When the newest entry by the watch itself was written.
  public private(set) var lastWatch: WatchMark?

  /// Why rules were changed, in the words that were ever given: a line that still stands in a file says
  /// nothing of the next change.
  public private(set) var reasons: Set<String> = []
  /// What the alarm load counts beside alerts.
  public private(set) var marks = LoadMarks()

  /// The newest test of a channel that was accepted.
  public private(set) var trial: Entry?

  public static let recentLimit = 5000

  public init() {}

  public init(_ entries: some Sequence<Entry>) {
    for entry in entries { apply(entry) }
  }

  public mutating func apply(_ entry: Entry) {
    count += 1
    head = entry
    marks.take(entry)
    mute?.pass(entry.at)
    if notUnderstood == nil, !entry.isUnderstood { notUnderstood = entry }
    recent.append(entry)
    if recent.count > Self.recentLimit * 2 { recent.removeFirst(recent.count - Self.recentLimit) }
    if count % 1000 == 0 { shedOld(at: entry.at) }
    switch entry.event {
    case .raise(let raise): add(raise, entry)
    case .fold(let id, let under):
      alerts[id]?.apply(entry)
      link(id, under: under)
    case .change(_, let cause, _): know(cause)
    case .snapshot(let snapshot): keep(snapshot, at: entry.at)
    case .proof(let proof): proofs[proof.source] = proof
    case .watch(let mark):
      lastWatch = mark
      epoch = max(epoch, mark.epoch)
    case .duty(let mark):
      duty = mark
      dutySince = entry.at
    case .mute(let mark): take(mark, entry)
    case .accept(let acceptance): acceptances[acceptance.key] = acceptance
    case .planned(let plan): announce(plan, at: entry.at)
    case .trial(let trial) where trial.accepted: self.trial = entry
    case .cause(let id, let cause, _, _):
      know(cause)
      alerts[id]?.apply(entry)
    default:
      if let id = entry.event.alert { alerts[id]?.apply(entry) }
    }
    guard let id = entry.event.alert else { return }
    standings[id] = alerts[id].flatMap(Standing.init)
    post(entry, of: id)
  }

  /// Keeps account of what is still to be told, and by which channel it went.
  private mutating func post(_ entry: Entry, of id: AlertID) {
    switch entry.event {
    case .tell(let tell):
      if !tell.channels.isEmpty { outbox[entry.seq] = id }
      if let alert = alerts[id], tell.isGathered(alert) { calledLow = entry.at }
      guard !tell.more.isEmpty else { break }
      together[entry.seq] = tell.more.map(\.alert)
      hear(entry, tell.more.map(\.alert), besides: id)
    case .told(let told):
      guard let of = told.of else { break }
      if !told.isLook {
        channels[told.channel, default: ChannelLife()].take(told, at: entry.at)
      }
      hear(entry, together[of] ?? [], besides: id)
      guard alerts[id]?.telling(of)?.isOver ?? true else { break }
      outbox[of] = nil
      together[of] = nil
    case .withheld(let mark):
      // A mute that had ended by then withholds nothing.
      guard mark.mute == mute?.seq else {
        alerts[id]?.withheld = nil
        break
      }
      withheld.insert(id)
      mute?.withheld += 1
    default: break
    }
    if alerts[id]?.isUntold == true { untold.insert(id) } else { untold.remove(id) }
  }

  /// A message that tells of many is an entry of each of them.
  private mutating func hear(_ entry: Entry, _ others: [AlertID], besides lead: AlertID) {
    for id in others where id != lead {
      alerts[id]?.apply(entry)
      if alerts[id]?.isUntold == true { untold.insert(id) } else { untold.remove(id) }
    }
  }

  /// When a mute ends, what it withheld is untold again: the newest news of each alert.
  private mutating func take(_ mark: MuteMark, _ entry: Entry) {
    if mark.what == .begin {
      mute = Mute(mark, entry) ?? mute
      return
    }
    guard mark.of == nil || mark.of == mute?.seq else { return }
    mute = nil
    for id in withheld {
      alerts[id]?.withheld = nil
      if alerts[id]?.isUntold == true { untold.insert(id) }
    }
    withheld = []
  }

  private struct Sameness: Hashable {
    var code: FailureCode
    var source: SourceID
    var subject: String?
  }

  /// When a failure came back, where it was raised before, oldest first.
  public func returns(
    _ code: FailureCode, _ source: SourceID, _ subject: String?
  ) -> [Timestamp] {
    newest[Sameness(code: code, source: source, subject: subject)].flatMap { alerts[$0] }?
      .returns ?? []
  }

  /// The acceptance of a check's or failure's weakness that counts now.
  public func accepted(_ rule: String, _ subject: String, at now: Timestamp) -> Acceptance? {
    acceptances[Acceptance.Key(rule: rule, subject: subject)].flatMap {
      $0.until > now ? $0 : nil
    }
  }

  /// The announced change that an act at that time belongs to.
  public func planned(at time: Timestamp, _ source: SourceID) -> PlannedChange? {
    planned.last { $0.covers(time, source) }
  }

  /// Alerts that were closed long ago keep their facts and not their entries: the journal has them.
  private mutating func shedOld(at now: Timestamp) {
    for (id, alert) in alerts {
      if case .closed(let at, _, _) = alert.state, now - at > Self.detailKept {
        alerts[id]?.shedDetail()
      }
    }
  }

  private static let detailKept: Duration = .hours(14 * 24)

  private mutating func add(_ raise: Raise, _ entry: Entry) {
    if alerts[raise.alert] == nil {
      let same = Sameness(code: raise.code, source: raise.source, subject: raise.subject)
      var alert = Alert(raise: raise, entry: entry)
      // Closed and raised anew is a return as well.
      if let before = newest[same].flatMap({ alerts[$0] }), alert.kind == .condition {
        alert.carried = (before.returns + [entry.at]).suffix(Alert.returnsKept)
        alert.returns = alert.carried
      }
      alerts[raise.alert] = alert
      newest[same] = raise.alert
    }
    nextAlert = max(nextAlert, raise.alert.number + 1)
    if let cause = raise.cause { know(cause) }
    if let under = raise.under { link(raise.alert, under: under) }
  }

  private mutating func link(_ id: AlertID, under: AlertID) {
    guard id != under, alerts[under]?.folded.contains(id) == false else { return }
    alerts[under]?.folded.append(id)
  }

  private mutating func know(_ cause: Cause) {
    if let event = cause.event { knownEvents.insert(event) }
  }

  private mutating func keep(_ snapshot: Snapshot, at time: Timestamp) {
    switch (snapshot.what, snapshot.source) {
    case (.baseline, let source?):
      baselines[source] = snapshot
      baselined[source] = time
    case (.posture, let source?): postures[source] = snapshot
    case (.baseline, nil), (.posture, nil): break
    default:
      snapshots[snapshot.what] = snapshot
      if let why = snapshot.why { reasons.insert(why) }
    }
  }

  /// A later announcement of the same words and start replaces the earlier one: it moves its end.
  private mutating func announce(_ plan: PlannedChange, at now: Timestamp) {
    planned.removeAll {
      $0.from == plan.from && $0.text == plan.text && $0.source == plan.source
        || now - $0.to > .hours(24 * 7)
    }
    if plan.to > plan.from { planned.append(plan) }
  }
}
