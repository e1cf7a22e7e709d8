import CloudAPI
import WatchCore

/// The Activity Log of an account's subscriptions, asked of Resource Manager: who changed the audit
/// pipeline, and what was done that an export owes us records of. No diagnostic setting can blind it,
/// and it is kept for 90 days whatever anybody does.
///
/// A sighting covers the whole time that is kept (a day at most), so the same change is seen again and
/// again: `cause.event` tells changes apart.
struct AzureHistoryProbe: Sendable {
  let facts: AzureFacts

  func probe(_ clock: ProbeClock) -> Probe {
    facts.probe(
      id: "azure.history azure/\(facts.account.name)", every: .seconds(60),
      permissions: [.readActivityLog], paths: facts.account.units.map(path), clock: clock,
      looks: looks)
  }

  private func path(_ unit: CloudUnit) -> PathID {
    PathID(
      source: AzureProbes.historySource(facts.account.name), kind: .history, region: unit.label)
  }

  private func looks(at now: Timestamp) async -> [Look] {
    async let own = facts.identity(at: now)
    let parts = await facts.parts()
    let identity = await own
    return await inParallel(facts.account.units) { unit in
      Look(path: path(unit), result: await look(unit, parts, identity, now))
    }
  }

  private func look(
    _ unit: CloudUnit, _ parts: AzureParts, _ own: AzureIdentity?, _ now: Timestamp
  ) async -> Look.Result {
    do throws(Blindness) {
      let window = try await facts.history.value(unit, at: now)
      return .saw(
        .history(HistorySighting(window, unit: unit, parts: parts, own: own, at: now)))
    } catch {
      return .blind(error)
    }
  }
}

extension HistorySighting {
  /// Entries that a sighting carries at most of each kind.
  private static let limit = 500

  init(
    _ window: AzureWindow, unit: CloudUnit, parts: AzureParts, own: AzureIdentity?,
    at now: Timestamp
  ) {
    let acts = ActivityAct.all(window.records)
    let active = acts.filter { $0.record.isActivity(own: own) }
    let changes = acts.compactMap { act -> PipelineChange? in
      // Told at its end; one that does not end is told by its beginning.
      if act.isUnderWay, now - act.began < ActivityAct.patience { return nil }
      return parts.change(act, in: unit, own: own)
    }
    self.init(
      from: window.from, to: window.to, changes: Array(changes.prefix(Self.limit)),
      activity: active.prefix(Self.limit).map(\.record.at),
      activityCut: window.isCut || active.count > Self.limit,
      latest: active.first?.cause(in: unit.label))
  }
}
