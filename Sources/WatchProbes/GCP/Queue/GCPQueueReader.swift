import CloudAPI
import Crypto
import Synchronization
import WatchCore

/// Reads the watch's own Pub/Sub subscription, to whose topic a sink hands audit entries on as they are
/// taken in. Whoever may change that sink can cut it: so it is fast, and never the only witness.
struct GCPQueueReader: Sendable {
  let facts: GCPFacts
  let queue: GCPQueuePlace
  let clock: ProbeClock
  private let failures = GCPQueueFailures()

  init(facts: GCPFacts, queue: GCPQueuePlace, clock: ProbeClock) {
    self.facts = facts
    self.queue = queue
    self.clock = clock
  }

  var path: PathID {
    PathID(
      source: GCPProbes.queueSource(facts.account.name), kind: .queue,
      region: PlainLine.make(queue.id, limit: 40))
  }

  private var id: String { "gcp.queue gcp/\(facts.account.name)" }

  var reader: EventReader {
    let (client, queue) = (facts.client, queue)
    return EventReader(
      id: id,
      permissions: [GCPPermission.pubSubSubscriptionsConsume, .sinksList].map(\.rawValue),
      paths: [path], receive: receive,
      release: { receipts in
        // What is not acknowledged comes again, and is known by its event.
        do throws(CloudError) {
          try await client.acknowledge(
            subscription: queue.id, project: queue.project, ackIDs: receipts)
        } catch {
          return
        }
      })
  }

  private func receive(_ now: Timestamp) async -> ProbeReport {
    if let pause = failures.pause { await clock.sleep(pause) }
    let start = clock.uptime()
    let result = await look(now)
    if case .blind = result { failures.more() } else { failures.none() }
    return ProbeReport(
      probe: id, began: now, ended: now + (clock.uptime() - start),
      looks: [Look(path: path, result: result)])
  }

  private func look(_ now: Timestamp) async -> Look.Result {
    let (client, queue) = (facts.client, queue)
    do throws(Blindness) {
      let messages = try await blindly { () async throws(CloudError) in
        try await client.pull(subscription: queue.id, project: queue.project, most: 100)
      }
      return .saw(.queue(await sighting(messages, now)))
    } catch {
      return .blind(error)
    }
  }

  private func sighting(_ messages: [PulledMessage], _ now: Timestamp) async -> QueueSighting {
    var sighting = QueueSighting(receipts: messages.map(\.ackID))
    var known: [CloudUnit: GCPParts] = [:]
    for message in messages {
      guard let entry = message.entry else {
        sighting.unreadable.append(Hex.encode(SHA256.digest(message.data)))
        continue
      }
      guard let (unit, record) = act(entry) else {
        sighting.foreign += 1
        continue
      }
      let parts: GCPParts
      if let found = known[unit] {
        parts = found
      } else {
        parts = await facts.parts(in: unit, at: now)
        known[unit] = parts
      }
      guard let change = parts.change(record, witness: PipelineChange.queue) else {
        sighting.foreign += 1
        continue
      }
      sighting.changes.append(change)
      sighting.newest = max(sighting.newest ?? change.cause.at, change.cause.at)
    }
    return sighting
  }

  /// An Admin Activity entry of a watched unit that may be an act on the pipeline.
  private func act(_ entry: LogEntry) -> (CloudUnit, GCPRecord)? {
    guard entry.logID == LogQuery.AuditLog.activity.logID, let record = GCPRecord(entry),
      record.audit != nil,
      let unit = facts.account.units.first(where: { $0.id == entry.parent })
    else { return nil }
    return (unit, record)
  }
}

/// How long to wait before the next try, after some that failed: 5 s to 60 s.
private final class GCPQueueFailures: Sendable {
  private let count = Mutex(0)

  var pause: Duration? {
    let failed = count.withLock { $0 }
    return failed == 0 ? nil : .seconds(min(60, 5 << min(failed - 1, 4)))
  }

  func more() { count.withLock { $0 += 1 } }
  func none() { count.withLock { $0 = 0 } }
}
