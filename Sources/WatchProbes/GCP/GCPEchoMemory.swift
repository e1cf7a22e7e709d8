import WatchCore

/// What became of one source's echoes, and which log bucket they should come out in.
actor GCPEchoMemory {
  private var track = EchoTrack()
  /// The one that a sink was seen to lead to: it is asked even when that sink is gone.
  private(set) var bucket: String?

  var newest: Timestamp? { track.newest?.at }

  func lead(to bucket: String?) { self.bucket = bucket ?? self.bucket }

  /// Oldest first.
  func outstanding(_ kind: PathKind) -> [EchoTrack.Sent] { track.outstanding(kind) }

  func send(_ nonce: String, at now: Timestamp, kinds: [PathKind]) {
    track.send(nonce, at: now, kinds: kinds)
  }

  func take(_ backs: [EchoTrack.Back], at kind: PathKind) { track.take(backs, at: kind) }

  /// A metric's update is always in Admin Activity: one that does not come out is missing.
  func legs(
    _ kinds: [PathKind], limit: Duration, blind: [PathKind: Blindness], at now: Timestamp
  ) -> [EchoLeg] {
    track.trim(at: now)
    return kinds.map { kind in
      track.leg(kind, limit: limit, blind: blind[kind], proves: true, at: now)
    }
  }
}
