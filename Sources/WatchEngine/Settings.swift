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
      if Self.read.contains(key), before[key] == nil || after[key] == nil { continue }
      if key == "selectors" { continue }
      lines.append("\(key) \(Self.text(before[key])) -> \(Self.text(after[key]))")
    }
    let selectors = old.selectors.flatMap { before in
      new.selectors.map { before.difference(to: $0) }
    }
    lines += (selectors?.lost ?? []) + (selectors?.won ?? [])
    guard !lines.isEmpty else { return nil }
    self.lines = lines
    narrowed =
      (old.multiRegion && !new.multiRegion) || (old.globalEvents && !new.globalEvents)
      || (old.validation && !new.validation) || (old.organization && !new.organization)
      || Self.loses(old.management, new.management)
      || (old.logGroup != nil && new.logGroup == nil) || selectors?.lost.isEmpty == false
      || !Set(old.insights ?? []).subtracting(new.insights ?? old.insights ?? []).isEmpty
    moved =
      old.bucket != new.bucket || old.prefix != new.prefix || old.key != new.key
      || old.logGroup != new.logGroup || old.topic != new.topic
  }

  private init() {
    (lines, narrowed, moved) = ([], false, false)
  }

  /// Nothing is another.
  static let none = SettingsChange()

  /// Read by calls of their own, which can fail: not known is no change.
  static let read: Set<String> = ["management", "selectors", "insights"]

  private static func text(_ value: JSON?) -> String {
    guard let value else { return "none" }
    if let list = value.array { return list.compactMap(\.string).joined(separator: ", ") }
    return value.string ?? value.line
  }

  /// Whether events that were kept are kept no more: from reads to writes is a loss too.
  private static func loses(_ old: String?, _ new: String?) -> Bool {
    func kept(_ management: String?) -> Set<String> {
      switch management {
      case "none": []
      case "read", "write": [management ?? ""]
      default: ["read", "write"]
      }
    }
    return !kept(old).subtracting(kept(new)).isEmpty
  }
}
