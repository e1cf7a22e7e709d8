import WatchCore

/// Finding who did it: the control-plane events that can cause a failure.
extension Engine {
  /// Actions by the failure that they cause.
  static let causes: [FailureCode: Set<String>] = [
    "aws.trail.stopped": ["StopLogging"],
    "aws.trail.deleted": ["DeleteTrail"],
    "aws.trail.narrowed": trailUpdates,
    "aws.trail.changed": ["UpdateTrail"],
    "aws.bucket.blocked": [
      "PutBucketPolicy", "DeleteBucketPolicy", "DeleteBucket", "PutBucketAcl",
      "PutBucketOwnershipControls", "PutBucketEncryption", "PutBucketPublicAccessBlock",
      "PutBucketRequestPayment",
    ],
    "aws.key.unusable": [
      "DisableKey", "ScheduleKeyDeletion", "PutKeyPolicy", "DeleteImportedKeyMaterial",
    ],
  ]

  static let trailUpdates: Set<String> = [
    "UpdateTrail", "PutEventSelectors", "PutInsightSelectors", "PutEventConfiguration",
  ]

  /// How long before its failure a cause can lie.
  static let causeReach: Duration = .hours(24)

  /// The newest successful act that can have caused it, up to a little after its first notice.
  ///
  /// - Parameter since: nothing from before then can have.
  func cause(
    of code: FailureCode, trail: TrailSettings?, name: String? = nil, bucket: String?,
    since: Timestamp? = nil, near failed: Timestamp
  ) -> Cause? {
    let actions = Engine.causes[code] ?? []
    return cause(near: failed) { cause, subject in
      guard actions.contains(cause.action), since.map({ cause.isSince($0) }) ?? true else {
        return false
      }
      if let bucket { return subject == bucket || subject.hasSuffix(":::\(bucket)") }
      return [trail?.name, trail?.arn, name].compactMap { $0 }.contains {
        subject == $0 || subject.hasSuffix(":trail/\($0)")
      }
    }
  }

  /// The newest successful act on a part of the pipeline: of a key, an alarm, a topic, by its ARN; of a
  /// bucket by its name.
  ///
  /// - Parameters:
  ///   - code: what it has to have caused; nil: whatever it was.
  ///   - since: nothing from before then can have.
  func cause(
    on part: String, of code: FailureCode? = nil, since: Timestamp? = nil,
    near failed: Timestamp
  ) -> Cause? {
    cause(near: failed) { cause, subject in
      subject == part && code.map { Engine.canCause(cause, $0) } ?? true
        && since.map { cause.isSince($0) } ?? true
    }
  }

  /// What is gone was deleted; what is otherwise than it was, was written:
  /// `Microsoft.Insights/diagnosticSettings/delete`, `…ConfigServiceV2.UpdateSink`.
  static func canCause(_ cause: Cause, _ code: FailureCode) -> Bool {
    cause.action.lowercased().contains("delete") == code.text.hasSuffix(".deleted")
  }

  private func cause(
    near failed: Timestamp, where fits: (Cause, String) -> Bool
  ) -> Cause? {
    let fitting = recentChanges().filter { change in
      if let event = change.event, knowledge.harmless.contains(event) { return false }
      guard change.error == nil, let subject = change.subject, change.at <= failed + .minutes(2),
        failed - change.at <= Engine.causeReach
      else { return false }
      return fits(change, subject)
    }
    let before = fitting.filter { $0.at <= failed }
    return (before.isEmpty ? fitting : before).max { $0.at < $1.at }
  }

  /// Changes seen and not yet written, and those that the journal tells of.
  func recentChanges() -> [Cause] {
    let written = picture.recent.suffix(1000).compactMap { entry -> Cause? in
      switch entry.event {
      case .change(_, let cause, _), .cause(_, let cause, _, _): cause
      case .raise(let raise): raise.cause
      default: nil
      }
    }
    return knowledge.changes.map(\.cause) + written
  }
}
