import Foundation

/// An alarm on one metric (CloudWatch API Reference, `MetricAlarm`).
public struct MetricAlarm: Sendable, Equatable {
  public var name: String
  public var arn: String
  /// Nil for an alarm on an expression (`metrics` then has what it reads).
  public var metric: MetricName?
  /// What its expression reads.
  public var metrics: [MetricName] = []
  /// Of the one metric, by name.
  public var dimensions: [String: String] = [:]
  public var isActionsEnabled: Bool
  /// ARNs: topics, and other things that CloudWatch can call.
  public var alarmActions: [String] = []
  public var okActions: [String] = []
  public var insufficientDataActions: [String] = []
  /// `OK`, `ALARM`, `INSUFFICIENT_DATA`.
  public var state: String
  public var stateReason: String?
  /// UTC.
  public var stateUpdated: Date?
  public var stateTransitioned: Date?
  /// `GreaterThanThreshold`, `LessThanThreshold` …
  public var comparison: String?
  public var threshold: Double?
  /// `missing` where AWS leaves it out: then an alarm without data is INSUFFICIENT_DATA.
  public var treatMissingData: String = "missing"

  public init(name: String, arn: String, isActionsEnabled: Bool, state: String) {
    self.name = name
    self.arn = arn
    self.isActionsEnabled = isActionsEnabled
    self.state = state
  }
}

/// A metric's name and namespace.
public struct MetricName: Sendable, Hashable {
  public var name: String
  public var namespace: String

  public init(name: String, namespace: String) {
    self.name = name
    self.namespace = namespace
  }
}

/// An alarm on alarms (`CompositeAlarm`).
public struct CompositeAlarm: Sendable, Equatable {
  public var name: String
  public var arn: String
  /// `ALARM("a") OR ALARM("b")`.
  public var rule: String
  public var isActionsEnabled: Bool
  public var alarmActions: [String] = []
  public var state: String
  public var stateUpdated: Date?
  /// An alarm that keeps this one's actions back while it is in ALARM.
  public var actionsSuppressor: String?

  public init(name: String, arn: String, rule: String, isActionsEnabled: Bool, state: String) {
    self.name = name
    self.arn = arn
    self.rule = rule
    self.isActionsEnabled = isActionsEnabled
    self.state = state
  }
}

/// All alarms of a region.
public struct Alarms: Sendable, Equatable {
  public var metric: [MetricAlarm]
  public var composite: [CompositeAlarm]

  public init(metric: [MetricAlarm] = [], composite: [CompositeAlarm] = []) {
    self.metric = metric
    self.composite = composite
  }
}
