import WatchCore

@testable import WatchConsole

/// How the scene's pipeline is set up, what its echoes say, what the watch's own calls cost.
extension SampleBoard {
  static let rules: [PostureRule] = [
    rule(
      "trail.validation", "aws.posture.weak", .medium, "has log file validation",
      why: "Without it nobody can tell whether a log file was changed or taken away.",
      mend: "aws cloudtrail update-trail --enable-log-file-validation."),
    rule("trail.multi-region", "aws.posture.weak", .high, "records every region"),
    rule("trail.global-events", "aws.posture.weak", .medium, "records global services"),
    rule("trail.insights", "aws.posture.weak", .low, "has Insights switched on"),
    rule(
      "bucket.tls-only", "aws.bucket.exposed", .medium, "refuses plain http",
      why: "A policy without aws:SecureTransport lets log files be read over plain http, where "
        + "anybody on the way reads them too.",
      mend: "Add a Deny for aws:SecureTransport false to the bucket's policy."),
    rule("bucket.public", "aws.bucket.exposed", .high, "is closed to the public"),
    rule(
      "bucket.lifecycle", "aws.bucket.erasable", .high, "keeps what the retention asks",
      why: "Log files that expire before the retention is over are gone when an assessor asks.",
      mend: "Raise the rule's days, or move to Glacier instead of expiring."),
    rule("bucket.versioning", "aws.bucket.erasable", .medium, "has versioning"),
    rule("bucket.mfa-delete", "aws.bucket.erasable", .low, "has MFA delete"),
    rule("key.policy", "aws.key.unusable", .high, "lets CloudTrail encrypt"),
    rule("group.retention", "aws.group.erasable", .medium, "keeps what the retention asks"),
    rule("topic.subscribers", "aws.alertpath.broken", .high, "has a confirmed subscriber"),
  ]

  private static func rule(
    _ id: String, _ code: FailureCode, _ priority: Priority, _ title: String,
    why: String = "It is what the control asks for.", mend: String = "Switch it on again."
  ) -> PostureRule {
    PostureRule(
      id, code, priority, title, why: why, mend: mend,
      reference: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/\(id).html")
  }

  static let bucket = "acme-audit-logs"
  static let trailARN = "arn:aws:cloudtrail:us-east-1:111122223333:trail/org-trail"
  static let topicARN = "arn:aws:sns:us-east-1:111122223333:sec-alerts"
  static let groupARN = "arn:aws:logs:us-east-1:111122223333:log-group:org-trail"

  static let checks: [PostureCheck] = [
    PostureCheck(
      rule: "trail.validation", subject: trailARN, verdict: .holds,
      seen: "LogFileValidationEnabled true, newest digest 02:40Z"),
    PostureCheck(
      rule: "trail.multi-region", subject: trailARN, verdict: .holds, seen: "IsMultiRegionTrail"),
    PostureCheck(
      rule: "trail.global-events", subject: trailARN, verdict: .holds, seen: "included"),
    PostureCheck(rule: "trail.insights", subject: trailARN, verdict: .info, seen: "none"),
    PostureCheck(
      rule: "bucket.tls-only", subject: bucket, verdict: .fails,
      seen: "no Deny for aws:SecureTransport false in 2 statements",
      raw: "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": []\n}"),
    PostureCheck(rule: "bucket.public", subject: bucket, verdict: .holds, seen: "4 of 4 switches"),
    PostureCheck(
      rule: "bucket.lifecycle", subject: bucket, verdict: .fails,
      seen: "rule tidy expires AWSLogs/ after 30 days, 2555 are asked"),
    PostureCheck(
      rule: "bucket.versioning", subject: bucket, verdict: .fails, seen: "Suspended"),
    PostureCheck(
      rule: "bucket.mfa-delete", subject: bucket, verdict: .fails, seen: "MFADelete Disabled"),
    PostureCheck(
      rule: "key.policy", subject: "arn:aws:kms:us-east-1:111122223333:key/0f2a",
      verdict: .unknown(Blindness(kind: .denied, detail: "GetKeyPolicy AccessDenied")), seen: ""),
    PostureCheck(
      rule: "group.retention", subject: groupARN, verdict: .holds, seen: "never expires"),
    PostureCheck(
      rule: "topic.subscribers", subject: topicARN, verdict: .fails,
      seen: "1 subscription, PendingConfirmation"),
    PostureCheck(rule: "rule.unheard-of", subject: "later", verdict: .fails, seen: "new"),
  ]

  static let pipeline: Pipeline = {
    let key = PipelineNode.ID(.key, "arn:aws:kms:us-east-1:111122223333:key/0f2a")
    let role = PipelineNode.ID(.role, "arn:aws:iam::111122223333:role/CloudTrail-CWL")
    let trail = PipelineNode.ID(.trail, trailARN)
    let store = PipelineNode.ID(.bucket, bucket)
    let group = PipelineNode.ID(.group, groupARN)
    let filter = PipelineNode.ID(.filter, "\(groupARN) StopLogging")
    let alarm = PipelineNode.ID(.alarm, "arn:aws:cloudwatch:us-east-1:111122223333:alarm:stop")
    let topic = PipelineNode.ID(.topic, topicARN)
    let slack = PipelineNode.ID(.subscription, "\(topicARN):1")
    let mail = PipelineNode.ID(.subscription, "\(topicARN):2")
    let hook = PipelineNode.ID(.human, "https://hooks.example/***")
    let mira = PipelineNode.ID(.human, "m***@example.com")
    let rule = PipelineNode.ID(.rule, "arn:aws:events:us-east-1:111122223333:rule/trail-changes")
    let target = PipelineNode.ID(.target, "trail-changes/1")
    let queue = PipelineNode.ID(.queue, "arn:aws:sqs:us-east-1:111122223333:watchkeeper")
    return Pipeline(
      nodes: [
        PipelineNode(id: trail, label: "org-trail", state: .works),
        PipelineNode(id: store, label: bucket, state: .works),
        PipelineNode(id: key, label: "alias/audit", state: .unknown("GetKeyPolicy AccessDenied")),
        PipelineNode(id: role, label: "CloudTrail-CWL", state: .works),
        PipelineNode(id: group, label: "org-trail", state: .works),
        PipelineNode(id: filter, label: "StopLogging", state: .works),
        PipelineNode(
          id: alarm, label: "stop", state: .broken("actions are disabled since 11-18 16:02Z")),
        PipelineNode(id: rule, label: "trail-changes", state: .works),
        PipelineNode(id: target, label: "trail-changes/1", state: .works),
        PipelineNode(id: queue, label: "watchkeeper", state: .works),
        PipelineNode(id: topic, label: "sec-alerts", state: .works),
        PipelineNode(id: slack, label: "https", state: .broken("PendingConfirmation")),
        PipelineNode(id: mail, label: "email", state: .works),
        PipelineNode(id: mira, label: "m***@example.com"),
      ],
      edges: [
        edge(trail, store, "writes to", "02:50:42", "LatestDeliveryTime"),
        edge(trail, key, "encrypts with", "02:50:42", "the newest log file"),
        edge(trail, role, "writes as", "03:01:30", "LatestCloudWatchLogsDeliveryTime"),
        edge(trail, group, "writes to", "03:01:30", "LatestCloudWatchLogsDeliveryTime"),
        edge(group, filter, "is read by", "03:01:30", "a test event matched"),
        edge(filter, alarm, "counts into", nil, "no data point in 90 days"),
        edge(alarm, topic, "notifies", nil, "no alarm has ever fired"),
        edge(topic, slack, "delivers to", nil, "not confirmed"),
        edge(topic, mail, "delivers to", "02:14:33", "NumberOfNotificationsDelivered"),
        edge(slack, hook, "reaches", nil, ""),
        edge(mail, mira, "reaches", nil, "mail tells nothing"),
        edge(trail, rule, "feeds", "03:01:37", "the newest event"),
        edge(rule, target, "invokes", "03:01:38", "Invocations"),
        edge(rule, topic, "notifies", nil, ""),
        edge(target, queue, "sends to", "03:01:38", "the newest message"),
      ])
  }()

  private static func edge(
    _ from: PipelineNode.ID, _ to: PipelineNode.ID, _ verb: String, _ proven: String?,
    _ proof: String
  ) -> PipelineEdge {
    PipelineEdge(
      from: from, to: to, verb: verb, proven: proven.map { Timeline.at($0) }, proof: proof)
  }

  static let postures: [SourceID: PostureSighting] = [
    trail: PostureSighting(checks: checks, pipeline: pipeline)
  ]

  static let echoes: [PathID: EchoSighting] = [
    PathID(source: trail, kind: .echo, region: "us-east-1"): EchoSighting(legs: [
      EchoLeg(
        kind: .s3, sent: Timeline.at("03:11:00"), returned: Timeline.at("02:46:00"),
        arrived: Timeline.at("02:50:42"), p50: .seconds(228), p95: .seconds(412),
        owed: Timeline.at("03:01:00")),
      EchoLeg(
        kind: .group, sent: Timeline.at("03:11:00"), returned: Timeline.at("02:56:00"),
        arrived: Timeline.at("02:58:04"), p50: .seconds(118), p95: .seconds(171),
        owed: Timeline.at("03:01:00")),
      EchoLeg(
        kind: .history, sent: Timeline.at("03:11:00"), returned: Timeline.at("03:06:00"),
        arrived: Timeline.at("03:11:30"), p50: .seconds(301), p95: .seconds(512)),
    ]),
    PathID(source: trail, kind: .echo, region: "eu-west-1"): EchoSighting(
      legs: [], off: "the trail records no read events"),
  ]

  static let bills = [
    CallBill(
      cloud: .aws, account: "prod",
      lines: [
        .init(what: "S3 LIST", callsPerMonth: 518_400, dollars: 2.592),
        .init(what: "CloudWatch Logs", callsPerMonth: 86_400, dollars: 0.51),
        .init(what: "SQS", callsPerMonth: 129_600, dollars: 0.0519),
        .init(what: "CloudTrail", callsPerMonth: 480_000, dollars: 0),
      ])
  ]
}
