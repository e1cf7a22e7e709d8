import Foundation

/// A key as Resource Manager shows it (Keys - Get, 2023-07-01): enough to see that it was switched off
/// or has run out.
public struct VaultKey: Sendable, Equatable {
  public var name: String
  /// Nil when Azure left it out.
  public var isEnabled: Bool?
  /// UTC.
  public var notBefore: Date?
  public var expires: Date?
  public var uri: String?

  public init(name: String) {
    self.name = name
  }
}

/// A key vault's settings (Vaults - Get, 2023-07-01).
public struct KeyVault: Sendable, Equatable {
  public var id: AzureID
  public var name: String
  public var uri: String?
  public var hasSoftDelete: Bool?
  public var hasPurgeProtection: Bool?
  public var publicNetwork: String?

  public init(id: AzureID, name: String) {
    self.id = id
    self.name = name
  }
}

extension AzureClient {
  private static let vaultVersion = "2023-07-01"

  /// Vaults - Get.
  public func keyVault(_ id: AzureID) async throws(CloudError) -> KeyVault {
    let entry = try await resource(
      Read(
        operation: "Vaults - Get", action: .readVaults, place: id.short, path: id.path,
        version: Self.vaultVersion))
    let properties = try entry.needObject("properties")
    var vault = KeyVault(id: try entry.needID("id"), name: try entry.needText("name"))
    vault.uri = try properties.text("vaultUri")
    vault.hasSoftDelete = try properties.flag("enableSoftDelete")
    vault.hasPurgeProtection = try properties.flag("enablePurgeProtection")
    vault.publicNetwork = try properties.text("publicNetworkAccess")
    return vault
  }

  /// Vaults - List By Subscription.
  public func keyVaults(subscription: String) async throws(CloudError) -> [AzureResource] {
    try await list(
      Read(
        operation: "Vaults - List", action: .readVaults, place: subscription,
        path: "\(Self.root(subscription))/providers/Microsoft.KeyVault/vaults",
        version: Self.vaultVersion), Self.thing)
  }

  /// Keys - Get; nil when there is none. Of the key's newest version.
  public func vaultKey(_ name: String, vault: AzureID) async throws(CloudError) -> VaultKey? {
    let found = try await resourceIfThere(
      Read(
        operation: "Keys - Get", action: .readVaultKeys, place: "\(vault.short)/\(name)",
        path: "\(vault.path)/keys/\(PercentEncoding.encode(name))", version: Self.vaultVersion))
    guard let found else { return nil }
    let properties = try found.needObject("properties")
    let attributes = try properties.object("attributes")
    var key = VaultKey(name: try found.needText("name"))
    key.isEnabled = try attributes?.flag("enabled")
    key.notBefore = try attributes?.time("nbf")
    key.expires = try attributes?.time("exp")
    key.uri = try properties.text("keyUri")
    return key
  }
}
