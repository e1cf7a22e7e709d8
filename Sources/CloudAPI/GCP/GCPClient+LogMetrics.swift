/// Logs-based metrics (Cloud Logging API v2, metrics).
extension GCPClient {
  /// metrics.list. IAM: `logging.logMetrics.list`.
  public func logMetrics(project: String) async throws(CloudError) -> [LogMetric] {
    let parent = GCPParent.project(project)
    let call = GCPCall(
      .logging, "logging.projects.metrics.list", [.logMetricsList], place: parent.name,
      path: "/v2/\(parent.path)/metrics")
    return try await list(call, "metrics") { (entry) throws(CloudError) in try Self.metric(entry) }
  }

  /// metrics.get; nil when there is none of that name. IAM: `logging.logMetrics.get`.
  public func logMetric(_ name: String, project: String) async throws(CloudError) -> LogMetric? {
    let parent = GCPParent.project(project)
    let call = GCPCall(
      .logging, "logging.projects.metrics.get", [.logMetricsGet], place: parent.name,
      path: "/v2/\(parent.path)/metrics/\(PercentEncoding.encode(name))")
    return try await existing(call) { (body) throws(CloudError) in try Self.metric(body) }
  }

  static func metric(_ entry: CloudMembers) throws(CloudError) -> LogMetric {
    let descriptor = try entry.object("metricDescriptor")
    return LogMetric(
      name: try entry.needText("name"), filter: try entry.text("filter") ?? "",
      description: try entry.text("description") ?? "",
      isDisabled: try entry.flag("disabled") ?? false, bucketName: try entry.text("bucketName"),
      metricKind: try descriptor?.text("metricKind"),
      valueType: try descriptor?.text("valueType"), created: try entry.time("createTime"),
      updated: try entry.time("updateTime"), whole: entry.value)
  }
}
