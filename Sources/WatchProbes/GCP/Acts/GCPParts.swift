import CloudAPI
import WatchCore

/// The parts of the pipelines that we watch in one unit, to tell changes of them from changes of
/// others'.
struct GCPParts: Sendable {
  struct Part: Hashable, Sendable {
    var id: PipelineNode.ID
    var source: SourceID
  }

  let unit: CloudUnit
  var parts: [Part]
  /// The sources that watch the unit: what concerns it as a whole concerns each of them.
  var sources: [SourcePlan]
  /// The unit's sinks could not be listed, now or ever: any of them may be ours.
  var isUnread = false
  /// Our own address.
  var own: String?

  /// Admin Activity, as the witness that no sink's settings can blind.
  static let history = PipelineChange.adminActivity

  /// The change that a record tells of; nil where it tells of none, or of somebody else's parts.
  func change(_ record: GCPRecord, witness: String = GCPParts.history) -> PipelineChange? {
    guard let audit = record.audit, let row = GCPTamper.row(record.service, record.method),
      let found = find(row, record, audit)
    else { return nil }
    var verdict = GCPVerdict(harm: row.harm, code: row.code, lines: found.lines)
    if found.isStrange {
      (verdict.harm, verdict.code) = (.changes, nil)
    } else {
      verdict.judge(row, audit, retention: sources.map(\.retention.days).max() ?? 0)
    }
    var cause = record.cause(in: unit.label)
    cause.subject = found.part?.name
    return PipelineChange(
      cause: cause, part: found.part, stage: row.stage,
      sources: found.sources.isEmpty ? sources.map(\.id) : found.sources, harm: verdict.harm,
      code: verdict.code, difference: verdict.lines, witness: witness, raw: record.raw)
  }

  private struct Found {
    var part: PipelineNode.ID?
    var sources: [SourceID] = []
    var lines: [String] = []
    /// Never seen here: what it did is not known.
    var isStrange = false
  }

  private func find(
    _ row: GCPTamper, _ record: GCPRecord, _ audit: GoogleAuditRecord
  ) -> Found? {
    guard !sources.isEmpty else { return nil }
    switch row.naming {
    case .sink: return sink(record, audit)
    case .exclusions: return Found(part: .init(.setting, GCPPartName.exclusions(unit.id)))
    case .auditConfigs:
      guard !audit.auditConfigDeltas.isEmpty else { return nil }
      return Found(part: .init(.setting, GCPPartName.auditConfigs(unit.id)))
    case .settings: return Found(part: .init(.setting, "\(unit.id)/settings"))
    case .log:
      let name = audit.request?["logName"]?.string ?? audit.resourceName ?? ""
      return name.contains("cloudaudit.googleapis.com")
        ? Found(part: .init(.setting, name.cut(256))) : nil
    case .project: return Found(part: .init(.setting, unit.id))
    case .service:
      let name = audit.resourceName?.split(separator: "/").last.map(String.init) ?? ""
      return Self.services.contains(name)
        ? Found(part: .init(.setting, "\(unit.id)/services/\(name)")) : nil
    case .part(let kinds): return part(kinds, audit)
    case .snooze:
      let named = audit.request?["snooze"]?["criteria"]?["policies"]?.array ?? []
      let names = named.compactMap(\.string)
      return ours([.alarm, .rule], names)
    }
  }

  /// Without these nothing is logged, counted or handed on.
  private static let services: Set<String> = [
    "logging.googleapis.com", "monitoring.googleapis.com", "pubsub.googleapis.com",
    "storage.googleapis.com", "bigquery.googleapis.com",
  ]

  private func sink(_ record: GCPRecord, _ audit: GoogleAuditRecord) -> Found? {
    let request = audit.request
    let created = request?["sink"]?["name"]?.string
    let full =
      audit.resourceName.flatMap { $0.contains("/sinks/") ? $0 : nil }
      ?? request?["sinkName"]?.string
    guard
      let sent = full?.split(separator: "/").last.map({ String($0) }) ?? created
        ?? record.labels["name"]
    else { return nil }
    let name = PlainLine.make(sent, limit: 128)
    let id = PipelineNode.ID(.sink, "\(unit.id)/sinks/\(name)")
    let owners = sources.filter { plan in
      let named = plan.namedSinks(in: unit)
      guard named.isEmpty else { return named.contains(name) }
      return parts.contains(Part(id: id, source: plan.id))
    }
    if !owners.isEmpty { return Found(part: id, sources: owners.map(\.id)) }
    let open = sources.filter { $0.namedSinks(in: unit).isEmpty }.map(\.id)
    guard !open.isEmpty else { return nil }
    if isUnread {
      return Found(
        part: id, sources: open, lines: ["the sinks cannot be listed: perhaps one of ours"])
    }
    guard record.action.lowercased().hasPrefix("delete") else { return nil }
    return Found(
      part: id, sources: open, lines: ["never seen here: what it carried is not known"],
      isStrange: true)
  }

  private func part(_ kinds: Set<PipelineNode.Kind>, _ audit: GoogleAuditRecord) -> Found? {
    let request = audit.request
    let fields = ["name", "metricName", "topic", "subscription"]
    let named = [audit.resourceName] + fields.map { request?[$0]?.string }
    return ours(kinds, named.compactMap(\.self))
  }

  private func ours(_ kinds: Set<PipelineNode.Kind>, _ names: [String]) -> Found? {
    let found = parts.filter { part in
      kinds.contains(part.id.kind) && names.contains { Self.isSame(part.id.name, $0) }
    }
    guard let first = found.min(by: { $0.id.text < $1.id.text }) else { return nil }
    return Found(part: first.id, sources: Set(found.map(\.source)).sorted())
  }

  /// Projects are named by id or number; a bucket of Cloud Storage is `projects/_/buckets/NAME`; a
  /// thing inside of ours (a view, a table) is ours.
  static func isSame(_ own: String, _ name: String) -> Bool {
    if own == name { return true }
    let (ours, theirs) = (own.split(separator: "/"), name.split(separator: "/"))
    if ours.count == 1 {
      return theirs.count >= 4 && theirs[0] == "projects" && theirs[2] == "buckets"
        && theirs[3] == ours[0]
    }
    guard ours.count > 2, theirs.count >= ours.count, ours[0] == theirs[0],
      ours[1] == theirs[1] || theirs[1].allSatisfy(\.isNumber) || ours[1].allSatisfy(\.isNumber)
    else { return false }
    return ours[2...].elementsEqual(theirs[2..<ours.count])
  }
}

extension GCPFacts {
  /// The watched parts of a unit: what the configuration names, and what was seen around it. That sinks
  /// cannot be listed makes acts on them doubtful, and blinds nothing else.
  func parts(in unit: CloudUnit, at now: Timestamp) async -> GCPParts {
    let concerned = sources.filter { $0.units(of: account).contains(unit) }
    var isUnread = false
    do throws(Blindness) {
      let sinks = try await sinks(of: unit, at: now, maxAge: .minutes(2))
      for plan in concerned { _ = await watched(sinks, of: plan, in: unit, at: now) }
    } catch {
      isUnread = await lastSinks(of: unit).isEmpty
    }
    var parts: [GCPParts.Part] = []
    for plan in concerned {
      parts += await known.parts(of: plan.id).map { GCPParts.Part(id: $0, source: plan.id) }
      if let metric = plan.gcp?.metric {
        parts.append(
          GCPParts.Part(id: .init(.metric, "\(unit.id)/metrics/\(metric)"), source: plan.id))
      }
    }
    if let queue = account.queue {
      parts += sources.map { GCPParts.Part(id: .init(.queue, queue), source: $0.id) }
    }
    return GCPParts(
      unit: unit, parts: parts, sources: concerned, isUnread: isUnread, own: ownPrincipal)
  }
}
