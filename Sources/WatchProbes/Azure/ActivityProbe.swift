import CloudAPI
import WatchCore

/// The Activity Log's rows in a source's workspace: one `.activity` path a subscription, from one query
/// for all of them.
struct ActivityProbe: Sendable {
  let facts: AzureFacts
  let plan: SourcePlan

  /// How far back rows are looked for: a day, and where a subscription has none, a month.
  private static let hours = (near: 24, far: 720)

  /// Nil where no workspace is expected to get the Activity Log.
  func probe(_ clock: ProbeClock) -> Probe? {
    guard plan.azure?.workspace != nil else { return nil }
    return facts.probe(
      id: "azure.activity \(plan.id.text)", every: .minutes(2),
      permissions: [
        .readWorkspaces, .readTables, .query, .query(table: ActivityRows.table),
      ],
      paths: units.map(path), clock: clock, looks: looks)
  }

  private var units: [CloudUnit] { plan.units(of: facts.account) }

  private func path(_ unit: CloudUnit) -> PathID {
    PathID(source: plan.id, kind: .activity, region: unit.label)
  }

  private func looks(at now: Timestamp) async -> [Look] {
    do throws(Blindness) {
      let workspace = try plan.workspaceID()
      let near = AzureFacts.RowSpan(workspace: workspace, hours: Self.hours.near)
      var rows = try await facts.rows(near, at: now, maxAge: .seconds(50))
      if rows.hasTable, !units.allSatisfy({ rows.newest[$0.id.lowercased()] != nil }) {
        // What is that old ages by itself: it need not be asked for with every look.
        let far = AzureFacts.RowSpan(workspace: workspace, hours: Self.hours.far)
        let old = try await facts.rows(far, at: now, maxAge: .minutes(15))
        rows.newest.merge(old.newest) { near, _ in near }
      }
      let seen = rows
      return units.map { unit in
        Look(path: path(unit), result: .saw(.arrival(arrival(seen, unit, workspace))))
      }
    } catch {
      return units.map { Look(path: path($0), result: .blind(error)) }
    }
  }

  private func arrival(_ rows: ActivityRows, _ unit: CloudUnit, _ workspace: AzureID) -> Arrival {
    let name = PlainLine.make(workspace.name, limit: 80)
    guard rows.hasTable else {
      return Arrival(newest: nil, record: "no table \(ActivityRows.table) yet", name: name)
    }
    let newest = rows.newest[unit.id.lowercased()]
    return Arrival(
      newest: newest?.arrived, newestEvent: newest?.happened,
      record: newest.map { _ in ActivityRows.table }, count: newest?.count ?? 0, name: name)
  }
}
