import WatchCore

/// Finds out what became of the records of a silent time. Asked for an alert of silence, not by
/// the clock: while the gap is open, and again some time after it ended.
public struct GapProbe: Sendable {
  /// A stretch of one source's time in one region, in UTC.
  public struct Question: Hashable, Sendable {
    public var source: SourceID
    public var region: String
    public var from: Timestamp
    /// The end of the gap; *now* while it is open.
    public var to: Timestamp

    public init(source: SourceID, region: String, from: Timestamp, to: Timestamp) {
      self.source = source
      self.region = region
      self.from = from
      self.to = to
    }
  }

  /// What was found out, or why nothing could be.
  public enum Answer: Hashable, Sendable {
    case account(GapAccount)
    case blind(Blindness)
  }

  /// Every IAM action that asking can call.
  public var permissions: [String]
  /// Asks. The time is *now* by the watch's clock.
  public var ask: @Sendable (Question, Timestamp) async -> Answer

  public init(
    permissions: [String], ask: @escaping @Sendable (Question, Timestamp) async -> Answer
  ) {
    self.permissions = permissions
    self.ask = ask
  }
}
