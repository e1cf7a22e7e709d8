extension PostureCatalogue {
  static let alertPath: [PostureRule] = filters + alarms + rules + topics + queues

  /// Metric filters on the log group.
  private static let filters: [PostureRule] = [
    PostureRule(
      "filter.exists", "aws.alertpath.broken", .medium, "read by a metric filter",
      why: "No metric filter looks at the log group, so none of its events can raise an alarm.",
      mend: "aws logs put-metric-filter, with the patterns of the CIS benchmark first.",
      reference: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/MonitoringLogData.html"),
    PostureRule(
      "filter.matches", "aws.alertpath.broken", .high, "able to match",
      why: "A pattern that no CloudTrail event can match counts nothing: its alarm is silent "
        + "for ever.",
      mend: "Write the pattern anew, and try it with aws logs test-metric-filter on a real "
        + "record.",
      reference:
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html",
      breaksNow: true),
    PostureRule(
      "filter.whole", "aws.posture.weak", .low, "free of dead alternatives",
      why: "One of the pattern's alternatives can never match: the events that it was for are "
        + "not counted.",
      mend: "Correct the alternative that is named, and try it with aws logs "
        + "test-metric-filter.",
      reference:
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html"),
  ]

  /// Alarms on what the filters count.
  private static let alarms: [PostureRule] = [
    PostureRule(
      "alarm.exists", "aws.alertpath.broken", .medium, "watched by an alarm",
      why: "The filter counts, and no alarm looks at its metric: matches tell nobody.",
      mend: "aws cloudwatch put-metric-alarm on the filter's metric, with an action.",
      reference:
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudwatch-alarms-for-cloudtrail.html"
    ),
    PostureRule(
      "alarm.enabled", "aws.alertpath.broken", .high, "switched on",
      why: "The alarm's actions are disabled: it goes off, and nobody is told.",
      mend: "aws cloudwatch enable-alarm-actions --alarm-names ALARM",
      reference:
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html",
      breaksNow: true),
    PostureRule(
      "alarm.actions", "aws.alertpath.broken", .high, "telling anybody",
      why: "The alarm has no action, or its topic is gone: it goes off, and nobody is told.",
      mend: "Give the alarm an action: a topic that exists and that somebody has confirmed.",
      reference:
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html",
      breaksNow: true),
    PostureRule(
      "alarm.silence", "aws.alertpath.broken", .high, "alarmed by missing data",
      why: "An alarm for too few events that does not treat missing data as breaching says "
        + "INSUFFICIENT_DATA, not ALARM, when events stop.",
      mend: "Put the alarm again with --treat-missing-data breaching.",
      reference:
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html",
      breaksNow: true),
    PostureRule(
      "alarm.data", "aws.alertpath.broken", .medium, "fed with data",
      why: "An alarm for silence without data cannot tell silence from health.",
      mend: "See whether the metric's name and dimensions are right, and whether events arrive.",
      reference:
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html"
    ),
  ]

  /// EventBridge rules for calls to CloudTrail, and whether any way reaches somebody.
  private static let rules: [PostureRule] = [
    PostureRule(
      "rule.enabled", "aws.alertpath.broken", .high, "switched on",
      why: "A disabled rule catches nothing, and says nothing about it.",
      mend: "aws events enable-rule --name RULE",
      reference:
        "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html",
      breaksNow: true),
    PostureRule(
      "rule.pattern", "aws.alertpath.broken", .high, "catching changes of the trail",
      why: "The rule is for calls to CloudTrail, and its pattern lets none of those through "
        + "that blind the trail.",
      mend: "Name StopLogging, DeleteTrail, UpdateTrail and PutEventSelectors under "
        + "detail.eventName.",
      reference: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html"),
    PostureRule(
      "rule.targets", "aws.alertpath.broken", .high, "sending to a target that exists",
      why: "What the rule catches goes nowhere.",
      mend: "aws events put-targets, with a topic or queue that exists.",
      reference: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html",
      breaksNow: true),
    PostureRule(
      "reach.trail-changes", "aws.alertpath.broken", .medium,
      "followed by an alarm or rule that reaches somebody",
      why: "Somebody can stop or narrow the trail, and nothing of AWS's own tells anybody.",
      mend: "Make a metric filter with an alarm, or an EventBridge rule, for these calls, with "
        + "a topic that somebody has confirmed.",
      reference:
        "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html"),
  ]

  /// Topics and their subscriptions.
  private static let topics: [PostureRule] = [
    PostureRule(
      "topic.exists", "aws.alertpath.broken", .high, "there",
      why: "Alarms and rules publish to a topic that does not exist: nobody is told.",
      mend: "Make the topic and its subscriptions again, or name another in alarms and rules.",
      reference:
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html",
      breaksNow: true),
    PostureRule(
      "topic.sender", "aws.alertpath.broken", .high, "open to its alarms and rules",
      why: "The topic's policy or key refuses who must publish: messages are dropped.",
      mend: "Allow sns:Publish to cloudwatch.amazonaws.com or events.amazonaws.com; use a key "
        + "of your own that they may use.",
      reference: "https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html",
      breaksNow: true),
    PostureRule(
      "topic.heard", "aws.alertpath.broken", .high, "heard by anybody",
      why: "Nobody has confirmed a subscription: what is published reaches nobody.",
      mend: "Confirm the subscription that was sent by mail, or subscribe somebody.",
      reference: "https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.confirm.html",
      breaksNow: true),
    PostureRule(
      "topic.pending", "aws.posture.weak", .low, "confirmed by everybody who was asked",
      why: "Whoever has not confirmed hears nothing, and may think that all is quiet.",
      mend: "Confirm the pending subscription, or delete it.",
      reference: "https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.confirm.html"),
    PostureRule(
      "subscription.secure", "aws.posture.weak", .medium, "delivered over TLS",
      why: "Alerts over plain http can be read, changed and dropped on the way.",
      mend: "Subscribe the https address, and delete the http one.",
      reference: "https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html"),
    PostureRule(
      "subscription.filter", "aws.alertpath.broken", .high, "letting alarms through",
      why: "The subscription's filter policy drops alarms: its owner hears nothing.",
      mend: "Remove the filter policy, or let it pass what alarms and rules send.",
      reference: "https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering.html",
      breaksNow: true),
  ]

  /// Queues, the watch's own first.
  private static let queues: [PostureRule] = [
    PostureRule(
      "queue.exists", "aws.alertpath.broken", .high, "there",
      why: "The queue that rules, topics or the watch name does not exist.",
      mend: "Make the queue again, with its policy.",
      reference:
        "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-basic-examples-of-sqs-policies.html",
      breaksNow: true),
    PostureRule(
      "queue.policy", "aws.alertpath.broken", .high, "open to who feeds it",
      why: "The queue's policy or key refuses the rule or topic: events are dropped.",
      mend: "Allow sqs:SendMessage to events.amazonaws.com or sns.amazonaws.com, with their ARN "
        + "under aws:SourceArn.",
      reference:
        "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html",
      breaksNow: true),
    PostureRule(
      "queue.fed", "aws.alertpath.broken", .high, "fed with changes of the trail",
      why: "The watch's own queue is to bring changes at once, and nothing sends them there.",
      mend: "Make the queue a target of an EventBridge rule for calls to "
        + "cloudtrail.amazonaws.com.",
      reference:
        "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html",
      breaksNow: true),
  ]
}
