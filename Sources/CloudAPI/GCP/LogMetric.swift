import Foundation

/// A logs-based metric (Cloud Logging API v2, `LogMetric`): what Monitoring can alert on.
public struct LogMetric: Sendable, Equatable {
  /// Short: `audit-entries`.
  public var name: String
  public var filter: String
  public var description: String
  public var isDisabled: Bool
  /// The one log bucket that is counted; nil for all entries of the project.
  public var bucketName: String?
  /// `DELTA`, `INT64` for a counter.
  public var metricKind: String?
  public var valueType: String?
  public var created: Date?
  public var updated: Date?
  /// All of it, as an update must send it back.
  public var whole: JSONValue

  /// As policies and timeSeries call it.
  public var metricType: String { "logging.googleapis.com/user/\(name)" }
}
