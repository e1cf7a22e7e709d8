/// THE WRITE of the opt-in echo, and the only change to anybody's settings that we ever make.
extension GCPClient {
  /// metrics.update: sets the description of one logs-based metric, which has been made for this.
  /// The metric is read first and sent back as it is, filter and all, with the new description; one
  /// that is not there is not made. The update is an Admin Activity entry
  /// (`google.logging.v2.MetricsServiceV2.UpdateLogMetric`), which is what the echo listens for.
  /// IAM: `logging.logMetrics.get`, `logging.logMetrics.update`.
  /// - Parameters:
  ///   - note: letters, digits, spaces and `/ . : _ -`; anything else is left out.
  /// - Returns: false when there is no such metric: nothing was written.
  public func writeEchoNote(
    _ note: String, metric name: String, project: String
  ) async throws(CloudError) -> Bool {
    guard let metric = try await logMetric(name, project: project) else { return false }
    let parent = GCPParent.project(project)
    var call = GCPCall(
      .logging, "logging.projects.metrics.update", [.logMetricsUpdate], place: parent.name,
      path: "/v2/\(parent.path)/metrics/\(PercentEncoding.encode(name))")
    call.method = "PUT"
    call.scope = .loggingWrite
    // What the server itself writes is not sent back.
    let fixed = (metric.whole.members ?? []).filter {
      !["createTime", "updateTime", "resourceName", "description"].contains($0.name)
    }
    call.body = .object(fixed + [JSONMember("description", .string(Self.plainNote(note)))])
    let written = try Self.metric(try await answer(to: call))
    guard written.filter == metric.filter else {
      throw .unreadable(
        UnreadableAnswer(
          operation: call.operation, status: 200, reason: "the metric has another filter now"))
    }
    return true
  }

  /// Google allows 8,000 characters; ours are few.
  private static func plainNote(_ note: String) -> String {
    let kept = note.unicodeScalars.filter {
      $0.isASCII && ($0.properties.isAlphabetic || "0123456789 /.:_-".unicodeScalars.contains($0))
    }
    return String(String.UnicodeScalarView(kept.prefix(400)))
  }
}
