import Foundation

/// A log group's settings (CloudWatch Logs API Reference, `LogGroup`).
public struct LogGroup: Sendable, Equatable {
  public var name: String
  /// Without the `:*` that older answers end in.
  public var arn: String
  /// Days; nil: events never expire.
  public var retentionDays: Int?
  public var kmsKeyID: String?
  /// `STANDARD`, `INFREQUENT_ACCESS` (which has no metric filters) or `DELIVERY`.
  public var groupClass: String?
  /// Masking of fields: `ACTIVATED`, `DISABLED` …
  public var dataProtection: String?

  public init(name: String, arn: String) {
    self.name = name
    self.arn = arn
  }
}

/// A metric filter of a log group (`MetricFilter`).
public struct MetricFilter: Sendable, Equatable {
  public var name: String
  /// Empty: every event.
  public var pattern: String
  public var metrics: [Metric]

  /// What it counts into (`MetricTransformation`).
  public struct Metric: Sendable, Equatable {
    public var name: String
    public var namespace: String
    /// Published for minutes without a match; nil: nothing is.
    public var defaultValue: Double?
    public var hasDimensions: Bool

    public init(
      name: String, namespace: String, defaultValue: Double? = nil, hasDimensions: Bool = false
    ) {
      self.name = name
      self.namespace = namespace
      self.defaultValue = defaultValue
      self.hasDimensions = hasDimensions
    }
  }

  public init(name: String, pattern: String, metrics: [Metric]) {
    self.name = name
    self.pattern = pattern
    self.metrics = metrics
  }
}

/// A subscription filter of a log group (`SubscriptionFilter`): events are streamed somewhere.
public struct SubscriptionFilter: Sendable, Equatable {
  public var name: String
  public var pattern: String
  public var destinationARN: String

  public init(name: String, pattern: String, destinationARN: String) {
    self.name = name
    self.pattern = pattern
    self.destinationARN = destinationARN
  }
}

extension AWSClient {
  /// DescribeLogGroups: the groups whose names begin so. IAM: `logs:DescribeLogGroups`.
  public func logGroups(prefix: String, region: String) async throws(AWSError) -> [LogGroup] {
    try await logsPages(
      "DescribeLogGroups", list: "logGroups", region: region,
      [JSONMember("logGroupNamePrefix", .string(prefix))]
    ) { (entry) throws(AWSError) in
      let name = try entry.needText("logGroupName")
      let old = try entry.text("arn")
      guard let arn = try entry.text("logGroupArn") ?? old else {
        throw entry.answer.unreadable("a log group has no ARN")
      }
      var group = LogGroup(
        name: name, arn: arn.hasSuffix(":*") ? String(arn.dropLast(2)) : arn)
      group.retentionDays = try entry.count("retentionInDays")
      group.kmsKeyID = try entry.text("kmsKeyId")
      group.groupClass = try entry.text("logGroupClass")
      group.dataProtection = try entry.text("dataProtectionStatus")
      return group
    }
  }

  /// DescribeMetricFilters of a group. IAM: `logs:DescribeMetricFilters`.
  public func metricFilters(
    group: String, region: String
  ) async throws(AWSError) -> [MetricFilter] {
    try await logsPages(
      "DescribeMetricFilters", list: "metricFilters", region: region,
      [JSONMember("logGroupName", .string(group))]
    ) { (entry) throws(AWSError) in
      var metrics: [MetricFilter.Metric] = []
      for metric in try entry.objects("metricTransformations") {
        metrics.append(
          MetricFilter.Metric(
            name: try metric.needText("metricName"),
            namespace: try metric.needText("metricNamespace"),
            defaultValue: try metric.number("defaultValue"),
            hasDimensions: metric.value["dimensions"]?.members?.isEmpty == false))
      }
      return MetricFilter(
        name: try entry.needText("filterName"), pattern: try entry.text("filterPattern") ?? "",
        metrics: metrics)
    }
  }

  /// DescribeSubscriptionFilters of a group. IAM: `logs:DescribeSubscriptionFilters`.
  public func subscriptionFilters(
    group: String, region: String
  ) async throws(AWSError) -> [SubscriptionFilter] {
    try await logsPages(
      "DescribeSubscriptionFilters", list: "subscriptionFilters", region: region,
      [JSONMember("logGroupName", .string(group))]
    ) { (entry) throws(AWSError) in
      SubscriptionFilter(
        name: try entry.needText("filterName"), pattern: try entry.text("filterPattern") ?? "",
        destinationARN: try entry.needText("destinationArn"))
    }
  }

  /// All pages of a list, 50 a page; a list that does not end is unreadable, never partial.
  private func logsPages<Item>(
    _ operation: String, list: String, region: String, _ fixed: [JSONMember],
    _ read: (JSONMembers) throws(AWSError) -> Item
  ) async throws(AWSError) -> [Item] {
    var items: [Item] = []
    let isWhole = try await Paging.walk(operation, cap: Paging.settingsCap) {
      (token) async throws(AWSError) in
      let more = token.map { [JSONMember("nextToken", .string($0))] } ?? []
      let call = AWSCall.json(
        .logs, target: "Logs_20140328", operation, region: region, fixed + more)
      let answer = try await answer(to: call)
      let body = JSONMembers(answer: answer, value: try answer.json())
      _ = try body.needList(list)
      for entry in try body.objects(list) { items.append(try read(entry)) }
      return try body.text("nextToken").map { .more(token: $0) } ?? .end
    }
    guard isWhole else { throw Paging.endless(operation) }
    return items
  }
}
