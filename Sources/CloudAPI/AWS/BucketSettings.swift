/// Whether a bucket keeps the versions of its objects (S3 API Reference, `GetBucketVersioning`).
public struct BucketVersioning: Sendable, Equatable {
  public enum Status: String, Sendable, Equatable {
    /// It was never switched on: S3 then names no status at all.
    case never
    case enabled = "Enabled"
    /// It was on once: old versions stay, new writes overwrite.
    case suspended = "Suspended"
  }

  public var status: Status
  /// Whether deleting a version needs the root user's second factor; nil where never configured.
  public var mfaDelete: Bool?

  public init(status: Status, mfaDelete: Bool? = nil) {
    self.status = status
    self.mfaDelete = mfaDelete
  }
}

/// How new objects are encrypted that do not say so themselves (`GetBucketEncryption`).
public struct BucketEncryption: Sendable, Equatable {
  /// `AES256`, `aws:kms`, `aws:kms:dsse`.
  public var algorithm: String
  /// The KMS key's id, ARN or alias; nil for S3's own keys, and for the account's `aws/s3` key.
  public var keyID: String?
  public var usesBucketKey: Bool

  public init(algorithm: String, keyID: String? = nil, usesBucketKey: Bool = false) {
    self.algorithm = algorithm
    self.keyID = keyID
    self.usesBucketKey = usesBucketKey
  }
}

/// The four public access switches of a bucket or of an account (`GetPublicAccessBlock`).
public struct PublicAccessBlock: Sendable, Equatable {
  public var blockPublicACLs: Bool
  public var ignorePublicACLs: Bool
  public var blockPublicPolicy: Bool
  public var restrictPublicBuckets: Bool

  public init(
    blockPublicACLs: Bool, ignorePublicACLs: Bool, blockPublicPolicy: Bool,
    restrictPublicBuckets: Bool
  ) {
    self.blockPublicACLs = blockPublicACLs
    self.ignorePublicACLs = ignorePublicACLs
    self.blockPublicPolicy = blockPublicPolicy
    self.restrictPublicBuckets = restrictPublicBuckets
  }

  /// Nothing was ever configured: all four are off.
  public static let off = PublicAccessBlock(
    blockPublicACLs: false, ignorePublicACLs: false, blockPublicPolicy: false,
    restrictPublicBuckets: false)
}

/// Whether object versions cannot be deleted for a time (`GetObjectLockConfiguration`).
public struct ObjectLock: Sendable, Equatable {
  public enum Mode: String, Sendable, Equatable {
    case governance = "GOVERNANCE"
    case compliance = "COMPLIANCE"
  }

  /// What new objects get by themselves. Years are kept as years: AWS counts them by the calendar.
  public struct Retention: Sendable, Equatable {
    public var mode: Mode
    public var days: Int
    public var years: Int

    public init(mode: Mode, days: Int = 0, years: Int = 0) {
      self.mode = mode
      self.days = days
      self.years = years
    }

    /// Days at least.
    public var wholeDays: Int { days + years * 365 }
  }

  /// Nil: locks are possible, and no object gets one by itself.
  public var retention: Retention?

  public init(retention: Retention? = nil) {
    self.retention = retention
  }
}

/// Where a bucket's server access logs go (`GetBucketLogging`).
public struct BucketLogging: Sendable, Equatable {
  public var targetBucket: String
  public var targetPrefix: String

  public init(targetBucket: String, targetPrefix: String = "") {
    self.targetBucket = targetBucket
    self.targetPrefix = targetPrefix
  }
}

/// One rule by which objects are copied elsewhere (`GetBucketReplication`).
public struct ReplicationRule: Sendable, Equatable {
  public var id: String?
  public var isEnabled: Bool
  /// The destination bucket's ARN.
  public var destination: String

  public init(id: String? = nil, isEnabled: Bool, destination: String) {
    self.id = id
    self.isEnabled = isEnabled
    self.destination = destination
  }
}
