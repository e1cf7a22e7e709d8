extension GapAccount {
  /// Failures that leave a gap in the records, which is accounted for when it ends.
  public static let codes: Set<FailureCode> = [
    "aws.trail.stopped", "aws.trail.deleted", "aws.trail.none", "aws.bucket.blocked",
    "aws.delivery.error", "aws.delivery.silent", "aws.group.error", "aws.group.silent",
    "aws.region.uncovered", "aws.echo.missing",
    "azure.activity.silent", "azure.setting.deleted", "azure.setting.none", "azure.echo.missing",
    "gcp.audit.silent", "gcp.sink.deleted", "gcp.sink.disabled", "gcp.sink.error",
    "gcp.sink.none", "gcp.echo.missing",
  ]
}
