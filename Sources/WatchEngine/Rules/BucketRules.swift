import WatchCore

/// `aws.bucket.blocked`: the bucket refuses CloudTrail. Two witnesses: the trails' AccessDenied, and
/// the policy that somebody wrote.
extension Engine {
  func bucketFindings() -> [Finding] {
    let buckets = Set(plan.sources.compactMap { knowledge.settings($0.id)?.bucket }).sorted()
    return buckets.compactMap(blocked)
  }

  private func blocked(_ bucket: String) -> Finding? {
    let refused = deliveryErrors().filter { error in
      knowledge.settings(error.path.source)?.bucket == bucket
        && Engine.isRefusal(error.text)
    }
    guard let first = refused.first else { return nil }
    let since = refused.map(\.since).min() ?? now
    let cause = cause(of: "aws.bucket.blocked", trail: nil, bucket: bucket, near: since)
    guard let cause else { return nil }
    let names = refused.map { knowledge.names[$0.path] ?? $0.path.source.name }
    // The same source each time, whichever trail still says so: one cause is one alert.
    let source = plan.sources.first { knowledge.settings($0.id)?.bucket == bucket }?.id
    return finding(
      "aws.bucket.blocked", source ?? first.path.source, subject: bucket, region: cause.region,
      failed: cause.at, what: Engine.blockedWhat(cause),
      evidence: [
        Evidence(
          at: since,
          text: "\(first.text) at \(names.joined(separator: ", ")); IsLogging is still true",
          seen: "status probe, \(now.clock)", raw: knowledge.raw(first.path))
      ] + evidence(of: cause), cause: cause, values: [("bucket", bucket)])
  }

  static func blockedWhat(_ cause: Cause) -> String {
    "BLOCKED by \(cause.actor), \(cause.action)"
  }

  /// S3's and KMS's ways to say no; the exact wording is CloudTrail's own and may change.
  static func isRefusal(_ error: String) -> Bool {
    let text = error.lowercased()
    return ["accessdenied", "access denied", "nosuchbucket", "forbidden", "kms"]
      .contains { text.contains($0) }
  }

  struct DeliveryError {
    var path: PathID
    var text: String
    var since: Timestamp
  }

  /// Delivery errors of running trails, home region first.
  func deliveryErrors() -> [DeliveryError] {
    plan.sources.filter { $0.off == nil }.flatMap { source -> [DeliveryError] in
      let home = homeSighting(source.id)?.region
      let seen = (knowledge.trails[source.id] ?? [:])
        .sorted { ($0.key == home ? 0 : 1, $0.key) < ($1.key == home ? 0 : 1, $1.key) }
      return seen.compactMap { region, sighting in
        guard let status = sighting.status, status.isLogging, let error = status.deliveryError
        else { return nil }
        let path = PathID(source: source.id, kind: .trail, region: region)
        return DeliveryError(
          path: path, text: error, since: knowledge.heartbeats[path]?.since ?? now)
      }
    }
  }
}
