import CloudAPI
import Foundation
import WatchCore

/// What each sink hands on: by the log bucket that it leads to, where it leads to one; else by what
/// Cloud Monitoring counts, up to seven minutes late and for sinks of projects alone.
struct GCPExportProbe: Sendable {
  let facts: GCPFacts
  let plan: SourcePlan

  func probe(_ clock: ProbeClock) -> Probe {
    facts.probe(
      id: "gcp.export \(plan.id.text)", every: facts.pace,
      permissions: [.sinksList, .timeSeriesList, .viewsAccess],
      paths: units.flatMap { unit in
        plan.namedSinks(in: unit).map { path(unit, $0) }
      }, clock: clock, looks: looks)
  }

  private var units: [CloudUnit] { plan.units(of: facts.account) }

  private func path(_ unit: CloudUnit, _ sink: String) -> PathID {
    PathID(source: plan.id, kind: .export, region: unit.label, member: sink)
  }

  private func looks(at now: Timestamp) async -> [Look] {
    await inParallel(units) { await looks(unit: $0, now) }.flatMap { $0 }
  }

  private func looks(unit: CloudUnit, _ now: Timestamp) async -> [Look] {
    do throws(Blindness) {
      let all = try await facts.sinks(of: unit, at: now)
      let sinks = await facts.watched(all, of: plan, in: unit, at: now)
      let present = Set(sinks.map(\.name))
      let gone = plan.namedSinks(in: unit).filter { !present.contains($0) }
      let seen = await inParallel(sinks, width: 4) { sink in
        Look(path: path(unit, sink.plainName), result: await look(sink, unit, now))
      }
      // A sink that is gone hands nothing on: what it did last is still counted.
      let missing = await inParallel(gone) { name in
        Look(path: path(unit, name), result: await counted(name, unit, now))
      }
      return seen + missing
    } catch {
      let last = await facts.watched(facts.lastSinks(of: unit), of: plan, in: unit, at: now)
      return Set(plan.namedSinks(in: unit) + last.map(\.plainName)).sorted().map {
        Look(path: path(unit, $0), result: .blind(error))
      }
    }
  }

  private func look(_ sink: LogSink, _ unit: CloudUnit, _ now: Timestamp) async -> Look.Result {
    // What it hands on is compared with Admin Activity; one that was asked for must carry that.
    let isAsked =
      plan.namedSinks(in: unit).contains(sink.name) && !sink.isBuiltIn
      && plan.gcp?.logs.contains("activity") != false
    guard isAsked || sink.owesActivity(of: unit, at: now) else {
      return .blind(
        Blindness(
          kind: .undecided,
          detail: "\(sink.plainName) does not carry all Admin Activity: nobody tells what it owes"))
    }
    guard case .logBucket(let bucket) = sink.target else {
      return await counted(sink.name, unit, now)
    }
    do throws(Blindness) {
      return .saw(.arrival(try await stored(in: bucket, sink, unit, now)))
    } catch {
      return .blind(error)
    }
  }

  private func counted(_ sink: String, _ unit: CloudUnit, _ now: Timestamp) async -> Look.Result {
    guard unit.id.hasPrefix("projects/") else {
      return .blind(
        Blindness(
          kind: .undecided,
          detail: "Cloud Monitoring counts no exports of \(unit.id): judged by sink errors and "
            + "destination"))
    }
    do throws(Blindness) {
      let exports = try await facts.exports.value(unit, at: now, maxAge: .seconds(50))
      let newest = exports.newest[sink]
      return .saw(
        .arrival(
          Arrival(newest: newest, count: exports.count[sink] ?? 0, name: sink)))
    } catch {
      return .blind(error)
    }
  }

  private func stored(
    in bucket: String, _ sink: LogSink, _ unit: CloudUnit, _ now: Timestamp
  ) async throws(Blindness) -> Arrival {
    let logs = (plan.gcp?.logs ?? ["activity"]).map { "cloudaudit.googleapis.com/\($0)" }
    let limit = plan.expectation(.export)?.limit ?? .zero
    let since = now - min(max(.hours(24), limit * 2), .hours(30 * 24))
    var query = LogQuery(logIDs: logs, since: since.foundationDate)
    // A bucket may be many units', and what others bring there says nothing of this sink: the unit's own
    // entries count, as they do for the witness.
    if !unit.id.contains("\"") {
      query.also("logName:\"\(unit.id)/logs/\"")
    }
    let asked = query
    let entry = try await blindly { () async throws(CloudError) in
      try await facts.client.newestEntry(in: .bucket(bucket), asked)
    }
    let event = entry?.timestamp.flatMap { Timestamp($0) }
    let arrived = entry?.receiveTimestamp.flatMap { Timestamp($0) } ?? event
    let isFuture = arrived.map { $0 > now + GCPEntryQuestion.tolerance } ?? false
    return Arrival(
      newest: isFuture ? nil : arrived, newestEvent: isFuture ? nil : event,
      record: entry?.insertID.map { PlainLine.make($0, limit: 200) },
      count: entry == nil ? 0 : 1, name: sink.name, futureDated: isFuture ? 1 : 0)
  }
}

/// What a project's sinks have handed on, by the sink's name.
struct GCPExports: Sendable {
  /// The end of the last minute in which something was handed on.
  var newest: [String: Timestamp] = [:]
  var count: [String: Int] = [:]
  var read: Timestamp
}

extension Memo where Key == CloudUnit, Value == GCPExports {
  /// A day and an hour at first, as long as an export error counts; then half an hour: the counts come
  /// seven minutes late.
  static func gcpExports(client: GCPClient) -> Memo {
    Memo { (unit, now, before) async throws(Blindness) in
      guard case .project(let project) = try unit.needParent() else {
        throw Blindness(kind: .undecided, detail: "only projects are counted")
      }
      let floor = now - GCPSinkErrors.window
      let start = max(floor, before.map { $0.read - .minutes(30) } ?? floor)
      let series = try await blindly { () async throws(CloudError) in
        try await client.sinkExports(
          project: project, from: start.foundationDate, to: now.foundationDate)
      }
      var exports = GCPExports(newest: before?.newest ?? [:], read: now)
      for one in series {
        guard let sink = one.resourceLabels["name"] else { continue }
        let ends = one.points.filter { ($0.value ?? 0) > 0 }.compactMap { Timestamp($0.end) }
        guard let last = ends.max().map({ min($0, now) }) else { continue }
        exports.newest[sink] = max(exports.newest[sink] ?? last, last)
        exports.count[sink, default: 0] += Int(min(max(one.total, 0), 1e9))
      }
      return exports
    }
  }
}
