import CloudAPI
import WatchCore

/// The workspace that a source's records must reach: whether it takes them in, loses some, keeps them
/// long enough, and can be deleted. One `.posture` path of the source.
struct WorkspaceProbe: Sendable {
  let facts: AzureFacts
  let plan: SourcePlan

  /// Nil where no workspace is expected.
  func probe(_ clock: ProbeClock) -> Probe? {
    guard let workspace = plan.azure?.workspace else { return nil }
    let label = AzureID(workspace).map { facts.label(of: $0) } ?? "tenant"
    let path = PathID(source: plan.id, kind: .posture, region: label, member: "workspace")
    return facts.probe(
      id: "azure.workspace \(plan.id.text)", every: .minutes(5),
      permissions: [
        .readWorkspaces, .readTables, .readLocks, .query, .query(table: "Operation"),
        .query(table: "Usage"),
      ], paths: [path], clock: clock
    ) { now in
      [Look(path: path, result: await look(now))]
    }
  }

  /// Tables whose own retention counts.
  private var tables: [String] {
    let named = (plan.azure?.resources ?? []).map(\.table).filter(KQL.isTable)
    return [ActivityRows.table] + Set(named).subtracting([ActivityRows.table]).sorted()
  }

  private func look(_ now: Timestamp) async -> Look.Result {
    do throws(Blindness) {
      let id = try plan.workspaceID()
      let view = await view(id, now)
      if let why = view.workspace.blindness, why.kind != .missing { throw why }
      return .saw(.posture(PostureSighting(checks: view.checks, pipeline: view.pipeline)))
    } catch {
      return .blind(error)
    }
  }

  private func view(_ id: AzureID, _ now: Timestamp) async -> WorkspaceView {
    let (client, names) = (facts.client, tables)
    let workspace: Reading<LogWorkspace>
    do throws(Blindness) {
      workspace = .success(try await facts.workspace(id, at: now, maxAge: .minutes(1)))
    } catch {
      return WorkspaceView(plan: plan, id: id, workspace: .failure(error))
    }
    var view = WorkspaceView(plan: plan, id: id, workspace: workspace)
    async let locks = facts.locks(around: id)
    view.tables = await inParallel(names, width: 4) { name in
      (
        name,
        await reading { () async throws(CloudError) in
          try await client.table(name, workspace: id)
        }
      )
    }
    if let queryID = workspace.value?.customerID {
      view.losses = await WorkspaceView.losses(queryID, of: id, client)
      if let quota = workspace.value?.dailyQuotaGB, quota >= 0 {
        let hours = WorkspaceView.hoursOfDay(workspace.value?.quotaReset, now)
        view.used = await WorkspaceView.used(queryID, of: id, hours: hours, client)
      }
    }
    view.locks = await locks
    return view
  }
}
