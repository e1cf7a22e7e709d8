import WatchCore

/// What became of one source's echoes, and by which ids they are found.
actor AzureEchoMemory {
  /// An echo that is waited for.
  struct Call: Hashable, Sendable {
    var sent: EchoTrack.Sent
    /// In lower case; nil where the answer did not say.
    var correlation: String?
  }

  private var track = EchoTrack()
  private var correlations: [String: String] = [:]

  var newest: Timestamp? { track.newest?.at }

  /// Oldest first.
  func outstanding(_ kind: PathKind) -> [Call] {
    track.outstanding(kind).map { Call(sent: $0, correlation: correlations[$0.nonce]) }
  }

  func send(_ nonce: String, _ correlation: String?, at now: Timestamp, kinds: [PathKind]) {
    track.send(nonce, at: now, kinds: kinds)
    correlations[nonce] = correlation?.lowercased()
    let known = Set(track.sent.map(\.nonce))
    correlations = correlations.filter { known.contains($0.key) }
  }

  func take(_ backs: [EchoTrack.Back], at kind: PathKind) { track.take(backs, at: kind) }

  /// A tag's write is always in the Activity Log: one that does not come out is missing.
  func legs(
    _ kinds: [PathKind], limits: [PathKind: Duration], blind: [PathKind: Blindness],
    at now: Timestamp
  ) -> [EchoLeg] {
    track.trim(at: now)
    return kinds.map { kind in
      track.leg(
        kind, limit: limits[kind] ?? .minutes(40), blind: blind[kind], proves: true, at: now)
    }
  }
}
