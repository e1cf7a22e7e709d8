import CloudAPI
import WatchCore

/// What one call gave, or why it gave nothing.
typealias Reading<Value> = Result<Value, Blindness>

func reading<Value: Sendable>(
  _ call: () async throws(AWSError) -> Value
) async -> Reading<Value> {
  do {
    return .success(try await call())
  } catch {
    return .failure(Blindness(error))
  }
}

extension Result where Failure == Blindness {
  var value: Success? { try? get() }

  var blindness: Blindness? {
    if case .failure(let why) = self { why } else { nil }
  }

  /// What a yes-or-no question about it comes to; unknown where there was no answer.
  func holds(_ question: (Success) -> Bool) -> Holds {
    switch self {
    case .success(let value): Holds(question(value))
    case .failure: .unknown
    }
  }
}

/// Everything that a bucket tells of itself, each call's answer by itself.
struct BucketReading: Sendable {
  var name: String
  var versioning: Reading<BucketVersioning>
  var encryption: Reading<BucketEncryption?>
  var lifecycle: Reading<[LifecycleRule]?>
  var lock: Reading<ObjectLock?>
  var block: Reading<PublicAccessBlock?>
  var policyIsPublic: Reading<Bool?>
  /// As text; nil: the bucket has none.
  var policy: Reading<String?>
  var acl: Reading<BucketACL>
  var ownership: Reading<String?>
  var logging: Reading<BucketLogging?>
  var replication: Reading<[ReplicationRule]?>
  /// Whether the trail's account owns it.
  var isOwnedByTrail: Reading<Bool>

  static func read(
    _ bucket: String, region: String, account: String, _ client: AWSClient
  ) async -> BucketReading {
    async let versioning = reading { () async throws(AWSError) in
      try await client.bucketVersioning(bucket: bucket, region: region)
    }
    async let encryption = reading { () async throws(AWSError) in
      try await client.bucketEncryption(bucket: bucket, region: region)
    }
    async let lifecycle = reading { () async throws(AWSError) in
      try await client.bucketLifecycle(bucket: bucket, region: region)
    }
    async let lock = reading { () async throws(AWSError) in
      try await client.objectLock(bucket: bucket, region: region)
    }
    async let block = reading { () async throws(AWSError) in
      try await client.publicAccessBlock(bucket: bucket, region: region)
    }
    async let policyIsPublic = reading { () async throws(AWSError) in
      try await client.policyIsPublic(bucket: bucket, region: region)
    }
    async let policy = reading { () async throws(AWSError) in
      try await client.getBucketPolicy(bucket: bucket, region: region)
    }
    async let ownership = reading { () async throws(AWSError) in
      try await client.bucketOwnership(bucket: bucket, region: region)
    }
    async let logging = reading { () async throws(AWSError) in
      try await client.bucketLogging(bucket: bucket, region: region)
    }
    async let replication = reading { () async throws(AWSError) in
      try await client.bucketReplication(bucket: bucket, region: region)
    }
    let acl = await reading { () async throws(AWSError) in
      try await client.bucketACL(bucket: bucket, region: region)
    }
    let owned: Reading<Bool>
    switch acl {
    case .failure(let why): owned = .failure(why)
    case .success:
      owned = await reading { () async throws(AWSError) in
        try await client.bucket(bucket, isOwnedBy: account, region: region)
      }
    }
    return await BucketReading(
      name: bucket, versioning: versioning, encryption: encryption, lifecycle: lifecycle,
      lock: lock, block: block, policyIsPublic: policyIsPublic, policy: policy, acl: acl,
      ownership: ownership, logging: logging, replication: replication, isOwnedByTrail: owned)
  }

  /// S3 itself says that there is no such bucket.
  var isMissing: Bool { versioning.blindness?.kind == .missing }

  static let permissions = [
    "s3:GetBucketVersioning", "s3:GetEncryptionConfiguration", "s3:GetLifecycleConfiguration",
    "s3:GetBucketObjectLockConfiguration", "s3:GetBucketPublicAccessBlock",
    "s3:GetBucketPolicyStatus", "s3:GetBucketPolicy", "s3:GetBucketOwnershipControls",
    "s3:GetBucketLogging", "s3:GetReplicationConfiguration", "s3:GetBucketAcl",
  ]
}

/// Everything that a key tells of itself.
struct KeyReading: Sendable {
  /// As the trail or the bucket names it.
  var name: String
  var facts: Reading<KeyFacts>
  var policy: Reading<String>
  var isRotated: Reading<Bool>

  static func read(_ key: String, region: String, _ client: AWSClient) async -> KeyReading {
    let facts = await reading { () async throws(AWSError) in
      try await client.describeKey(key, region: region)
    }
    // An alias serves for DescribeKey alone.
    let isAlias = key.hasPrefix("alias/") || key.contains(":alias/")
    guard let id = facts.value?.arn ?? (isAlias ? nil : key) else {
      let why = facts.blindness ?? Blindness(kind: .other, detail: "DescribeKey: no ARN")
      return KeyReading(
        name: key, facts: facts, policy: .failure(why), isRotated: .failure(why))
    }
    async let policy = reading { () async throws(AWSError) in
      try await client.keyPolicy(id, region: region)
    }
    let isRotated = await reading { () async throws(AWSError) in
      try await client.keyIsRotated(id, region: region)
    }
    return await KeyReading(name: key, facts: facts, policy: policy, isRotated: isRotated)
  }

  var arn: String { facts.value?.arn ?? name }
  var isMissing: Bool { facts.blindness?.kind == .missing }

  static let permissions = ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus"]
}
