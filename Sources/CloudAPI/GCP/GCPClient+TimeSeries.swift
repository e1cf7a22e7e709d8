import Foundation

/// Measurements (Cloud Monitoring API v3, timeSeries.list).
extension GCPClient {
  /// What a sink has not been able to export: one series a sink, with labels `name` and
  /// `destination`. Google counts sinks of projects alone, samples each minute and shows it up to 420
  /// seconds late; a healthy sink often has no series at all. IAM: `monitoring.timeSeries.list`.
  public func sinkErrors(
    project: String, from: Date, to: Date
  ) async throws(CloudError) -> [MetricSeries] {
    try await timeSeries(
      project: project, metric: "logging.googleapis.com/exports/error_count",
      resource: "logging_sink", from: from, to: to)
  }

  /// What a sink has exported, counted likewise. IAM: `monitoring.timeSeries.list`.
  public func sinkExports(
    project: String, from: Date, to: Date
  ) async throws(CloudError) -> [MetricSeries] {
    try await timeSeries(
      project: project, metric: "logging.googleapis.com/exports/log_entry_count",
      resource: "logging_sink", from: from, to: to)
  }

  /// timeSeries.list, not aligned: the points as they were written. IAM: `monitoring.timeSeries.list`.
  /// - Parameters:
  ///   - metric: a metric's type; `resource`: a monitored resource's, nil for any.
  ///   - labels: of the metric, by name, each of which must be so.
  /// - Throws: `CloudError.incomplete` when Google could not look everywhere: never taken for zero.
  public func timeSeries(
    project: String, metric: String, resource: String? = nil, labels: [String: String] = [:],
    from: Date, to: Date
  ) async throws(CloudError) -> [MetricSeries] {
    let parent = GCPParent.project(project)
    var call = GCPCall(
      .monitoring, "monitoring.projects.timeSeries.list", [.timeSeriesList], place: parent.name,
      path: "/v3/\(parent.path)/timeSeries")
    var clauses = ["metric.type=\(LogQuery.quoted(metric))"]
    if let resource { clauses.append("resource.type=\(LogQuery.quoted(resource))") }
    for (name, value) in labels.sorted(by: { $0.key < $1.key }) {
      clauses.append("metric.labels.\(name)=\(LogQuery.quoted(value))")
    }
    call.query = [
      (name: "filter", value: clauses.joined(separator: " AND ")),
      (name: "interval.startTime", value: TimeText.iso8601(from)),
      (name: "interval.endTime", value: TimeText.iso8601(to)), (name: "view", value: "FULL"),
    ]
    let question = call
    var found: [MetricSeries] = []
    let isComplete = try await pages(call, cap: Paging.settingsCap) { (body) throws(CloudError) in
      try refusePart(body, question)
      for entry in try body.objects("timeSeries") { Self.add(try Self.series(entry), to: &found) }
      return true
    }
    guard isComplete else { throw Paging.endless(call.operation) }
    return found
  }

  /// `executionErrors` and `unreachable` say that the data are not whole.
  private func refusePart(_ body: CloudMembers, _ call: GCPCall) throws(CloudError) {
    let errors = try body.list("executionErrors") ?? []
    let unreachable = try body.texts("unreachable")
    guard !errors.isEmpty || !unreachable.isEmpty else { return }
    let words =
      errors.first?["message"]?.string ?? "not reachable: \(unreachable.joined(separator: " "))"
    throw incomplete(
      call, code: "PARTIAL", words,
      reasons: (errors.isEmpty ? [] : ["executionErrors"])
        + (unreachable.isEmpty ? [] : ["unreachable"]))
  }

  /// One series may be spread over pages.
  private static func add(_ series: MetricSeries, to found: inout [MetricSeries]) {
    let same = found.firstIndex {
      $0.metricType == series.metricType && $0.metricLabels == series.metricLabels
        && $0.resourceType == series.resourceType && $0.resourceLabels == series.resourceLabels
    }
    if let same { found[same].points += series.points } else { found.append(series) }
  }

  private static func series(_ entry: CloudMembers) throws(CloudError) -> MetricSeries {
    guard let metric = try entry.object("metric") else {
      throw entry.answer.unreadable("a time series names no metric")
    }
    let resource = try entry.object("resource")
    var series = MetricSeries(
      metricType: try metric.needText("type"), metricLabels: try metric.labels("labels"),
      resourceType: try resource?.text("type") ?? "",
      resourceLabels: try resource?.labels("labels") ?? [:])
    for point in try entry.objects("points") { series.points.append(try Self.point(point)) }
    return series
  }

  private static func point(_ entry: CloudMembers) throws(CloudError) -> MetricSeries.Point {
    guard let interval = try entry.object("interval"), let end = try interval.time("endTime"),
      let value = try entry.object("value")
    else { throw entry.answer.unreadable("a point has no interval or no value") }
    var number = try value.number("doubleValue")
    if let whole = try value.int64("int64Value") { number = Double(whole) }
    return MetricSeries.Point(start: try interval.time("startTime") ?? end, end: end, value: number)
  }
}
