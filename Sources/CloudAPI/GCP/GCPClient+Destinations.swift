/// Whether what sinks write to is there (BigQuery API v2, Pub/Sub API v1).
extension GCPClient {
  /// datasets.get; nil when there is none. IAM: `bigquery.datasets.get`.
  public func dataset(_ id: String, project: String) async throws(CloudError) -> ArchiveDataset? {
    var call = GCPCall(
      .bigQuery, "bigquery.datasets.get", [.bigQueryDatasetsGet], place: "projects/\(project)",
      path: "/projects/\(PercentEncoding.encode(project))/datasets/\(PercentEncoding.encode(id))")
    // Settings alone: the full view would need to read the access list too.
    call.query = [(name: "datasetView", value: "METADATA")]
    return try await existing(call) { (body) throws(CloudError) in
      let reference = try body.object("datasetReference")
      return ArchiveDataset(
        project: try reference?.text("projectId") ?? project,
        id: try reference?.text("datasetId") ?? id, location: try body.text("location"),
        tableExpirationMillis: try body.int64("defaultTableExpirationMs"),
        partitionExpirationMillis: try body.int64("defaultPartitionExpirationMs"))
    }
  }

  /// topics.get; nil when there is none. IAM: `pubsub.topics.get`.
  public func topic(_ id: String, project: String) async throws(CloudError) -> MessageTopic? {
    var call = GCPCall(
      .pubSub, "pubsub.projects.topics.get", [.pubSubTopicsGet], place: "projects/\(project)",
      path: "/v1/projects/\(PercentEncoding.encode(project))/topics/\(PercentEncoding.encode(id))")
    call.scope = .pubSub
    return try await existing(call) { (body) throws(CloudError) in
      MessageTopic(
        name: try body.needText("name"), state: try body.text("state") ?? "",
        kmsKey: try body.text("kmsKeyName"))
    }
  }

  /// subscriptions.get; nil when there is none. IAM: `pubsub.subscriptions.get`.
  public func subscription(
    _ id: String, project: String
  ) async throws(CloudError) -> MessageSubscription? {
    let call = Self.subscriptionCall("get", "", .pubSubSubscriptionsGet, id, project)
    return try await existing(call) { (body) throws(CloudError) in
      // An empty push configuration is none.
      let push = try body.object("pushConfig")?.text("pushEndpoint") != nil
      let exports = ["bigqueryConfig", "cloudStorageConfig", "bigtableConfig"].contains {
        body.value[$0]?.members?.isEmpty == false
      }
      return MessageSubscription(
        name: try body.needText("name"), topic: try body.needText("topic"),
        state: try body.text("state") ?? "", isPushed: push || exports,
        isDetached: try body.flag("detached") ?? false, filter: try body.text("filter") ?? "",
        ackDeadlineSeconds: try body.count("ackDeadlineSeconds") ?? 10,
        expiresAfterSeconds: try body.object("expirationPolicy")?.seconds("ttl"))
    }
  }

  static func subscriptionCall(
    _ operation: String, _ verb: String, _ permission: GCPPermission, _ id: String,
    _ project: String
  ) -> GCPCall {
    let name =
      "projects/\(PercentEncoding.encode(project))/subscriptions/\(PercentEncoding.encode(id))"
    var call = GCPCall(
      .pubSub, "pubsub.projects.subscriptions.\(operation)", [permission],
      place: "projects/\(project)", path: "/v1/\(name)\(verb)")
    call.scope = .pubSub
    return call
  }
}
