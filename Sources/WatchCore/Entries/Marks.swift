/// A runbook step's outcome, marked by an operator.
public struct StepMark: Hashable, Sendable {
  public enum Outcome: String, Hashable, Sendable {
    case done, skipped, failed
  }

  public var alert: AlertID
  public var runbook: String
  public var step: Int
  public var outcome: Outcome
  /// Required for skipped and failed.
  public var text: String?
  public var by: Operator

  public init(
    alert: AlertID, runbook: String, step: Int, outcome: Outcome, text: String? = nil,
    by: Operator
  ) {
    self.alert = alert
    self.runbook = runbook
    self.step = step
    self.outcome = outcome
    self.text = text
    self.by = by
  }
}

/// What the watch's rules are at a time: written whenever one of them changes.
public struct Snapshot: Hashable, Sendable {
  public enum What: String, Hashable, Sendable, CaseIterable {
    case configuration, roster, catalogue, thresholds
    /// A watched configuration as it was when first seen or last accepted.
    case baseline
    /// The weaknesses that a source's first posture look found: one summary, and not a flood.
    case posture
  }

  public var what: What
  /// For a baseline: whose.
  public var source: SourceID?
  /// SHA-256, hexadecimal, of `content` as written.
  public var hash: String
  public var content: JSON
  /// One line a change: `ack_within 15m -> 30m`.
  public var difference: [String]
  public var by: Operator?
  /// Why it was changed, where somebody said so.
  public var why: String?
  /// Where a change came from: `watchkeeper.json5 of root (uid 0), changed 2026-11-20T03:01:00.000Z`.
  public var from: String?
  /// Rules were changed, and no person's name stands behind it: the service read them from a file that
  /// belongs to itself or to root.
  public var isUnnamed: Bool

  public init(
    what: What, source: SourceID? = nil, hash: String, content: JSON, difference: [String] = [],
    by: Operator? = nil, why: String? = nil, from: String? = nil, isUnnamed: Bool = false
  ) {
    self.from = from
    self.isUnnamed = isUnnamed
    self.why = why
    self.what = what
    self.source = source
    self.hash = hash
    self.content = content
    self.difference = difference
    self.by = by
  }
}

/// A source's proof over a stretch of time: once a day, and at each change of state.
public struct ProofSummary: Hashable, Sendable {
  public var source: SourceID
  public var state: HeartbeatState
  public var from: Timestamp
  public var to: Timestamp
  public var newest: Timestamp?
  /// What the newest record is: an object's key, a digest's.
  public var record: String?
  /// Whole minutes in each state, by the state's raw value; states without a minute are absent.
  /// `blind` holds those as well in which a worse path hid it.
  public var minutes: [JSON.Member]
  /// A path of it cannot be looked at now, whatever its worst path says.
  public var isBlind: Bool

  /// - Parameter isBlind: nil: where its state says so.
  public init(
    source: SourceID, state: HeartbeatState, from: Timestamp, to: Timestamp,
    newest: Timestamp? = nil, record: String? = nil, minutes: [JSON.Member] = [],
    isBlind: Bool? = nil
  ) {
    self.source = source
    self.state = state
    self.isBlind = isBlind ?? (state == .blind)
    self.from = from
    self.to = to
    self.newest = newest
    self.record = record
    self.minutes = minutes
  }
}

/// The watch's own life.
public struct WatchMark: Hashable, Sendable {
  public enum What: String, Hashable, Sendable {
    case start, stop, gap, clock
  }

  public var what: What
  /// Counts the watches of this state folder; appends by an older epoch are refused.
  public var epoch: Int
  public var host: String
  public var pid: Int
  public var version: String
  public var from: Timestamp?
  public var to: Timestamp?
  public var text: String?
  public var by: Operator?

  public init(
    what: What, epoch: Int, host: String, pid: Int, version: String, from: Timestamp? = nil,
    to: Timestamp? = nil, text: String? = nil, by: Operator? = nil
  ) {
    self.what = what
    self.epoch = epoch
    self.host = host
    self.pid = pid
    self.version = version
    self.from = from
    self.to = to
    self.text = text
    self.by = by
  }
}

/// Duty was handed over or taken.
public struct DutyMark: Hashable, Sendable {
  public var to: String
  public var from: String?
  public var text: String?
  public var by: Operator?

  public init(to: String, from: String? = nil, text: String? = nil, by: Operator? = nil) {
    self.to = to
    self.from = from
    self.text = text
    self.by = by
  }
}

/// A torn tail was found and passed: the bytes are kept where they are.
public struct Recovered: Hashable, Sendable {
  public var bytes: Int
  /// SHA-256, hexadecimal, of the torn line's bytes.
  public var hash: String

  public init(bytes: Int, hash: String) {
    self.bytes = bytes
    self.hash = hash
  }
}
