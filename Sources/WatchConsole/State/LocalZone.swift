import WatchCore

/// The office's time beside UTC.
public struct LocalZone: Hashable, Sendable {
  /// Seconds east of Greenwich.
  public var offset: Int
  /// `+01`, `-0330`.
  public var label: String

  public init(offset: Int, label: String) {
    self.offset = offset
    self.label = label
  }

  public static let utc = LocalZone(offset: 0, label: "+00")

  /// `04:12`
  public func clock(_ time: Timestamp) -> String {
    String((time + .seconds(offset)).shortClock.dropLast())
  }

  /// `04:12:44`
  public func longClock(_ time: Timestamp) -> String {
    String((time + .seconds(offset)).clock.dropLast())
  }
}
