import CloudAPI
import Crypto
import WatchCore

/// Reads the watch's own Pub/Sub subscription, to whose topic a sink hands audit entries on as they are
/// taken in. Whoever may change that sink can cut it: so it is fast, and never the only witness.
struct GCPQueueReader: Sendable {
  let facts: GCPFacts
  let queue: GCPQueuePlace
  let clock: ProbeClock
  private let patience = QueuePatience()

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
    await patience.report(id: id, path: path, at: now, clock: clock, look: look)
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
