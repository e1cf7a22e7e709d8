/// One check of the posture catalogue: what is asked of the pipeline's settings, and what to do
/// where it does not hold.
public struct PostureRule: Hashable, Sendable {
  /// Stable: `bucket.tls-only`.
  public var id: String
  /// The failure that it is raised as.
  public var code: FailureCode
  public var priority: Priority
  /// A few words: `refuses plain http`.
  public var title: String
  /// Why it matters, in one or two sentences.
  public var why: String
  /// How to mend it, in one or two sentences.
  public var mend: String
  /// The address of the page that says so.
  public var reference: String
  /// It stops records or alarms now, and does not only weaken them: raised by itself, also by the
  /// first look at an estate.
  public var breaksNow: Bool

  public init(
    _ id: String, _ code: FailureCode, _ priority: Priority, _ title: String, why: String,
    mend: String, reference: String, breaksNow: Bool = false
  ) {
    self.id = id
    self.code = code
    self.priority = priority
    self.title = title
    self.why = why
    self.mend = mend
    self.reference = reference
    self.breaksNow = breaksNow
  }
}

/// Every check of the pipeline's settings, in one place; docs/posture-checks.md is printed from it.
public enum PostureCatalogue {
  public static let all: [PostureRule] = trail + bucket + key + group + alertPath + azure + gcp

  public static func rule(_ id: String) -> PostureRule? { byID[id] }

  private static let byID: [String: PostureRule] = Dictionary(
    all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
}
