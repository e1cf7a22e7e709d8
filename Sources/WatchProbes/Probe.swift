import WatchCore

/// One question to a cloud, asked again and again: what to ask, how often, and by which permissions.
/// It never throws: that it could not look is what it saw.
public struct Probe: Sendable {
  /// Stable over restarts: `aws.trail aws/prod/use1`.
  public var id: String
  /// How often it is asked, in the watch's time.
  public var interval: Duration
  /// Every IAM action that looking can call: `cloudtrail:GetTrailStatus`.
  public var permissions: [String]
  /// The paths that are known before the first look. A look reports each of them, seen or blind,
  /// and may report more.
  public var paths: [PathID]
  /// Looks once. The time is *now* by the watch's clock.
  public var look: @Sendable (Timestamp) async -> ProbeReport

  public init(
    id: String, interval: Duration = .seconds(60), permissions: [String], paths: [PathID],
    look: @escaping @Sendable (Timestamp) async -> ProbeReport
  ) {
    self.id = id
    self.interval = interval
    self.permissions = permissions
    self.paths = paths
    self.look = look
  }
}
