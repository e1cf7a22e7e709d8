import CloudAPI
import Foundation
import WatchCore

/// Audit entries as Cloud Logging takes them in: one path a unit for Admin Activity, and one more for
/// each other log that was chosen. Ours do not keep a log alive, but for the echo.
struct GCPEntriesProbe: Sendable {
  let facts: GCPFacts
  let plan: SourcePlan

  func probe(_ clock: ProbeClock) -> Probe {
    let readsPrivate = logs.contains(LogQuery.AuditLog.dataAccess.rawValue)
    return facts.probe(
      id: "gcp.entries \(plan.id.text)", every: facts.pace,
      permissions: [.logEntriesList] + (readsPrivate ? [.privateLogEntriesList] : []),
      paths: units.flatMap { unit in logs.map { path(unit, $0) } }, clock: clock, looks: looks)
  }

  private var units: [CloudUnit] { plan.units(of: facts.account) }
  private var logs: [String] { plan.gcp?.logs ?? ["activity"] }

  private func path(_ unit: CloudUnit, _ log: String) -> PathID {
    PathID(
      source: plan.id, kind: .entries, region: unit.label, member: log == "activity" ? nil : log)
  }

  private func looks(at now: Timestamp) async -> [Look] {
    let asked = units.flatMap { unit in logs.map { (unit, $0) } }
    return await inParallel(asked) { unit, log in
      Look(path: path(unit, log), result: await look(unit, log, now))
    }
  }

  private func look(_ unit: CloudUnit, _ log: String, _ now: Timestamp) async -> Look.Result {
    do throws(Blindness) {
      return .saw(
        .arrival(
          log == "activity" ? try await activity(unit, now) : try await other(unit, log, now)))
    } catch {
      return .blind(error)
    }
  }

  private func activity(_ unit: CloudUnit, _ now: Timestamp) async throws(Blindness) -> Arrival {
    let window = try await facts.history.value(unit, at: now, maxAge: facts.shared)
    let own = facts.ownPrincipal
    let countsOwn = plan.gcp?.echoMetric.flatMap { units.split($0) }?.unit == unit
    let counted = window.records.filter { countsOwn || !$0.isOurs(own: own) }
    let arrived = counted.filter { $0.received <= now + GCPEntryQuestion.tolerance }
    let newest = arrived.max { $0.received < $1.received }
    return Arrival(
      newest: newest?.received, newestEvent: newest?.at, record: newest?.id, count: counted.count,
      name: "activity", futureDated: counted.count - arrived.count)
  }

  private func other(
    _ unit: CloudUnit, _ log: String, _ now: Timestamp
  ) async throws(Blindness) -> Arrival {
    guard let audit = LogQuery.AuditLog(rawValue: log) else {
      throw Blindness(kind: .other, detail: PlainLine.make("no audit log \(log)", limit: 80))
    }
    if audit.isPrivate {
      guard try await facts.readsPrivate(unit, at: now) else {
        throw Blindness(
          kind: .denied,
          detail: "\(log) in \(unit.id): needs logging.privateLogEntries.list; without it these "
            + "entries are left out silently")
      }
    }
    let limit = plan.expectation(.entries)?.limit ?? .zero
    let question = GCPEntryQuestion(
      unit: unit, log: log, own: facts.ownPrincipal,
      reach: min(max(.hours(24), limit * 2), .hours(30 * 24)))
    return try await facts.newest.value(question, at: now)
  }
}

/// The newest entry of one log, but ours.
struct GCPEntryQuestion: Hashable, Sendable {
  var unit: CloudUnit
  var log: String
  var own: String?
  var reach: Duration

  /// Clocks apart.
  static let tolerance = Duration.minutes(2)
}

extension Memo where Key == GCPEntryQuestion, Value == Arrival {
  /// Entries may come late and out of order.
  private static var overlap: Duration { .minutes(5) }

  /// Each look reads on from the newest that was seen.
  static func gcpEntries(client: GCPClient) -> Memo {
    Memo { (question, now, before) async throws(Blindness) in
      let place = try question.unit.needParent()
      // An event that lies in the future must not hide those that follow it.
      let since = before?.newestEvent.map { min($0, now) - overlap } ?? now - question.reach
      var query = LogQuery(
        logIDs: ["cloudaudit.googleapis.com/\(question.log)"], since: since.foundationDate)
      if let own = question.own, !own.contains(where: { "\"\\".contains($0) }) {
        query.also("NOT protoPayload.authenticationInfo.principalEmail=\"\(own)\"")
      } else {
        query.also("NOT protoPayload.requestMetadata.callerSuppliedUserAgent:\"watchkeeper/\"")
      }
      let asked = query
      let entries = try await blindly { () async throws(CloudError) in
        try await client.entries(in: .parent(place), asked, most: 20)
      }.entries
      var arrival = before ?? Arrival(newest: nil, name: question.log)
      (arrival.count, arrival.futureDated) = (entries.count, 0)
      for entry in entries {
        guard let at = (entry.timestamp ?? entry.receiveTimestamp).flatMap({ Timestamp($0) })
        else { continue }
        let received = entry.receiveTimestamp.flatMap { Timestamp($0) } ?? at
        if received > now + GCPEntryQuestion.tolerance {
          arrival.futureDated += 1
        } else if arrival.newest.map({ received > $0 }) ?? true {
          (arrival.newest, arrival.newestEvent) = (received, at)
          arrival.record = entry.insertID.map { PlainLine.make($0, limit: 200) }
        }
      }
      return arrival
    }
  }
}
