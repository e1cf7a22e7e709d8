import Foundation

/// An alerting policy (Cloud Monitoring API v3, `AlertPolicy`).
public struct AlertPolicy: Sendable, Equatable {
  /// Whole: `projects/acme-1/alertPolicies/1`.
  public var name: String
  public var displayName: String
  /// Nil where Google does not say: then nothing may be assumed.
  public var isEnabled: Bool?
  /// `AND`, `OR`, `AND_WITH_MATCHING_RESOURCE`.
  public var combiner: String?
  public var conditions: [AlertCondition]
  /// Whole names; a channel may be gone.
  public var channels: [String]
  /// Why it is not valid and never fires; nil when it is valid.
  public var invalid: String?
  /// Who changed it last, and when (UTC).
  public var changedBy: String?
  public var changed: Date?
}

/// One condition of a policy.
public struct AlertCondition: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    case absent = "conditionAbsent"
    case threshold = "conditionThreshold"
    case matchedLog = "conditionMatchedLog"
    case monitoringQuery = "conditionMonitoringQueryLanguage"
    case prometheusQuery = "conditionPrometheusQueryLanguage"
    case sql = "conditionSql"
    case unknown
  }

  public var displayName: String
  public var kind: Kind
  /// The filter, or the query.
  public var filter: String
  /// How long it must hold, in seconds.
  public var durationSeconds: Double?
  /// `COMPARISON_GT`, …; of thresholds alone.
  public var comparison: String?
  public var threshold: Double?
  /// Of thresholds: `EVALUATION_MISSING_DATA_ACTIVE` treats missing data as a breach.
  public var missingData: String?
  /// The longest alignment period, in seconds.
  public var alignmentSeconds: Double?
  /// It looks at how much a second, and not at how much (`ALIGN_RATE`).
  public var isRate = false

  /// The condition asks about this metric (`logging.googleapis.com/user/NAME`).
  public func reads(metricType: String) -> Bool {
    // A longer name must not pass for it: what follows is no part of a metric's name.
    var rest = filter[...]
    while let found = rest.range(of: metricType) {
      let next = rest[found.upperBound...].unicodeScalars.first
      guard let next, next.properties.isAlphabetic || "0123456789_-/.".unicodeScalars.contains(next)
      else { return true }
      rest = rest[found.upperBound...]
    }
    return false
  }
}
