import CloudAPI
import WatchCore

/// Logs of watched resources: one `.resource` path each. Rows in the source's workspace, by one query a
/// table (`AzureDiagnostics` or a resource-specific one); without a workspace, blobs in its archive.
/// They are documented as not lossless, and have no second witness.
struct ResourceProbe: Sendable {
  typealias Resource = AzureSource.Resource

  let facts: AzureFacts
  let plan: SourcePlan
  private let seen = SeenLayouts()

  init(facts: AzureFacts, plan: SourcePlan) {
    self.facts = facts
    self.plan = plan
  }

  /// How far back rows are looked for.
  private static let hours = 720

  /// Nil where no resource is watched.
  func probe(_ clock: ProbeClock) -> Probe? {
    guard !resources.isEmpty else { return nil }
    let tables = Set(resources.map(\.table)).sorted().map { AzureAction.query(table: $0) }
    return facts.probe(
      id: "azure.resource \(plan.id.text)", every: .minutes(5),
      permissions: hasWorkspace
        ? [.readWorkspaces, .readTables, .query] + tables : [.readStorageAccounts, .readBlobs],
      paths: resources.map(path), clock: clock, looks: looks)
  }

  private var resources: [Resource] { plan.azure?.resources ?? [] }
  private var hasWorkspace: Bool { plan.azure?.workspace != nil }

  private func path(_ resource: Resource) -> PathID {
    let label = AzureID(resource.id).map { facts.label(of: $0) } ?? "tenant"
    return PathID(
      source: plan.id, kind: .resource, region: label,
      member: PlainLine.make(resource.name, limit: 80))
  }

  private func looks(at now: Timestamp) async -> [Look] {
    guard hasWorkspace else {
      return await inParallel(resources) { resource in
        Look(path: path(resource), result: await inArchive(resource, now))
      }
    }
    let tables = Dictionary(grouping: resources, by: \.table).sorted { $0.key < $1.key }
    return await inParallel(tables.map { ($0.key, $0.value) }) { table, resources in
      await looks(table, resources, now)
    }.flatMap { $0 }
  }

  private func looks(_ table: String, _ resources: [Resource], _ now: Timestamp) async -> [Look] {
    do throws(Blindness) {
      let workspace = try await facts.workspace(try plan.workspaceID(), at: now)
      let rows = try await rows(table, resources, workspace.queryID(), plan.workspaceID())
      let name = PlainLine.make(workspace.name, limit: 80)
      return resources.map { resource in
        Look(
          path: path(resource),
          result: .saw(.arrival(arrival(rows, resource, table, name))))
      }
    } catch {
      return resources.map { Look(path: path($0), result: .blind(error)) }
    }
  }

  private func arrival(
    _ rows: [AzureID: ActivityRows.Newest]?, _ resource: Resource, _ table: String, _ name: String
  ) -> Arrival {
    guard let rows else {
      return Arrival(newest: nil, record: "no table \(table) yet", name: name)
    }
    let newest = AzureID(resource.id).flatMap { rows[$0] }
    return Arrival(
      newest: newest?.arrived, newestEvent: newest?.happened, record: newest.map { _ in table },
      count: newest?.count ?? 0, name: name)
  }

  /// Nil: the workspace has no such table, so nothing ever came.
  private func rows(
    _ table: String, _ resources: [Resource], _ workspace: String, _ id: AzureID
  ) async throws(Blindness) -> [AzureID: ActivityRows.Newest]? {
    guard KQL.isTable(table) else {
      throw Blindness(
        kind: .other, detail: "\(PlainLine.make(table, limit: 60)) is no table's name")
    }
    let answer: LogTable
    do {
      answer = try await facts.client.query(
        workspace: workspace, Self.query(table, resources.compactMap { AzureID($0.id) }),
        tables: [table], columns: ["Resource", "Happened", "Arrived", "Records"],
        hours: Self.hours)
    } catch {
      try await facts.client.needsNoTable(table, of: id, error)
      return nil
    }
    var rows: [AzureID: ActivityRows.Newest] = [:]
    for row in answer.rows {
      guard let id = row.text("Resource").flatMap({ AzureID($0) }) else { continue }
      rows[id] = try ActivityRows.Newest(row)
    }
    return rows
  }

  /// The old table writes ids in capitals, the others in any case.
  static func query(_ table: String, _ ids: [AzureID]) -> String {
    let column = table == "AzureDiagnostics" ? "ResourceId" : "_ResourceId"
    let wanted = ids.map { KQL.text($0.lowercased) }.joined(separator: ", ")
    return "\(table) | where tolower(\(column)) in (\(wanted))"
      + " | summarize Happened = max(TimeGenerated), Arrived = max(ingestion_time()),"
      + " Records = count() by Resource = tolower(\(column))"
  }

  private func inArchive(_ resource: Resource, _ now: Timestamp) async -> Look.Result {
    guard let id = AzureID(resource.id), !resource.categories.isEmpty else {
      return .blind(
        Blindness(kind: .other, detail: "without a workspace a resource needs its categories"))
    }
    do throws(Blindness) {
      var arrival = Arrival(newest: nil)
      for category in resource.categories.prefix(20) {
        let layout = BlobLayout(
          container: BlobLayout.container(category: category), scope: id)
        arrival = arrival.merged(try await facts.newest(layout, in: plan, seen, at: now))
      }
      return .saw(.arrival(arrival))
    } catch {
      return .blind(error)
    }
  }
}
