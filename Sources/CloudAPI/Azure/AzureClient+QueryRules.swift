extension AzureClient {
  /// Scheduled Query Rules - List By Subscription.
  public func queryRules(subscription: String) async throws(CloudError) -> [QueryRule] {
    try await list(
      Read(
        operation: "Scheduled Query Rules - List", action: .readQueryRules, place: subscription,
        path: "\(Self.root(subscription))/providers/Microsoft.Insights/scheduledQueryRules",
        version: "2023-12-01"), Self.rule)
  }

  private static func rule(_ entry: CloudMembers) throws(CloudError) -> QueryRule {
    let properties = try entry.needObject("properties")
    var rule = QueryRule(
      id: try entry.needID("id"), name: try entry.needText("name"),
      isEnabled: try properties.needFlag("enabled"))
    rule.severity = try properties.count("severity")
    rule.scopes = try properties.ids("scopes")
    rule.evaluationFrequency = try properties.text("evaluationFrequency")
    rule.windowSize = try properties.text("windowSize")
    rule.mutedFor = try properties.text("muteActionsDuration")
    rule.resolvesItself = try properties.flag("autoMitigate")
    for part in try properties.object("criteria")?.objects("allOf") ?? [] {
      var criterion = QueryRule.Criterion(query: try part.text("query"))
      criterion.aggregation = try part.text("timeAggregation")
      criterion.measureColumn = try part.text("metricMeasureColumn")
      criterion.comparison = try part.text("operator")
      criterion.threshold = try part.number("threshold")
      rule.criteria.append(criterion)
    }
    // Plain ids, unlike those of activity log alerts.
    rule.actionGroups = try properties.object("actions")?.ids("actionGroups") ?? []
    return rule
  }
}
