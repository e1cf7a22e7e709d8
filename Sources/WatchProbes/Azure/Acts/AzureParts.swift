import CloudAPI
import WatchCore

/// The parts of the pipelines that we watch in one Azure account, to tell changes of them from changes
/// of others'.
struct AzureParts: Sendable {
  struct Part: Hashable, Sendable {
    /// Named by its ARM id in lower case.
    var id: PipelineNode.ID
    var source: SourceID
    /// Days that the source's records must be kept.
    var retentionDays: Int
    var arm: AzureID?

    init(_ kind: PipelineNode.Kind, _ arm: AzureID, _ plan: SourcePlan) {
      id = PipelineNode.ID(kind, arm.lowercased)
      self.arm = arm
      source = plan.id
      retentionDays = plan.retention.days
    }

    init(_ id: PipelineNode.ID, _ source: SourceID, retentionDays: Int) {
      self.id = id
      arm = id.name.hasPrefix("/") ? AzureID(id.name) : nil
      self.source = source
      self.retentionDays = retentionDays
    }
  }

  var parts: [Part]
  /// Watched scopes: subscriptions and resources whose settings are ours, each with its sources.
  var scopes: [AzureID: [SourceID]]
  /// All sources of the account: what concerns it as a whole concerns each of them.
  var sources: [SourceID]

  /// The change that an act comes to; nil where it is none, or about somebody else's parts.
  func change(
    _ act: ActivityAct, in unit: CloudUnit, own: AzureIdentity? = nil,
    witness: String = AzureParts.history
  ) -> PipelineChange? {
    let record = act.record
    guard let row = AzureTamper.row(record.operation), let found = find(row, record, unit, own)
    else { return nil }
    var verdict = AzureVerdict(row.harm, row.code)
    verdict.judge(row, record, found)
    var cause = act.cause(in: unit.label)
    cause.subject = found.part?.name ?? cause.subject
    var lines = verdict.difference
    if act.isUnderWay { lines.append("how it ended has not been told") }
    return PipelineChange(
      cause: cause, part: found.part, stage: row.stage, sources: found.sources,
      harm: verdict.harm, code: verdict.code, difference: lines, witness: witness, raw: record.raw)
  }

  /// The Activity Log, as the witness that settings cannot blind.
  static let history = PipelineChange.activityLog

  /// What an act is about, where it is ours.
  struct Found: Sendable {
    var part: PipelineNode.ID?
    var sources: [SourceID]
    var retentionDays = RetentionBar.standard.days
    /// The watch's own role is concerned.
    var isOwnRole = false
  }

  private func find(
    _ row: AzureTamper, _ record: ActivityRecord, _ unit: CloudUnit, _ own: AzureIdentity?
  ) -> Found? {
    guard let id = record.resource else { return nil }
    switch row.naming {
    case .setting: return setting(id)
    case .part:
      // Other containers of the account hold other people's things.
      if let container = id.part(after: "containers"), !container.hasPrefix("insights-") {
        return nil
      }
      return ours(parts.filter { fits($0, row) && $0.arm?.covers(id) == true }, id)
    case .around:
      let place = id.namespace ?? id
      return ours(parts.filter { $0.arm.map { place.covers($0) } == true }, place)
    case .scope:
      // Lock and assignment are written behind what they are about.
      let scope = id.owner ?? id
      return ours(parts.filter { $0.arm.map { scope.covers($0) } == true }, scope)
        ?? ours(parts.filter { $0.arm?.covers(scope) == true }, scope)
    case .unit:
      let concerned = unit.scope.flatMap { scopes[$0] } ?? []
      return concerned.isEmpty
        ? nil : Found(part: PipelineNode.ID(.rule, id.lowercased), sources: concerned)
    case .role: return role(id, record, own)
    }
  }

  /// A queue beside the archive is not the watch's queue.
  private func fits(_ part: Part, _ row: AzureTamper) -> Bool {
    row.stage != .queue || part.id.kind == .queue || part.id.kind == .subscription
  }

  private func setting(_ id: AzureID) -> Found? {
    guard let owner = id.owner, let concerned = scopes[owner] else { return nil }
    return Found(part: PipelineNode.ID(.setting, id.lowercased), sources: concerned)
  }

  /// The thing itself or the nearest of the parts, and all sources that they belong to.
  private func ours(_ found: [Part], _ id: AzureID) -> Found? {
    let near =
      found.first { $0.arm == id }
      ?? found.max { ($0.id.name.utf8.count, $1.id.text) < ($1.id.name.utf8.count, $0.id.text) }
    guard let near else { return nil }
    return Found(
      part: near.id, sources: Set(found.map(\.source)).sorted(),
      retentionDays: found.map(\.retentionDays).max() ?? near.retentionDays)
  }

  /// An assignment to the watch itself, or one on a store of ours: others are other people's business.
  private func role(
    _ id: AzureID, _ record: ActivityRecord, _ own: AzureIdentity?
  ) -> Found? {
    let text = ["requestbody", "responsebody"].compactMap { record.properties[$0] }.joined()
    if let object = own?.objectID?.lowercased(), !object.isEmpty,
      text.lowercased().contains(object)
    {
      return Found(
        part: PipelineNode.ID(.role, id.lowercased), sources: sources, isOwnRole: true)
    }
    guard let scope = id.owner else { return nil }
    return ours(parts.filter { $0.id.kind.isStore && $0.arm?.covers(scope) == true }, scope)
  }
}

extension AzureID {
  /// The namespace that an event hub is in.
  fileprivate var namespace: AzureID? {
    guard let at = lowercased.range(of: "/eventhubs/") else { return nil }
    let count = lowercased[..<at.lowerBound].utf8.count
    return AzureID(String(decoding: text.utf8.prefix(count), as: UTF8.self))
  }

  /// The word after another, in lower case.
  func part(after word: String) -> String? {
    let words = lowercased.split(separator: "/")
    guard let at = words.firstIndex(where: { $0 == word }), at + 1 < words.count else { return nil }
    return String(words[at + 1])
  }

  /// What a thing of another provider is attached to: the id before the last `/providers/`. Nil where
  /// there is none.
  var owner: AzureID? {
    guard let at = lowercased.range(of: "/providers/", options: .backwards) else { return nil }
    let count = lowercased[..<at.lowerBound].utf8.count
    return count == 0 ? nil : AzureID(String(decoding: text.utf8.prefix(count), as: UTF8.self))
  }
}

extension AzureFacts {
  /// The watched parts: what the configuration names, and what was seen around it.
  func parts() async -> AzureParts {
    var parts: [AzureParts.Part] = []
    var scopes: [AzureID: [SourceID]] = [:]
    for plan in sources {
      guard let azure = plan.azure else { continue }
      func part(_ kind: PipelineNode.Kind, _ text: String?) {
        if let id = text.flatMap({ AzureID($0) }) { parts.append(.init(kind, id, plan)) }
      }
      part(.workspace, azure.workspace)
      part(.account, azure.archive)
      for rule in azure.alertRules { part(.rule, rule) }
      let units = plan.units(of: account).compactMap(\.scope)
      let resources = azure.resources.compactMap { AzureID($0.id) }
      for scope in units + resources { scopes[scope, default: []].append(plan.id) }
    }
    let named = Set(parts.map { $0.id.text + $0.source.text })
    for seen in await known.all(sources, queue: nil).parts
    where !named.contains(seen.id.text + seen.source.text) {
      parts.append(.init(seen.id, seen.source, retentionDays: seen.retentionDays))
    }
    return AzureParts(parts: parts, scopes: scopes, sources: sources.map(\.id))
  }
}
