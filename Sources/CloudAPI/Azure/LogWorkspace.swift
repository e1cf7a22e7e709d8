import Foundation

/// A Log Analytics workspace (Workspaces, 2023-09-01).
public struct LogWorkspace: Sendable, Equatable {
  public var id: AzureID
  public var name: String
  public var location: String?
  /// The GUID that queries take.
  public var customerID: String?
  /// `Succeeded`, `Deleting`, …
  public var provisioningState: String?
  public var retentionDays: Int?
  /// `PerGB2018`, `Free`, …
  public var sku: String?
  /// GB a day; -1 for no cap, nil when nothing was said.
  public var dailyQuotaGB: Double?
  /// When the day of the cap starts again, UTC.
  public var quotaReset: Date?
  /// `RespectQuota`, `ForceOn`, `ForceOff`, `OverQuota`, `SubscriptionSuspended`,
  /// `ApproachingQuota`.
  public var ingestionStatus: String?
  /// `Enabled`, `Disabled`, `SecuredByPerimeter`.
  public var publicIngestion: String?
  public var publicQuery: String?

  public init(id: AzureID, name: String) {
    self.id = id
    self.name = name
  }
}

/// A table of a workspace (Tables, 2023-09-01).
public struct LogTableSettings: Sendable, Equatable {
  public var name: String
  /// Days that queries see.
  public var retentionDays: Int?
  /// With the archive.
  public var totalRetentionDays: Int?
  public var archiveRetentionDays: Int?
  public var retentionIsDefault: Bool?
  /// `Analytics`, `Basic`, `Auxiliary`.
  public var plan: String?

  public init(name: String) {
    self.name = name
  }
}
