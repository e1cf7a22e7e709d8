import Foundation

/// One time series (Cloud Monitoring API v3, `TimeSeries`).
public struct MetricSeries: Sendable, Equatable {
  /// One value over an interval, both ends UTC; a gauge's has one moment.
  public struct Point: Sendable, Equatable {
    public var start: Date
    public var end: Date
    /// Nil for what is no number: a text, a distribution.
    public var value: Double?

    public init(start: Date, end: Date, value: Double?) {
      self.start = start
      self.end = end
      self.value = value
    }
  }

  public var metricType: String
  public var metricLabels: [String: String]
  public var resourceType: String
  public var resourceLabels: [String: String]
  /// Newest first.
  public var points: [Point]

  /// The sum of a counter's points.
  public var total: Double { points.reduce(0) { $0 + ($1.value ?? 0) } }

  public init(
    metricType: String, metricLabels: [String: String] = [:], resourceType: String = "",
    resourceLabels: [String: String] = [:], points: [Point] = []
  ) {
    self.metricType = metricType
    self.metricLabels = metricLabels
    self.resourceType = resourceType
    self.resourceLabels = resourceLabels
    self.points = points
  }
}
