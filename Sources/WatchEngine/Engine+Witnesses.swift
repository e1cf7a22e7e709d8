import WatchCore

/// Who says what of a path that two look at: a probe of its own, and the trail's status.
extension Engine {
  /// A probe of its own looks at this path. From then on its looks alone make the path: the status
  /// field of the same thing neither hides that the probe was refused, nor makes it flap.
  mutating func looksItself(_ path: PathID) {
    if path.kind == .digest || path.kind == .group { knowledge.direct.insert(path) }
    guard knowledge.elsewhere[path] != nil else { return }
    knowledge.elsewhere[path] = nil
    let off = sourcePlan(path.source)?.off
    knowledge.heartbeats[path]?.off = off
  }

  /// The path ends in another account, which does not let us look: what the trail's status says of it
  /// is then all there is; without that it is named, is no alarm, and is not green either.
  mutating func liesElsewhere(_ path: PathID, _ why: Blindness) {
    knowledge.direct.remove(path)
    knowledge.elsewhere[path] = why
    let status = knowledge.trails[path.source]?[path.region]?.status
    tell(path, told(path.kind, by: status))
  }

  /// There is nothing to wait for here: digests or the log group were taken away by the trail's settings
  /// (an alert of its own), or by right nobody can tell what is due. No alarm, and not green either.
  mutating func isNotJudged(_ path: PathID, _ why: Blindness) {
    knowledge.elsewhere[path] = why
    let off = sourcePlan(path.source)?.off
    knowledge.heartbeats[path]?.off = off ?? "\(why.kind.rawValue): \(why.detail)"
  }

  /// What the trail's status says of the paths that cannot be looked at otherwise.
  mutating func tellElsewhere(of path: PathID, _ status: TrailStatus) {
    for (id, why) in knowledge.elsewhere
    where why.kind == .elsewhere && id.source == path.source && id.region == path.region {
      tell(id, told(id.kind, by: status))
    }
  }

  private mutating func tell(_ path: PathID, _ time: Timestamp?) {
    let off = sourcePlan(path.source)?.off
    if let time {
      knowledge.heartbeats[path]?.off = off
      knowledge.heartbeats[path]?.looked(at: lookedAt, newest: time)
    } else if let why = knowledge.elsewhere[path] {
      knowledge.heartbeats[path]?.off = off ?? "\(why.kind.rawValue): \(why.detail)"
    }
  }

  private func told(_ kind: PathKind, by status: TrailStatus?) -> Timestamp? {
    switch kind {
    case .s3: status?.delivered
    case .digest: status?.digestDelivered
    case .group: status?.groupDelivered
    default: nil
    }
  }

  /// A digest comes every hour, also when nothing happens. Where CloudTrail says that the last one is
  /// older than the bucket shows, somebody else may have put that there: the older one counts.
  mutating func compareDigest(_ status: TrailStatus, of path: PathID) {
    let id = PathID(source: path.source, kind: .digest, region: path.region)
    guard status.isLogging, status.digestError == nil, knowledge.direct.contains(id),
      let expectation = knowledge.heartbeats[id]?.expectation, let told = status.digestDelivered
    else { return }
    let age = now - told
    guard age > expectation.period else { return }
    let isSilent = age > expectation.limit
    knowledge.heartbeats[id]?.fails(
      "GetTrailStatus: last digest \(told.shortClock(at: now))",
      since: told + (isSilent ? expectation.limit : expectation.period),
      as: isSilent ? .silent : .late)
  }

  /// A digest that has arrived proves that the bucket took what came from its region then: an S3 path
  /// by which nothing has come since is quiet for as long as the next digest may take.
  func vouching(_ digest: PathID) -> PathID {
    PathID(source: digest.source, kind: .s3, region: digest.region, member: digest.member)
  }

  mutating func vouch(_ arrival: Arrival, by digest: PathID) {
    guard let at = arrival.newest, let expectation = knowledge.heartbeats[digest]?.expectation,
      at <= now + Heartbeat.ahead
    else { return }
    knowledge.heartbeats[vouching(digest)]?.vouched(
      by: "digest", at: at, until: at + expectation.period)
  }
}
