/// What became of the watch's own audited calls: each carries a nonce in its User-Agent, and is
/// looked for at every end of the pipeline.
public struct EchoSighting: Hashable, Sendable {
  /// One for each place that was looked at.
  public var legs: [EchoLeg]
  /// Why there is no echo, where there is none by right: the trail records no read events.
  public var off: String?

  public init(legs: [EchoLeg], off: String? = nil) {
    self.legs = legs
    self.off = off
  }
}

/// One end at which echoes come out.
public struct EchoLeg: Hashable, Sendable {
  /// `s3`, `group` or `history`.
  public var kind: PathKind
  /// When the newest call was sent.
  public var sent: Timestamp?
  /// When the newest call that has come back was sent …
  public var returned: Timestamp?
  /// … and when its record arrived there.
  public var arrived: Timestamp?
  /// What it came back in: an object's key, a log stream.
  public var record: String?
  /// Delays of the calls that came back lately (a day at most), as percentiles.
  public var p50: Duration?
  public var p95: Duration?
  /// When the oldest call was sent that has not come back, however young.
  public var waiting: Timestamp?
  /// When the oldest call was sent that should have come back by now, and has not: nothing newer
  /// than it has come back either.
  public var owed: Timestamp?
  /// Why this end could not be looked at, where it could not.
  public var blind: Blindness?

  public init(
    kind: PathKind, sent: Timestamp? = nil, returned: Timestamp? = nil, arrived: Timestamp? = nil,
    record: String? = nil, p50: Duration? = nil, p95: Duration? = nil,
    waiting: Timestamp? = nil, owed: Timestamp? = nil, blind: Blindness? = nil
  ) {
    self.kind = kind
    self.sent = sent
    self.returned = returned
    self.arrived = arrived
    self.record = record
    self.p50 = p50
    self.p95 = p95
    self.waiting = waiting
    self.owed = owed
    self.blind = blind
  }
}
