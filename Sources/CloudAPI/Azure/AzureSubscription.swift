/// A subscription as Resource Manager lists it (Subscriptions - List, 2022-12-01).
public struct AzureSubscription: Sendable, Equatable {
  /// The GUID.
  public var id: String
  public var name: String?
  /// `Enabled`, `Warned`, `PastDue`, `Disabled`, `Deleted`.
  public var state: String?
  public var tenantID: String?

  public init(id: String, name: String? = nil, state: String? = nil, tenantID: String? = nil) {
    self.id = id
    self.name = name
    self.state = state
    self.tenantID = tenantID
  }
}

/// A resource as the general list knows it (Resources - List, 2021-04-01).
public struct AzureResource: Sendable, Equatable {
  public var id: AzureID
  public var name: String?
  /// `Microsoft.KeyVault/vaults`; compare without case.
  public var type: String?
  public var location: String?
  public var tags: [String: String]

  public init(id: AzureID, name: String? = nil, type: String? = nil) {
    self.id = id
    self.name = name
    self.type = type
    tags = [:]
  }
}
