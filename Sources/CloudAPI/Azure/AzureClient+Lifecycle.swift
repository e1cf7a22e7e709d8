extension AzureClient {
  /// Management Policies - Get: the rules that delete or move blobs by age. Empty without a policy.
  public func lifecycleRules(account: AzureID) async throws(CloudError) -> [BlobLifecycleRule] {
    let found = try await resourceIfThere(
      Read(
        operation: "Management Policies - Get", action: .readLifecycle, place: account.short,
        path: "\(account.path)/managementPolicies/default", version: Self.storageVersion))
    guard let policy = try found?.needObject("properties").object("policy") else { return [] }
    var rules: [BlobLifecycleRule] = []
    for entry in try policy.objects("rules") {
      let definition = try entry.needObject("definition")
      rules.append(
        BlobLifecycleRule(
          name: try entry.needText("name"),
          // Left out means on (the API's default).
          isEnabled: try entry.flag("enabled") ?? true,
          prefixes: try definition.object("filters")?.texts("prefixMatch") ?? [],
          deletesAfterDays: try days(definition.object("actions")?.object("baseBlob"))))
    }
    return rules
  }

  private func days(_ actions: CloudMembers?) throws(CloudError) -> Double? {
    guard let delete = try actions?.object("delete") else { return nil }
    let names = [
      "daysAfterModificationGreaterThan", "daysAfterCreationGreaterThan",
      "daysAfterLastAccessTimeGreaterThan",
    ]
    var shortest: Double?
    for name in names {
      if let days = try delete.number(name) { shortest = min(shortest ?? days, days) }
    }
    return shortest
  }
}
