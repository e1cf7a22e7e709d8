/// One way that records arrive, or one thing that must be seen for them to be trusted.
public enum PathKind: String, Hashable, Sendable, CaseIterable {
  /// The trail's own status and settings (GetTrailStatus, DescribeTrails).
  case trail
  /// Objects under the trail's S3 prefix.
  case s3
  /// The trail's CloudWatch Logs group.
  case group
  /// The hourly signed digest.
  case digest
  /// The console's own audited call, found again at the end.
  case echo
  /// Event history (LookupEvents), which trail settings cannot blind.
  case history
  /// A region: is what happens there in the scope of some trail?
  case region
  /// The settings of the pipeline around a source: bucket, key, role, log group, alert path.
  case posture
  /// The watch's own queue, to which audit events are pushed as they happen.
  case queue
  /// Azure: the Activity Log's rows in a Log Analytics workspace.
  case activity
  /// Azure: the Activity Log's blobs in a storage account.
  case archive
  /// Azure: a resource's log in a Log Analytics workspace.
  case resource
  /// GCP: audit entries as Cloud Logging takes them in.
  case entries
  /// GCP: what a sink hands on to its destination.
  case export
  /// The settings that carry records out, compared with what they were: Azure's diagnostic
  /// settings; GCP's sinks, exclusions and audit configs.
  case setting

  /// Whose records these are; nil: each cloud has such a path.
  public var cloud: Cloud? {
    switch self {
    case .trail, .s3, .group, .digest, .history, .region, .queue: .aws
    case .activity, .archive, .resource: .azure
    case .entries, .export: .gcp
    case .echo, .posture, .setting: nil
    }
  }

  /// Whether records arrive by it: these are the paths of *delivering n of m*.
  public var delivers: Bool {
    switch self {
    case .s3, .group, .digest, .echo, .activity, .archive, .resource, .entries, .export: true
    case .trail, .history, .region, .posture, .queue, .setting: false
    }
  }

  /// Whether it owes a record of what the control plane's own history holds.
  public var isOwedHistory: Bool {
    switch self {
    case .s3, .group, .activity, .archive, .export: true
    default: false
    }
  }

  /// As it stands on screen before the region.
  public var label: String {
    switch self {
    case .s3: "S3"
    default: rawValue
    }
  }
}

/// Names one path: `aws/prod/org-trail s3 us-east-1`; in Azure and GCP the subscription or project
/// stands in the region's place. With the account's number where one trail
/// serves several (organization trails).
public struct PathID: Hashable, Sendable, Comparable {
  public var source: SourceID
  public var kind: PathKind
  public var region: String
  /// Whose records these are, where a source has several: a member account's twelve digits; a watched
  /// resource's or a sink's name. White space is written as `%20`.
  public var member: String?

  public init(source: SourceID, kind: PathKind, region: String, member: String? = nil) {
    self.source = source
    self.kind = kind
    self.region = PathID.word(region)
    self.member = member.map(PathID.word)
  }

  private static func word(_ name: String) -> String {
    name.contains(" ")
      ? name.split(separator: " ", omittingEmptySubsequences: false)
        .joined(separator: "%20") : name
  }

  public var text: String {
    "\(source.text) \(kind.rawValue) \(region)" + (member.map { " \($0)" } ?? "")
  }

  /// Reads what ``text`` wrote.
  public init?(text: String) {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3 || parts.count == 4, let source = SourceID(text: parts[0]),
      let kind = PathKind(rawValue: parts[1])
    else { return nil }
    self.init(
      source: source, kind: kind, region: parts[2], member: parts.count == 4 ? parts[3] : nil)
  }

  public var place: Place { Place(account: source.account, region: region) }

  public static func < (left: PathID, right: PathID) -> Bool {
    if left.source != right.source { return left.source < right.source }
    if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
    return (left.region, left.member ?? "") < (right.region, right.member ?? "")
  }
}
