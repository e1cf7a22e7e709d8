import CloudAPI
import WatchCore

/// Event history of one account, region by region: who changed the audit pipeline, and what was
/// done that a trail owes us records of. No trail's settings can blind it.
///
/// A sighting covers the whole time that is kept (a day at most), so the same change is seen again
/// and again: `cause.event` tells changes apart.
struct HistoryProbe: Sendable {
  let facts: AccountFacts
  let sources: [SourcePlan]

  init(facts: AccountFacts, sources: [SourcePlan]) {
    self.facts = facts
    self.sources = sources
  }

  func probe(_ clock: ProbeClock) -> Probe {
    facts.probe(
      id: "aws.history aws/\(facts.account.name)", every: .seconds(60),
      permissions: ["cloudtrail:DescribeTrails", "cloudtrail:LookupEvents"],
      paths: Set(facts.anchors + (facts.account.regions ?? [])).sorted().map(path), clock: clock,
      looks: looks)
  }

  private func path(_ region: String) -> PathID {
    PathID(
      source: AWSProbes.historySource(facts.account.name), kind: .history, region: region)
  }

  private func looks(at now: Timestamp) async -> [Look] {
    async let listed = facts.regionsOrAnchors(at: now)
    async let principal = facts.principal(at: now)
    async let known = facts.parts(of: sources, at: now)
    let ((regions, unknown), own, watched) = await (listed, principal, known)
    let looks = await inParallel(regions) { region in
      Look(path: path(region), result: await look(region, watched, own, now))
    }
    return looks + unknown.map { Look(path: path($0.region), result: .blind($0.why)) }
  }

  private func look(
    _ region: String, _ watched: Result<PipelineParts, Blindness>, _ own: String?,
    _ now: Timestamp
  ) async -> Look.Result {
    do throws(Blindness) {
      let window = try await facts.history.value(region, at: now)
      return .saw(.history(HistorySighting(window, parts: try watched.get(), own: own)))
    } catch {
      return .blind(error)
    }
  }
}

extension HistorySighting {
  /// Entries that a sighting carries at most of each kind.
  private static let limit = 500

  init(_ window: HistoryWindow, parts: PipelineParts, own: String?) {
    let active = window.records.filter { $0.isActivity(own: own) }
    self.init(
      from: window.from, to: window.to,
      changes: Array(window.records.compactMap { parts.change($0) }.prefix(Self.limit)),
      activity: active.prefix(Self.limit).map(\.cause.at),
      activityCut: window.isCut || active.count > Self.limit, latest: active.first?.cause)
  }
}

extension AuditRecord {
  /// Not made by a service, nor by ourselves.
  func isActivity(own: String?) -> Bool {
    !isByService && (own == nil || cause.identity != own)
  }
}

extension AccountFacts {
  /// The watched regions. Where the list cannot be read: those that are known without it, and for
  /// those of the last list the reason.
  func regionsOrAnchors(
    at now: Timestamp
  ) async -> (regions: [String], unknown: [(region: String, why: Blindness)]) {
    do throws(Blindness) {
      return (try await regions(at: now), [])
    } catch {
      let before = await lastRegions().filter { !anchors.contains($0) }
      return (anchors, before.map { ($0, error) })
    }
  }
}
