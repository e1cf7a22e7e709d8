import WatchCore

/// What became of the echoes of one region: which calls were sent, and what each end gave back. It
/// lives as long as the watch; after a restart nothing was sent, and so nothing can be missing.
struct EchoTrack: Sendable {
  struct Sent: Hashable, Sendable {
    var nonce: String
    var at: Timestamp
  }

  /// A call that came out at an end.
  struct Back: Hashable, Sendable {
    var nonce: String
    var arrived: Timestamp
    var record: String?
  }

  private struct End: Sendable {
    var returned: Timestamp?
    var arrived: Timestamp?
    var record: String?
    /// The oldest call that was sent after the newest that came back.
    var waiting: Timestamp?
    var delays: [(at: Timestamp, delay: Duration)] = []
  }

  /// Calls that are looked for: of two hours, at one in five minutes.
  static let limit = 24

  private(set) var sent: [Sent] = []
  private var ends: [PathKind: End] = [:]

  var newest: Sent? { sent.last }

  /// The calls that an end has not given back yet, oldest first.
  func outstanding(_ kind: PathKind) -> [Sent] {
    guard let returned = ends[kind]?.returned else { return sent }
    return sent.filter { $0.at > returned }
  }

  mutating func send(_ nonce: String, at now: Timestamp, kinds: [PathKind]) {
    sent.append(Sent(nonce: nonce, at: now))
    if sent.count > Self.limit { sent.removeFirst(sent.count - Self.limit) }
    for kind in kinds where ends[kind]?.waiting == nil { ends[kind, default: End()].waiting = now }
  }

  /// Takes what came out at an end; what was sent before it is then no longer waited for.
  mutating func take(_ backs: [Back], at kind: PathKind) {
    for back in backs {
      guard let call = sent.first(where: { $0.nonce == back.nonce }) else { continue }
      var end = ends[kind] ?? End()
      let delay = max(back.arrived - call.at, .zero)
      end.delays.append((call.at, delay))
      if end.returned.map({ call.at > $0 }) ?? true {
        end.returned = call.at
        end.arrived = back.arrived
        end.record = back.record
        end.waiting = sent.first { $0.at > call.at }?.at
      }
      ends[kind] = end
    }
  }

  /// - Parameters:
  ///   - limit: how long a call may take to this end before it is owed.
  ///   - proves: whether a call that does not come is missing: the trail is known to record it, or
  ///     recorded one before.
  func leg(
    _ kind: PathKind, limit: Duration, blind: Blindness?, proves: Bool, at now: Timestamp
  ) -> EchoLeg {
    let end = ends[kind] ?? End()
    let delays = end.delays.filter { now - $0.at <= .hours(24) }.map(\.delay).sorted()
    let isOwed = blind == nil && (proves || end.returned != nil)
    return EchoLeg(
      kind: kind, sent: sent.last?.at, returned: end.returned, arrived: end.arrived,
      record: end.record, p50: Self.percentile(50, delays), p95: Self.percentile(95, delays),
      waiting: end.waiting,
      owed: isOwed ? end.waiting.flatMap { now - $0 > limit ? $0 : nil } : nil, blind: blind)
  }

  mutating func trim(at now: Timestamp) {
    for kind in ends.keys { ends[kind]?.delays.removeAll { now - $0.at > .hours(24) } }
  }

  /// The nearest rank of sorted values.
  static func percentile(_ percent: Int, _ sorted: [Duration]) -> Duration? {
    guard !sorted.isEmpty else { return nil }
    let rank = (sorted.count * percent + 99) / 100
    return sorted[min(max(rank, 1), sorted.count) - 1]
  }
}
