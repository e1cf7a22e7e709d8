import WatchCore

/// `CLOUD.echo.missing`: our own audited call did not come out at an end of the trail in time. One alert
/// a source, with every end that misses it as evidence. Missing in Event history alone is no cut.
extension Engine {
  private struct Miss {
    var path: PathID
    var leg: EchoLeg
    var sent: Timestamp
  }

  func echoFindings() -> [Finding] {
    let all = Dictionary(
      grouping: knowledge.echoes.filter { $0.value.off == nil }, by: \.key.source)
    return plan.sources.filter { $0.off == nil && !$0.optional.contains(.echo) }
      .compactMap { source in
        all[source.id].flatMap { echoMissing(source.id, $0.sorted { $0.key < $1.key }) }
      }
  }

  private func echoMissing(
    _ source: SourceID, _ seen: [(key: PathID, value: EchoSighting)]
  ) -> Finding? {
    let misses = seen.flatMap { path, echo in
      echo.ends.compactMap { leg in leg.owed.map { Miss(path: path, leg: leg, sent: $0) } }
    }
    guard let first = misses.min(by: { $0.sent < $1.sent }) else { return nil }
    let more = misses.count > 1 ? ", and \(misses.count - 1) more" : ""
    let sent = first.sent.shortClock(at: now)
    return finding(
      source.cloud.code("echo.missing"), source, region: first.path.region,
      failed: first.sent,
      what: "ECHO MISSING: \(label(first)), sent \(sent)\(more)",
      evidence: Array(misses.map(evidence).prefix(8)) + returned(seen) + remarks(seen))
  }

  /// What an echo is in each cloud.
  static func echoCall(_ cloud: Cloud) -> String {
    switch cloud {
    case .aws: "GetTrailStatus"
    case .azure: "tag write"
    case .gcp: "metric update"
    }
  }

  private func label(_ miss: Miss) -> String { "\(miss.leg.kind.label) \(miss.path.region)" }

  private func evidence(_ miss: Miss) -> Evidence {
    let last = miss.leg.returned.map { "the last that came back was sent \($0.clock(at: now))" }
    let limit = sourcePlan(miss.path.source)?.expectation(miss.leg.kind).map { " (\($0.text))" }
    return Evidence(
      at: miss.sent,
      text:
        "our \(Engine.echoCall(miss.path.source.cloud)) of \(miss.sent.clock(at: now)) is not in \(label(miss))"
        + "\(limit ?? ""); \(last ?? "none has come back yet")",
      seen: "echo probe, \(knowledge.heartbeats[miss.path]?.lookedAt?.clock ?? now.clock)")
  }

  /// Ends at which calls do come out: the cut is behind the trail then.
  private func returned(_ seen: [(key: PathID, value: EchoSighting)]) -> [Evidence] {
    seen.flatMap { path, echo in
      echo.ends.compactMap { leg in
        guard leg.owed == nil, leg.blind == nil, let sent = leg.returned, let arrived = leg.arrived
        else { return nil }
        return Evidence(
          at: arrived,
          text: "\(leg.kind.label) \(path.region) gave back the call of \(sent.clock(at: now))",
          seen: "echo probe, \(now.clock)")
      }
    }
  }

  /// What Event history says of the same calls: it holds them whatever the trail does.
  private func remarks(_ seen: [(key: PathID, value: EchoSighting)]) -> [Evidence] {
    seen.compactMap { path, echo in
      guard let leg = echo.legs.first(where: { $0.kind == .history }), leg.blind == nil,
        let at = leg.returned ?? leg.owed
      else { return nil }
      let text =
        leg.owed == nil
        ? "Event history holds the call of \(at.clock(at: now))"
        : "Event history does not hold it either"
      return Evidence(at: at, text: text, seen: "Event history \(path.region), \(now.clock)")
    }
  }

  /// Every end has given back a call that was sent after the first missing one; nil while one has not.
  func echoProof(_ alert: Alert) -> String? {
    let seen = knowledge.echoes.filter { $0.key.source == alert.source && $0.value.off == nil }
      .sorted { $0.key < $1.key }
    let ends = seen.flatMap { path, echo in echo.ends.map { (path, $0) } }
    guard !ends.isEmpty else { return nil }
    var lines: [String] = []
    for (path, leg) in ends {
      guard leg.blind == nil, leg.owed == nil, let sent = leg.returned, sent > alert.failed,
        let arrived = leg.arrived, arrived > alert.failed
      else { return nil }
      lines.append("echo \(leg.kind.label) \(path.region) \(arrived.clock(at: now))")
    }
    return lines.prefix(4).joined(separator: ", ") + (lines.count > 4 ? " …" : "")
  }
}
