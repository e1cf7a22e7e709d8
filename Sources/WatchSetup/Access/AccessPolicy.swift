import WatchCore
import WatchProbes

/// The least that the watch must be allowed in one account: what its probes and its queue's reader
/// declare, on the parts that they look at.
public struct AccessPolicy: Sendable {
  public var inventory: Inventory
  /// Actions as declared, each once.
  public var actions: Set<String>
  /// Whether the coverage of regions is looked at: then every trail there is asked, also one that
  /// nobody configured.
  public var asksEveryTrail: Bool
  /// ARNs of the topics that channels publish to as this account.
  public var published: [String] = []

  public init(
    inventory: Inventory, probes: [Probe], readers: [EventReader], gap: GapProbe? = nil
  ) {
    self.inventory = inventory
    let declared =
      probes.flatMap(\.permissions) + readers.flatMap(\.permissions) + (gap?.permissions ?? [])
    actions = Set(declared.compactMap { ActionTable.action(for: $0) })
    asksEveryTrail = probes.contains { probe in probe.paths.contains { $0.kind == .region } }
    for (action, beside) in ActionTable.implied where actions.contains(action) {
      if !inventory.keys.isEmpty { actions.insert(beside) }
    }
  }

  /// To be attached to the role or user that the watch signs in as.
  public var documents: [PrintedPolicy] {
    PrintedPolicy.packed(
      "watchkeeper-\(inventory.account)",
      use: "attach to the role or user that the watch signs in as in account \(inventory.account)",
      statements, limit: PrintedPolicy.managedLimit)
  }

  /// One for all actions on the same resources under the same conditions.
  public var statements: [PrintedStatement] {
    var byScope: [Scope: Set<String>] = [:]
    for action in actions { byScope[scope(of: action), default: []].insert(action) }
    let read = byScope.map { scope, actions in
      PrintedStatement(
        scope.sid, .allow, actions: actions.sorted(), resources: scope.resources,
        conditions: scope.conditions)
    }
    return (read + telling).sorted { $0.sid < $1.sid }
  }

  private var telling: [PrintedStatement] {
    guard !published.isEmpty else { return [] }
    return [
      PrintedStatement(
        "TellPeople", .allow, actions: ["sns:Publish"], resources: Set(published).sorted())
    ]
  }

  /// What an action is allowed on.
  struct Scope: Hashable {
    var sid: String
    var resources: [String]
    var conditions: [PrintedStatement.Condition] = []
  }

  func scope(of action: String) -> Scope {
    let level = ActionTable.level(of: action) ?? .none
    switch action {
    case "s3:ListBucket": return listing
    case "kms:Decrypt":
      return Scope(
        sid: "ReadEncryptedLogs", resources: resources(.key),
        conditions: [.init("StringLike", "kms:ViaService", ["s3.*"])])
    default: return Scope(sid: Self.sid(level), resources: resources(level))
    }
  }

  /// Listing under the trails' own folders alone.
  private var listing: Scope {
    var scope = Scope(sid: "ListLogs", resources: resources(.bucket))
    let folders = Set(inventory.stores.map { "\($0.folder)AWSLogs/*" }).sorted()
    scope.conditions = [
      .init("StringLike", "s3:prefix", folders.isEmpty ? ["AWSLogs/*", "*/AWSLogs/*"] : folders)
    ]
    return scope
  }

  private static func sid(_ level: ActionTable.Level) -> String {
    switch level {
    case .trail: "ReadTrails"
    case .bucket: "ReadBuckets"
    case .object: "ReadLogs"
    case .key: "ReadKeys"
    case .role: "ReadRoles"
    case .policy: "ReadPolicies"
    case .group: "ReadLogGroups"
    case .groups: "ListLogGroups"
    case .topic: "ReadTopics"
    case .rule: "ReadRules"
    case .queue: "ReadQueues"
    case .ownQueue: "OwnQueue"
    case .none: "NoResourceLevel"
    }
  }
}
