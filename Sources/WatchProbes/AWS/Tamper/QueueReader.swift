import CloudAPI
import Crypto
import WatchCore

/// Reads the watch's own queue, to which EventBridge (or a topic) pushes audit events as they happen.
/// The wire that it listens on is the one that an attacker cuts (EventBridge needs a trail that
/// logs): so it is fast, and never the only witness.
struct QueueReader: Sendable {
  let facts: AccountFacts
  let sources: [SourcePlan]
  /// The queue's URL.
  let queue: String
  let clock: ProbeClock
  private let patience = QueuePatience()

  init(facts: AccountFacts, sources: [SourcePlan], queue: String, clock: ProbeClock) {
    self.facts = facts
    self.sources = sources
    self.queue = queue
    self.clock = clock
  }

  /// Where the URL's host names none: the account's own region.
  private var region: String { QueueRegion.of(queue) ?? facts.anchors[0] }

  var path: PathID {
    PathID(
      source: AWSProbes.queueSource(facts.account.name), kind: .queue, region: region)
  }

  private var id: String { "aws.queue aws/\(facts.account.name)" }

  var reader: EventReader {
    let (client, queue, region) = (facts.client, queue, region)
    return EventReader(
      id: id,
      permissions: ["cloudtrail:DescribeTrails", "sqs:DeleteMessage", "sqs:ReceiveMessage"],
      paths: [path], receive: receive,
      release: { receipts in
        // What cannot be deleted comes again, and is known by its event's id.
        do throws(AWSError) {
          try await client.deleteMessages(queue: queue, region: region, receipts: receipts)
        } catch {
          return
        }
      })
  }

  private func receive(_ now: Timestamp) async -> ProbeReport {
    await patience.report(id: id, path: path, at: now, clock: clock, look: look)
  }

  private func look(_ now: Timestamp) async -> Look.Result {
    do throws(Blindness) {
      // Without the parts nothing that is taken could be judged: better leave it where it is.
      let parts = try await facts.parts(of: sources, at: now).get()
      let messages = try await blindly { () async throws(AWSError) in
        try await facts.client.receiveMessages(queue: queue, region: region)
      }
      return .saw(.queue(Self.sighting(messages, parts, region)))
    } catch {
      return .blind(error)
    }
  }

  static func sighting(
    _ messages: [QueueMessage], _ parts: PipelineParts, _ region: String
  ) -> QueueSighting {
    var sighting = QueueSighting(receipts: messages.map(\.receipt))
    for message in messages {
      switch QueueEnvelope.read(message.body) {
      case .unreadable:
        sighting.unreadable.append(hash(message.body))
      case .other: sighting.foreign += 1
      case .event(var event):
        if event.eventID.isEmpty { event.eventID = "sha256:\(hash(message.body))" }
        guard let record = AuditRecord(event, region: region),
          let change = parts.change(record, witness: PipelineChange.queue)
        else {
          sighting.foreign += 1
          continue
        }
        sighting.changes.append(change)
        sighting.newest = max(sighting.newest ?? record.cause.at, record.cause.at)
      }
    }
    return sighting
  }

  private static func hash(_ body: String) -> String {
    Hex.encode(SHA256.digest(Array(body.utf8)))
  }
}
