import CloudAPI
import WatchCore

/// Finds the newest event that arrived in streams of a log group, with few calls.
///
/// FilterLogEvents goes by the events' own time and oldest first, and what a stream's description
/// says of its newest event is up to an hour late. So a stretch that is long enough for a delivery
/// to be called silent is searched; in a busy one the search jumps towards its end: any arrival in it
/// proves the path at that time.
struct GroupReader: Sendable {
  let client: AWSClient
  let group: TrailGroup

  /// What one look found.
  struct Found: Hashable, Sendable {
    var newest: GroupRecord?
    /// Events that were seen in the stretch: a bound, not a census.
    var count = 0
    /// Events that arrived in the future: counted, never the newest.
    var futureDated = 0
  }

  static let pages = 4
  private static let jumps = 8

  /// The newest arrival among events that happened in a stretch of time.
  func newest(
    in streams: [String], from: Timestamp, to: Timestamp, at now: Timestamp
  ) async throws(Blindness) -> Found {
    var found = Found()
    var start = from
    for _ in 0..<Self.jumps {
      let (begin, end) = (start, to)
      let page = try await blindly { () async throws(AWSError) in
        try await client.filterLogEvents(
          group: group.name, region: group.region, streams: streams,
          start: begin.foundationDate, end: end.foundationDate, pageLimit: Self.pages)
      }
      found.take(page.events, at: now)
      guard page.isCut else { return found }
      let last = page.events.compactMap { Timestamp($0.timestamp) }.max() ?? start
      start = max(last + .milliseconds(1), start + (min(to, now) - start) / 2)
      if start >= to { return found }
    }
    if found.newest == nil {
      throw .bound("FilterLogEvents: no event in \(Self.pages * Self.jumps) pages")
    }
    return found
  }
}

/// One event of a log group, as far as liveness goes.
struct GroupRecord: Hashable, Sendable {
  var stream: String
  /// By CloudWatch Logs' clock.
  var arrived: Timestamp
  /// The log event's own timestamp: what FilterLogEvents searches by.
  var stamp: Timestamp
  /// `eventTime` of the CloudTrail record inside, where it can be read.
  var event: Timestamp?
}

extension GroupReader.Found {
  fileprivate mutating func take(_ events: [GroupEvent], at now: Timestamp) {
    var top: (record: GroupRecord, message: String)?
    for event in events {
      guard let stamp = Timestamp(event.timestamp) else { continue }
      let arrived = event.ingested.flatMap { Timestamp($0) } ?? stamp
      if arrived > now + FolderLister.tolerance {
        futureDated += 1
        continue
      }
      count += 1
      if let best = top?.record, (arrived, stamp) <= (best.arrived, best.stamp) { continue }
      top = (GroupRecord(stream: event.stream, arrived: arrived, stamp: stamp), event.message)
    }
    guard let top, newest.map({ top.record.arrived > $0.arrived }) ?? true else { return }
    newest = top.record
    newest?.event = Self.eventTime(top.message, arrived: top.record.arrived)
  }

  /// An event cannot have happened after it arrived; clocks apart.
  private static func eventTime(_ message: String, arrived: Timestamp) -> Timestamp? {
    guard let value = try? JSONReader.read(Array(message.utf8)),
      let at = CloudTrailRecord(value)?.eventTime.flatMap({ Timestamp($0) }),
      at <= arrived + FolderLister.tolerance
    else { return nil }
    return at
  }
}
