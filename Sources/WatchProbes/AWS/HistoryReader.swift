import CloudAPI
import Foundation
import WatchCore

/// What was read of one region's Event history.
struct HistoryWindow: Sendable {
  /// Read whole from here …
  var from: Timestamp
  /// … to here.
  var to: Timestamp
  /// Write events, newest first, each once; those that cannot be changes are slim.
  var records: [AuditRecord] = []
  /// There was more than was read or kept.
  var isCut = false
}

extension Memo where Key == String, Value == HistoryWindow {
  /// Event history of an account's regions: shared by its probes, so that nothing is asked twice.
  static func history(client: AWSClient, pace: CallPace) -> Memo {
    Memo { (region, now, before) async throws(Blindness) in
      try await HistoryReader(client: client, pace: pace, region: region).read(
        after: before, at: now)
    }
  }
}

/// Reads write events of one region, newest first, from the last high-water mark on.
///
/// Events show up some minutes late and out of order, so each look goes back behind the mark; an
/// event that was seen is known by its id.
struct HistoryReader: Sendable {
  let client: AWSClient
  let pace: CallPace
  let region: String

  /// How far a first look goes back, and how long records are kept.
  static let reach = Duration.hours(24)
  static let overlap = Duration.minutes(15)
  static let pageLimit = 10
  static let recordLimit = 1_000

  func read(
    after before: HistoryWindow?, at now: Timestamp
  ) async throws(Blindness) -> HistoryWindow {
    let floor = now - Self.reach
    let start = max(floor, before.map { $0.to - Self.overlap } ?? floor)
    let page = try await look(.writeEvents, from: start, to: nil, pages: Self.pageLimit)
    var records = page.records
    var from = start
    if page.isCut, let oldest = records.map(\.cause.at).min() {
      from = oldest
      for name in TamperTable.urgent {
        records += try await look(.eventName(name), from: start, to: oldest, pages: 2).records
      }
    }
    return Self.merge(before, records, from: from, isCut: page.isCut, floor: floor, at: now)
  }

  private func look(
    _ attribute: LookupAttribute, from: Timestamp, to: Timestamp?, pages: Int
  ) async throws(Blindness) -> (records: [AuditRecord], isCut: Bool) {
    let history = try await blindly { () async throws(AWSError) in
      await pace.turn(region)
      return try await client.lookupEvents(
        region: region, attribute: attribute, start: from.foundationDate, end: to?.foundationDate,
        pageLimit: pages)
    }
    return (history.events.compactMap { AuditRecord($0, region: region) }, history.isCut)
  }

  static func merge(
    _ before: HistoryWindow?, _ read: [AuditRecord], from: Timestamp, isCut: Bool,
    floor: Timestamp, at now: Timestamp
  ) -> HistoryWindow {
    var seen: Set<String> = []
    let fresh = read.map { $0.isTamper ? $0 : $0.slim }
    let all = (fresh + (before?.records ?? [])).filter {
      $0.cause.at >= floor && seen.insert($0.id).inserted
    }.sorted { $0.cause.at > $1.cause.at }
    let isWhole = before.map { from <= $0.to } ?? true
    var window = HistoryWindow(
      from: max(floor, isWhole ? min(before?.from ?? from, from) : from), to: now,
      records: Array(all.prefix(recordLimit)), isCut: isCut || all.count > recordLimit)
    if all.count > recordLimit, let last = window.records.last {
      window.from = max(window.from, last.cause.at)
    }
    return window
  }
}
