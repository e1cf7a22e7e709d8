import CloudAPI
import WatchCore

/// What a tenant of Azure showed when it was asked what there is to watch.
public struct AzureFindings: Sendable, Equatable {
  public struct Subscription: Sendable, Equatable {
    /// A GUID in lower case.
    public var id: String
    public var name: String?
    /// Those of the subscription; nil where they could not be read.
    public var settings: [DiagnosticSetting]?
    public var vaults: [Vault] = []

    public init(id: String, name: String? = nil, settings: [DiagnosticSetting]? = nil) {
      self.id = id
      self.name = name
      self.settings = settings
    }

    /// Those that carry administrative events somewhere.
    var exports: [DiagnosticSetting] {
      (settings ?? []).filter { setting in
        setting.hasDestination
          && setting.enabledCategories.contains { $0.lowercased() == "administrative" }
      }
    }
  }

  /// A Key Vault, and where its audit log goes.
  public struct Vault: Sendable, Equatable {
    public var id: AzureID
    public var workspace: AzureID?
    public var table: String
    /// Nil: no record in the time, or it could not be asked.
    public var pause: LongestPause?

    public init(id: AzureID, workspace: AzureID? = nil, table: String = "AzureDiagnostics") {
      self.id = id
      self.workspace = workspace
      self.table = table
    }
  }

  /// Who asked: an object id; nil where the token does not say.
  public var who: String?
  public var tenant: String?
  public var subscriptions: [Subscription] = []
  /// What could not be seen, and why, one line each.
  public var unseen: [String] = []

  public init(who: String? = nil, tenant: String? = nil) {
    self.who = who
    self.tenant = tenant
  }
}
