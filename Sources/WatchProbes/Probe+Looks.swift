import WatchCore

extension Probe {
  /// One whose report is these looks: what they saw of the pipeline is remembered, and how far the
  /// cloud's clock is ahead of ours is told.
  ///
  /// - Parameter skew: how far this machine's clock is ahead of the cloud's, in seconds; nil before the
  ///   first answer.
  init(
    id: String, every interval: Duration, permissions: [String], paths: [PathID],
    clock: ProbeClock, known: KnownParts, skew: @escaping @Sendable () -> Double?,
    looks: @escaping @Sendable (Timestamp) async -> [Look]
  ) {
    self.init(id: id, interval: interval, permissions: permissions, paths: paths) { now in
      let start = clock.uptime()
      let looks = await looks(now)
      await known.keep(looks)
      return ProbeReport(
        probe: id, began: now, ended: now + (clock.uptime() - start), looks: looks,
        clockSkew: skew().map { Duration.milliseconds(-$0 * 1000) })
    }
  }
}
