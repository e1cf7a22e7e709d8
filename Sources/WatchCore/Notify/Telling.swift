/// A notification on its way: a `tell` entry, and what its channels have said so far.
public struct Telling: Hashable, Sendable {
  /// Number of the `tell` entry.
  public let seq: Int
  public let at: Timestamp
  /// The `tell` entry's hash: what makes this message's keys, the same at each attempt.
  public let key: String
  public let tell: Tell
  /// Number of the entry of this alert's that it tells of.
  public let of: Int
  /// Whether the message is this alert's own, and not one of many's.
  public let isOwn: Bool
  /// What became of it, by channel; absent: nothing was heard yet.
  public private(set) var attempts: [String: Attempt] = [:]

  public struct Attempt: Hashable, Sendable {
    public enum Outcome: Hashable, Sendable {
      case accepted
      /// Tried again at this time.
      case failed(next: Timestamp)
      /// Refused, or given up.
      case ended
    }

    /// How many attempts were answered.
    public var count: Int
    public var at: Timestamp
    public var outcome: Outcome
    /// The channel's own id, or why not.
    public var detail: String?
    /// Ended by ourselves, see ``Told/isOwn``.
    public var isOwn: Bool
    /// Who has taken it on there, and when we learned it.
    public var taken: Taken?
  }

  public struct Taken: Hashable, Sendable {
    public var by: String
    public var at: Timestamp

    /// `taken there by Ana Roe`, or that it was given back.
    public var words: String { Self.words(by) }

    static func words(_ by: String) -> String {
      by == Told.nobody ? "given back there" : "taken there by \(by)"
    }
  }

  init(_ tell: Tell, _ entry: Entry, for alert: AlertID) {
    self.tell = tell
    isOwn = tell.alert == alert
    of = tell.more.first { $0.alert == alert && tell.alert != alert }?.of ?? tell.of
    seq = entry.seq
    at = entry.at
    key = entry.hash
  }

  mutating func take(_ told: Told, at time: Timestamp) {
    let taken = told.takenBy.map { Taken(by: $0, at: time) }
    // Accepted once is accepted: a late answer of another attempt changes nothing.
    if attempts[told.channel]?.outcome == .accepted {
      if let taken { attempts[told.channel]?.taken = taken }
      return
    }
    let outcome: Attempt.Outcome =
      told.accepted ? .accepted : told.next.map { .failed(next: $0) } ?? .ended
    attempts[told.channel] = Attempt(
      count: told.attempt ?? 1, at: time, outcome: outcome, detail: told.detail,
      isOwn: told.isOwn, taken: taken)
  }

  /// The channels that it is still to be sent by, in order.
  public var waiting: [String] {
    tell.channels.filter { channel in
      switch attempts[channel]?.outcome {
      case nil, .failed: true
      case .accepted, .ended: false
      }
    }
  }

  public var isOver: Bool { waiting.isEmpty }

  /// It came to nobody, and on some channel for a reason of ours before anything had left this machine:
  /// a watch that starts anew may try again. Where an answer was lost it may have been taken.
  public var isOwnEnd: Bool {
    isOver && !isAccepted && attempts.values.contains { $0.isOwn }
      && attempts.values.allSatisfy { !$0.isOwn || $0.count <= 1 }
  }

  public var isAccepted: Bool { attempts.values.contains { $0.outcome == .accepted } }
}

/// How a channel fares: an outage is one, however many messages wait for its end.
public struct ChannelLife: Hashable, Sendable {
  /// Attempts that failed, since the last one that did not.
  public private(set) var failures = 0
  /// Not to be tried again before.
  public private(set) var next: Timestamp?
  /// The last attempt that failed.
  public private(set) var failed: Timestamp?
  public private(set) var accepted: Timestamp?

  mutating func take(_ told: Told, at time: Timestamp) {
    if !told.accepted, let next = told.next {
      // Put off for long where others were taken: perhaps of that message alone. The next one shows.
      let isFirst = failures == 0 && accepted != nil
      failures += 1
      self.next = isFirst && next - time > Self.passing ? time + Self.brief : next
      failed = time
      return
    }
    // What we gave up or could not send says nothing of the channel.
    if told.isOwn { return }
    // A refusal is of that message: the channel answers.
    failures = 0
    next = nil
    if told.accepted { accepted = time }
  }

  /// Whether it is to be left alone for longer than a passing failure asks for.
  var isShut: Bool {
    guard let next, let failed else { return false }
    return next - failed > Self.passing
  }

  /// A channel that is left alone for longer than that cannot be reached.
  static let passing: Duration = .minutes(5)
  private static let brief: Duration = .seconds(10)
}
