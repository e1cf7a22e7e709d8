import WatchCore

/// `aws.region.uncovered`, `aws.trail.none`: work where no trail looks.
extension Engine {
  func regionFindings() -> [Finding] {
    knowledge.regions.sorted { $0.key < $1.key }.flatMap { source, seen in
      none(source, seen)
        + seen.sorted { $0.key < $1.key }.compactMap { region, sighting in
          uncovered(source, region, sighting)
        }
    }
  }

  private func uncovered(
    _ source: SourceID, _ region: String, _ sighting: RegionSighting
  ) -> Finding? {
    let path = PathID(source: source, kind: .region, region: region)
    guard !isWatched(path), sighting.covering.isEmpty, sighting.activity > 0,
      knowledge.heartbeats[path]?.state == .notSetUp
    else { return nil }
    let first = sighting.first ?? sighting.latest
    let failed = sighting.activeSince ?? first?.at ?? now
    let code = Engine.uncoveredCode(source.cloud)
    let word = source.cloud == .aws ? "NO TRAIL" : Engine.word(code)
    let what = first.map { "\(word): \($0.action) by \($0.actor)" } ?? "\(word) in \(region)"
    // A region lists the trails that reach it; the account's are those of all its regions.
    let all = Set((knowledge.regions[source] ?? [:]).values.flatMap(\.trails)).sorted()
    let trails = all.isEmpty ? "none" : all.joined(separator: ", ")
    let events = sighting.activity == 1 ? "1 write event" : "\(sighting.activity) write events"
    return finding(
      code, source, subject: region, region: region, failed: failed, what: what,
      evidence: [
        Evidence(
          at: failed,
          text: "\(events) in \(region) since \(failed.clock(at: now))",
          seen: "Event history \(region), \(now.clock)"),
        Evidence(
          at: now,
          text: "\(Engine.carriers(source.cloud)) of the account: \(trails). None covers \(region)",
          seen: "region probe, \(now.clock)"),
      ] + evidence(of: first), cause: first)
  }

  /// What is configured has a source of its own, whose checks and settings say what is wrong with it.
  func isWatched(_ path: PathID) -> Bool {
    plan.account(path.source.cloud, path.source.account)?.units
      .contains { $0.label == path.region } ?? false
  }

  static func uncoveredCode(_ cloud: Cloud) -> FailureCode {
    switch cloud {
    case .aws: "aws.region.uncovered"
    case .azure: "azure.setting.none"
    case .gcp: "gcp.sink.none"
    }
  }

  /// What carries records out, in each cloud's word.
  static func carriers(_ cloud: Cloud) -> String {
    switch cloud {
    case .aws: "trails"
    case .azure: "diagnostic settings"
    case .gcp: "sinks"
    }
  }

  private func none(_ source: SourceID, _ seen: [String: RegionSighting]) -> [Finding] {
    let paths = seen.keys.map { PathID(source: source, kind: .region, region: $0) }
    guard source.cloud == .aws, !seen.isEmpty,
      seen.values.allSatisfy({ $0.trails.isEmpty && $0.covering.isEmpty }),
      paths.allSatisfy({ knowledge.heartbeats[$0]?.state != .blind })
    else { return [] }
    return [
      finding(
        "aws.trail.none", source, region: "global",
        failed: paths.compactMap { knowledge.heartbeats[$0]?.since }.min() ?? now,
        what: "NO TRAIL in the whole account",
        evidence: [
          Evidence(
            at: now, text: "no trail in \(seen.count) regions", seen: "region probe, \(now.clock)")
        ])
    ]
  }
}
