import CloudAPI
import WatchCore

/// What an account showed when it was asked what there is to watch.
public struct Findings: Sendable, Equatable {
  /// A trail, once, however many regions it was seen from.
  public struct FoundTrail: Sendable, Equatable {
    public var trail: Trail
    /// Where it was first seen.
    public var seenFrom: String
    /// Nil where its status could not be read.
    public var isLogging: Bool?
    /// By S3's own word; nil where it could not be asked.
    public var bucketRegion: String?

    public init(
      trail: Trail, seenFrom: String, isLogging: Bool? = nil, bucketRegion: String? = nil
    ) {
      self.trail = trail
      self.seenFrom = seenFrom
      self.isLogging = isLogging
      self.bucketRegion = bucketRegion
    }
  }

  public var identity: CallerIdentity
  public var alias: String?
  /// Enabled in the account; nil where the list could not be read.
  public var regions: [String]?
  /// Regions in whose Event history write events of the last days were found …
  public var busy: [String] = []
  /// … and regions in which none were.
  public var quiet: [String] = []
  public var trails: [FoundTrail] = []
  /// Queues whose names sound as if they were the watch's.
  public var queues: [String] = []
  /// What could not be seen, and why, one line each.
  public var unseen: [String] = []

  public init(identity: CallerIdentity) {
    self.identity = identity
  }

  /// `aws`, `aws-us-gov`, …
  public var partition: String {
    let parts = identity.arn.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count > 2 && parts[1].hasPrefix("aws") ? String(parts[1]) : "aws"
  }

  /// What a queue for audit events may be called.
  static func soundsLikeOurs(_ url: String) -> Bool {
    guard let name = QueueURL(url)?.name.lowercased(), !name.hasSuffix(".fifo") else {
      return false
    }
    return ["watchkeeper", "cloudtrail", "audit"].contains { name.contains($0) }
  }
}
