import WatchCore

/// `aws.trail.stopped`, `aws.trail.deleted`: what the trail's own status says.
extension Engine {
  func trailFindings() -> [Finding] {
    plan.sources.filter { $0.off == nil }.flatMap { source -> [Finding] in
      guard let (region, sighting) = homeSighting(source.id) else { return [] }
      let path = PathID(source: source.id, kind: .trail, region: region)
      guard knowledge.heartbeats[path]?.state == .failing else { return [] }
      guard let settings = sighting.settings, let status = sighting.status else {
        return [deleted(source, path)]
      }
      return status.isLogging ? [] : [stopped(settings, status, path)]
    }
  }

  /// The trail as its home region tells it, or the only region that has told of it.
  func homeSighting(_ source: SourceID) -> (region: String, sighting: TrailSighting)? {
    let seen = knowledge.trails[source] ?? [:]
    let home = knowledge.settings(source)?.homeRegion ?? sourcePlan(source)?.homeRegion
    if let home, let sighting = seen[home] { return (home, sighting) }
    return seen.min { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private func stopped(
    _ settings: TrailSettings, _ status: TrailStatus, _ path: PathID
  ) -> Finding {
    let failed = status.stopped ?? knowledge.heartbeats[path]?.since ?? now
    let cause = cause(of: "aws.trail.stopped", trail: settings, bucket: nil, near: failed)
    return finding(
      "aws.trail.stopped", path.source, subject: settings.arn, region: path.region,
      failed: failed,
      what: Engine.what(
        "STOPPED", cause, otherwise: "\(settings.name), \(path.region)", at: failed),
      evidence: [
        Evidence(
          at: failed, text: "IsLogging false for \(settings.name), StopLoggingTime \(failed.clock)",
          seen: "status probe, \(now.clock)", raw: knowledge.raw(path))
      ] + evidence(of: cause), cause: cause)
  }

  private func deleted(_ source: SourcePlan, _ path: PathID) -> Finding {
    let name = Engine.trailName(source.trail)
    let failed = knowledge.heartbeats[path]?.since ?? now
    let baseline = picture.baselines[source.id].flatMap { TrailSettings(json: $0.content) }
    let cause = cause(
      of: "aws.trail.deleted", trail: baseline, name: name, bucket: nil, near: failed)
    return finding(
      "aws.trail.deleted", source.id, subject: source.trail, region: path.region,
      failed: cause?.at ?? failed,
      what: Engine.what("DELETED", cause, otherwise: "\(name), \(path.region)", at: failed),
      evidence: [
        Evidence(
          at: failed, text: "no trail \(name) in \(path.region)", seen: "status probe, \(now.clock)"
        )
      ] + evidence(of: cause), cause: cause)
  }

  /// `STOPPED by dev, us-east-1, 03:01Z`; without a known cause `STOPPED: use1, us-east-1, 03:01Z`.
  static func what(
    _ word: String, _ cause: Cause?, otherwise: String, at failed: Timestamp
  ) -> String {
    guard let cause else { return "\(word): \(otherwise), \(failed.shortClock)" }
    return "\(word) by \(cause.actor), \(cause.region), \(cause.at.shortClock)"
  }
}

extension Knowledge {
  func raw(_ path: PathID) -> String? {
    trails[path.source]?[path.region].map(\.raw)
  }
}
