import Synchronization

/// Keeps an account's calls below AWS's request quotas, an operation and region each: after a rest
/// some go at once, then they are spaced. Waiting costs nothing; being throttled costs a retry, and
/// takes from whoever else works in the account.
///
/// Rates are four fifths of the quotas of CloudTrail (User Guide, "Quotas": ten a second for Get,
/// Describe and List, two for LookupEvents), and well below those of the others ("Service Quotas"
/// pages of CloudWatch Logs, CloudWatch, IAM, KMS, SNS, EventBridge, Organizations; for these the
/// lowest region's). S3 has none that a watch could reach.
final class CallBudget: Sendable {
  struct Key: Hashable, Sendable {
    var service: String
    var operation: String
    var region: String
  }

  private let clock: CallClock
  /// When each budget is whole again, in seconds of uptime.
  private let whole = Mutex<[Key: Double]>([:])

  init(clock: CallClock) {
    self.clock = clock
  }

  /// Waits for the call's turn.
  func turn(_ call: AWSCall, region: String) async {
    guard let rate = Self.perSecond(call) else { return }
    let key = Key(
      service: call.service.endpointPrefix, operation: call.operation, region: region)
    let now = clock.uptime()
    let gap = 1 / rate
    let start = whole.withLock { whole in
      let known = whole[key] ?? 0
      whole[key] = max(known, now) + gap
      // A second's worth may go at once.
      return max(now, known - max(1, rate) * gap + gap)
    }
    if start > now { await clock.sleep(start - now) }
  }

  /// Calls a second of one operation in one region; nil for as many as there are.
  static func perSecond(_ call: AWSCall) -> Double? {
    switch call.service.endpointPrefix {
    case "cloudtrail": call.operation == "LookupEvents" ? 2 : 8
    case "logs", "monitoring", "events", "iam": 4
    case "kms", "sns", "sts": 8
    case "organizations": 1
    case "s3", "sqs": nil
    default: 5
    }
  }
}
