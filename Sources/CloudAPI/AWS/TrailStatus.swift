import Foundation

/// A trail's own word on itself in one region (CloudTrail API Reference, `GetTrailStatus`).
/// Empty strings are nil. CloudTrail leaves error members out when there is no error, and for
/// deliveries that timed out.
public struct TrailStatus: Sendable, Equatable {
  public var isLogging: Bool
  public var latestDeliveryError: String?
  public var latestNotificationError: String?
  public var latestDeliveryTime: Date?
  public var latestNotificationTime: Date?
  public var startLoggingTime: Date?
  public var stopLoggingTime: Date?
  public var latestCloudWatchLogsDeliveryError: String?
  public var latestCloudWatchLogsDeliveryTime: Date?
  public var latestDigestDeliveryTime: Date?
  public var latestDigestDeliveryError: String?
  /// Members that AWS calls no longer in use, as sent: shown, never judged.
  public var deprecated = Deprecated()

  public init(isLogging: Bool) {
    self.isLogging = isLogging
  }

  public struct Deprecated: Sendable, Equatable {
    public var latestDeliveryAttemptTime: String?
    public var latestNotificationAttemptTime: String?
    public var latestNotificationAttemptSucceeded: String?
    public var latestDeliveryAttemptSucceeded: String?
    public var timeLoggingStarted: String?
    public var timeLoggingStopped: String?

    public init() {}
  }
}
