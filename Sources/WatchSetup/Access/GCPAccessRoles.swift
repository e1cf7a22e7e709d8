import CloudAPI
import WatchCore
import WatchProbes

/// The least that the watch must be allowed in one account of Google Cloud: what its probes, its
/// queue's reader and its question about gaps declare, as custom roles, each for its own places.
public struct GCPAccessRoles: Sendable {
  /// What a permission is about, and so where it is bound.
  public enum Part: String, Hashable, Sendable, CaseIterable {
    /// Entries and settings: at the watched projects, folders, organizations.
    case reader
    /// What only an organization's or folder's policy can allow.
    case organization
    /// Whether what sinks write to is there and receives: at its project.
    case destinations
    /// The watch's own subscription: the one place where it takes something away.
    case queue
    /// The opt-in echo's description: in its metric's project.
    case echo
    /// On the service account that is impersonated.
    case impersonate
    /// On the project that quota is charged to.
    case quota
  }

  public var account: CloudAccount
  public var sources: [SourcePlan]
  /// As declared, each once; and what the configuration's own way to sign in asks for.
  public var permissions: Set<GCPPermission>
  /// Declared, and of no known name: said, and not printed.
  public var strangers: [String]

  public init(
    account: CloudAccount, sources: [SourcePlan], probes: [Probe], readers: [EventReader],
    gap: GapProbe? = nil
  ) {
    self.account = account
    self.sources = sources.filter {
      $0.id.cloud == .gcp && $0.id.account == account.name && $0.off == nil
    }
    let declared =
      probes.flatMap(\.permissions) + readers.flatMap(\.permissions) + (gap?.permissions ?? [])
    permissions = Set(declared.compactMap { GCPPermission(rawValue: $0) })
    strangers = Set(declared.filter { GCPPermission(rawValue: $0) == nil }).sorted()
    if account.gcp?.impersonate != nil { permissions.insert(.getAccessToken) }
    if account.gcp?.quotaProject != nil { permissions.insert(.servicesUse) }
  }

  /// Permissions on folders and organizations, and `resourcemanager.projects.list`, stand in no
  /// project's own role (IAM, "Support levels for permissions in custom roles").
  public static func part(of permission: GCPPermission) -> Part {
    switch permission {
    case .logMetricsUpdate: return .echo
    case .pubSubSubscriptionsConsume, .pubSubSubscriptionsGet: return .queue
    case .getAccessToken: return .impersonate
    case .servicesUse: return .quota
    case .projectsList: return .organization
    default: break
    }
    let name = permission.rawValue
    if name.hasPrefix("resourcemanager.folders.")
      || name.hasPrefix("resourcemanager.organizations.")
    {
      return .organization
    }
    let isDestinations = ["storage.", "bigquery.", "pubsub."].contains { name.hasPrefix($0) }
    return isDestinations ? .destinations : .reader
  }

  /// Those that have something to allow.
  public var roles: [GCPRole] {
    Part.allCases.compactMap { part in
      let own = permissions.filter { Self.part(of: $0) == part }.map(\.rawValue).sorted()
      guard !own.isEmpty else { return nil }
      return GCPRole(
        id: "watchkeeper_\(part.rawValue)", title: "Watchkeeper: \(part.rawValue)",
        use: Self.use(part), permissions: own, places: places(part),
        isOrganizations: part == .organization)
    }
  }

  private func places(_ part: Part) -> [String] {
    let units = account.units.map(\.id)
    switch part {
    case .reader: return units
    case .destinations: return units.filter { $0.hasPrefix("projects/") }
    case .organization:
      let upper = units.filter { !$0.hasPrefix("projects/") }
      return upper.isEmpty ? ["organizations/ORGANIZATION"] : upper
    case .queue: return account.queue.map { [$0] } ?? []
    case .echo: return echoPlaces
    case .impersonate:
      let email = account.gcp?.impersonate ?? ""
      return ["projects/\(Self.project(of: email))/serviceAccounts/\(email)"]
    case .quota: return account.gcp?.quotaProject.map { ["projects/\($0)"] } ?? []
    }
  }

  private var echoPlaces: [String] {
    var places: [String] = []
    for source in sources {
      let units = source.units(of: account)
      guard let unit = source.gcp?.echoMetric.flatMap({ units.split($0) })?.unit,
        !places.contains(unit.id)
      else { continue }
      places.append(unit.id)
    }
    return places
  }

  /// `watch@acme-1.iam.gserviceaccount.com` → `acme-1`
  private static func project(of email: String) -> String {
    let host = email.split(separator: "@").last ?? ""
    return host.split(separator: ".").first.map(String.init) ?? "-"
  }

  private static func use(_ part: Part) -> String {
    switch part {
    case .reader:
      "Watchkeeper reads audit entries and settings: bind in each watched project, folder, "
        + "organization."
    case .organization:
      "Watchkeeper reads what folders and the organization hand down: an organization's role, bound "
        + "at the folder or organization."
    case .destinations:
      "Watchkeeper looks at what sinks write to: bind in the project that holds it, or on it."
    case .queue: "Watchkeeper pulls from its own subscription: bind on that subscription alone."
    case .echo:
      "Watchkeeper sets the description of a log-based metric of its own (the echo): bind in its "
        + "project."
    case .impersonate: "Watchkeeper's own identity acts as this service account: bind on it."
    case .quota: "Watchkeeper's calls are charged to this project's quota: bind in it."
    }
  }
}
