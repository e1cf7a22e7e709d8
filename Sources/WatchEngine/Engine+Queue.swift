import WatchCore

extension Engine {
  /// Changes that were pushed to us: dealt with like those of Event history, of which they are the
  /// second witness.
  mutating func take(_ queue: QueueSighting, on path: PathID) {
    knowledge.heartbeats[path]?.looked(at: lookedAt, newest: queue.newest)
    knowledge.receipts[path, default: []] += queue.receipts
  }
}
