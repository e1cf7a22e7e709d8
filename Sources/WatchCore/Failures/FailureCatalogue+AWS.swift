extension FailureCatalogue {
  static let aws: [Failure] = trail + delivery + pipeline + store + alertPath + tampering

  private static let trail: [Failure] = [
    entry(
      "aws.trail.none", .condition, .high, .capture, probe: "region",
      "No trail", "The account has no trail that covers it: nothing done there is recorded."),
    entry(
      "aws.trail.stopped", .condition, .high, .capture, probe: "trail",
      "Trail stopped", "IsLogging is false in a region that must log: nothing new is recorded."),
    entry(
      "aws.trail.deleted", .condition, .high, .capture, probe: "trail",
      "Trail deleted", "A trail that we watched is gone."),
    entry(
      "aws.trail.narrowed", .event, .high, .capture, probe: "trail",
      "Trail narrowed",
      "Regions, selectors, global service events or log file validation were reduced."),
    entry(
      "aws.trail.changed", .event, .medium, .capture, probe: "trail",
      "Trail changed", "The trail's bucket, prefix, key, log group or topic was changed."),
    entry(
      "aws.region.uncovered", .condition, .high, .capture, probe: "region",
      "Region without a trail", "Somebody works in a region that is in no trail's scope."),
  ]

  private static let delivery: [Failure] = [
    entry(
      "aws.delivery.error", .condition, .high, .error, probe: "trail",
      "Delivery error", "CloudTrail says that it cannot write to the bucket."),
    entry(
      "aws.delivery.late", .condition, .low, .error, probe: "s3", runbook: "aws-delivery-silent",
      "Log objects late", "The newest log object is older than its period."),
    entry(
      "aws.delivery.silent", .condition, .high, .error, probe: "s3",
      "Log objects silent", "No log object has arrived within period and grace."),
    entry(
      "aws.digest.error", .condition, .medium, .error, probe: "trail",
      "Digest error", "CloudTrail says that it cannot deliver the signed digest."),
    entry(
      "aws.digest.late", .condition, .low, .error, probe: "digest", runbook: "aws-digest-silent",
      "Digest late", "The hourly signed digest is older than its period."),
    entry(
      "aws.digest.silent", .condition, .high, .error, probe: "digest",
      "Digest silent", "No signed digest has arrived within period and grace."),
    entry(
      "aws.group.error", .condition, .medium, .error, probe: "trail",
      "Log group error", "CloudTrail says that it cannot deliver to the CloudWatch Logs group."),
    entry(
      "aws.group.late", .condition, .low, .error, probe: "group", runbook: "aws-group-silent",
      "Log group late", "The last delivery to the log group is older than its period."),
    entry(
      "aws.group.silent", .condition, .high, .error, probe: "group",
      "Log group silent", "Nothing was delivered to the log group within period and grace."),
    entry(
      "aws.notify.error", .condition, .low, .error, probe: "trail",
      "Notification error", "CloudTrail cannot publish to the trail's SNS topic."),
  ]

  private static let pipeline: [Failure] = [
    entry(
      "aws.bucket.blocked", .condition, .high, .storage, probe: "history",
      "Bucket refuses the trail",
      "The log bucket's policy, key or ownership refuses CloudTrail: nothing can be stored."),
    entry(
      "aws.probe.blind", .condition, .medium, .error, probe: "any",
      "Could not look",
      "A probe could not look: permission, throttling, time-out, clock or an unreadable answer."),
    entry(
      "aws.source.never", .condition, .medium, .capture, probe: "any",
      "Never seen", "Configured, and no record was ever seen within period and grace."),
  ]

  private static let store: [Failure] = [
    entry(
      "aws.bucket.exposed", .condition, .high, .storage, probe: "posture",
      "Log bucket exposed",
      "The log bucket can be read or written from outside: by its ACL, its policy, or plain http."),
    entry(
      "aws.bucket.erasable", .condition, .medium, .storage, probe: "posture",
      "Logs erasable",
      "Log files can be deleted or overwritten, or expire before the retention that is asked."),
    entry(
      "aws.key.unusable", .condition, .high, .error, probe: "posture",
      "Key unusable",
      "The log files' key is disabled, about to be deleted, or its policy shuts CloudTrail out."),
    entry(
      "aws.group.erasable", .condition, .medium, .storage, probe: "posture",
      "Log group erasable",
      "The log group keeps events for less than the retention that is asked, or it was deleted."),
  ]

  private static let alertPath: [Failure] = [
    entry(
      "aws.echo.missing", .condition, .high, .capture, probe: "echo",
      "Echo missing", "Our own audited call did not come out at the end of the path in time."),
    entry(
      "aws.alertpath.broken", .condition, .high, .capture, probe: "posture",
      "Alert path broken",
      "A filter, alarm, rule, target, topic or subscription lets no alarm through to a human."),
    entry(
      "aws.alertpath.silenced", .event, .high, .capture, probe: "history",
      "Alert path silenced",
      "Somebody disabled, deleted or narrowed a part of this pipeline's alert path."),
  ]

  private static let tampering: [Failure] = [
    entry(
      "aws.pipeline.tampered", .event, .high, .capture, probe: "history",
      "Pipeline tampered with",
      "Somebody weakened this pipeline's bucket, key, role, log group or data store."),
    entry(
      "aws.org.left", .event, .high, .capture, probe: "history",
      "Organization left",
      "An account left the organization, or the organization's trail lost its access."),
    entry(
      "aws.posture.weak", .condition, .low, .capture, probe: "posture",
      "Weak settings", "The trail, bucket, group or alert path is set up weaker than it should be."),
  ]
}
