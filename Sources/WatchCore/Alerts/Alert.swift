/// Where an alert is in its life (ISA-18.2, with the names that stand on screen).
public enum AlertState: Hashable, Sendable {
  /// Raised, and nobody has taken it.
  case new
  /// Somebody owns it until the acknowledgement runs out.
  case acknowledged(owner: String, at: Timestamp, until: Timestamp)
  /// The condition is gone and nobody had seen it: stays until acknowledged.
  case cleared
  /// Out of the way until a time, with a reason.
  case shelved(by: String, until: Timestamp, reason: String)
  case closed(at: Timestamp, by: String?, text: String?)

  /// `NEW`, `ACK`, `CLR`, `SHV`, `closed`.
  public var label: String {
    switch self {
    case .new: "NEW"
    case .acknowledged: "ACK"
    case .cleared: "CLR"
    case .shelved: "SHV"
    case .closed: "closed"
    }
  }

  public var isClosed: Bool {
    if case .closed = self { true } else { false }
  }

  public var owner: String? {
    switch self {
    case .acknowledged(let owner, _, _): owner
    case .shelved(let by, _, _): by
    default: nil
    }
  }
}

/// A failure at a source that someone must handle. What it is follows from its entries alone:
/// `Alert.init(raise:)`, then `apply` in order; an undone entry is left out.
public struct Alert: Hashable, Sendable, Identifiable {
  public let id: AlertID
  public let code: FailureCode
  public let source: SourceID
  public let subject: String?
  public let place: Place
  public let kind: AlertKind
  public internal(set) var priority: Priority
  public internal(set) var state: AlertState = .new
  /// Why it is NEW again, where it is.
  public internal(set) var reopened: String?
  public internal(set) var reopenedAt: Timestamp?
  /// When its condition went away; nil while it holds, and for events.
  public internal(set) var clearedAt: Timestamp?
  /// The fresh proof that cleared it.
  public internal(set) var clearProof: String?
  /// When it came back, oldest first, also before it was raised anew; the newest ``returnsKept``.
  public internal(set) var returns: [Timestamp] = []
  /// Those of them that were before it was raised, and that it was raised.
  var carried: [Timestamp] = []
  /// How often it came back while it chatters; nil: it does not.
  public internal(set) var chatter: Int?
  public internal(set) var failed: Timestamp
  public let detected: Timestamp
  public internal(set) var told: [Entry] = []
  /// Whom it is to be told, oldest first, and what became of each.
  public internal(set) var tellings: [Telling] = []
  /// The newest notification that a mute withholds; nil: none, or the mute is over.
  public internal(set) var withheld: Tell?
  /// A call that a mute withheld, where none was made since: it is made also of what is over by then.
  var missedCall: Tell?
  /// Who was called since it was raised, or was NEW again, in order.
  public internal(set) var called: [Call] = []
  /// What last happened to it that those who were told of it want to know.
  public internal(set) var news: News
  /// When its condition came back last, where that made it NEW again.
  var returnedAt: Timestamp?
  /// By when it was to be restored, once that time has passed.
  public internal(set) var overdue: Timestamp?
  /// The first acknowledgement.
  public internal(set) var acked: Timestamp?
  public internal(set) var what: String
  public internal(set) var cause: Cause?
  public internal(set) var evidence: [Evidence]
  public internal(set) var under: AlertID?
  /// Symptoms folded under it, by id.
  public internal(set) var folded: [AlertID] = []
  public internal(set) var gap: GapAccount?
  /// Runbook steps marked so far, by number.
  public internal(set) var steps: [Int: StepMark] = [:]
  /// Commands that wait for a second operator, by step; their time may be over.
  public internal(set) var proposals: [Int: StandingProposal] = [:]
  /// When each step was marked.
  public internal(set) var stepTimes: [Int: Timestamp] = [:]
  public let values: [JSON.Member]
  /// Its entries, oldest first, undone ones too.
  public internal(set) var entries: [Entry]
  public internal(set) var undone: Set<Int> = []

  public let raiseSeq: Int
  public let raiseHash: String

  init(raise: Raise, entry: Entry) {
    id = raise.alert
    code = raise.code
    source = raise.source
    subject = raise.subject
    place = raise.place
    kind = raise.kind
    priority = raise.priority
    failed = raise.failed
    detected = entry.at
    what = raise.what
    cause = raise.cause
    evidence = raise.evidence
    under = raise.under
    values = raise.values
    chatter = raise.chatter
    entries = [entry]
    raiseSeq = entry.seq
    raiseHash = entry.hash
    news = News(act: .raised, seq: entry.seq)
  }

  /// Who was told since it was raised, or was NEW again.
  public var toldNow: [Entry] {
    told.filter { entry in
      guard case .told(let told) = entry.event, !told.isLook else { return false }
      return entry.at >= reopenedAt ?? detected
    }
  }

  /// From when on it is to be restored: since we could know, or know again.
  public var owedSince: Timestamp { returnedAt ?? detected }

  public var isOpen: Bool { !state.isClosed }
  public var isNew: Bool { state == .new }
  public var isShelved: Bool { if case .shelved = state { true } else { false } }

  static let returnsKept = 60

  /// Acknowledged and cleared, and waiting for a line on the cause (high ones alone).
  public var waitsForLine: Bool {
    if case .acknowledged = state { return clearedAt != nil && priority == .high }
    return false
  }

  /// Drops what only the alert's own screen shows. For alerts that are closed.
  mutating func shedDetail() {
    entries = Array(entries.prefix(1))
    told = []
    tellings = []
    evidence = evidence.map {
      Evidence(at: $0.at, text: $0.text, seen: $0.seen)
    }
  }

  /// The key of the last record's time among the values of an alert that a silence is about.
  public static let sinceKey = "since"

  /// From when on records are missing: since the last one that came, where that is known; a silence
  /// *failed* when it passed its expectation, which is later.
  public var missingSince: Timestamp {
    values.first { $0.key == Self.sinceKey }?.value.string.flatMap(Timestamp.init(iso:)) ?? failed
  }

  public var failure: Failure? { FailureCatalogue.failure(code) }

  /// Runbook's file name without `.md`.
  public var runbook: String { failure?.runbook ?? "" }

  /// The first step that has no mark, of a runbook with `count` steps; nil when all have one.
  public func currentStep(of count: Int) -> Int? {
    guard count > 0 else { return nil }
    return (1...count).first { steps[$0] == nil || steps[$0]?.outcome == .failed }
  }
}
