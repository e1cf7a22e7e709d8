import CloudAPI
import Foundation
import WatchCore

/// What was read of one unit's Admin Activity log, which nobody can switch off.
struct GCPWindow: Sendable {
  /// Read whole from here …
  var from: Timestamp
  /// … to here.
  var to: Timestamp
  /// Newest first, each once.
  var records: [GCPRecord] = []
  /// There was more than was read or kept.
  var isCut = false
}

extension Memo where Key == CloudUnit, Value == GCPWindow {
  /// - Parameter reaches: how far a first look goes back.
  static func gcpHistory(client: GCPClient, reaches: [CloudUnit: Duration]) -> Memo {
    Memo { (unit, now, before) async throws(Blindness) in
      try await GCPWindowReader(
        client: client, place: try unit.needParent(), reach: reaches[unit] ?? .hours(24)
      ).read(after: before, at: now)
    }
  }
}

/// Reads Admin Activity, newest first, from the last high-water mark on; entries may come late, so each
/// look goes back behind the mark.
struct GCPWindowReader: Sendable {
  let client: GCPClient
  let place: GCPParent
  let reach: Duration

  private static let overlap = Duration.minutes(15)
  private static let entryLimit = 200
  private static let recordLimit = 1_000

  func read(after before: GCPWindow?, at now: Timestamp) async throws(Blindness) -> GCPWindow {
    let floor = now - reach
    let start = max(floor, before.map { $0.to - Self.overlap } ?? floor)
    let page = try await entries(LogQuery(logs: [.activity], since: start.foundationDate))
    var records = page.records
    var from = start
    if page.isCut, let oldest = records.map(\.at).min() {
      from = oldest
      // What matters is asked for by name.
      var query = LogQuery(
        logs: [.activity], since: start.foundationDate,
        until: (oldest + .seconds(1)).foundationDate)
      query.require("protoPayload.methodName", in: GCPTamper.methods)
      records += try await entries(query).records
    }
    var seen: Set<String> = []
    let all = (records + (before?.records ?? [])).filter {
      $0.at >= floor && seen.insert("\($0.id) \($0.at.millis)").inserted
    }.sorted { ($0.at, $0.id) > ($1.at, $1.id) }
    let isWhole = before.map { from <= $0.to } ?? true
    return GCPWindow(
      from: max(floor, isWhole ? min(before?.from ?? from, from) : from), to: now,
      records: Array(all.prefix(Self.recordLimit)),
      isCut: page.isCut || all.count > Self.recordLimit)
  }

  private func entries(
    _ query: LogQuery
  ) async throws(Blindness) -> (records: [GCPRecord], isCut: Bool) {
    let found = try await blindly { () async throws(CloudError) in
      try await client.entries(in: .parent(place), query, most: Self.entryLimit)
    }
    return (found.entries.compactMap { GCPRecord($0) }, !found.isComplete)
  }
}
