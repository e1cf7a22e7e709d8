/// What resources hang on: the places that have sinks, exclusions, policies and logs of their own.
public enum GCPParent: Sendable, Hashable {
  /// By id (`acme-1`) or number.
  case project(String)
  /// By number.
  case folder(String)
  case organization(String)
  case billingAccount(String)

  /// `projects/acme-1`; nil for anything else of that form.
  public init?(name: String) {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[1].isEmpty else { return nil }
    switch parts[0] {
    case "projects": self = .project(parts[1])
    case "folders": self = .folder(parts[1])
    case "organizations": self = .organization(parts[1])
    case "billingAccounts": self = .billingAccount(parts[1])
    default: return nil
    }
  }

  /// `projects/acme-1`, as the API writes it.
  public var name: String { "\(kind)/\(id)" }

  public var id: String {
    switch self {
    case .project(let id), .folder(let id), .organization(let id), .billingAccount(let id): id
    }
  }

  private var kind: String {
    switch self {
    case .project: "projects"
    case .folder: "folders"
    case .organization: "organizations"
    case .billingAccount: "billingAccounts"
    }
  }

  /// The name as part of a path.
  var path: String { "\(kind)/\(PercentEncoding.encode(id))" }
}
