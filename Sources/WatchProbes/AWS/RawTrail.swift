import CloudAPI
import Foundation

/// A trail's settings and status under the API's own names, for the raw view.
enum RawTrail {
  /// Unicode scalars that are kept.
  static let limit = 8_000

  static func text(_ trail: Trail, _ status: CloudAPI.TrailStatus) -> String {
    let members = [
      member("TrailARN", trail.arn), member("S3BucketName", trail.s3BucketName),
      member("S3KeyPrefix", trail.s3KeyPrefix), flag("IsMultiRegionTrail", trail.isMultiRegion),
      flag("IsOrganizationTrail", trail.isOrganization),
      flag("IncludeGlobalServiceEvents", trail.includesGlobalServiceEvents),
      flag("LogFileValidationEnabled", trail.validatesLogFiles),
      member("CloudWatchLogsLogGroupArn", trail.logGroupARN), member("KmsKeyId", trail.kmsKeyID),
      member("SnsTopicARN", trail.snsTopicARN), flag("IsLogging", status.isLogging),
      time("StartLoggingTime", status.startLoggingTime),
      time("StopLoggingTime", status.stopLoggingTime),
      time("LatestDeliveryTime", status.latestDeliveryTime),
      member("LatestDeliveryError", status.latestDeliveryError),
      time("LatestDigestDeliveryTime", status.latestDigestDeliveryTime),
      member("LatestDigestDeliveryError", status.latestDigestDeliveryError),
      time("LatestCloudWatchLogsDeliveryTime", status.latestCloudWatchLogsDeliveryTime),
      member("LatestCloudWatchLogsDeliveryError", status.latestCloudWatchLogsDeliveryError),
      time("LatestNotificationTime", status.latestNotificationTime),
      member("LatestNotificationError", status.latestNotificationError),
    ]
    let deprecated = [
      member("LatestDeliveryAttemptTime", status.deprecated.latestDeliveryAttemptTime),
      member("LatestDeliveryAttemptSucceeded", status.deprecated.latestDeliveryAttemptSucceeded),
      member("TimeLoggingStarted", status.deprecated.timeLoggingStarted),
      member("TimeLoggingStopped", status.deprecated.timeLoggingStopped),
    ]
    return JSONValue.object((members + deprecated).compactMap { $0 }).text.cut(limit)
  }

  private static func member(_ name: String, _ value: String?) -> JSONMember? {
    value.map { JSONMember(name, .string($0)) }
  }

  private static func flag(_ name: String, _ value: Bool?) -> JSONMember? {
    value.map { JSONMember(name, .bool($0)) }
  }

  private static func time(_ name: String, _ value: Date?) -> JSONMember? {
    value.map { JSONMember(name, .string(TimeText.iso8601($0))) }
  }
}
