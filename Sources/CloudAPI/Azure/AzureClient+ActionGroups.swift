extension AzureClient {
  private static let groupsVersion = "2023-01-01"

  /// Action Groups - List By Subscription Id.
  public func actionGroups(subscription: String) async throws(CloudError) -> [ActionGroup] {
    try await list(
      Read(
        operation: "Action Groups - List", action: .readActionGroups, place: subscription,
        path: "\(Self.root(subscription))/providers/Microsoft.Insights/actionGroups",
        version: Self.groupsVersion), Self.group)
  }

  /// Action Groups - Get; nil when there is none. It may be in another subscription than the rule.
  public func actionGroup(_ id: AzureID) async throws(CloudError) -> ActionGroup? {
    let found = try await resourceIfThere(
      Read(
        operation: "Action Groups - Get", action: .readActionGroups, place: id.short,
        path: id.path, version: Self.groupsVersion))
    guard let found else { return nil }
    return try Self.group(found)
  }

  private static func group(_ entry: CloudMembers) throws(CloudError) -> ActionGroup {
    let properties = try entry.needObject("properties")
    var group = ActionGroup(
      id: try entry.needID("id"), name: try entry.needText("name"),
      isEnabled: try properties.needFlag("enabled"))
    for member in properties.value.members ?? [] where member.name.hasSuffix("Receivers") {
      let kind = String(member.name.dropLast("Receivers".count))
      for receiver in try properties.objects(member.name) {
        group.receivers.append(
          ActionGroup.Receiver(
            kind: kind, name: try receiver.text("name"), address: try address(receiver),
            status: try receiver.text("status")))
      }
    }
    return group
  }

  private static func address(_ receiver: CloudMembers) throws(CloudError) -> String? {
    if let mail = try receiver.text("emailAddress") { return mail }
    if let url = try receiver.text("serviceUri") { return URLParts(url)?.host }
    return try receiver.text("phoneNumber")
  }
}
