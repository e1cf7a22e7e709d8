/// What alerts in Google Cloud itself (Cloud Monitoring API v3).
extension GCPClient {
  /// alertPolicies.list. IAM: `monitoring.alertPolicies.list`.
  public func alertPolicies(project: String) async throws(CloudError) -> [AlertPolicy] {
    try await list(
      Self.monitoringCall("alertPolicies", .alertPoliciesList, project), "alertPolicies"
    ) {
      (entry) throws(CloudError) in try Self.policy(entry)
    }
  }

  /// notificationChannels.list. IAM: `monitoring.notificationChannels.list`.
  public func notificationChannels(
    project: String
  ) async throws(CloudError) -> [NotificationChannel] {
    let call = Self.monitoringCall("notificationChannels", .notificationChannelsList, project)
    return try await list(call, "notificationChannels") { (entry) throws(CloudError) in
      NotificationChannel(
        name: try entry.needText("name"), displayName: try entry.text("displayName") ?? "",
        type: try entry.text("type") ?? "", isEnabled: try entry.flag("enabled"),
        verification: try entry.text("verificationStatus") ?? "")
    }
  }

  /// snoozes.list, those that are over among them. IAM: `monitoring.snoozes.list`.
  public func snoozes(project: String) async throws(CloudError) -> [Snooze] {
    try await list(Self.monitoringCall("snoozes", .snoozesList, project), "snoozes") {
      (entry) throws(CloudError) in
      let criteria = try entry.object("criteria")
      let interval = try entry.object("interval")
      return Snooze(
        name: try entry.needText("name"), displayName: try entry.text("displayName") ?? "",
        policies: try criteria?.texts("policies") ?? [], filter: try criteria?.text("filter"),
        start: try interval?.time("startTime"), end: try interval?.time("endTime"))
    }
  }

  private static func monitoringCall(
    _ collection: String, _ permission: GCPPermission, _ project: String
  ) -> GCPCall {
    let parent = GCPParent.project(project)
    return GCPCall(
      .monitoring, "monitoring.projects.\(collection).list", [permission], place: parent.name,
      path: "/v3/\(parent.path)/\(collection)")
  }

  private static func policy(_ entry: CloudMembers) throws(CloudError) -> AlertPolicy {
    var conditions: [AlertCondition] = []
    for found in try entry.objects("conditions") { conditions.append(try condition(found)) }
    let change = try entry.object("mutationRecord")
    // Present at all means not valid; an empty one has no words.
    let validity = try entry.object("validity").map { $0.value["message"]?.string ?? "" }
    return AlertPolicy(
      name: try entry.needText("name"), displayName: try entry.text("displayName") ?? "",
      isEnabled: try entry.flag("enabled"), combiner: try entry.text("combiner"),
      conditions: conditions, channels: try entry.texts("notificationChannels"),
      invalid: validity.map { PlainLine.make($0.isEmpty ? "not valid" : $0, limit: 300) },
      changedBy: try change?.text("mutatedBy"), changed: try change?.time("mutateTime"))
  }

  private static func condition(_ entry: CloudMembers) throws(CloudError) -> AlertCondition {
    var condition = AlertCondition(
      displayName: try entry.text("displayName") ?? "", kind: .unknown, filter: "")
    for kind in AlertCondition.Kind.allCases {
      guard let body = try entry.object(kind.rawValue) else { continue }
      condition.kind = kind
      let query = try body.text("query")
      condition.filter = try body.text("filter") ?? query ?? ""
      condition.durationSeconds = try body.seconds("duration")
      condition.comparison = try body.text("comparison")
      if kind == .threshold { condition.threshold = try body.number("thresholdValue") ?? 0 }
      condition.missingData = try body.text("evaluationMissingData")
      for step in try body.objects("aggregations") {
        if try step.text("perSeriesAligner") == "ALIGN_RATE" { condition.isRate = true }
        guard let seconds = try step.seconds("alignmentPeriod") else { continue }
        condition.alignmentSeconds = max(condition.alignmentSeconds ?? 0, seconds)
      }
    }
    return condition
  }
}
