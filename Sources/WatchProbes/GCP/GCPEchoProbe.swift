import CloudAPI
import Crypto
import WatchCore

/// The echo: the description of one log-based metric that was made for it is written anew, which is an
/// Admin Activity entry; and the look for those that were written before, in Cloud Logging and in the
/// log bucket that a sink leads to.
///
/// The watch's only write to what it watches. Opt-in; it needs `logging.logMetrics.update`
/// (``permission``).
struct GCPEchoProbe: Sendable {
  let facts: GCPFacts
  let plan: SourcePlan
  private let nonce: @Sendable () -> String
  private let memory = GCPEchoMemory()

  init(
    facts: GCPFacts, plan: SourcePlan,
    nonce: @escaping @Sendable () -> String = { Hex.encode(RandomBytes.make(16)) }
  ) {
    self.facts = facts
    self.plan = plan
    self.nonce = nonce
  }

  /// What the echo needs besides reading.
  static let permission = GCPPermission.logMetricsUpdate
  static let method = "google.logging.v2.MetricsServiceV2.UpdateLogMetric"

  /// Between two echoes; a look that was hurried sends nothing anew.
  private static let pause = Duration.minutes(14)
  /// Clocks apart: an entry can be stamped so much before the call that it tells of.
  private static let slack = Duration.minutes(2)
  /// Updates of metrics that are read at most.
  private static let most = 200

  /// Nil where no metric is configured for it, or none of a watched project.
  func probe(_ clock: ProbeClock) -> Probe? {
    guard let place else { return nil }
    let path = PathID(source: plan.id, kind: .echo, region: place.unit.label)
    return facts.probe(
      id: "gcp.echo \(plan.id.text)", every: .minutes(5),
      permissions: [
        Self.permission, .logMetricsGet, .logEntriesList, .sinksList, .viewsAccess,
      ], paths: [path], clock: clock
    ) { now in
      [Look(path: path, result: await look(place, now))]
    }
  }

  private struct Place: Sendable {
    var unit: CloudUnit
    var project: String
    var metric: String
  }

  /// `UNIT-LABEL/METRIC`
  private var place: Place? {
    guard let text = plan.gcp?.echoMetric,
      let (unit, metric) = plan.units(of: facts.account).split(text), !metric.isEmpty,
      case .project(let project)? = unit.parent
    else { return nil }
    return Place(unit: unit, project: project, metric: metric)
  }

  private func look(_ place: Place, _ now: Timestamp) async -> Look.Result {
    await memory.lead(to: await bucket(place.unit, now))
    let bucket = await memory.bucket
    let kinds: [PathKind] = bucket == nil ? [.entries] : [.entries, .export]
    var blind: [PathKind: Blindness] = [:]
    for kind in kinds {
      let waiting = await memory.outstanding(kind)
      guard let oldest = waiting.first else { continue }
      let source: EntryPlace =
        if kind == .export, let bucket { .bucket(bucket) } else {
          .parent(.project(place.project))
        }
      do throws(Blindness) {
        await memory.take(try await back(waiting, source, oldest.at, now), at: kind)
      } catch {
        blind[kind] = error
      }
    }
    let refused = await send(place, kinds, now)
    let limit = plan.expectation(.echo)?.limit ?? .minutes(40)
    let legs = await memory.legs(kinds, limit: limit, blind: blind, at: now)
    if let refused, !legs.contains(where: { $0.owed != nil }) { return .blind(refused) }
    return .saw(.echo(EchoSighting(legs: legs)))
  }

  /// Where a sink of the project leads to that carries such an entry, if that is a log bucket; nil too
  /// where nobody knows now.
  private func bucket(_ unit: CloudUnit, _ now: Timestamp) async -> String? {
    guard let parent = unit.parent else { return nil }
    let sinks = (try? await facts.sinks(of: unit, at: now, maxAge: .minutes(2))) ?? []
    return await facts.watched(sinks, of: plan, in: unit, at: now).lazy
      .filter {
        !$0.isBuiltIn && !$0.isDisabled
          && GCPSinkView.passes($0, "UpdateLogMetric", of: parent, at: now) == .yes
      }
      .compactMap { sink -> String? in
        if case .logBucket(let name) = sink.target { name } else { nil }
      }.first
  }

  /// Sends the next one; gives why it could not.
  private func send(_ place: Place, _ kinds: [PathKind], _ now: Timestamp) async -> Blindness? {
    if let last = await memory.newest, last <= now, now - last < Self.pause { return nil }
    let nonce = nonce()
    let client = facts.client
    do throws(Blindness) {
      let isWritten = try await blindly { () async throws(CloudError) in
        try await client.writeEchoNote(
          "watchkeeper echo \(nonce)", metric: place.metric, project: place.project)
      }
      guard isWritten else {
        throw Blindness(
          kind: .missing,
          detail: PlainLine.make("no metric \(place.metric) in \(place.project)", limit: 160))
      }
      await memory.send(nonce, at: now, kinds: kinds)
      return nil
    } catch {
      return error
    }
  }

  /// Entries of updates with one of our notes; Logging tells of each when it got it, wherever it is
  /// kept.
  private func back(
    _ waiting: [EchoTrack.Sent], _ source: EntryPlace, _ oldest: Timestamp, _ now: Timestamp
  ) async throws(Blindness) -> [EchoTrack.Back] {
    var query = LogQuery(logs: [.activity], since: (oldest - Self.slack).foundationDate)
    query.require("protoPayload.methodName", in: [Self.method])
    let (asked, client) = (query, facts.client)
    let found = try await blindly { () async throws(CloudError) in
      try await client.entries(in: source, asked, most: Self.most)
    }
    let backs = found.entries.compactMap { entry -> EchoTrack.Back? in
      guard let note = entry.audit?.request?["metric"]?["description"]?.string,
        let call = waiting.first(where: { note.contains($0.nonce) })
      else { return nil }
      let arrived = (entry.receiveTimestamp ?? entry.timestamp).flatMap { Timestamp($0) } ?? now
      return EchoTrack.Back(
        nonce: call.nonce, arrived: min(arrived, now),
        record: entry.insertID.map { PlainLine.make($0, limit: 100) })
    }
    if !found.isComplete, backs.isEmpty {
      throw .bound("entries.list: more than \(Self.most) updates of metrics")
    }
    return backs
  }
}
