extension PostureCatalogue {
  private static let guide = "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/"

  static let trail: [PostureRule] = scope + proof + place

  private static let scope: [PostureRule] = [
    PostureRule(
      "trail.multi-region", "aws.posture.weak", .medium, "multi-region",
      why: "A trail of one region records nothing of the others, where an intruder is alone.",
      mend: "aws cloudtrail update-trail --name TRAIL --is-multi-region-trail",
      reference: guide + "cloudtrail-concepts.html"),
    PostureRule(
      "trail.global-events", "aws.posture.weak", .medium, "recording global services",
      why: "IAM, STS and CloudFront write their events as global ones: without them nobody sees a "
        + "new user or key.",
      mend: "aws cloudtrail update-trail --name TRAIL --include-global-service-events",
      reference: guide + "cloudtrail-concepts.html"),
    PostureRule(
      "trail.write-events", "aws.posture.weak", .high, "recording management writes",
      why: "What changes the account is not recorded at all.",
      mend: "Set a selector for management events with ReadWriteType All, or an advanced one with "
        + "eventCategory Management alone.",
      reference: guide + "logging-management-events-with-cloudtrail.html", breaksNow: true),
    PostureRule(
      "trail.read-events", "aws.posture.weak", .medium, "recording management reads",
      why: "Looking around comes before acting: who listed what is not recorded.",
      mend: "Set ReadWriteType All, or take the readOnly condition out of the advanced selector.",
      reference: guide + "logging-management-events-with-cloudtrail.html"),
    PostureRule(
      "trail.exclusions", "aws.posture.weak", .medium, "free of exclusions",
      why: "What a selector passes over is never recorded; without KMS events nobody sees a log "
        + "key being disabled.",
      mend: "Take ExcludeManagementEventSources, or the excluding field conditions, out of the "
        + "selectors.",
      reference: guide + "logging-management-events-with-cloudtrail.html"),
    PostureRule(
      "trail.data-events", "aws.posture.weak", .medium, "recording the data events asked for",
      why: "Access to these resources leaves no record.",
      mend: "Add a data event selector for each of them; data events cost extra.",
      reference: guide + "logging-data-events-with-cloudtrail.html"),
    PostureRule(
      "trail.recorded", "aws.posture.weak", .low, "explained: what it records",
      why: "Management events are what is done to resources, data events what is done in them.",
      mend: "Nothing to mend: this tells what to expect of the trail.",
      reference: guide + "cloudtrail-concepts.html"),
    PostureRule(
      "trail.insights", "aws.posture.weak", .low, "looking for unusual activity (Insights)",
      why: "Insights tell of unusual rates of calls and errors; they cost extra and come after "
        + "half an hour.",
      mend: "aws cloudtrail put-insight-selectors, where the price is worth it.",
      reference: guide + "logging-insights-events-with-cloudtrail.html"),
    PostureRule(
      "trail.organization", "aws.posture.weak", .low, "an organization's trail",
      why: "An organization's trail records every member, and no member can switch it off.",
      mend: "In the management account: aws cloudtrail update-trail --name TRAIL "
        + "--is-organization-trail",
      reference: guide + "creating-trail-organization.html"),
  ]

  private static let proof: [PostureRule] = [
    PostureRule(
      "trail.validation", "aws.posture.weak", .medium, "validated by digests",
      why: "Without signed digests nobody can prove that no log file was changed or taken away.",
      mend: "aws cloudtrail update-trail --name TRAIL --enable-log-file-validation; a digest "
        + "follows within the hour.",
      reference: guide + "cloudtrail-log-file-validation-intro.html")
  ]

  private static let place: [PostureRule] = [
    PostureRule(
      "trail.encryption", "aws.posture.weak", .low, "encrypted with a KMS key",
      why: "With S3's own keys, whoever may read the bucket may read the logs; a KMS key asks for "
        + "a second permission.",
      mend: "aws cloudtrail update-trail --name TRAIL --kms-key-id KEY, after its policy allows "
        + "CloudTrail.",
      reference: guide + "encrypting-cloudtrail-log-files-with-aws-kms.html"),
    PostureRule(
      "trail.separate-account", "aws.posture.weak", .low, "stored in another account",
      why: "Whoever owns the watched account owns its logs too, and can delete them.",
      mend: "Write to a bucket in an account that holds logs and nothing else.",
      reference: guide + "best-practices-security.html"),
    PostureRule(
      "trail.tags", "aws.posture.weak", .low, "tagged",
      why: "Tags such as Environment and Purpose say whose trail it is.",
      mend: "aws cloudtrail add-tags --resource-id TRAIL_ARN --tags-list Key=Purpose,Value=audit",
      reference: guide + "cloudtrail-concepts.html"),
  ]
}
