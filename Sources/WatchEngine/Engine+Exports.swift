import WatchCore

extension Engine {
  /// The settings by which records leave a subscription or project.
  mutating func take(_ seen: SettingsSighting, on path: PathID) {
    knowledge.exports[path] = seen
    knowledge.heartbeats[path]?.looked(at: lookedAt, newest: nil)
  }
}
