/// A storage account's settings (Storage Accounts, 2023-05-01). What Azure left out is nil.
public struct StorageAccount: Sendable, Equatable {
  public var id: AzureID
  public var name: String
  public var location: String?
  public var provisioningState: String?
  public var allowsBlobPublicAccess: Bool?
  public var allowsSharedKey: Bool?
  public var httpsOnly: Bool?
  /// `TLS1_2`
  public var minimumTLS: String?
  /// `Enabled`, `Disabled`, `SecuredByPerimeter`.
  public var publicNetwork: String?
  /// `Allow`, `Deny`.
  public var networkDefault: String?
  /// `AzureServices`, `None`, `Logging, Metrics`: diagnostic settings need AzureServices behind a
  /// firewall.
  public var networkBypass: String?
  /// Version-level immutability of the whole account.
  public var immutability: ImmutabilityPolicy?
  public var hasVersionImmutability: Bool?
  /// `https://acct.blob.core.windows.net/`
  public var blobEndpoint: String?
  public var queueEndpoint: String?
  /// Of a customer's key: vault's URI and key's name.
  public var keyVaultURI: String?
  public var keyName: String?
  /// Empty: always the newest one.
  public var keyVersion: String?
  /// `Microsoft.Storage`, `Microsoft.Keyvault`.
  public var keySource: String?

  public init(id: AzureID, name: String) {
    self.id = id
    self.name = name
  }
}

/// A rule that blobs cannot be changed or deleted for so long.
public struct ImmutabilityPolicy: Sendable, Equatable {
  public var days: Int?
  /// `Unlocked` (can be removed), `Locked`, `Disabled`.
  public var state: String?
  /// Appending logs need it.
  public var allowsAppends: Bool?
  /// Appends to append and block blobs alike.
  public var allowsAllAppends: Bool?

  public init(days: Int? = nil, state: String? = nil) {
    self.days = days
    self.state = state
  }

  public var isLocked: Bool { state?.lowercased() == "locked" }
}

/// A container's settings (Blob Containers, 2023-05-01).
public struct BlobContainer: Sendable, Equatable {
  public var name: String
  /// `None`, `Blob`, `Container`.
  public var publicAccess: String?
  public var hasImmutabilityPolicy: Bool?
  public var hasLegalHold: Bool?
  public var hasVersionImmutability: Bool?
  public var isDeleted: Bool?

  public init(name: String) {
    self.name = name
  }
}

/// The blob service's settings (Blob Services, 2023-05-01).
public struct BlobService: Sendable, Equatable {
  public var hasVersioning: Bool?
  /// Nil when deleted blobs are gone at once.
  public var softDeleteDays: Int?
  public var containerSoftDeleteDays: Int?
  /// Days, 0 for no limit; nil when the feed is off.
  public var hasChangeFeed: Bool?

  public init() {}
}

/// One rule of the lifecycle policy (Management Policies, 2023-05-01).
public struct BlobLifecycleRule: Sendable, Equatable {
  public var name: String
  public var isEnabled: Bool
  /// Container and prefix: `insights-activity-logs/…`; empty for all.
  public var prefixes: [String]
  /// Days after which blobs are deleted, by the shortest of its conditions; nil when none deletes.
  public var deletesAfterDays: Double?

  public init(
    name: String, isEnabled: Bool, prefixes: [String] = [], deletesAfterDays: Double? = nil
  ) {
    self.name = name
    self.isEnabled = isEnabled
    self.prefixes = prefixes
    self.deletesAfterDays = deletesAfterDays
  }
}
