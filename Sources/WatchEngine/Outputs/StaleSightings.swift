import WatchCore

extension PathStatus {
  /// As it is by a sighting that may be old, or from a clock ahead of ours: such a one proves nothing,
  /// and its path is blind.
  ///
  /// - Parameter seen: when all paths were last looked at, for one that does not say itself.
  public func judged(seen: Timestamp?, at now: Timestamp) -> PathStatus {
    var path = self
    let looked = path.looked ?? seen ?? now
    let stale = Engine.staleAfter(path.id.kind)
    guard path.state != .off, now - looked > stale || looked > now + .minutes(1) else {
      return path
    }
    (path.state, path.since) = (.blind, min(looked + stale, now))
    path.reason = "last look \(looked.iso)"
    return path
  }
}

extension CloudStatus {
  /// The same by sightings that have grown old since.
  public func judged(_ picture: Picture, at now: Timestamp) -> CloudStatus {
    let paths = paths.map { $0.looked == nil ? $0 : $0.judged(seen: nil, at: now) }
    if paths == self.paths { return self }
    return CloudStatus(cloud: cloud, accounts: accounts, paths: paths, open: open)
      .unlessNothingRecords(picture)
  }
}
