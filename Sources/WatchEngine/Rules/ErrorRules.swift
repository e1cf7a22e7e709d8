import WatchCore

/// `aws.delivery.error`, `aws.digest.error`, `aws.group.error`, `aws.notify.error`: what CloudTrail
/// itself says that it could not do. One alert for a trail and error, wherever it shows.
extension Engine {
  func errorFindings() -> [Finding] {
    let fields: [(FailureCode, String, PathKind, KeyPath<TrailStatus, String?>)] = [
      ("aws.delivery.error", "S3", .s3, \.deliveryError),
      ("aws.digest.error", "digest", .digest, \.digestError),
      ("aws.group.error", "log group", .group, \.groupError),
      ("aws.notify.error", "topic", .trail, \.notifyError),
    ]
    return plan.sources.filter { $0.off == nil }.flatMap { source in
      fields.compactMap { error($0.0, $0.1, $0.2, $0.3, source.id) }
    }
  }

  private func error(
    _ code: FailureCode, _ label: String, _ kind: PathKind,
    _ field: KeyPath<TrailStatus, String?>, _ source: SourceID
  ) -> Finding? {
    let home = homeSighting(source)?.region
    let seen = (knowledge.trails[source] ?? [:]).filter {
      $0.value.status?.isLogging == true && $0.value.status?[keyPath: field] != nil
    }
    guard let region = home.flatMap({ seen[$0] == nil ? nil : $0 }) ?? seen.keys.min(),
      let text = seen[region]?.status?[keyPath: field]
    else { return nil }
    let trail = PathID(source: source, kind: .trail, region: region)
    let path = PathID(source: source, kind: kind, region: region)
    let more = seen.count > 1 ? " and \(seen.count - 1) more regions" : ""
    let since =
      knowledge.heartbeats[path]?.state == .failing
      ? knowledge.heartbeats[path]?.since ?? now : now
    let name = knowledge.settings(source)?.name ?? source.name
    return finding(
      code, source, region: region, failed: since,
      what: "ERROR: \(label) \(text), \(name) \(region)",
      evidence: [
        Evidence(
          at: since, text: "\(label) delivery error \"\(text)\" for \(name) in \(region)\(more)",
          seen: "status probe, \(now.clock)", raw: knowledge.raw(trail))
      ])
  }
}
