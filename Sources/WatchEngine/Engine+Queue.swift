import WatchCore

/// One turn at the watch's own queue: its messages may be deleted when the journal has the events.
struct QueueTurn: Hashable, Sendable {
  var receipts: [String]
  var events: Set<String>
}

/// Messages that nobody can read: told of one by one at first, by their number when they are many.
struct UnreadMessages: Hashable, Sendable {
  var toldAt: Timestamp
  var more = 0
  var last = ""
}

extension Engine {
  /// Turns that are kept while the journal cannot be written; older messages come again.
  private static let turnLimit = 500
  /// Between two entries about messages that cannot be read.
  private static let unreadEvery: Duration = .minutes(10)

  /// Changes that were pushed to us: dealt with like those of Event history, of which they are the
  /// second witness.
  mutating func take(_ queue: QueueSighting, on path: PathID) {
    knowledge.heartbeats[path]?.looked(at: lookedAt, newest: queue.newest)
    for change in queue.changes { take(change) }
    var events = Set(queue.changes.compactMap(\.cause.event))
    if let told = take(unread: queue.unreadable, on: path) { events.insert(told) }
    guard !queue.receipts.isEmpty else { return }
    knowledge.turns[path, default: []].append(
      QueueTurn(receipts: queue.receipts, events: events))
    let extra = (knowledge.turns[path]?.count ?? 0) - Engine.turnLimit
    if extra > 0 { knowledge.turns[path]?.removeFirst(extra) }
  }

  /// What the journal has may be deleted from the queue, and nothing else.
  mutating func releases() -> [EngineEffect] {
    knowledge.turns.keys.sorted().compactMap { path in
      let turns = knowledge.turns[path] ?? []
      func isWritten(_ turn: QueueTurn) -> Bool {
        turn.events.allSatisfy {
          picture.knownEvents.contains($0) || knowledge.dismissed.contains($0)
        }
      }
      let receipts = turns.filter(isWritten).flatMap(\.receipts)
      guard !receipts.isEmpty else { return nil }
      let left = turns.filter { !isWritten($0) }
      knowledge.turns[path] = left.isEmpty ? nil : left
      return .release(path, receipts: receipts)
    }
  }

  /// A message that cannot be read is an entry with its hash; when they are many, the first one is,
  /// and every ten minutes the number of the others. Gives the event to wait for.
  private mutating func take(unread hashes: [String], on path: PathID) -> String? {
    guard let first = hashes.first else { return nil }
    if var known = knowledge.unread[path], now - known.toldAt < Engine.unreadEvery {
      known.more += hashes.count
      known.last = hashes.last ?? first
      knowledge.unread[path] = known
      knowledge.remarks.append("\(known.more) more messages of the queue could not be read")
      return nil
    }
    let more = hashes.count - 1
    knowledge.unread[path] = UnreadMessages(toldAt: now)
    return tellUnread(first, more: more, on: path)
  }

  /// The number of those that came since.
  mutating func tellUnread() {
    for (path, unread) in knowledge.unread.sorted(by: { $0.key < $1.key })
    where now - unread.toldAt >= Engine.unreadEvery {
      knowledge.unread[path] = nil
      if unread.more > 0 { _ = tellUnread(unread.last, more: unread.more - 1, on: path) }
    }
  }

  private mutating func tellUnread(_ hash: String, more: Int, on path: PathID) -> String {
    let event = "sha256:\(hash) \(now.iso)"
    let others = more > 0 ? ", and \(more) more like it" : ""
    take(
      PipelineChange(
        cause: Cause(
          actor: "unknown", action: "unreadable message", region: path.region, at: now,
          event: event),
        stage: .queue, sources: plan.sources.map(\.id).filter { isOwn($0, path) },
        difference: ["sha256 \(hash)\(others)"], witness: PipelineChange.queue))
    return event
  }

  private func isOwn(_ source: SourceID, _ path: PathID) -> Bool {
    source.cloud == path.source.cloud && source.account == path.source.account
  }
}
