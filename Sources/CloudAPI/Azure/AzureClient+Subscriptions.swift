extension AzureClient {
  /// Subscriptions - List: all that this identity may see; one without any role is left out.
  public func subscriptions() async throws(CloudError) -> [AzureSubscription] {
    try await list(
      Read(
        operation: "Subscriptions - List", action: .readSubscription, place: "",
        path: "/subscriptions", version: "2022-12-01"), Self.subscription)
  }

  /// Subscriptions - Get.
  public func subscription(_ id: String) async throws(CloudError) -> AzureSubscription {
    try Self.subscription(
      try await resource(
        Read(
          operation: "Subscriptions - Get", action: .readSubscription, place: id,
          path: Self.root(id), version: "2022-12-01")))
  }

  /// Resource Groups - List.
  public func resourceGroups(
    subscription: String
  ) async throws(CloudError) -> [AzureResource] {
    try await list(
      Read(
        operation: "Resource Groups - List", action: .readGroups, place: subscription,
        path: "\(Self.root(subscription))/resourcegroups", version: "2021-04-01"), Self.thing)
  }

  /// Resource Groups - Get.
  public func resourceGroup(_ group: AzureID) async throws(CloudError) -> AzureResource {
    try Self.thing(
      try await resource(
        Read(
          operation: "Resource Groups - Get", action: .readGroups, place: group.short,
          path: group.path, version: "2021-04-01")))
  }

  /// Resources - List.
  /// - Parameter filter: OData, such as `resourceType eq 'Microsoft.KeyVault/vaults'`.
  public func resources(
    subscription: String, filter: String? = nil
  ) async throws(CloudError) -> [AzureResource] {
    var read = Read(
      operation: "Resources - List", action: .readResources, place: subscription,
      path: "\(try Self.root(subscription))/resources", version: "2021-04-01")
    if let filter { read.query = [(name: "$filter", value: filter)] }
    return try await list(read, Self.thing)
  }

  private static func subscription(
    _ entry: CloudMembers
  ) throws(CloudError) -> AzureSubscription {
    AzureSubscription(
      id: try entry.needText("subscriptionId"), name: try entry.text("displayName"),
      state: try entry.text("state"), tenantID: try entry.text("tenantId"))
  }

  static func thing(_ entry: CloudMembers) throws(CloudError) -> AzureResource {
    var resource = AzureResource(
      id: try entry.needID("id"), name: try entry.text("name"), type: try entry.text("type"))
    resource.location = try entry.text("location")
    for tag in try entry.object("tags")?.value.members ?? [] {
      resource.tags[tag.name] = tag.value.string
    }
    return resource
  }
}
