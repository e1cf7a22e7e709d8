extension PostureCatalogue {
  /// The log group, and the role that CloudTrail writes to it as.
  static let group: [PostureRule] = [
    PostureRule(
      "group.attached", "aws.posture.weak", .low, "sending to a log group",
      why: "Without a log group no metric filter and no alarm sees the trail's events.",
      mend: "aws cloudtrail update-trail --name TRAIL --cloud-watch-logs-log-group-arn "
        + "GROUP_ARN --cloud-watch-logs-role-arn ROLE_ARN",
      reference:
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/send-cloudtrail-events-to-cloudwatch-logs.html"
    ),
    PostureRule(
      "group.exists", "aws.group.erasable", .medium, "there",
      why: "The trail names a log group that does not exist: filters and alarms see nothing, "
        + "and what it held is lost.",
      mend: "Make the log group again and run update-trail with its ARN; look in Event history "
        + "for DeleteLogGroup.",
      reference:
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/send-cloudtrail-events-to-cloudwatch-logs.html",
      breaksNow: true),
    PostureRule(
      "group.retention", "aws.group.erasable", .medium, "kept long enough",
      why: "Events are deleted from the group before the time that the chosen framework asks "
        + "has passed.",
      mend: "aws logs put-retention-policy --log-group-name GROUP --retention-in-days DAYS",
      reference:
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html"
    ),
    PostureRule(
      "role.exists", "aws.alertpath.broken", .high, "there",
      why: "CloudTrail writes to the log group as this role; without it no event reaches the "
        + "group.",
      mend: "Make the role again with CloudTrail's trust and permissions, or name another with "
        + "update-trail.",
      reference:
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html",
      breaksNow: true),
    PostureRule(
      "role.trust", "aws.alertpath.broken", .high, "trusting CloudTrail",
      why: "CloudTrail cannot become the role, so no event reaches the log group.",
      mend: "Let cloudtrail.amazonaws.com call sts:AssumeRole in the role's trust policy.",
      reference:
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html",
      breaksNow: true),
    PostureRule(
      "role.scoped", "aws.posture.weak", .low, "bound to our trails",
      why: "Without a condition on aws:SourceArn a trail of another account can make CloudTrail "
        + "use the role.",
      mend: "Add StringEquals aws:SourceArn TRAIL_ARN to the role's trust policy.",
      reference:
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html"
    ),
    PostureRule(
      "role.permissions", "aws.alertpath.broken", .high, "allowed to write to the log group",
      why: "CloudTrail cannot create streams or put events, so no event reaches the log group.",
      mend: "Allow logs:CreateLogStream and logs:PutLogEvents on the group's log streams.",
      reference:
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html",
      breaksNow: true),
    PostureRule(
      "role.narrow", "aws.posture.weak", .low, "limited to writing to the log group",
      why: "Whoever can use the role can do more than write to the group, such as delete it.",
      mend: "Allow logs:CreateLogStream and logs:PutLogEvents on this group's streams, and "
        + "nothing else.",
      reference:
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html"
    ),
  ]
}
