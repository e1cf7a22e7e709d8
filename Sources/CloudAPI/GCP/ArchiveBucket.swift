import Foundation

/// A Cloud Storage bucket that a sink archives into (Storage JSON API v1, `Bucket`).
public struct ArchiveBucket: Sendable, Equatable {
  /// One lifecycle rule.
  public struct Rule: Sendable, Equatable {
    /// `Delete`, `SetStorageClass`, `AbortIncompleteMultipartUpload`.
    public var action: String
    /// In days; nil where the rule goes by something else.
    public var ageDays: Int?
  }

  public var name: String
  public var location: String?
  /// How long objects can neither be deleted nor replaced, in seconds; nil without such a policy.
  public var retentionSeconds: Int64?
  /// The policy can only be lengthened; never undone.
  public var isRetentionLocked: Bool
  /// From when on the policy holds; UTC.
  public var retentionEffective: Date?
  /// `enforced`, `inherited`; empty where nothing is said.
  public var publicAccessPrevention: String
  public var hasUniformAccess: Bool
  public var isVersioned: Bool
  /// How long deleted objects can be brought back, in seconds; 0 for not at all.
  public var softDeleteSeconds: Int64
  public var rules: [Rule]
  /// New objects are held until somebody lets go.
  public var holdsNewObjects: Bool
  public var kmsKey: String?
}

/// One object of a bucket.
public struct ArchiveObject: Sendable, Equatable {
  public var name: String
  /// In bytes.
  public var size: Int64
  /// UTC.
  public var updated: Date
}
