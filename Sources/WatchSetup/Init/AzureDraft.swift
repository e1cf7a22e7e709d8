import CloudAPI
import WatchCore

/// A configuration for what was found in a tenant: JSON5 with a comment on each value that tells where
/// it came from. What answers hold is quoted or made plain first: it may be hostile.
public struct AzureDraft: Sendable {
  public var findings: AzureFindings
  /// How the cloud was reached: what of it the configuration must say too.
  public var asked: CloudAccount
  public var me: String
  public var at: Timestamp
  /// Of each subscription, by its GUID.
  let labels: [String: String]

  public init(
    findings: AzureFindings, asked: CloudAccount, me: String, at: Timestamp
  ) {
    self.findings = findings
    self.asked = asked
    self.me = me
    self.at = at
    var labels: [String: String] = [:]
    for subscription in findings.subscriptions {
      let name = DraftPieces.word(subscription.name) ?? CloudUnit(id: subscription.id).label
      labels[subscription.id] = DraftPieces.distinct(name, Set(labels.values))
    }
    self.labels = labels
  }

  /// What the tenant is called: its one subscription's name, or `tenant`.
  public var accountName: String {
    let names = findings.subscriptions.compactMap { labels[$0.id] }
    return names.count == 1 ? names[0] : "tenant"
  }

  /// - Parameter cost: what watching takes, one line each.
  public func text(cost: [String] = []) -> String {
    (DraftPieces.head(findings.who.map { "object \($0)" } ?? "whoever is signed in", at)
      + DraftPieces.duty(me) + clouds + sources + DraftPieces.retention
      + DraftPieces.unseen(findings.unseen) + cost.map(ConfigurationDraft.comment) + [""])
      .joined(separator: "\n")
  }

  private var clouds: [String] {
    var lines = ["  clouds: {", "    azure: [", "      {"]
    lines.append("        name: \(quoted(accountName)), // any other word does too")
    if let tenant = findings.tenant.flatMap(ARMID.guid) {
      lines.append("        tenant: \(quoted(tenant)), // of the token that asked")
    }
    lines += DraftPieces.access(
      [
        ("cloud", asked.azure?.cloud == "public" ? nil : asked.azure?.cloud),
        ("credential", asked.azure?.credential), ("client", asked.azure?.client),
      ], asked.azure?.endpoints ?? [:])
    lines.append("        subscriptions: [ // Subscriptions - List")
    for subscription in findings.subscriptions {
      let unit = "id: \(quoted(subscription.id)), name: \(quoted(labels[subscription.id] ?? ""))"
      lines.append("          { \(unit) },")
    }
    return lines + [
      "        ],",
      "        // The fast witness: a storage queue of the watch's own for Event Grid's events.",
      "        // queue: \"https://ACCOUNT.queue.core.windows.net/NAME\",", "      },", "    ],",
      "  },",
    ]
  }

  /// Subscriptions whose Activity Log goes to the same places.
  struct Group: Equatable {
    var workspace: String?
    var archive: String?
    var members: [AzureFindings.Subscription]
  }

  /// Those that go somewhere first; those of which nothing is known to go anywhere at the end.
  var groups: [Group] {
    var groups: [Group] = []
    for subscription in findings.subscriptions {
      let exports = subscription.exports
      let workspace = exports.lazy.compactMap { Self.id($0.workspaceID, PlanReader.workspaces) }
        .first
      let archive = exports.lazy.compactMap {
        Self.id($0.storageAccountID, PlanReader.storageAccounts)
      }.first
      if let at = groups.firstIndex(where: {
        $0.workspace?.lowercased() == workspace?.lowercased()
          && $0.archive?.lowercased() == archive?.lowercased()
      }) {
        groups[at].members.append(subscription)
      } else {
        groups.append(Group(workspace: workspace, archive: archive, members: [subscription]))
      }
    }
    return groups.sorted { Self.rank($0) < Self.rank($1) }
  }

  private static func rank(_ group: Group) -> Int {
    group.workspace != nil ? 0 : group.archive != nil ? 1 : 2
  }

  private static func id(_ id: AzureID?, _ type: String) -> String? {
    id.flatMap { ARMID($0.text) }.flatMap { $0.type == type.lowercased() ? $0.text : nil }
  }

  func quoted(_ text: String) -> String { ConfigurationDraft.quoted(text) }
}
