/// What may be accepted, and for how long: one place for the console's and the command line's acts.
public enum AcceptanceRules {
  /// Conditions besides posture checks that an estate may have on purpose.
  public static let conditions: Set<FailureCode> = [
    "aws.region.uncovered", "aws.trail.none", "aws.notify.error", "azure.setting.deleted",
    "gcp.sink.deleted",
  ]

  /// An acceptance is looked at again once a year, at least.
  public static let longest: Duration = .hours(24 * 366)

  /// Why it is refused, in one line; nil where it may be written. An end that is not after now takes
  /// an earlier acceptance back.
  public static func refusal(of acceptance: Acceptance, now: Timestamp) -> String? {
    if acceptance.reason.allSatisfy(\.isWhitespace) { return "say why it is accepted" }
    if acceptance.subject.isEmpty { return "name what it is accepted for: a bucket, an ARN" }
    if acceptance.until - now > longest { return "it can be accepted for a year at most" }
    if PostureCatalogue.rule(acceptance.rule) != nil { return nil }
    let code = FailureCode(acceptance.rule)
    if conditions.contains(code) || PostureCatalogue.all.contains(where: { $0.code == code }) {
      return nil
    }
    if FailureCatalogue.failure(code) != nil {
      return "\(acceptance.rule) cannot be accepted: shelve its alert, or change what is expected"
    }
    return "there is no check or failure \(acceptance.rule); docs/posture-checks.md lists them"
  }
}
