/// Where Logging stores (Cloud Logging API v2, buckets and settings).
extension GCPClient {
  /// buckets.list over all locations: `global` alone would miss regional ones.
  /// IAM: `logging.buckets.list`.
  public func logBuckets(of parent: GCPParent) async throws(CloudError) -> [LogBucket] {
    let call = GCPCall(
      .logging, "logging.buckets.list", [.bucketsList], place: parent.name,
      path: "/v2/\(parent.path)/locations/-/buckets")
    return try await list(call, "buckets") { (entry) throws(CloudError) in
      LogBucket(
        name: try entry.needText("name"),
        retentionDays: try entry.int64("retentionDays").map { Int(clamping: $0) } ?? 30,
        isLocked: try entry.flag("locked") ?? false,
        state: try entry.text("lifecycleState") ?? "",
        description: try entry.text("description") ?? "",
        restrictedFields: try entry.texts("restrictedFields"),
        kmsKey: try entry.object("cmekSettings")?.text("kmsKeyName"),
        created: try entry.time("createTime"), updated: try entry.time("updateTime"))
    }
  }

  /// getSettings. IAM: `logging.settings.get`.
  public func loggingSettings(of parent: GCPParent) async throws(CloudError) -> LoggingSettings {
    let call = GCPCall(
      .logging, "logging.settings.get", [.loggingSettingsGet], place: parent.name,
      path: "/v2/\(parent.path)/settings")
    let body = try await answer(to: call)
    let sink = try body.object("defaultSinkConfig")
    var exclusions: [LogExclusion] = []
    for entry in try sink?.objects("exclusions") ?? [] {
      exclusions.append(try Self.exclusion(entry))
    }
    return LoggingSettings(
      name: try body.needText("name"),
      disablesDefaultSink: try body.flag("disableDefaultSink") ?? false,
      storageLocation: try body.text("storageLocation"), kmsKey: try body.text("kmsKeyName"),
      loggingServiceAccount: try body.text("loggingServiceAccountId"),
      defaultSinkFilter: try sink?.text("filter"), defaultSinkMode: try sink?.text("mode"),
      defaultSinkExclusions: exclusions)
  }
}
