import CloudAPI
import WatchCore
import WatchProbes

/// The least that the watch must be allowed in one tenant of Azure: what its probes, its queue's reader
/// and its question about gaps declare, as custom roles, each for the places that it is meant for.
public struct AzureAccessPolicy: Sendable {
  /// What an action is about, and so where it is allowed.
  public enum Part: String, Hashable, Sendable, CaseIterable {
    /// Settings: at the watched subscriptions.
    case reader
    /// Queries: at the workspaces.
    case logs
    /// Names and times of blobs: at the archives' containers for logs.
    case archive
    /// The watch's own queue: the one place where it takes something away.
    case queue
    /// The opt-in echo's tag: on its own resource group.
    case echo
  }

  public var account: CloudAccount
  public var sources: [SourcePlan]
  /// As declared, each once.
  public var actions: Set<AzureAction>
  /// Declared, and of no known name: said, and not printed.
  public var strangers: [String]

  public init(
    account: CloudAccount, sources: [SourcePlan], probes: [Probe], readers: [EventReader],
    gap: GapProbe? = nil
  ) {
    self.account = account
    self.sources = sources.filter {
      $0.id.cloud == .azure && $0.id.account == account.name && $0.off == nil
    }
    let declared =
      probes.flatMap(\.permissions) + readers.flatMap(\.permissions) + (gap?.permissions ?? [])
    actions = Set(declared.compactMap { AzureAction.named($0) })
    strangers = Set(declared.filter { AzureAction.named($0) == nil }).sorted()
  }

  public static func part(of action: AzureAction) -> Part {
    let name = action.name.lowercased()
    if action == .writeTags { return .echo }
    if name.contains("/queueservices/") { return .queue }
    if action.isData { return .archive }
    return name.contains("/workspaces/query/") ? .logs : .reader
  }

  /// Those that have something to allow.
  public var roles: [AzureRole] {
    Part.allCases.compactMap { part in
      let own = actions.filter { Self.part(of: $0) == part }
      guard !own.isEmpty else { return nil }
      return AzureRole(
        name: "watchkeeper-\(account.name)-\(part.rawValue)", use: Self.use(part),
        actions: own.filter { !$0.isData }.map(\.name).sorted(),
        dataActions: own.filter(\.isData).map(\.name).sorted(), places: places(part),
        assignableScopes: assignableScopes(part))
    }
  }

  /// Parts whose place nobody named, so that they are allowed wider than need be.
  public var widened: [Part] {
    let used = Set(actions.map(Self.part))
    return Part.allCases.filter {
      used.contains($0) && $0 != .reader && known($0).isEmpty
    }
  }

  private func places(_ part: Part) -> [String] {
    let known = known(part)
    if known.isEmpty, part == .queue { return [unknownQueue] }
    return known.isEmpty ? subscriptions : known
  }

  private func assignableScopes(_ part: Part) -> [String] {
    let owners = known(part).compactMap { place -> String? in
      let parts = place.split(separator: "/")
      return parts.count > 1 ? "/subscriptions/\(parts[1].lowercased())" : nil
    }
    return owners.isEmpty ? subscriptions : Self.once(owners)
  }

  private var subscriptions: [String] { account.units.map { "/subscriptions/\($0.id)" } }

  private func known(_ part: Part) -> [String] {
    let azure = sources.compactMap(\.azure)
    let (workspaces, archives) = (azure.compactMap(\.workspace), azure.compactMap(\.archive))
    switch part {
    case .reader: return Self.once(subscriptions + outside(workspaces + archives))
    case .logs: return Self.once(workspaces)
    case .archive: return Self.once(azure.flatMap(containers))
    case .queue: return queuePlace(archives).map { [$0] } ?? []
    case .echo: return Self.once(sources.compactMap(echoPlace))
    }
  }

  /// The role opens blobs too: it is for the containers that logs are in, and for no other.
  private func containers(_ source: AzureSource) -> [String] {
    guard let archive = source.archive else { return [] }
    return AzureProbes.containers(of: source).map {
      "\(archive)/blobServices/default/containers/\($0)"
    }
  }

  /// Parts in subscriptions that are not watched.
  private func outside(_ ids: [String]) -> [String] {
    ids.filter { id in
      let own = ARMID(id)?.subscription
      return !account.units.contains { $0.id == own }
    }
  }

  private func echoPlace(_ source: SourcePlan) -> String? {
    guard let echo = source.azure?.echoGroup,
      let (unit, group) = source.units(of: account).split(echo)
    else { return nil }
    return "/subscriptions/\(unit.id)/resourceGroups/\(group)"
  }

  /// A queue's URL does not say which resource group its storage account is in; an archive's id does.
  private func queuePlace(_ archives: [String]) -> String? {
    guard let place = account.queue.flatMap({ QueuePlace(url: $0) }),
      let store = archives.first(where: { ARMID($0)?.name.lowercased() == place.account })
    else { return nil }
    return "\(store)/queueServices/default/queues/\(place.queue)"
  }

  /// With words to be filled in: nothing is taken out of queues that are not the watch's own.
  private var unknownQueue: String {
    let place = account.queue.flatMap { QueuePlace(url: $0) }
    let owner = subscriptions.count == 1 ? subscriptions[0] : "/subscriptions/SUBSCRIPTION"
    return "\(owner)/resourceGroups/GROUP/providers/\(PlanReader.storageAccounts)/"
      + "\(place?.account ?? "ACCOUNT")/queueServices/default/queues/\(place?.queue ?? "QUEUE")"
  }

  private static func use(_ part: Part) -> String {
    switch part {
    case .reader: "Watchkeeper reads settings and the Activity Log: assign at each subscription."
    case .logs: "Watchkeeper queries audit tables: assign at the Log Analytics workspace."
    case .archive:
      "Watchkeeper lists the archive's blobs: assign at each container for logs, once Azure has made "
        + "it (with its first blob)."
    case .queue:
      "Watchkeeper takes messages out of its own queue: assign at that queue alone. The built-in "
        + "role Storage Queue Data Message Processor allows this too."
    case .echo:
      "Watchkeeper sets a tag on an empty resource group of its own (the echo): assign at it alone."
    }
  }

  private static func once(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0.lowercased()).inserted }
  }
}
