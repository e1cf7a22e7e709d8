import WatchCore

/// Since when a setting is as it is known, and so who can have made it otherwise.
extension Engine {
  /// From this look on it is known as it is now.
  mutating func turned(_ setting: PipelineSetting, _ path: PathID) {
    let at = knowledge.exportsAt[path] ?? lookedAt
    knowledge.shown[path, default: [:]][setting.id] = ShownSetting(held: at, turned: at)
  }

  /// The same of a trail's settings.
  mutating func turned(_ trail: PathID) {
    knowledge.shown[trail] = [
      trail.text: ShownSetting(held: lookedAt, turned: lookedAt)
    ]
  }

  /// A look at a trail that shows it as the baseline has it.
  mutating func shows(_ settings: TrailSettings, _ trail: PathID) {
    guard let known = picture.baselines[trail.source].flatMap({ TrailSettings(json: $0.content) })
    else { return }
    guard SettingsChange(from: known, to: settings.joined(with: known)) == nil else {
      knowledge.differs[trail] = knowledge.differs[trail] ?? now
      return
    }
    knowledge.differs[trail] = nil
    var shown = knowledge.shown[trail]?[trail.text] ?? ShownSetting(held: lookedAt)
    shown.held = lookedAt
    knowledge.shown[trail] = [trail.text: shown]
  }

  /// Until when a setting was as the baseline has it, as well as that is known: what was done to it
  /// before is in the baseline, and no cause of what it is now. As much earlier than the newest look
  /// that showed it so as the clocks may lie apart.
  func unchanged(_ id: String, _ path: PathID) -> Timestamp? {
    unchanged(knowledge.shown[path]?[id], path)
  }

  /// The same of a trail's settings.
  func unchanged(_ trail: PathID) -> Timestamp? {
    unchanged(knowledge.shown[trail]?[trail.text], trail)
  }

  private func unchanged(_ shown: ShownSetting?, _ path: PathID) -> Timestamp? {
    let written = picture.baselined[path.source]
    if let shown {
      let held = shown.held - EngineClock.tolerance
      return max(held, shown.turned ?? written.map { min($0, shown.held) } ?? held)
    }
    let before = earlier[path].flatMap { $0.state.isProven ? $0.looked : nil }
    return [written, before.map { $0 - EngineClock.tolerance }].compactMap { $0 }.max()
  }

  /// The same, as the alert was raised with it.
  static func unchanged(_ alert: Alert) -> Timestamp? {
    alert.values.first { $0.key == Engine.unchangedKey }?.value.time
  }

  static let unchangedKey = "unchanged"

  /// The answer that first showed it otherwise, as the alert was raised with it: what was done later is
  /// no cause of it.
  static func looked(_ alert: Alert) -> Timestamp? {
    alert.values.first { $0.key == Engine.lookedKey }?.value.time
  }

  static let lookedKey = "looked"
}

extension Cause {
  /// Whether it can have been done at a time or later: a time without a fraction may be cut to the
  /// second, as CloudTrail's `eventTime` is.
  func isSince(_ time: Timestamp) -> Bool {
    (at.millis % 1000 == 0 ? at + .milliseconds(999) : at) >= time
  }
}
