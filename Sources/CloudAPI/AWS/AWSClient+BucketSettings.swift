/// What a bucket is set up to do. Nil is S3's own word that a thing is not set; what is denied, or
/// cannot be read, is an error and never nil. Answers are read by element, not by root: servers
/// differ in that.
extension AWSClient {
  /// GetBucketVersioning. IAM: `s3:GetBucketVersioning`.
  public func bucketVersioning(
    bucket: String, region: String
  ) async throws(AWSError) -> BucketVersioning {
    let body = try await setting("GetBucketVersioning", "versioning", bucket, region)
    let status = try body.node["Status"].map { (_) throws(AWSError) in
      try body.needWord("Status", of: ["Enabled", "Suspended"])
    }
    // Never set, and an answer to something else, look alike but for the root's name.
    if status == nil, !body.node.children.isEmpty || !body.node.name.contains("Versioning") {
      throw body.answer.unreadable("it names no versioning status")
    }
    let mfa = try body.node["MfaDelete"].map { (_) throws(AWSError) in
      try body.needWord("MfaDelete", of: ["Enabled", "Disabled"]) == "Enabled"
    }
    return BucketVersioning(
      status: status.flatMap(BucketVersioning.Status.init) ?? .never, mfaDelete: mfa)
  }

  /// GetBucketEncryption: the default of new objects. IAM: `s3:GetEncryptionConfiguration`.
  public func bucketEncryption(
    bucket: String, region: String
  ) async throws(AWSError) -> BucketEncryption? {
    let body = try await setting(
      "GetBucketEncryption", "encryption", bucket, region,
      unset: "ServerSideEncryptionConfigurationNotFoundError")
    guard let body else { return nil }
    guard let rule = body["Rule"], let chosen = rule["ApplyServerSideEncryptionByDefault"] else {
      throw body.answer.unreadable("it has no default encryption rule")
    }
    return BucketEncryption(
      algorithm: try chosen.needText("SSEAlgorithm"), keyID: chosen.text("KMSMasterKeyID"),
      usesBucketKey: try rule.flag("BucketKeyEnabled") ?? false)
  }

  /// GetBucketLifecycleConfiguration: its rules. IAM: `s3:GetLifecycleConfiguration`.
  public func bucketLifecycle(
    bucket: String, region: String
  ) async throws(AWSError) -> [LifecycleRule]? {
    let body = try await setting(
      "GetBucketLifecycleConfiguration", "lifecycle", bucket, region,
      unset: "NoSuchLifecycleConfiguration")
    guard let body else { return nil }
    var rules: [LifecycleRule] = []
    for entry in body.all("Rule") { rules.append(try LifecycleRule.read(entry)) }
    if rules.isEmpty { throw body.answer.unreadable("it has no rule") }
    return rules
  }

  /// GetObjectLockConfiguration. IAM: `s3:GetBucketObjectLockConfiguration`.
  public func objectLock(bucket: String, region: String) async throws(AWSError) -> ObjectLock? {
    let body = try await setting(
      "GetObjectLockConfiguration", "object-lock", bucket, region,
      unset: "ObjectLockConfigurationNotFoundError")
    guard let body else { return nil }
    _ = try body.needWord("ObjectLockEnabled", of: ["Enabled"])
    guard let kept = body["Rule"]?["DefaultRetention"] else { return ObjectLock() }
    let mode = try kept.needWord("Mode", of: ["GOVERNANCE", "COMPLIANCE"])
    let retention = ObjectLock.Retention(
      mode: mode == "COMPLIANCE" ? .compliance : .governance,
      days: try kept.count("Days") ?? 0, years: try kept.count("Years") ?? 0)
    guard (1...100_000).contains(retention.days) || (1...1_000).contains(retention.years) else {
      throw body.answer.unreadable("its default retention has no usable period")
    }
    return ObjectLock(retention: retention)
  }

  /// GetBucketLogging: where access logs go, nil where nowhere. IAM: `s3:GetBucketLogging`.
  public func bucketLogging(
    bucket: String, region: String
  ) async throws(AWSError) -> BucketLogging? {
    let body = try await setting("GetBucketLogging", "logging", bucket, region)
    guard let target = body["LoggingEnabled"] else {
      guard body.node.children.isEmpty, body.node.name.contains("Logging") else {
        throw body.answer.unreadable("it is no logging status")
      }
      return nil
    }
    return BucketLogging(
      targetBucket: try target.needText("TargetBucket"),
      targetPrefix: target.text("TargetPrefix") ?? "")
  }

  /// GetBucketReplication: its rules. IAM: `s3:GetReplicationConfiguration`.
  public func bucketReplication(
    bucket: String, region: String
  ) async throws(AWSError) -> [ReplicationRule]? {
    let body = try await setting(
      "GetBucketReplication", "replication", bucket, region,
      unset: "ReplicationConfigurationNotFoundError")
    guard let body else { return nil }
    var rules: [ReplicationRule] = []
    for entry in body.all("Rule") {
      guard let destination = entry["Destination"] else {
        throw body.answer.unreadable("a replication rule has no Destination")
      }
      rules.append(
        ReplicationRule(
          id: entry.text("ID"),
          isEnabled: try entry.needWord("Status", of: ["Enabled", "Disabled"]) == "Enabled",
          destination: try destination.needText("Bucket")))
    }
    if rules.isEmpty { throw body.answer.unreadable("it has no rule") }
    return rules
  }
}

extension AWSClient {
  /// One sub-resource of a bucket.
  func setting(
    _ operation: String, _ resource: String, _ bucket: String, _ region: String,
    expectedOwner: String? = nil
  ) async throws(AWSError) -> XMLMembers {
    var call = AWSCall.s3(
      operation, bucket: bucket, region: region, query: [(name: resource, value: "")])
    if let expectedOwner {
      call.headers.append(.init("x-amz-expected-bucket-owner", expectedOwner))
    }
    let answer = try await answer(to: call)
    let root = try answer.xml()
    if root.name == "Error" { throw answer.unreadable("it is an error under a good status") }
    return XMLMembers(answer: answer, node: root)
  }

  /// Nil where S3 answers by that code that it is not set.
  func setting(
    _ operation: String, _ resource: String, _ bucket: String, _ region: String, unset: String
  ) async throws(AWSError) -> XMLMembers? {
    do {
      return try await setting(operation, resource, bucket, region)
    } catch .service(let error) where error.code == unset {
      return nil
    }
  }
}
