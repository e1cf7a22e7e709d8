import WatchCore

/// Tells in words alone what a screen's header shows at once: that the watch is gone, or stands still,
/// and that it is there again. Each once.
public struct LifeTeller: Sendable {
  /// What was said last of a watch that is not there; nil: it is.
  private var trouble: String?

  public init() {}

  /// Nil where there is nothing to say.
  public mutating func line(_ life: WatchLife) -> String? {
    switch life {
    case .gone(_, let why):
      guard why != trouble else { return nil }
      trouble = why
      return "WATCH GONE: \(why)"
    case .alive:
      defer { trouble = nil }
      return trouble == nil ? nil : "the watch is alive again"
    // A single look, or one that has not looked yet: nobody watches.
    case .starting: return nil
    }
  }

  /// Its loop does not turn.
  public mutating func line(stalled why: String) -> String {
    trouble = why
    return "WATCH STALLED: \(why)"
  }
}
