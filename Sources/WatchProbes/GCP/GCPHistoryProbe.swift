import CloudAPI
import WatchCore

/// Admin Activity of an account's units: who changed the audit pipeline, and what was done that a sink
/// owes us records of. `_Required` keeps it 400 days whatever anybody does, so no sink's settings can
/// blind it.
///
/// A sighting covers the whole time that is kept, so the same change is seen again and again:
/// `cause.event` tells changes apart.
struct GCPHistoryProbe: Sendable {
  let facts: GCPFacts

  func probe(_ clock: ProbeClock) -> Probe {
    facts.probe(
      id: "gcp.history gcp/\(facts.account.name)",
      every: facts.pace,
      permissions: [.logEntriesList, .sinksList], paths: facts.account.units.map(path),
      clock: clock, looks: looks)
  }

  private func path(_ unit: CloudUnit) -> PathID {
    PathID(
      source: GCPProbes.historySource(facts.account.name), kind: .history, region: unit.label)
  }

  private func looks(at now: Timestamp) async -> [Look] {
    await inParallel(facts.account.units) { unit in
      Look(path: path(unit), result: await look(unit, now))
    }
  }

  private func look(_ unit: CloudUnit, _ now: Timestamp) async -> Look.Result {
    do throws(Blindness) {
      let window = try await facts.history.value(unit, at: now, maxAge: facts.shared)
      let parts = await facts.parts(in: unit, at: now)
      return .saw(.history(HistorySighting(window, parts: parts, own: facts.ownPrincipal)))
    } catch {
      return .blind(error)
    }
  }
}

extension HistorySighting {
  /// Entries that a sighting carries at most of each kind.
  private static let gcpLimit = 500

  init(_ window: GCPWindow, parts: GCPParts, own: String?) {
    let active = window.records.filter { $0.isActivity(own: own) }
    self.init(
      from: window.from, to: window.to,
      changes: Array(window.records.compactMap { parts.change($0) }.prefix(Self.gcpLimit)),
      activity: active.prefix(Self.gcpLimit).map(\.at),
      activityCut: window.isCut || active.count > Self.gcpLimit,
      latest: active.first?.cause(in: parts.unit.label))
  }
}
