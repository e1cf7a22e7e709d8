import WatchCore

extension Engine {
  /// What became of the watch's own audited calls.
  mutating func take(_ echo: EchoSighting, on path: PathID) {
    knowledge.echoes[path] = echo
    knowledge.heartbeats[path]?.looked(
      at: lookedAt, newest: echo.legs.compactMap(\.arrived).max())
  }
}
