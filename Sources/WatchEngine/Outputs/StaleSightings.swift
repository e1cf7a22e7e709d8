import WatchCore

extension PathStatus {
  /// As it is by a sighting that may be old, or from a clock ahead of ours: such a one proves nothing,
  /// and its path is blind.
  ///
  /// - Parameter seen: when all paths were last looked at, for one that does not say itself.
  public func judged(seen: Timestamp?, at now: Timestamp) -> PathStatus {
    var path = self
    guard let looked = sighted(seen, now) else { return path }
    let stale = Engine.staleAfter(path.id.kind)
    guard now - looked > stale || looked > now + .minutes(1) else {
      return path
    }
    (path.state, path.since) = (.blind, min(looked + stale, now))
    path.reason = "last look \(looked.iso)"
    return path
  }

  /// What is off by the configuration is never looked at, and not stale; what is off at this hour, or since
  /// nobody can tell what is due, is known to be for as long as anything was looked at.
  private func sighted(_ seen: Timestamp?, _ now: Timestamp) -> Timestamp? {
    guard state == .off else { return looked ?? seen ?? now }
    return looked.map { max($0, seen ?? $0) }
  }
}

extension CloudStatus {
  /// The same by sightings that have grown old since.
  public func judged(_ picture: Picture, at now: Timestamp) -> CloudStatus {
    let seen = paths.compactMap(\.looked).max()
    let paths = paths.map { $0.looked == nil ? $0 : $0.judged(seen: seen, at: now) }
    if paths == self.paths { return self }
    return CloudStatus(cloud: cloud, accounts: accounts, paths: paths, open: open)
      .unlessNothingRecords(picture)
  }
}
