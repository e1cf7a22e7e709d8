import CloudAPI
import WatchCore

/// The trails and buckets that we watch, to tell changes of them from changes of others'.
struct PipelineParts: Sendable {
  struct Part: Hashable, Sendable {
    var arn: TrailARN?
    var bucket: String?
    var prefix: String?
    var isOrganization = false
  }

  var parts: [Part]

  init(_ parts: [Part]) {
    self.parts = parts
  }

  /// The change that a record tells of; nil where it tells of none, or of somebody else's parts.
  func change(_ record: AuditRecord) -> PipelineChange? {
    let action = record.cause.action
    if TamperActions.trail.contains(action), comes(record, from: "cloudtrail.") {
      return trailChange(record)
    }
    if TamperActions.bucket.contains(action), comes(record, from: "s3.") {
      return bucketChange(record)
    }
    return nil
  }

  private func comes(_ record: AuditRecord, from service: String) -> Bool {
    record.service?.hasPrefix(service) ?? true
  }

  /// A record without readable parameters counts: it may be about a trail of ours.
  private func trailChange(_ record: AuditRecord) -> PipelineChange? {
    let named = record.parameters?["name"]?.string ?? record.parameters?["trailName"]?.string
    guard let named else { return PipelineChange(cause: record.cause, raw: record.raw) }
    let ours = parts.compactMap(\.arn).first { arn in
      arn.text == named || (arn.name == named && arn.homeRegion == record.cause.region)
    }
    guard let ours else { return nil }
    var cause = record.cause
    cause.subject = ours.text
    return PipelineChange(cause: cause, trail: ours.text, raw: record.raw)
  }

  private func bucketChange(_ record: AuditRecord) -> PipelineChange? {
    guard let named = record.parameters?["bucketName"]?.string else {
      return PipelineChange(cause: record.cause, raw: record.raw)
    }
    let writers = parts.filter { $0.bucket == named }
    guard !writers.isEmpty else { return nil }
    var cause = record.cause
    cause.subject = named
    return PipelineChange(
      cause: cause, bucket: named, refusesTrail: refuses(record, bucket: named, writers),
      raw: record.raw)
  }

  /// Whether the bucket's policy now refuses one of the trails.
  private func refuses(_ record: AuditRecord, bucket: String, _ writers: [Part]) -> Bool? {
    switch record.cause.action {
    // Without a policy nothing lets CloudTrail in.
    case "DeleteBucketPolicy": return true
    case "PutBucketPolicy": break
    default: return nil
    }
    guard let policy = BucketPolicy(record.parameters?["bucketPolicy"]) else { return nil }
    return Holds.any(
      writers.map { part in
        guard let arn = part.arn else { return .unknown }
        let writer = LogWriter(
          arn: arn, bucket: bucket, prefix: part.prefix, isOrganization: part.isOrganization)
        return policy.refuses(writer, at: record.cause.at)
      }
    ).known
  }
}
