/// How the pipeline around one source is set up: each check's verdict, and the parts themselves.
public struct PostureSighting: Hashable, Sendable {
  public var checks: [PostureCheck]
  /// The parts that were seen and what joins them; merged over the probes of a source.
  public var pipeline: Pipeline

  public init(checks: [PostureCheck], pipeline: Pipeline = Pipeline()) {
    self.checks = checks
    self.pipeline = pipeline
  }
}

/// One check of the posture catalogue, on one subject. Evidence with a verdict by the check's own
/// definition; whether it is an alert is the engine's to say.
public struct PostureCheck: Hashable, Sendable {
  public enum Verdict: Hashable, Sendable {
    case holds
    case fails
    /// Could not be looked at: never a pass.
    case unknown(Blindness)
    /// Shown, and neither good nor bad.
    case info
    /// There is nothing to check: a trail without a key has no key policy.
    case none
  }

  /// In the posture catalogue: `bucket.tls-only`.
  public var rule: String
  /// What was looked at: a bucket's name, an ARN.
  public var subject: String
  public var verdict: Verdict
  /// One line with the values that were seen: `Suspended since …`, `expires after 1 day`.
  public var seen: String
  /// The setting as received, bounded.
  public var raw: String?

  public init(
    rule: String, subject: String, verdict: Verdict, seen: String, raw: String? = nil
  ) {
    self.rule = rule
    self.subject = subject
    self.verdict = verdict
    self.seen = seen
    self.raw = raw
  }
}
