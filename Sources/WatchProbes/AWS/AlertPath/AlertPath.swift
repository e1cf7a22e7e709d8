import CloudAPI
import EventRules
import WatchCore

/// One source's way from the trail to a human as it was read at one time: what the checks and the
/// graph are made of.
struct AlertPath: Sendable {
  var plan: SourcePlan
  var trail: Trail
  var arn: TrailARN
  var now: Timestamp
  /// Twelve digits; nil where STS did not say.
  var ownAccount: String?
  var status: Reading<CloudAPI.TrailStatus?>
  /// Nil: the trail names none.
  var group: GroupReading?
  var role: RoleReading?
  var alarms: Reading<Alarms>
  /// Those that are about calls to CloudTrail.
  var rules: Reading<[RuleReading]>
  /// By ARN.
  var topics: [String: TopicReading]
  var queues: [String: QueueReading]
  /// The ARN of the watch's own queue.
  var ownQueue: String?

  /// A member of an organization sees its trail, and may look into nothing of it.
  var elsewhere: String? {
    guard trail.isOrganization == true, let ownAccount, ownAccount != arn.account else {
      return nil
    }
    return "managed elsewhere: account \(arn.account) owns the organization's trail"
  }

  /// What somebody would do to the trail, and what must reach a human at once.
  var watchedCalls: [AuditedCall] { Self.watchedCalls(arn) }

  static func watchedCalls(_ arn: TrailARN) -> [AuditedCall] {
    ["StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors"].map { name in
      AuditedCall(
        name: name, source: "cloudtrail.amazonaws.com", region: arn.homeRegion,
        account: arn.account)
    }
  }

  /// Every check of the group and the alert path.
  var checks: [PostureCheck] {
    groupChecks + roleChecks + filterChecks + alarmChecks + ruleChecks + topicChecks + queueChecks
      + reachChecks
  }

  func sheet(_ subject: String) -> PostureSheet { PostureSheet(subject, elsewhere: elsewhere) }
}
