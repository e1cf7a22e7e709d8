import CloudAPI
import WatchCore

/// The newest blob of the Activity Log in a source's storage account: one `.archive` path a
/// subscription. What tells is when it was last written to: a blob is appended to for an hour.
struct ArchiveProbe: Sendable {
  let facts: AzureFacts
  let plan: SourcePlan
  private let seen = SeenLayouts()

  init(facts: AzureFacts, plan: SourcePlan) {
    self.facts = facts
    self.plan = plan
  }

  /// Nil where no archive is expected.
  func probe(_ clock: ProbeClock) -> Probe? {
    guard plan.azure?.archive != nil else { return nil }
    return facts.probe(
      id: "azure.archive \(plan.id.text)", every: .minutes(5),
      permissions: [.readStorageAccounts, .readBlobs], paths: units.map(path), clock: clock,
      looks: looks)
  }

  private var units: [CloudUnit] { plan.units(of: facts.account) }

  private func path(_ unit: CloudUnit) -> PathID {
    PathID(source: plan.id, kind: .archive, region: unit.label)
  }

  private func looks(at now: Timestamp) async -> [Look] {
    await inParallel(units) { unit in
      Look(path: path(unit), result: await look(unit, now))
    }
  }

  private func look(_ unit: CloudUnit, _ now: Timestamp) async -> Look.Result {
    do throws(Blindness) {
      let layout = BlobLayout(container: BlobLayout.activityLog, scope: try unit.needScope())
      return .saw(.arrival(try await facts.newest(layout, in: plan, seen, at: now)))
    } catch {
      return .blind(error)
    }
  }
}

extension AzureFacts {
  /// The newest blob of a layout in a source's archive.
  func newest(
    _ layout: BlobLayout, in plan: SourcePlan, _ seen: SeenLayouts, at now: Timestamp
  ) async throws(Blindness) -> Arrival {
    guard let archive = plan.azure?.archive.flatMap({ AzureID($0) }) else {
      throw Blindness(kind: .other, detail: "the archive is not an ARM id")
    }
    // The account's own word for its endpoint; without it the cloud's usual host does.
    let endpoint = try? await storage(archive, at: now, maxAge: .hours(1)).blobEndpoint
    let place = BlobPlace(
      account: archive.name, endpoint: endpoint, container: layout.container)
    let finder = BlobFinder(client: client, place: place, layout: layout)
    let arrival = try await finder.newest(at: now, everSeen: await seen.has(layout))
    if arrival.newest != nil { await seen.keep(layout) }
    return arrival
  }
}

/// Layouts that held a blob before: no older one is looked for then.
actor SeenLayouts {
  private var layouts: Set<BlobLayout> = []

  func has(_ layout: BlobLayout) -> Bool { layouts.contains(layout) }
  func keep(_ layout: BlobLayout) { layouts.insert(layout) }
}
