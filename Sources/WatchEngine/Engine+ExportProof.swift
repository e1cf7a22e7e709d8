import WatchCore

/// What ends the alert over a setting or sink that was deleted: that it is there again proves nothing
/// by itself; what comes by it does.
extension Engine {
  /// The settings' own path, and the ends of what such a setting carries: a resource's that resource's
  /// log, a subscription's the Activity Log, a sink's what it hands on.
  static func isFed(_ path: PathID, by alert: Alert) -> Bool {
    guard let setting = alert.subject?.lowercased() else { return path.kind == .setting }
    let member = path.member?.lowercased()
    switch path.kind {
    case .setting: return true
    case .activity, .archive: return !isResources(setting)
    case .resource:
      return isResources(setting) && member.map { setting.contains("/\($0)/") } == true
    case .export: return member == setting.split(separator: "/").last.map(String.init)
    default: return false
    }
  }

  /// Whether a diagnostic setting is a resource's, and not its subscription's.
  static func isResources(_ setting: String) -> Bool {
    setting.lowercased().contains("/resourcegroups/")
  }

  private func listings(_ alert: Alert) -> [(path: PathID, seen: SettingsSighting)] {
    knowledge.exports.filter { path, _ in
      path.source == alert.source && path.region == alert.place.region
    }.map { ($0.key, $0.value) }
  }

  private static func isDeleted(_ alert: Alert) -> Bool {
    alert.code == "azure.setting.deleted" || alert.code == "gcp.sink.deleted"
  }

  /// It is there again; true of all other alerts.
  func isBack(_ alert: Alert) -> Bool {
    guard Engine.isDeleted(alert), let subject = alert.subject else { return true }
    return listings(alert).contains { _, seen in seen.settings.contains { $0.id == subject } }
  }

  /// Since when it has been, by the first look that showed it.
  func backSince(_ alert: Alert) -> Timestamp? {
    guard Engine.isDeleted(alert) else { return nil }
    return listings(alert).compactMap { knowledge.heartbeats[$0.path]?.since }.max()
  }

  /// Nobody asks for it any more, or it is listed no more: no proof can come.
  func nothingToProve(_ alert: Alert) -> String? {
    let place = alert.place.region
    if alert.source.name == "regions", let listed = knowledge.listed[alert.source],
      listed > alert.detected, alert.code == Engine.uncoveredCode(alert.source.cloud),
      knowledge.heartbeats[PathID(source: alert.source, kind: .region, region: place)] == nil
    {
      return "not proven: \(place) is listed no more, \(listed.clock)"
    }
    guard Engine.isDeleted(alert), let subject = alert.subject else { return nil }
    let seen = listings(alert)
    guard !seen.isEmpty, seen.allSatisfy({ !$0.seen.asked(subject) }) else { return nil }
    return "not proven: the configuration does not ask for it any more"
  }

  /// The first list of diagnostic settings by none of which anything leaves: a vault's says nothing of
  /// its subscription.
  static func idle(_ seen: SettingsSighting) -> String? {
    guard let scopes = seen.scopes else {
      return seen.settings.contains(where: \.carriesOut) ? nil : "no diagnostic setting"
    }
    for scope in scopes {
      let own = seen.settings.filter { scope.holds($0.id) }
      guard !own.contains(where: \.carriesOut) else { continue }
      let whose = scope.name.map { " of \($0)" } ?? ""
      return own.isEmpty
        ? "no diagnostic setting\(whose)"
        : "\(own.map(\.name).joined(separator: ", ")): nothing enabled"
    }
    return nil
  }
}
