import WatchCore

/// What the posture catalogue asks of a key's policy (CloudTrail User Guide, "Configure AWS KMS key
/// policies for CloudTrail").
extension PolicyDocument {
  /// How log files come to be encrypted with a key.
  enum KeyUse: Hashable, Sendable {
    /// The trail names it: CloudTrail sends the trail's ARN as encryption context.
    case trail
    /// The bucket's default: the context is S3's.
    case bucket
  }

  /// Whether CloudTrail may make data keys for its log files.
  func allowsDataKey(_ trail: TrailARN, key: String, _ use: KeyUse) -> Holds {
    var more: [String: PolicyRequest.Context] = [:]
    if use == .trail {
      more["kms:encryptioncontext:aws:cloudtrail:arn"] = .value(trail.text)
      more["kms:encryptioncontextkeys"] = .value("aws:cloudtrail:arn")
    } else {
      more["kms:encryptioncontext:aws:cloudtrail:arn"] = .absent
    }
    return asService(trail, "kms:GenerateDataKey", key, more)
  }

  /// Whether CloudTrail may look at the key, as it does when a trail is set up with it.
  func allowsDescribe(_ trail: TrailARN, key: String) -> Holds {
    asService(
      trail, "kms:DescribeKey", key, ["kms:encryptioncontext:aws:cloudtrail:arn": .absent])
  }

  /// A key's policy is whole: an account that it names is never the service.
  private func asService(
    _ trail: TrailARN, _ action: String, _ key: String, _ more: [String: PolicyRequest.Context]
  ) -> Holds {
    var request = PolicyRequest.cloudTrail(trail, action, on: key, more: more)
    request.ownAccount = nil
    return allows(request)
  }

  /// Calls that take a key away from the log files.
  static let keyEnders = ["kms:DisableKey", "kms:ScheduleKeyDeletion", "kms:PutKeyPolicy"]

  /// Whether a stranger may end the key.
  func strangersEnd(key: String) -> Holds {
    .any(Self.keyEnders.map { allows(.outsider($0, on: key)) })
  }
}
