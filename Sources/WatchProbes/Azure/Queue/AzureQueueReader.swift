import CloudAPI
import Crypto
import WatchCore

/// Reads the watch's own storage queue, to which Event Grid (or an Activity Log alert's action) pushes
/// operations as they happen, minutes before the Activity Log tells of them. Whoever may delete an
/// event subscription can cut it: so it is fast, and never the only witness.
struct AzureQueueReader: Sendable {
  let facts: AzureFacts
  let queue: QueuePlace
  let clock: ProbeClock
  private let patience = QueuePatience()

  init(facts: AzureFacts, queue: QueuePlace, clock: ProbeClock) {
    self.facts = facts
    self.queue = queue
    self.clock = clock
  }

  /// A storage queue has no long poll: it is asked so often in one turn.
  private static let tries = 4
  private static let pause = Duration.seconds(5)

  var path: PathID {
    PathID(
      source: AzureProbes.queueSource(facts.account.name), kind: .queue,
      region: PlainLine.make(queue.account, limit: 40))
  }

  private var id: String { "azure.queue azure/\(facts.account.name)" }

  var reader: EventReader {
    let (client, queue) = (facts.client, queue)
    return EventReader(
      id: id, permissions: [AzureAction.processMessages.name], paths: [path], receive: receive,
      release: { receipts in
        // What cannot be deleted comes again, and is known by its event.
        do throws(CloudError) {
          try await client.deleteMessages(queue, receipts.compactMap(QueueMessage.init(handle:)))
        } catch {
          return
        }
      })
  }

  private func receive(_ now: Timestamp) async -> ProbeReport {
    await patience.report(id: id, path: path, at: now, clock: clock, look: look)
  }

  private func look(_ now: Timestamp) async -> Look.Result {
    let parts = await facts.parts()
    let own = await facts.identity(at: now)
    do throws(Blindness) {
      var messages: [QueueMessage] = []
      for turn in 0..<Self.tries {
        if turn > 0 { await clock.sleep(Self.pause) }
        messages = try await blindly { () async throws(CloudError) in
          try await facts.client.receiveMessages(queue)
        }
        if !messages.isEmpty { break }
      }
      return .saw(.queue(sighting(messages, parts, own)))
    } catch {
      return .blind(error)
    }
  }

  private func sighting(
    _ messages: [QueueMessage], _ parts: AzureParts, _ own: AzureIdentity?
  ) -> QueueSighting {
    var sighting = QueueSighting(receipts: messages.map(\.handle))
    for message in messages {
      switch GridEnvelope.read(message.body) {
      case .unreadable: sighting.unreadable.append(Self.hash(message.body))
      case .other: sighting.foreign += 1
      case .event(var event):
        if event.correlationID == nil, event.eventDataID == nil {
          event.eventDataID = "sha256:\(Self.hash(message.body))"
        }
        guard let change = change(event, parts, own) else {
          sighting.foreign += 1
          continue
        }
        sighting.changes.append(change)
        sighting.newest = max(sighting.newest ?? change.cause.at, change.cause.at)
      }
    }
    return sighting
  }

  private func change(
    _ event: ActivityEvent, _ parts: AzureParts, _ own: AzureIdentity?
  ) -> PipelineChange? {
    // Only its end is told here; the beginning of an operation has no message.
    guard let record = ActivityRecord(event), let resource = record.resource,
      let unit = facts.unit(of: resource),
      let act = ActivityAct.all([record]).first, !act.isUnderWay
    else { return nil }
    return parts.change(act, in: unit, own: own, witness: PipelineChange.queue)
  }

  private static func hash(_ body: String) -> String {
    Hex.encode(SHA256.digest(Array(body.utf8)))
  }
}

extension QueueMessage {
  /// What deleting needs, as one text: `id receipt`.
  var handle: String { "\(id ?? "") \(receipt)" }

  init?(handle: String) {
    guard let space = handle.firstIndex(of: " "), space != handle.startIndex else { return nil }
    self.init(
      receipt: String(handle[handle.index(after: space)...]), id: String(handle[..<space]),
      body: "")
  }
}
