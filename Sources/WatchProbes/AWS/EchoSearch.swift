import CloudAPI
import Crypto
import WatchCore

/// Looks for echoes at one end.
struct EchoSearch: Sendable {
  /// Whether there is such an end, and whether it can be looked at.
  enum End<Value: Sendable>: Sendable {
    case none
    case at(Value)
    case blind(Blindness)
  }

  /// What one search gave; `blind`: it was not searched whole.
  struct Found: Sendable {
    var backs: [EchoTrack.Back] = []
    var blind: Blindness?
  }

  let facts: AccountFacts
  let trail: Trail
  let home: String
  var group: End<TrailGroup>
  var bucket: End<String> = .none
  /// Whose calls ours are: their records lie under this account.
  var account = ""
  var organization: String?

  init(facts: AccountFacts, trail: Trail, home: String, group: End<TrailGroup>) {
    self.facts = facts
    self.trail = trail
    self.home = home
    self.group = group
    if let name = trail.s3BucketName {
      bucket = .at(name)
    } else {
      bucket = .blind(Blindness(kind: .unreadable, detail: "DescribeTrails: no bucket"))
    }
  }

  /// In an organization's bucket, ours is one account's folder of many.
  var member: String? {
    trail.isOrganization == true && !account.isEmpty ? account : nil
  }

  var hasGroup: Bool {
    if case .none = group { false } else { true }
  }

  /// Why an end cannot be looked at at all.
  func standing(_ kind: PathKind) -> Blindness? {
    switch kind {
    case .group: if case .blind(let why) = group { why } else { nil }
    case .s3: if case .blind(let why) = bucket { why } else { nil }
    default: nil
    }
  }

  /// Clocks apart: an event can be stamped so much before the call that it tells of.
  private static let slack = Duration.minutes(2)
  private static let groupPages = 10
  private static let historyPages = 4
  /// Objects that one look opens.
  private static let objectLimit = 60
  /// Of one object, as stored and inflated; log files are a few hundred kilobytes.
  static let storedBytes = 8 << 20
  static let inflatedBytes = 96 << 20

  func find(
    _ waiting: [EchoTrack.Sent], at kind: PathKind, in region: String, _ files: inout EchoFiles,
    _ now: Timestamp
  ) async -> Found {
    guard let oldest = waiting.first else { return Found() }
    do throws(Blindness) {
      switch (kind, group, bucket) {
      case (.group, .at(let group), _):
        return try await inGroup(group, waiting, from: oldest.at - Self.slack, now)
      case (.group, .blind(let why), _), (.s3, _, .blind(let why)): throw why
      case (.s3, _, .at(let bucket)):
        return try await inBucket(bucket, waiting, region, &files, now)
      case (.history, _, _): return try await inHistory(waiting, region, now)
      default: return Found()
      }
    } catch {
      return Found(blind: await facts.placed(error, of: trail, at: now))
    }
  }

  /// The nonces are the terms, joined by OR; what comes back is searched again, since a server may
  /// understand less of patterns.
  private func inGroup(
    _ group: TrailGroup, _ waiting: [EchoTrack.Sent], from start: Timestamp, _ now: Timestamp
  ) async throws(Blindness) -> Found {
    let nonces = Set(waiting.map(\.nonce))
    let pattern =
      waiting.count == 1
      ? waiting.map(\.nonce).joined() : waiting.map { "?\($0.nonce)" }.joined(separator: " ")
    let page = try await blindly { () async throws(AWSError) in
      try await facts.client.filterLogEvents(
        group: group.name, region: group.region, start: start.foundationDate,
        end: (now + FolderLister.tolerance).foundationDate, pattern: pattern,
        pageLimit: Self.groupPages)
    }
    var found = Found()
    for event in page.events {
      let arrived = Timestamp(event.ingested ?? event.timestamp) ?? now
      for nonce in EchoNonce.find(nonces, in: Array(event.message.utf8)) {
        found.backs.append(
          EchoTrack.Back(
            nonce: nonce, arrived: min(arrived, now),
            record: PlainLine.make(event.stream, limit: 200)))
      }
    }
    if page.isCut {
      found.blind = .bound("FilterLogEvents: more than \(Self.groupPages) pages for an echo")
    }
    return found
  }

  /// Newest first: the first that is found settles what was sent before it.
  private func inHistory(
    _ waiting: [EchoTrack.Sent], _ region: String, _ now: Timestamp
  ) async throws(Blindness) -> Found {
    let nonces = Set(waiting.map(\.nonce))
    let start = (waiting.first?.at ?? now) - Self.slack
    let history = try await blindly { () async throws(AWSError) in
      await facts.pace.turn(region)
      return try await facts.client.lookupEvents(
        region: region, attribute: .eventName("GetTrailStatus"), start: start.foundationDate,
        pageLimit: Self.historyPages
      ) { event in
        !EchoNonce.find(nonces, in: Array((event.text ?? "").utf8)).isEmpty
      }
    }
    var found = Found()
    for event in history.events {
      for nonce in EchoNonce.find(nonces, in: Array((event.text ?? "").utf8)) {
        found.backs.append(
          EchoTrack.Back(
            nonce: nonce, arrived: now, record: PlainLine.make(event.eventID, limit: 100)))
      }
    }
    if history.isCut, found.backs.isEmpty {
      found.blind = .bound("LookupEvents: more than \(Self.historyPages) pages of GetTrailStatus")
    }
    return found
  }

  private func inBucket(
    _ bucket: String, _ waiting: [EchoTrack.Sent], _ region: String, _ files: inout EchoFiles,
    _ now: Timestamp
  ) async throws(Blindness) -> Found {
    let oldest = waiting.first?.at ?? now
    files.trim(before: oldest - Self.slack)
    let layout = LogLayout(
      prefix: trail.s3KeyPrefix, organization: organization, account: account, region: region)
    let lister = FolderLister(client: facts.client, bucket: bucket, region: home)
    let listed = try await lister.objects(layout, from: oldest - Self.slack, to: now)
    let fresh = listed.filter { $0.modified >= oldest - Self.slack && !files.isSearched($0) }
      .sorted { ($0.modified, $0.key) < ($1.modified, $1.key) }
    let nonces = Set(waiting.map(\.nonce))
    var found = Found()
    // The newest: a call that came back settles those before it.
    for object in fresh.suffix(Self.objectLimit) {
      let unread: Blindness?
      do throws(Blindness) {
        for nonce in try await nonces.found(in: object.key, bucket, home, facts.client) {
          found.backs.append(
            EchoTrack.Back(nonce: nonce, arrived: object.modified, record: object.key))
        }
        unread = nil
      } catch  where error.kind == .unreadable || error.kind == .missing {
        unread = error
      }
      files.keep(object, unread: unread)
    }
    if fresh.count > Self.objectLimit, found.backs.isEmpty {
      found.blind = .bound("\(fresh.count - Self.objectLimit) log objects not opened for an echo")
    }
    return found
  }
}

extension Set<String> {
  /// Which of these nonces one log object holds.
  fileprivate func found(
    in key: String, _ bucket: String, _ region: String, _ client: AWSClient
  ) async throws(Blindness) -> Set<String> {
    let stored = try await blindly { () async throws(AWSError) in
      try await client.getObject(
        bucket: bucket, key: key, limitBytes: EchoSearch.storedBytes, region: region)
    }
    do {
      let bytes = try Gunzip.inflate(stored, limit: EchoSearch.inflatedBytes)
      return EchoNonce.find(self, in: bytes)
    } catch {
      throw Blindness(kind: .unreadable, detail: "GetObject: a log file is no whole gzip file")
    }
  }
}
