import CloudAPI
import WatchCore

/// Finds the newest log object under a trail's dated folders, with few calls.
///
/// Keys sort by the minute in their name, and within it by a random part; objects come late and out
/// of order. So the newest is the one with the greatest LastModified, and each look goes back an
/// hour behind the newest that is known.
struct FolderLister: Sendable {
  let client: AWSClient
  let bucket: String
  /// Where the bucket is asked for first.
  let region: String

  /// What one look found.
  struct Found: Hashable, Sendable {
    var newest: LogObject?
    var count = 0
    /// Objects whose LastModified lies in the future: counted, never the newest.
    var futureDated = 0
  }

  /// How far an object's time may be ahead of our clock.
  static let tolerance = Duration.minutes(5)
  private static let overlap = Duration.hours(1)
  /// Folders that are opened at most to find a newest object that is not of the last two days.
  private static let climbLimit = 16

  /// The newest object, as far as this look needs to go back.
  func newest(
    _ layout: LogLayout, after known: LogObject?, at now: Timestamp
  ) async throws(Blindness) -> Found {
    if let known, now - known.stamp < .hours(7 * 24) {
      let start = min(known.stamp, now) - Self.overlap
      return try await found(layout, from: start, to: now, at: now)
    }
    let recent = try await found(layout, from: now - Self.overlap, to: now, at: now)
    if recent.newest != nil { return recent }
    let today = now.dayStart
    let days = try await found(layout, from: today - .hours(24), to: now, at: now)
    if days.newest != nil { return days }
    return try await climb(layout, before: today, at: now)
  }

  /// All log objects that were named in that time, day folder by day folder.
  func objects(
    _ layout: LogLayout, from: Timestamp, to: Timestamp
  ) async throws(Blindness) -> [LogObject] {
    var objects: [LogObject] = []
    var day = from.dayStart
    while day <= to {
      let start = day < from ? layout.start(from) : nil
      objects += try await list(layout, day, startAfter: start)
      day = day + .hours(24)
    }
    return objects
  }

  private func found(
    _ layout: LogLayout, from: Timestamp, to: Timestamp, at now: Timestamp
  ) async throws(Blindness) -> Found {
    Self.judge(try await objects(layout, from: from, to: to), at: now)
  }

  static func judge(_ objects: [LogObject], at now: Timestamp) -> Found {
    let limit = now + tolerance
    let real = objects.filter { $0.modified <= limit }
    return Found(
      newest: real.max { $0.modified < $1.modified }, count: real.count,
      futureDated: objects.count - real.count)
  }

  private func list(
    _ layout: LogLayout, _ day: Timestamp, startAfter: String?
  ) async throws(Blindness) -> [LogObject] {
    let prefix = layout.day(day)
    let listing = try await blindly { () async throws(AWSError) in
      try await client.listObjects(
        bucket: bucket, prefix: prefix, startAfter: startAfter, limitPages: 200, region: region)
    }
    // What was not listed is the newest part: an answer without it would be an old one.
    if listing.isCut { throw .bound("ListObjectsV2: more than 200 pages in \(prefix)") }
    return listing.objects.compactMap { object in
      guard let stamp = layout.stamp(ofKey: object.key),
        let modified = Timestamp(object.lastModified)
      else { return nil }
      return LogObject(key: object.key, stamp: stamp, modified: modified)
    }
  }

  /// Down the newest year, month and day that there are; the next older one where a folder holds no
  /// log.
  private func climb(
    _ layout: LogLayout, before limit: Timestamp, at now: Timestamp
  ) async throws(Blindness) -> Found {
    var open = [layout.base]
    var opened = 0
    while let folder = open.popLast() {
      opened += 1
      if opened > Self.climbLimit {
        throw .bound("ListObjectsV2: no log in \(Self.climbLimit) folders of \(layout.base)")
      }
      let parts = folder.dropFirst(layout.base.count).split(separator: "/").map(String.init)
      if parts.count == 3 {
        guard let day = Timestamp(iso: "\(parts.joined(separator: "-"))T00:00:00Z") else {
          continue
        }
        let found = Self.judge(try await list(layout, day, startAfter: nil), at: now)
        if found.newest != nil { return found }
      } else {
        let digits = parts.isEmpty ? 4 : 2
        let inside = try await subfolders(folder).filter { name in
          name.utf8.count == digits && name.utf8.allSatisfy { (0x30...0x39).contains($0) }
            && "\((parts + [name]).joined(separator: "/"))/" <= "\(limit.dayPath)/"
        }
        open += inside.sorted().map { "\(folder)\($0)/" }
      }
    }
    return Found()
  }

  /// The names right under a folder.
  private func subfolders(_ folder: String) async throws(Blindness) -> [String] {
    let listing = try await blindly { () async throws(AWSError) in
      try await client.listObjects(
        bucket: bucket, prefix: folder, delimiter: "/", limitPages: 20, region: region)
    }
    if listing.isCut { throw .bound("ListObjectsV2: more than 20 pages in \(folder)") }
    return listing.commonPrefixes.compactMap { prefix in
      guard prefix.hasPrefix(folder), prefix.hasSuffix("/") else { return nil }
      return String(prefix.dropFirst(folder.count).dropLast())
    }
  }

  /// The accounts that an organization's trail has written for; empty where there is none yet.
  func members(prefix: String?) async throws(Blindness) -> [LogMember] {
    let root = LogLayout.root(prefix: prefix)
    var members: [LogMember] = []
    for organization in try await subfolders(root) where LogLayout.isOrganization(organization) {
      let accounts = try await subfolders("\(root)\(organization)/")
      members += accounts.filter { LogLayout.isAccount($0) }.map {
        LogMember(organization: organization, account: $0)
      }
    }
    return members
  }
}
