extension FailureCatalogue {
  static let aws: [Failure] = trail + delivery + pipeline

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
}
