/// An Azure subscription or a GCP project, folder or organization of an account: what a region is to
/// an AWS account.
public struct CloudUnit: Hashable, Sendable {
  /// Azure: the subscription's GUID, in lower case. GCP: `projects/acme-1`, `folders/9`,
  /// `organizations/1`.
  public var id: String
  /// As it stands on screen and in a path's name: the configuration's word for it, or a short form
  /// of the id.
  public var label: String

  public init(id: String, label: String? = nil) {
    self.id = id
    self.label = label ?? CloudUnit.short(id)
  }

  /// `projects/acme-1` → `acme-1`; `folders/9` stays; a GUID → its first group.
  private static func short(_ id: String) -> String {
    if id.hasPrefix("projects/") { return String(id.dropFirst("projects/".count)) }
    let groups = id.split(separator: "-", omittingEmptySubsequences: false)
    return groups.count == 5 && groups[0].count == 8 ? String(groups[0]) : id
  }
}
