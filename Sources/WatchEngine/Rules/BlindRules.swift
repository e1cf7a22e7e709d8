import WatchCore

/// `CLOUD.probe.blind`: we could not look twice running. One alert a source; where a whole account
/// cannot be reached, the others fold under the first.
extension Engine {
  static let blindBecomesHigh: Duration = .minutes(30)

  func blindFindings() -> [Finding] {
    let blind = knowledge.heartbeats.filter { path, heartbeat in
      heartbeat.state == .blind && (heartbeat.failedLooks >= 2 || isStale(heartbeat))
        && sourcePlan(path.source)?.optional.contains(path.kind) != true
    }
    return Dictionary(grouping: blind.keys, by: \.source).sorted { $0.key < $1.key }
      .compactMap { source, paths in self.blind(source, paths.sorted()) }
  }

  /// No look came at all: right after a pause that is no wonder, and no alert.
  private func isStale(_ heartbeat: Heartbeat) -> Bool {
    if heartbeat.failedLooks == 1, let looked = heartbeat.lookedAt {
      return now - max(looked, resumed ?? looked) > heartbeat.staleAfter
    }
    return heartbeat.failedLooks == 0 && now - max(heartbeat.since, resumed ?? began) > .minutes(2)
  }

  private func blind(_ source: SourceID, _ paths: [PathID]) -> Finding? {
    guard let first = paths.first, let heartbeat = knowledge.heartbeats[first] else { return nil }
    let since = paths.compactMap { knowledge.heartbeats[$0]?.since }.min() ?? now
    let more = paths.count > 1 ? ", and \(paths.count - 1) more" : ""
    let reasons = paths.map { path in
      let beat = knowledge.heartbeats[path]
      return Evidence(
        at: beat?.since ?? now, text: "\(path.kind.label) \(path.region): \(beat?.reason ?? "")",
        seen: "probe, \(beat?.lookedAt?.clock ?? "not looked")")
    }
    var finding = finding(
      source.cloud.code("probe.blind"), source, region: first.region, failed: since,
      what: Engine.blindWhat(first, heartbeat.reason) + more,
      evidence: Array(reasons.prefix(8)))
    finding.regions = Set(paths.map(\.region))
    if now - since > Engine.blindBecomesHigh { finding.priority = .high }
    let wide: Set<Blindness.Kind> = [.unreachable, .credentials, .timedOut, .clock]
    finding.accountWide = paths.allSatisfy { path in
      knowledge.heartbeats[path]?.blindness.map { wide.contains($0.kind) } ?? false
    }
    return finding
  }

  /// What is missing first: a row is short, and its place says where.
  static func blindWhat(_ path: PathID, _ reason: String) -> String {
    let place = "\(path.kind.label) \(path.region)"
    guard reason.hasPrefix("needs "), let colon = reason.firstRange(of: ": ") else {
      return "BLIND: \(place), \(reason)"
    }
    return "BLIND: \(reason[..<colon.lowerBound]), \(place): \(reason[colon.upperBound...])"
  }
}
