import Foundation

/// Where policies send to (Cloud Monitoring API v3, `NotificationChannel`). Addresses and keys, which
/// are in its labels, are not kept.
public struct NotificationChannel: Sendable, Equatable {
  /// Whole: `projects/acme-1/notificationChannels/2`.
  public var name: String
  public var displayName: String
  /// `email`, `pagerduty`, `pubsub`, `slack`, `webhook_tokenauth`, …
  public var type: String
  /// Nil where Google does not say.
  public var isEnabled: Bool?
  /// `VERIFIED`, `UNVERIFIED` (then nothing is sent), or empty: no proof is needed.
  public var verification: String
}

/// A time in which policies are silent (Cloud Monitoring API v3, `Snooze`).
public struct Snooze: Sendable, Equatable {
  public var name: String
  public var displayName: String
  /// Whole names of policies.
  public var policies: [String]
  /// Of which alerts alone; nil for all of the policies'.
  public var filter: String?
  /// UTC; the end is not included.
  public var start: Date?
  public var end: Date?

  /// An end that is not said is one that has not come.
  public func isActive(at moment: Date) -> Bool {
    moment >= start ?? .distantPast && moment < end ?? .distantFuture
  }
}
