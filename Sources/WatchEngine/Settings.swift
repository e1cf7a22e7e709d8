import WatchCore

/// What changed between a trail's baseline and what is there now, and whether it cuts coverage.
struct SettingsChange: Hashable, Sendable {
  /// `multi_region true -> false`
  var lines: [String]
  /// Something is recorded or proven no longer.
  var narrowed: Bool
  /// The destination, key, group or topic is another.
  var moved: Bool

  init?(from old: TrailSettings, to new: TrailSettings) {
    let before = old.json
    let after = new.json
    var lines: [String] = []
    let keys = (before.members ?? []).map(\.key) + (after.members ?? []).map(\.key)
    var seen: Set<String> = []
    for key in keys where seen.insert(key).inserted && before[key] != after[key] {
      if key == "management", before[key] == nil || after[key] == nil { continue }
      lines.append("\(key) \(Self.text(before[key])) -> \(Self.text(after[key]))")
    }
    guard !lines.isEmpty else { return nil }
    self.lines = lines
    narrowed =
      (old.multiRegion && !new.multiRegion) || (old.globalEvents && !new.globalEvents)
      || (old.validation && !new.validation) || (old.organization && !new.organization)
      || Self.rank(new.management) < Self.rank(old.management)
      || (old.logGroup != nil && new.logGroup == nil)
    moved =
      old.bucket != new.bucket || old.prefix != new.prefix || old.key != new.key
      || old.logGroup != new.logGroup || old.topic != new.topic
  }

  private static func text(_ value: JSON?) -> String {
    guard let value else { return "none" }
    return value.string ?? value.line
  }

  private static func rank(_ management: String?) -> Int {
    switch management {
    case "none": 0
    case "read", "write": 1
    default: 2
    }
  }
}
