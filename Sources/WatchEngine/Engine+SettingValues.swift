import WatchCore

extension Engine {
  /// What a runbook's commands need to put a setting back: its name, and what the journal's baseline
  /// has of it. An act on it may be known long before the settings are looked at.
  func settingValues(_ source: SourceID, _ id: String) -> [(String, String?)] {
    let old = baselineUnits(source).values.joined().first { $0.id.lowercased() == id.lowercased() }
    return Engine.values(of: old, named: old?.name ?? Engine.shortName(id))
  }

  static func values(of old: PipelineSetting?, named name: String) -> [(String, String?)] {
    if old?.kind == .exclusions || old?.kind == .auditConfig { return [("setting", name)] }
    func place(_ fact: String) -> String? {
      if case .place(let place)? = old?.fact(fact) { place } else { nil }
    }
    let filter: String? = if case .filter(let text, _)? = old?.fact("filter") { text } else { nil }
    return [
      ("setting", name), ("sink", old?.kind == .sink ? name : nil),
      ("workspace", place("workspaceId")), ("archive", place("storageAccountId")),
      ("destination", place("destination")), ("filter", filter),
    ]
  }
}
