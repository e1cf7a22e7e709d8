import WatchCore

extension Engine {
  /// GetTrailStatus, field by field. An empty error field proves nothing (it stays empty when
  /// requests time out): only ages and arrivals do.
  mutating func take(_ status: TrailStatus, _ settings: TrailSettings, on path: PathID) {
    knowledge.forget("\(path.text) gone")
    prepareDependents(of: path, settings, status)
    seen(.digest, of: path, status.digestDelivered)
    seen(.group, of: path, status.groupDelivered)
    tellElsewhere(of: path, status)
    guard status.isLogging else {
      let since = status.stopped ?? knowledge.firstNotice("\(path.text) stopped", at: now)
      fail([.trail, .s3, .digest, .group], of: path, "stopped", since: since)
      return
    }
    knowledge.forget("\(path.text) stopped")
    // A start older than the failure mends nothing: the failure's own beginning counts then.
    let restarted = status.started ?? Timestamp(millis: 0)
    trouble(
      status.deliveryError, [.trail, .s3], of: path, mended: restarted, last: status.delivered)
    trouble(
      status.digestError, [.digest], of: path, mended: restarted, last: status.digestDelivered)
    if status.digestError != nil {
      for id in paths([.s3], of: path) { knowledge.heartbeats[id]?.vouchFailed() }
    }
    compareDigest(status, of: path)
    trouble(status.groupError, [.group], of: path, mended: restarted, last: status.groupDelivered)
  }

  /// Digest and group are paths where the trail is set up for them.
  private mutating func prepareDependents(
    of path: PathID, _ settings: TrailSettings, _ status: TrailStatus
  ) {
    let home = path.region == settings.homeRegion
    if settings.validation, !hasMembers(.digest, of: path), home || status.digestDelivered != nil {
      let digest = PathID(source: path.source, kind: .digest, region: path.region)
      touch(digest)
      knowledge.names[digest] = settings.name
    }
    if let group = settings.logGroup, home || status.groupDelivered != nil {
      let id = PathID(source: path.source, kind: .group, region: path.region)
      touch(id)
      knowledge.names[id] = Engine.groupName(group)
    }
  }

  /// An organization's trail has a path for each member, and then none for all of them.
  private func hasMembers(_ kind: PathKind, of path: PathID) -> Bool {
    paths([kind], of: path).contains { $0.member != nil }
  }

  private mutating func seen(_ kind: PathKind, of path: PathID, _ newest: Timestamp?) {
    let id = PathID(source: path.source, kind: kind, region: path.region)
    guard !knowledge.direct.contains(id), knowledge.elsewhere[id] == nil else { return }
    knowledge.heartbeats[id]?.looked(at: lookedAt, newest: newest)
  }

  /// An error field holds for its paths while it is there. It is since the last good delivery that
  /// nothing has arrived, but since our first notice that the error is known.
  private mutating func trouble(
    _ error: String?, _ kinds: [PathKind], of path: PathID, mended: Timestamp, last: Timestamp?
  ) {
    let key = "\(path.text) \(kinds.map(\.rawValue))"
    if let error {
      fail(kinds, of: path, error, since: knowledge.firstNotice(key, at: now))
    } else {
      knowledge.forget(key)
      for id in paths(kinds, of: path) { knowledge.heartbeats[id]?.works(since: mended) }
    }
  }

  mutating func fail(
    _ kinds: [PathKind], of path: PathID, _ reason: String, since: Timestamp
  ) {
    for id in paths(kinds, of: path) { knowledge.heartbeats[id]?.fails(reason, since: since) }
  }

  /// The paths of one trail in one region; S3 has one for each member account.
  func paths(_ kinds: [PathKind], of path: PathID) -> [PathID] {
    (knowledge.spots[Spot(path)] ?? []).filter { kinds.contains($0.kind) }
  }

  /// `arn:aws:logs:us-east-1:111122223333:log-group:org-trail:*` → `org-trail`
  static func groupName(_ arn: String) -> String {
    let parts = arn.split(separator: ":")
    guard let at = parts.firstIndex(of: "log-group"), at + 1 < parts.count else { return arn }
    return String(parts[at + 1])
  }
}
