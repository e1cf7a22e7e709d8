import WatchCore

/// The fast witness: reads audit events that are pushed to a queue of the watch's own. It is no
/// probe, since it also writes: it deletes the messages whose content the journal has.
public struct EventReader: Sendable {
  /// Stable over restarts: `aws.queue aws/prod`.
  public var id: String
  /// Every IAM action that reading and releasing can call.
  public var permissions: [String]
  public var paths: [PathID]
  /// Waits for the next events, some twenty seconds at most; called again when its report was
  /// taken. That it could not read is what it saw.
  public var receive: @Sendable (Timestamp) async -> ProbeReport
  /// Deletes messages by their receipts: the journal has what they said. A message that could not
  /// be deleted comes again, and is known by its event id.
  public var release: @Sendable ([String]) async -> Void

  public init(
    id: String, permissions: [String], paths: [PathID],
    receive: @escaping @Sendable (Timestamp) async -> ProbeReport,
    release: @escaping @Sendable ([String]) async -> Void
  ) {
    self.id = id
    self.permissions = permissions
    self.paths = paths
    self.receive = receive
    self.release = release
  }
}
