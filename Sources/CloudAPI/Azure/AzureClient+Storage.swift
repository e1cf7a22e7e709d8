extension AzureClient {
  static let storageVersion = "2023-05-01"

  /// Storage Accounts - List.
  public func storageAccounts(subscription: String) async throws(CloudError) -> [StorageAccount] {
    try await list(
      Read(
        operation: "Storage Accounts - List", action: .readStorageAccounts, place: subscription,
        path: "\(Self.root(subscription))/providers/Microsoft.Storage/storageAccounts",
        version: Self.storageVersion), Self.account)
  }

  /// Storage Accounts - Get Properties.
  public func storageAccount(_ id: AzureID) async throws(CloudError) -> StorageAccount {
    try Self.account(
      try await resource(
        Read(
          operation: "Storage Accounts - Get Properties", action: .readStorageAccounts,
          place: id.short, path: id.path, version: Self.storageVersion)))
  }

  /// Blob Containers - Get; nil when there is none.
  public func blobContainer(
    _ name: String, account: AzureID
  ) async throws(CloudError) -> BlobContainer? {
    let found = try await resourceIfThere(
      Read(
        operation: "Blob Containers - Get", action: .readContainers,
        place: "\(account.short)/\(name)", path: Self.container(name, account),
        version: Self.storageVersion))
    guard let found else { return nil }
    let properties = try found.needObject("properties")
    var container = BlobContainer(name: try found.needText("name"))
    container.publicAccess = try properties.text("publicAccess")
    container.hasImmutabilityPolicy = try properties.flag("hasImmutabilityPolicy")
    container.hasLegalHold = try properties.flag("hasLegalHold")
    container.hasVersionImmutability = try properties.object("immutableStorageWithVersioning")?
      .flag("enabled")
    container.isDeleted = try properties.flag("deleted")
    return container
  }

  /// Blob Containers - Get Immutability Policy; nil when there is none.
  public func immutabilityPolicy(
    container: String, account: AzureID
  ) async throws(CloudError) -> ImmutabilityPolicy? {
    // Without a policy Azure answers 404 or a policy of no days; without a container 404 as well.
    let found = try await resourceIfThere(
      Read(
        operation: "Blob Containers - Get Immutability Policy", action: .readImmutability,
        place: "\(account.short)/\(container)",
        path: "\(Self.container(container, account))/immutabilityPolicies/default",
        version: Self.storageVersion))
    guard let found else { return nil }
    let properties = try found.needObject("properties")
    let policy = try Self.policy(properties)
    guard policy.state != nil, let days = policy.days else {
      throw found.answer.unreadable("the policy lacks its state or days")
    }
    return days == 0 || policy.state?.lowercased() == "deleted" ? nil : policy
  }

  /// Blob Services - Get Service Properties.
  public func blobService(account: AzureID) async throws(CloudError) -> BlobService {
    let properties = try await resource(
      Read(
        operation: "Blob Services - Get Service Properties", action: .readBlobService,
        place: account.short, path: "\(account.path)/blobServices/default",
        version: Self.storageVersion)
    ).needObject("properties")
    var service = BlobService()
    service.hasVersioning = try properties.flag("isVersioningEnabled")
    service.softDeleteDays = try Self.days(properties.object("deleteRetentionPolicy"))
    service.containerSoftDeleteDays = try Self.days(
      properties.object("containerDeleteRetentionPolicy"))
    service.hasChangeFeed = try properties.object("changeFeed")?.flag("enabled")
    return service
  }

  static func container(_ name: String, _ account: AzureID) -> String {
    "\(account.path)/blobServices/default/containers/\(PercentEncoding.encode(name))"
  }

  private static func days(_ policy: CloudMembers?) throws(CloudError) -> Int? {
    guard let policy, try policy.flag("enabled") == true else { return nil }
    return try policy.count("days")
  }

  private static func policy(_ entry: CloudMembers) throws(CloudError) -> ImmutabilityPolicy {
    var policy = ImmutabilityPolicy(
      days: try entry.count("immutabilityPeriodSinceCreationInDays"),
      state: try entry.text("state"))
    policy.allowsAppends = try entry.flag("allowProtectedAppendWrites")
    policy.allowsAllAppends = try entry.flag("allowProtectedAppendWritesAll")
    return policy
  }

  private static func account(_ entry: CloudMembers) throws(CloudError) -> StorageAccount {
    let properties = try entry.needObject("properties")
    var account = StorageAccount(id: try entry.needID("id"), name: try entry.needText("name"))
    account.location = try entry.text("location")
    account.provisioningState = try properties.text("provisioningState")
    account.allowsBlobPublicAccess = try properties.flag("allowBlobPublicAccess")
    account.allowsSharedKey = try properties.flag("allowSharedKeyAccess")
    account.httpsOnly = try properties.flag("supportsHttpsTrafficOnly")
    account.minimumTLS = try properties.text("minimumTlsVersion")
    account.publicNetwork = try properties.text("publicNetworkAccess")
    let network = try properties.object("networkAcls")
    account.networkDefault = try network?.text("defaultAction")
    account.networkBypass = try network?.text("bypass")
    let immutable = try properties.object("immutableStorageWithVersioning")
    account.hasVersionImmutability = try immutable?.flag("enabled")
    if let policy = try immutable?.object("immutabilityPolicy") {
      account.immutability = try Self.policy(policy)
    }
    let endpoints = try properties.object("primaryEndpoints")
    account.blobEndpoint = try endpoints?.text("blob")
    account.queueEndpoint = try endpoints?.text("queue")
    let encryption = try properties.object("encryption")
    account.keySource = try encryption?.text("keySource")
    let key = try encryption?.object("keyvaultproperties")
    account.keyVaultURI = try key?.text("keyvaulturi")
    account.keyName = try key?.text("keyname")
    account.keyVersion = try key?.text("keyversion")
    return account
  }
}
