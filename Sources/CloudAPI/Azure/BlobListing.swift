import Foundation

/// Where a container is: an account's name, and what the account says of its own endpoint
/// (`primaryEndpoints.blob`); without that, the cloud's usual host.
public struct BlobPlace: Sendable, Equatable {
  public var account: String
  public var endpoint: String?
  public var container: String

  public init(account: String, endpoint: String? = nil, container: String) {
    self.account = account
    self.endpoint = endpoint
    self.container = container
  }
}

/// One blob of a listing.
public struct BlobItem: Sendable, Equatable {
  public var name: String
  /// UTC, by the storage's clock: of the last append.
  public var lastModified: Date
  /// In bytes.
  public var length: Int
  /// `AppendBlob`, `BlockBlob`, `PageBlob`.
  public var type: String?

  public init(name: String, lastModified: Date, length: Int, type: String? = nil) {
    self.name = name
    self.lastModified = lastModified
    self.length = length
    self.type = type
  }
}

/// What listing a prefix gave.
public struct BlobListing: Sendable, Equatable {
  /// By name.
  public var blobs: [BlobItem]
  /// Names up to the delimiter.
  public var prefixes: [String]
  /// True when the page limit was reached with more to come.
  public var isCut: Bool

  public init(blobs: [BlobItem] = [], prefixes: [String] = [], isCut: Bool = false) {
    self.blobs = blobs
    self.prefixes = prefixes
    self.isCut = isCut
  }
}
