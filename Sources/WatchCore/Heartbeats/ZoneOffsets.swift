/// How far a time zone is from UTC, and since when: a table, so that the rules about hours need no
/// time zone database. WatchSetup fills it from the system's.
public struct ZoneOffsets: Hashable, Sendable {
  /// The IANA name: `Europe/Berlin`.
  public let name: String
  /// Oldest first; before the first one its offset holds too.
  public let changes: [Change]

  /// From this moment on the zone's clocks are so far ahead of UTC (behind: negative).
  public struct Change: Hashable, Sendable {
    public var at: Timestamp
    public var seconds: Int

    public init(at: Timestamp, seconds: Int) {
      self.at = at
      self.seconds = seconds
    }
  }

  public init(name: String, changes: [Change]) {
    self.name = name
    self.changes = changes.sorted { $0.at < $1.at }
  }

  public static let utc = ZoneOffsets(name: "UTC", changes: [])

  /// Milliseconds to add to UTC at a moment, and when that changes next.
  func offset(at time: Timestamp) -> (millis: Int64, until: Timestamp?) {
    var low = 0
    var high = changes.count
    while low < high {
      let middle = (low + high) / 2
      if changes[middle].at <= time { low = middle + 1 } else { high = middle }
    }
    let held = changes.isEmpty ? 0 : changes[max(0, low - 1)].seconds
    return (Int64(held) * 1000, low < changes.count ? changes[low].at : nil)
  }
}
