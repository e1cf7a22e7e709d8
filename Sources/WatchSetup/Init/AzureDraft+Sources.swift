import CloudAPI
import WatchCore

extension AzureDraft {
  var sources: [String] {
    guard !findings.subscriptions.isEmpty else {
      return [
        "  // NO SUBSCRIPTION WAS FOUND: these credentials may see none.", "  sources: [],",
      ]
    }
    var taken: Set<String> = []
    var lines = ["  sources: ["]
    for group in groups {
      let name = DraftPieces.distinct("activity-log", taken)
      taken.insert(name)
      lines += source(group, name, isOnly: groups.count == 1)
    }
    return lines + ["  ],"]
  }

  private func source(_ group: Group, _ name: String, isOnly: Bool) -> [String] {
    var lines = ["    {"]
    lines += group.members.flatMap(facts).map { ConfigurationDraft.comment($0).indented(6) }
    lines.append("      id: \(quoted("azure/\(accountName)/\(name)")),")
    if !isOnly {
      let names = group.members.compactMap { labels[$0.id] }.map(quoted)
      lines.append("      subscriptions: [\(names.joined(separator: ", "))],")
    }
    if let workspace = group.workspace { lines.append("      workspace: \(quoted(workspace)),") }
    if let archive = group.archive { lines.append("      archive: \(quoted(archive)),") }
    lines += resources(group)
    let first = group.members.first.flatMap { labels[$0.id] } ?? ""
    return lines + [
      "      // Proves an idle subscription alive by a write: the tag of an empty resource group of the",
      "      // watch's own. It needs a permission of its own (watchkeeper policy azure prints it).",
      "      // echo: { resource_group: \(quoted("\(first)/watchkeeper-echo")) },", "    },",
    ]
  }

  private func facts(_ subscription: AzureFindings.Subscription) -> [String] {
    let label = labels[subscription.id] ?? subscription.id
    guard let settings = subscription.settings else {
      return ["\(label): its diagnostic settings could not be read"]
    }
    guard !subscription.exports.isEmpty else {
      return [
        settings.isEmpty
          ? "\(label): NO DIAGNOSTIC SETTING: its Activity Log goes nowhere, and is gone after 90 days"
          : "\(label): none of its \(settings.count) diagnostic settings carries Administrative events"
      ]
    }
    return subscription.exports.flatMap { facts($0, label) }
  }

  private func facts(_ setting: DiagnosticSetting, _ label: String) -> [String] {
    let wanted = ["Administrative", "Security", "Alert", "Policy"]
    let has = setting.enabledCategories.map { $0.lowercased() }
    let missing = wanted.filter { !has.contains($0.lowercased()) }
    let places = [
      setting.workspaceID.map { "workspace \($0.name)" },
      setting.storageAccountID.map { "storage account \($0.name)" },
      setting.eventHubRuleID.map { _ in "an event hub" },
      setting.partnerID.map { _ in "a partner" },
    ].compactMap { $0 }
    let carried = setting.enabledCategories.joined(separator: ", ")
    return [
      "\(label): setting \(setting.name) carries \(carried) to \(places.joined(separator: ", "))"
    ] + (missing.isEmpty ? [] : ["\(label): it leaves out \(missing.joined(separator: ", "))"])
  }

  private func vaults(_ group: Group) -> [AzureFindings.Vault] {
    group.members.flatMap(\.vaults).filter { vault in
      ARMID(vault.id.text) != nil
        && vault.workspace?.lowercased == group.workspace?.lowercased() && vault.workspace != nil
    }
  }

  /// Key Vaults whose audit logs go to the same workspace, and what may be expected of them.
  private func resources(_ group: Group) -> [String] {
    var lines: [String] = []
    for vault in group.members.flatMap(\.vaults) where vault.workspace == nil {
      lines.append(
        "      \(ConfigurationDraft.comment("vault \(vault.id.name): NO AUDIT LOG is sent to a workspace"))"
      )
    }
    let vaults = vaults(group)
    guard !vaults.isEmpty else { return lines }
    lines.append("      resources: [")
    for vault in vaults {
      let pause =
        vault.pause.map { $0.text(at: at) } ?? "no record in the last 7d: it will say NEVER"
      lines.append("        \(ConfigurationDraft.comment(pause))")
      lines.append(
        "        { id: \(quoted(ARMID(vault.id.text)?.text ?? "")), table: \(quoted(vault.table)) },"
      )
    }
    lines.append("      ],")
    let standard = Expectation.standard(.resource) ?? .minutes(75, 45)
    let longest = vaults.compactMap(\.pause).compactMap { $0.expectation(beside: standard) }
      .max { $0.limit < $1.limit }
    if let longest {
      lines.append(
        "      expect: { resource: \(quoted(longest.text)) }, // by the longest of these pauses")
    }
    return lines
  }
}
