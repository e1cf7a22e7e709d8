extension AzureClient {
  private static let gridVersion = "2022-06-15"

  /// Event Subscriptions - List Global By Subscription: those on the subscription and its groups.
  public func eventSubscriptions(
    subscription: String
  ) async throws(CloudError) -> [EventSubscription] {
    try await list(
      Read(
        operation: "Event Subscriptions - List Global By Subscription",
        action: .readEventSubscriptions, place: subscription,
        path: "\(Self.root(subscription))/providers/Microsoft.EventGrid/eventSubscriptions",
        version: Self.gridVersion), Self.eventSubscription)
  }

  /// System Topics - List By Subscription.
  public func systemTopics(subscription: String) async throws(CloudError) -> [SystemTopic] {
    try await list(
      Read(
        operation: "System Topics - List By Subscription", action: .readSystemTopics,
        place: subscription,
        path: "\(Self.root(subscription))/providers/Microsoft.EventGrid/systemTopics",
        version: Self.gridVersion)
    ) { (entry) throws(CloudError) in
      let properties = try entry.needObject("properties")
      var topic = SystemTopic(id: try entry.needID("id"), name: try entry.needText("name"))
      topic.source = try properties.id("source")
      topic.topicType = try properties.text("topicType")
      topic.provisioningState = try properties.text("provisioningState")
      return topic
    }
  }

  /// System Topic Event Subscriptions - List By System Topic.
  public func eventSubscriptions(
    systemTopic: AzureID
  ) async throws(CloudError) -> [EventSubscription] {
    try await list(
      Read(
        operation: "System Topic Event Subscriptions - List", action: .readTopicSubscriptions,
        place: systemTopic.short, path: "\(systemTopic.path)/eventSubscriptions",
        version: Self.gridVersion), Self.eventSubscription)
  }

  private static func eventSubscription(
    _ entry: CloudMembers
  ) throws(CloudError) -> EventSubscription {
    let properties = try entry.needObject("properties")
    var found = EventSubscription(id: try entry.needID("id"), name: try entry.needText("name"))
    found.topic = try properties.text("topic")
    found.provisioningState = try properties.text("provisioningState")
    var destination = try properties.object("destination")
    if destination == nil {
      destination = try properties.object("deliveryWithResourceIdentity")?.object("destination")
    }
    found.endpointType = try destination?.text("endpointType")
    let target = try destination?.object("properties")
    if found.endpointType?.lowercased() == "storagequeue" {
      found.queueAccountID = try target?.id("resourceId")
      found.queueName = try target?.text("queueName")
    }
    let filter = try properties.object("filter")
    found.eventTypes = try filter?.texts("includedEventTypes") ?? []
    found.subjectBeginsWith = try filter?.text("subjectBeginsWith")
    found.subjectEndsWith = try filter?.text("subjectEndsWith")
    found.advancedFilterCount = try filter?.objects("advancedFilters").count ?? 0
    found.schema = try properties.text("eventDeliverySchema")
    found.expires = try properties.time("expirationTimeUtc")
    return found
  }
}
