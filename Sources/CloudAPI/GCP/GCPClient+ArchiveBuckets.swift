/// Archives in Cloud Storage (JSON API v1).
extension GCPClient {
  /// buckets.get; nil when there is none of that name. IAM: `storage.buckets.get`.
  public func archiveBucket(_ name: String) async throws(CloudError) -> ArchiveBucket? {
    let call = GCPCall(
      .storage, "storage.buckets.get", [.storageBucketsGet], place: "buckets/\(name)",
      path: "/b/\(PercentEncoding.encode(name))")
    return try await existing(call) { (body) throws(CloudError) in try Self.bucket(body) }
  }

  /// objects.list, in the order of their names; sinks name theirs by log and hour
  /// (`cloudaudit.googleapis.com/activity/2026/11/20/09:00:00_09:59:59_S0.json`).
  /// IAM: `storage.objects.list`.
  /// - Parameters:
  ///   - startAt: the first name wanted, itself included; nil for the prefix's first.
  public func archiveObjects(
    bucket: String, prefix: String, startAt: String? = nil
  ) async throws(CloudError) -> [ArchiveObject] {
    var call = GCPCall(
      .storage, "storage.objects.list", [.storageObjectsList], place: "buckets/\(bucket)",
      path: "/b/\(PercentEncoding.encode(bucket))/o")
    call.query = [(name: "prefix", value: prefix)]
    if let startAt { call.query.append((name: "startOffset", value: startAt)) }
    return try await list(call, "items") { (entry) throws(CloudError) in
      guard let updated = try entry.time("updated") else {
        throw entry.answer.unreadable("an object has no time")
      }
      return ArchiveObject(
        name: try entry.needText("name"), size: try entry.int64("size") ?? 0, updated: updated)
    }
  }

  private static func bucket(_ body: CloudMembers) throws(CloudError) -> ArchiveBucket {
    let retention = try body.object("retentionPolicy")
    let access = try body.object("iamConfiguration")
    var rules: [ArchiveBucket.Rule] = []
    for rule in try body.object("lifecycle")?.objects("rule") ?? [] {
      rules.append(
        ArchiveBucket.Rule(
          action: try rule.object("action")?.text("type") ?? "",
          ageDays: try rule.object("condition")?.count("age")))
    }
    return ArchiveBucket(
      name: try body.needText("name"), location: try body.text("location"),
      retentionSeconds: try retention?.int64("retentionPeriod"),
      isRetentionLocked: try retention?.flag("isLocked") ?? false,
      retentionEffective: try retention?.time("effectiveTime"),
      publicAccessPrevention: try access?.text("publicAccessPrevention") ?? "",
      hasUniformAccess: try access?.object("uniformBucketLevelAccess")?.flag("enabled") ?? false,
      isVersioned: try body.object("versioning")?.flag("enabled") ?? false,
      softDeleteSeconds: try body.object("softDeletePolicy")?.int64("retentionDurationSeconds")
        ?? 0,
      rules: rules, holdsNewObjects: try body.flag("defaultEventBasedHold") ?? false,
      kmsKey: try body.object("encryption")?.text("defaultKmsKeyName"))
  }
}
