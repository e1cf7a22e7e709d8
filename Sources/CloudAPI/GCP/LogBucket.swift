import Foundation

/// Where Cloud Logging stores entries (Cloud Logging API v2, `LogBucket`).
public struct LogBucket: Sendable, Equatable {
  /// Whole: `projects/acme-1/locations/global/buckets/_Default`.
  public var name: String
  /// In days; 30 where nothing is said, which is Google's default.
  public var retentionDays: Int
  /// Retention cannot be shortened, the bucket not be deleted; never undone.
  public var isLocked: Bool
  /// `ACTIVE`, `DELETE_REQUESTED`, `UPDATING`, `CREATING`, `FAILED`; empty where nothing is said.
  public var state: String
  public var description: String
  /// Fields that readers without a permission of its own are not shown.
  public var restrictedFields: [String]
  public var kmsKey: String?
  public var created: Date?
  public var updated: Date?

  /// `_Default`
  public var shortName: String { name.split(separator: "/").last.map(String.init) ?? name }

  /// `global`, `europe-west3`; empty when the name has none.
  public var location: String {
    let parts = name.split(separator: "/").map(String.init)
    guard let index = parts.firstIndex(of: "locations"), index + 1 < parts.count else { return "" }
    return parts[index + 1]
  }
}

/// Logging's settings of a project, folder or organization (`Settings`).
public struct LoggingSettings: Sendable, Equatable {
  public var name: String
  /// New projects get no enabled `_Default` sink.
  public var disablesDefaultSink: Bool
  public var storageLocation: String?
  public var kmsKey: String?
  /// Who writes on Logging's behalf.
  public var loggingServiceAccount: String?
  /// The filter and exclusions that `_Default` sinks of new projects get; nil where none are set.
  public var defaultSinkFilter: String?
  /// `APPEND` or `OVERWRITE`.
  public var defaultSinkMode: String?
  public var defaultSinkExclusions: [LogExclusion]
}
