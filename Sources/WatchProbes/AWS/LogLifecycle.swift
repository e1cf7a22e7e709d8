import CloudAPI
import WatchCore

/// What a bucket's lifecycle does to a trail's log files and digests.
struct LogLifecycle: Sendable {
  /// When log files are taken away first.
  enum End: Hashable, Sendable {
    case never
    /// Days after they were written.
    case after(days: Int, rule: String)
    /// All that are there, at that time.
    case on(Timestamp, rule: String)
  }

  private let rules: [LifecycleRule]

  /// - Parameter folders: what the rules must touch to count.
  init(_ rules: [LifecycleRule], folders: LogFolderNames) {
    self.rules = rules.filter { $0.isEnabled && Self.canMean($0) && folders.touches($0.prefix) }
  }

  /// Log files bear no tags, and none is larger than 50 MB (CloudTrail quotas).
  private static func canMean(_ rule: LifecycleRule) -> Bool {
    rule.tags.isEmpty && (rule.largerThan ?? 0) < 50 << 20 && (rule.smallerThan ?? .max) > 1
  }

  /// The earliest expiration of current versions: deletion, or a marker where versions are kept.
  var end: End {
    let dated = rules.compactMap { rule in
      rule.expireAt.flatMap { Timestamp($0) }.map { ($0, Self.name(rule)) }
    }.min { $0.0 < $1.0 }
    if let dated { return .on(dated.0, rule: dated.1) }
    let days = rules.compactMap { rule in rule.expireDays.map { ($0, Self.name(rule)) } }
    return days.min { $0.0 < $1.0 }.map { .after(days: $0.0, rule: $0.1) } ?? .never
  }

  /// Days for which superseded versions are kept; nil: for ever.
  var olderVersionDays: Int? { rules.compactMap(\.noncurrentDays).min() }

  /// `GLACIER after 90 days`, and deletion last.
  var inWords: String {
    let moves = rules.flatMap(\.moves).sorted { ($0.days ?? .max) < ($1.days ?? .max) }.map {
      move in
      "\(move.storageClass) " + (move.days.map { "after \($0) days" } ?? "at a date")
    }
    let end: String
    switch self.end {
    case .never: end = "never deleted"
    case .after(let days, _): end = "expire after \(days) days"
    case .on(let time, _): end = "all expire on \(time.date)"
    }
    let older = olderVersionDays.map { ["old versions deleted after \($0) days"] } ?? []
    return (moves + [end] + older).joined(separator: ", ")
  }

  private static func name(_ rule: LifecycleRule) -> String {
    PlainLine.make(rule.id ?? "without a name", limit: 60)
  }
}

/// Where a trail's log files and digests lie, to tell whether a prefix touches them.
struct LogFolderNames: Hashable, Sendable {
  var prefix: String?
  /// Twelve digits.
  var account: String
  /// For an organization's trail its id, nil while that is not known.
  var organization: String?
  var isOrganization = false

  private static let services = ["CloudTrail", "CloudTrail-Digest"]

  /// Whether any of the keys begin with it.
  func touches(_ wanted: String) -> Bool {
    let root = LogLayout.root(prefix: prefix)
    if root.hasPrefix(wanted) { return true }
    guard wanted.hasPrefix(root) else { return false }
    let parts = wanted.dropFirst(root.count).split(
      separator: "/", omittingEmptySubsequences: false
    ).map(String.init)
    if Self.fits(parts, [account], service: 1) { return true }
    guard isOrganization else { return false }
    return Self.fits(parts, [organization, nil], service: 2)
  }

  /// Whether the parts of a path go down these folders, nil standing for any, and then into one of
  /// the services; the last part may be half a name.
  private static func fits(_ parts: [String], _ folders: [String?], service: Int) -> Bool {
    for (index, part) in parts.enumerated() where index <= service {
      let names = index == service ? services : folders[index].map { [$0] }
      guard let names else { continue }
      let isLast = index == parts.count - 1
      guard names.contains(where: { isLast ? $0.hasPrefix(part) : $0 == part }) else {
        return false
      }
    }
    return true
  }
}
