/// The liveness of one path, as a machine: what was seen goes in, a judgement comes out. It holds
/// no clock; the same inputs at the same times always give the same states.
///
/// What must stay true: unknown is never ok. `ok` needs a fresh record on this very path; `ok quiet`
/// needs an independent witness, read freshly, that is owed nothing; after a failure or a blind time
/// old records prove nothing.
public struct Heartbeat: Hashable, Sendable {
  public private(set) var expectation: Expectation?
  /// A look older than this is no look: the input is stale.
  public var staleAfter: Duration
  /// Switched off in the configuration, and why.
  public var off: String?
  /// When we began to wait for the first record.
  public let began: Timestamp

  public private(set) var newest: Timestamp?
  /// When the newest of its records' events happened, where the records are read.
  private var newestEvent: Timestamp?
  public private(set) var lookedAt: Timestamp?
  public private(set) var goodLook: Timestamp?
  public private(set) var failedLooks = 0
  public private(set) var blindSince: Timestamp?
  public private(set) var blindness: Blindness?
  private var failure: Trouble?
  /// When a failure ended: a record must be newer than this to prove anything.
  private var mended: Timestamp?
  private var witness: Witness?
  /// The path was open then, as something else that came by it proves.
  private var vouch: Vouch?
  /// When the oldest of our own calls was made that should have come out here by now.
  private var echoOwed: Timestamp?
  /// Until then nothing is called late: the witness has not been asked yet.
  private var witnessDue: Timestamp?

  public private(set) var state: HeartbeatState
  public private(set) var since: Timestamp
  public private(set) var reason: String
  public private(set) var changes: [StateChange] = []

  private struct Trouble: Hashable, Sendable {
    var reason: String
    var since: Timestamp
    var state: HeartbeatState
  }

  private struct Vouch: Hashable, Sendable {
    var at: Timestamp
    var until: Timestamp
    var by: String

    var reason: String { "nothing since, \(by) \(at.shortClock)" }
  }

  private struct Witness: Hashable, Sendable {
    var readAt: Timestamp
    /// What it held then, bounded by whoever read it.
    var activity: [Timestamp]
    /// The oldest activity that this path still owes a record of.
    var owed: Timestamp?

    /// A record of that time has arrived: what is owed is newer.
    mutating func settle(upTo record: Timestamp) {
      let known = owed.flatMap { $0 > record ? $0 : nil }
      owed = (activity.filter { $0 > record } + [known].compactMap { $0 }).min()
    }
  }

  public init(
    expectation: Expectation?, began: Timestamp, staleAfter: Duration = .minutes(5),
    off: String? = nil
  ) {
    self.expectation = expectation
    self.began = began
    self.staleAfter = staleAfter
    self.off = off
    state = off == nil ? .never : .off
    since = began
    reason = off ?? "not looked yet"
    changes = [StateChange(at: began, state: state)]
  }

  /// Takes over what an earlier watch of the same path left for its strip; between its last look and
  /// our beginning nobody looked.
  public mutating func follow(_ earlier: [StateChange], until seen: Timestamp) {
    let kept = earlier.filter { $0.at <= seen && $0.at > began - .hours(25) }
    guard seen < began, !kept.isEmpty else { return }
    changes = kept + [StateChange(at: seen, state: .blind)] + changes
  }

  /// A witness that was read longer ago is none.
  static let witnessHolds: Duration = .minutes(7)
  /// How far two tellings of one event's time lie apart: one of them can be cut to the second.
  private static let rounding: Duration = .seconds(1)
  /// How far ahead of ours the clock that stamps records may be.
  public static let ahead: Duration = .minutes(5)

  // MARK: What was seen

  /// A look that worked; `newest` is when the newest record that it found arrived, where the path has
  /// records, and `event` is when the newest event among them happened, where that is known: what
  /// happened after it is still owed, however late the record came.
  public mutating func looked(
    at time: Timestamp, newest seen: Timestamp?, event: Timestamp? = nil
  ) {
    lookedAt = time
    goodLook = time
    failedLooks = 0
    if blindSince != nil {
      blindSince = nil
      blindness = nil
    }
    // A record from the future proves nothing about now.
    guard let seen, seen <= time + Self.ahead else { return }
    let happened = event.map { min($0, seen) }
    if let happened, newestEvent.map({ happened > $0 }) ?? true {
      newestEvent = happened
      witness?.settle(upTo: happened + Self.rounding)
    }
    if newest.map({ seen > $0 }) ?? true {
      newest = seen
      if happened == nil { witness?.settle(upTo: seen) }
    }
  }

  /// The witness is being asked: what it says counts before a record is called late, for as long as
  /// asking may take.
  public mutating func awaitsWitness(until time: Timestamp) {
    witnessDue = time
  }

  /// The witness could not be read: ages alone must do.
  public mutating func witnessFailed() {
    witnessDue = nil
  }

  public mutating func couldNotLook(at time: Timestamp, _ why: Blindness) {
    lookedAt = time
    failedLooks += 1
    blindness = why
    if blindSince == nil { blindSince = time }
  }

  /// The cloud itself says that it does not deliver, since a time that it names or we noticed.
  public mutating func fails(
    _ reason: String, since: Timestamp, as state: HeartbeatState = .failing
  ) {
    if let known = failure, known.reason == reason, known.state == state {
      failure?.since = min(known.since, since)
    } else {
      failure = Trouble(reason: reason, since: since, state: state)
      if let vouch, vouch.at <= since { self.vouch = nil }
    }
  }

  /// The cloud no longer says so, since `time` (a start that is older than the failure mends
  /// nothing by itself: the failure's own beginning counts then).
  public mutating func works(since time: Timestamp) {
    guard failure != nil else { return }
    mended = max(time, failure?.since ?? time)
    failure = nil
  }

  /// Something else came by this path at a time, and so proves until another that it was open: a
  /// signed digest (delivered also when nothing happens), an echo. A failure since then voids it.
  public mutating func vouched(by what: String, at time: Timestamp, until end: Timestamp) {
    if let known = vouch, known.at > time { return }
    if let failure, failure.since >= time { return }
    vouch = Vouch(at: time, until: end, by: what)
  }

  /// What is plausible by the path's own past; taken over when a record comes, so that no gap is
  /// judged by two measures.
  public mutating func learned(_ usual: UsualGaps?, lacks: String?) {
    expectation?.usual = usual
    expectation?.learning?.lacks = lacks
  }

  /// What came by it is no proof any more: the cloud says that the next one could not be delivered.
  public mutating func vouchFailed() {
    vouch = nil
  }

  /// Our own call of that time should have come out here by now, and has not; nil: none is owed.
  public mutating func owes(echo sent: Timestamp?) {
    echoOwed = sent
  }

  /// The independent witness was read: `activity` is when things happened that this path owes
  /// records of (any order). What it owed stays owed until a newer record arrives.
  public mutating func witnessed(at time: Timestamp, activity: [Timestamp]) {
    let after =
      newestEvent.map { $0 + Self.rounding } ?? newest
      ?? began - (expectation?.limit ?? .zero)
    let owed = activity.filter { $0 > after }.min()
    let known = witness?.owed
    witness = Witness(
      readAt: time, activity: activity, owed: [owed, known].compactMap { $0 }.min())
    witnessDue = nil
  }

  /// The cloud says so itself, or what came by another way contradicts the path.
  public var isFailing: Bool { failure != nil }

  /// It works again, it is said, and no record has proved it yet.
  public var isRecovering: Bool {
    guard failure == nil, let mended else { return false }
    return newest.map { $0 <= mended } ?? true
  }

  // MARK: Judgement

  /// Judges at a time; returns the change, if there is one.
  @discardableResult
  public mutating func judge(at now: Timestamp) -> StateChange? {
    let verdict = verdict(at: now)
    reason = verdict.reason
    guard verdict.state != state else { return nil }
    state = verdict.state
    since = min(verdict.since, now)
    let change = StateChange(at: since, state: state)
    changes.append(change)
    trim(before: now - .hours(25))
    return change
  }

  private struct Verdict {
    var state: HeartbeatState
    var since: Timestamp
    var reason: String
  }

  private func verdict(at now: Timestamp) -> Verdict {
    if let off { return Verdict(state: .off, since: began, reason: off) }
    if let blindSince {
      return Verdict(state: .blind, since: blindSince, reason: blindness?.detail ?? "")
    }
    guard let goodLook else {
      return Verdict(state: .never, since: began, reason: "not looked yet")
    }
    if now - goodLook > staleAfter {
      return Verdict(
        state: .blind, since: goodLook + staleAfter, reason: "last look \(goodLook.shortClock)")
    }
    if let failure {
      return Verdict(state: failure.state, since: failure.since, reason: failure.reason)
    }
    guard let expectation else { return Verdict(state: .ok, since: goodLook, reason: "") }
    let verdict = waiting(expectation, at: now)
    if let witnessDue, now < witnessDue, verdict.state == .late || verdict.state == .silent {
      return Verdict(state: state, since: since, reason: "asking the witness")
    }
    return verdict
  }

  private func waiting(_ expectation: Expectation, at now: Timestamp) -> Verdict {
    let fresh = witness.map { now - $0.readAt <= min(staleAfter, Self.witnessHolds) } ?? false
    if let echoOwed, isMissing(echoOwed, expectation, at: now) {
      return missing(echoOwed, expectation, at: now)
    }
    guard let newest else {
      if fresh, witness?.owed == nil {
        return Verdict(state: .okQuiet, since: began, reason: "nothing to record")
      }
      if let vouch, witness?.owed == nil, now <= vouch.until {
        return Verdict(state: .okQuiet, since: began, reason: vouch.reason)
      }
      if fresh, let owed = witness?.owed, now - owed <= expectation.period {
        return Verdict(state: .okQuiet, since: began, reason: "nothing due yet")
      }
      return Verdict(state: .never, since: began, reason: "no record ever seen")
    }
    if let mended, newest <= mended {
      return recovering(expectation, since: mended, at: now, fresh)
    }
    let due = min(expectation.late(after: newest), newest + expectation.period)
    if now <= due { return Verdict(state: .ok, since: newest, reason: "") }
    if fresh {
      guard let owed = witness?.owed else {
        return Verdict(state: .okQuiet, since: due, reason: "nothing newer to record")
      }
      // What is known to have happened is owed at any hour.
      return overdue(expectation, from: max(owed, newest), at: now)
        ?? Verdict(state: .okQuiet, since: due, reason: "nothing due yet")
    }
    if witness?.owed == nil, let vouch {
      if now <= vouch.until {
        return Verdict(state: .okQuiet, since: due, reason: vouch.reason)
      }
      // What vouched for it has run out: late at once, and silent after the grace; by what was learned,
      // and outside the hours, as if nothing had vouched.
      let from =
        expectation.usual == nil ? max(newest, vouch.until - expectation.period) : newest
      return aged(expectation, from: from, at: now)
        ?? resting(expectation, after: newest, at: now)
    }
    let debt = witness?.owed.flatMap { overdue(expectation, from: max($0, newest), at: now) }
    let old = [aged(expectation, from: newest, at: now), debt].compactMap { $0 }
    return old.min { $0.state.rank < $1.state.rank }
      ?? resting(expectation, after: newest, at: now)
  }

  /// By age alone, within the hours in which something is expected: late, silent, or nil.
  private func aged(
    _ expectation: Expectation, from: Timestamp, at now: Timestamp
  ) -> Verdict? {
    let late = expectation.late(after: from)
    guard now > late else { return nil }
    let silent = expectation.silent(after: from)
    return now > silent
      ? Verdict(state: .silent, since: silent, reason: overdueText(expectation, at: now))
      : Verdict(state: .late, since: late, reason: overdueText(expectation, at: now))
  }

  private func overdueText(_ expectation: Expectation, at now: Timestamp) -> String {
    guard let newest, let usual = expectation.usual else { return "no record" }
    return "\(usual.text(after: newest)), silent since \((now - newest).text)"
  }

  /// The newest record is old, and that is as expected.
  private func resting(
    _ expectation: Expectation, after newest: Timestamp, at now: Timestamp
  ) -> Verdict {
    let rest = expectation.rest(after: newest, at: now)
    return Verdict(state: rest.state, since: rest.since, reason: rest.reason)
  }

  /// No record came that is young, nor one by which our call should have come too.
  private func isMissing(
    _ sent: Timestamp, _ expectation: Expectation, at now: Timestamp
  ) -> Bool {
    guard let newest else { return true }
    return now - newest > expectation.period && newest <= sent + expectation.limit
  }

  /// Nothing young has come, and neither has our own call.
  private func missing(
    _ sent: Timestamp, _ expectation: Expectation, at now: Timestamp
  ) -> Verdict {
    let since = max(sent + expectation.limit, newest.map { $0 + expectation.period } ?? sent)
    return Verdict(
      state: .silent, since: min(since, now),
      reason: "our own call of \(sent.shortClock) is missing")
  }

  /// By a debt, at any hour: late, silent, or nil where it is neither yet.
  private func overdue(
    _ expectation: Expectation, from: Timestamp, at now: Timestamp
  ) -> Verdict? {
    if now - from > expectation.limit {
      return Verdict(state: .silent, since: from + expectation.limit, reason: "no record")
    }
    if now - from > expectation.period {
      return Verdict(state: .late, since: from + expectation.period, reason: "no record")
    }
    return nil
  }

  /// Works again, it says; a record that is newer than that has yet to prove it.
  private func recovering(
    _ expectation: Expectation, since mended: Timestamp, at now: Timestamp, _ fresh: Bool
  ) -> Verdict {
    if let vouch, vouch.at > mended, now <= vouch.until {
      return Verdict(state: .okQuiet, since: vouch.at, reason: vouch.reason)
    }
    let silent = expectation.silent(after: mended)
    if fresh, witness?.owed == nil, now - mended > expectation.limit {
      return Verdict(state: .okQuiet, since: mended, reason: "nothing newer to record")
    }
    if now > silent { return Verdict(state: .silent, since: silent, reason: "no record") }
    return Verdict(
      state: .late, since: mended, reason: "works again since \(mended.shortClock), no record yet")
  }

  private mutating func trim(before limit: Timestamp) {
    while changes.count > 1, changes[1].at < limit { changes.removeFirst() }
    if changes.count > 400 { changes.removeFirst(changes.count - 400) }
  }
}
