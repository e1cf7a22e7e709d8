import CloudAPI
import WatchCore

/// What was read of one subscription's Activity Log.
struct AzureWindow: Sendable {
  /// Read whole from here …
  var from: Timestamp
  /// … to here.
  var to: Timestamp
  /// Newest first, each once; those that cannot be changes are slim.
  var records: [ActivityRecord] = []
  /// There was more than was read or kept.
  var isCut = false
}

extension Memo where Key == CloudUnit, Value == AzureWindow {
  /// The Activity Log of an account's subscriptions: shared by its probes, so that nothing is asked
  /// twice.
  static func azureHistory(client: AzureClient) -> Memo {
    Memo { (unit, now, before) async throws(Blindness) in
      try await AzureHistoryReader(client: client, unit: unit).read(after: before, at: now)
    }
  }
}

/// Reads the Activity Log of one subscription from the last high-water mark on.
///
/// Events show up 3 to 20 minutes late and out of order, so each look goes back behind the mark; an
/// event that was seen is known by its id.
struct AzureHistoryReader: Sendable {
  let client: AzureClient
  let unit: CloudUnit

  /// How far a first look goes back, and how long records are kept.
  static let reach = Duration.hours(24)
  static let overlap = Duration.minutes(40)
  static let pageLimit = 20
  static let recordLimit = 2_000
  /// What matters is in these: asked for apart where there was too much to be read whole.
  static let urgent = [
    "Microsoft.Insights", "Microsoft.OperationalInsights", "Microsoft.AlertsManagement",
    "Microsoft.Authorization", "Microsoft.Storage",
  ]

  func read(
    after before: AzureWindow?, at now: Timestamp
  ) async throws(Blindness) -> AzureWindow {
    let floor = now - Self.reach
    let start = max(floor, before.map { $0.to - Self.overlap } ?? floor)
    let page = try await look(nil, from: start, to: now, pages: Self.pageLimit)
    var records = page.records
    var from = start
    if page.isCut, let oldest = records.map(\.at).min() {
      from = oldest
      for provider in Self.urgent {
        records += try await look(.provider(provider), from: start, to: oldest, pages: 3).records
      }
    }
    return Self.merge(before, records, from: from, isCut: page.isCut, floor: floor, at: now)
  }

  private func look(
    _ filter: ActivityFilter?, from: Timestamp, to: Timestamp, pages: Int
  ) async throws(Blindness) -> (records: [ActivityRecord], isCut: Bool) {
    let log = try await blindly { () async throws(CloudError) in
      try await client.activityLog(
        subscription: unit.id, start: from.foundationDate,
        // Azure's clock may be ahead of ours.
        end: (to + Heartbeat.ahead).foundationDate, filter: filter,
        select: AzureClient.causeMembers, pageLimit: pages)
    }
    return (log.events.compactMap { ActivityRecord($0) }, log.isCut)
  }

  static func merge(
    _ before: AzureWindow?, _ read: [ActivityRecord], from: Timestamp, isCut: Bool,
    floor: Timestamp, at now: Timestamp
  ) -> AzureWindow {
    var seen: Set<String> = []
    let fresh = read.map { $0.isTamper ? $0 : $0.slim }
    let all = (fresh + (before?.records ?? [])).filter {
      $0.at >= floor && seen.insert($0.id).inserted
    }.sorted { ($1.at, $1.id) < ($0.at, $0.id) }
    let isWhole = before.map { from <= $0.to } ?? true
    // What may be a change is kept before all else.
    let kept =
      all.count <= recordLimit
      ? all
      : (all.filter(\.isTamper) + all.filter { !$0.isTamper }).prefix(recordLimit)
        .sorted { ($1.at, $1.id) < ($0.at, $0.id) }
    var window = AzureWindow(
      from: max(floor, isWhole ? min(before?.from ?? from, from) : from), to: now,
      records: kept, isCut: isCut || all.count > recordLimit)
    if all.count > recordLimit, let last = kept.last(where: { !$0.isTamper }) {
      window.from = max(window.from, last.at)
    }
    return window
  }
}
