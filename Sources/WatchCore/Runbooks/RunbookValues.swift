/// An alert's values for the placeholders of its runbook. They come from the cloud: they may hold
/// anything, and are judged when they are filled in.
public struct RunbookValues: Hashable, Sendable {
  private var values: [Name: String] = [:]

  public init(_ values: [Name: String] = [:]) {
    for (name, value) in values { self[name] = value }
  }

  /// The value, or nil where there is none; an empty text is none.
  public subscript(name: Name) -> String? {
    get { values[name] }
    set { values[name] = newValue.flatMap { $0.isEmpty ? nil : $0 } }
  }

  /// What a runbook may ask for; the raw value is what stands between the braces.
  public enum Name: String, CaseIterable, Hashable, Sendable {
    /// The trail's name, and its ARN.
    case trail
    case trailARN = "trail_arn"
    /// The trail's home region; where there is no trail, the region of the failure.
    case region
    case bucket
    /// The whole key prefix of the path's files, up to and with the region and a slash.
    case prefix
    /// Today in UTC as it stands in object keys: `2026/11/20`.
    case day
    /// The log group's name.
    case logGroup = "log_group"
    /// The ARN (or id) of the key that encrypts the log files.
    case kmsKey = "kms_key"
    /// The AWS CLI profile of the configured account; absent when none is configured.
    case profile
    /// The twelve digits of the account.
    case account
    /// Azure: the subscription's GUID, the tenant; ARM ids of the workspace and of the storage account
    /// that records must reach.
    case subscription, tenant, workspace, archive
    /// GCP: the project's id; `folders/9`, `organizations/1` or `projects/acme-1`; the sink's name.
    case project, unit, sink
    /// The name of the diagnostic setting or sink that the alert is about.
    case setting
    /// Where that sink handed records on, and its filter, as the journal's baseline has them.
    case destination, filter, exclusion
    /// Who did it, from which address, and the event's id in Event history.
    case actor
    case from
    case eventID = "eventid"
    /// When it failed: RFC 3339, UTC, `2026-11-20T03:01:20Z`.
    case since
    /// The alert's short id and its source.
    case alert
    case source
    /// What the failure was seen at: an ARN, or a bucket's, key's, alarm's or rule's name.
    case subject

    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }
  }
}
