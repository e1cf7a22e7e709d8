import CloudAPI
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

/// Causes and the checks that fail for them: the ways to a human.
struct AzureAlertPathTests {
  private static let plan = SourcePlan.azure(
    AzureSource(
      subscriptions: ["dev"], workspace: AzureNames.workspace,
      alertRules: ["\(group)/Microsoft.Insights/activityLogAlerts/told"]))
  private static let root = "/subscriptions/\(AzureNames.dev)/providers"
  private static let group = "/subscriptions/\(AzureNames.dev)/resourceGroups/sec/providers"
  private static let queue = "https://acmewatch.queue.core.windows.net/events"

  private static let alerts = "\(root)/Microsoft.Insights/activityLogAlerts"
  private static let queries = "\(root)/Microsoft.Insights/scheduledQueryRules"
  private static let processing = "\(root)/Microsoft.AlertsManagement/actionRules"
  private static let actions = "\(group)/microsoft.insights/actionGroups/sec"
  private static let feeds = "\(root)/Microsoft.EventGrid/eventSubscriptions"
  private static let topics = "\(root)/Microsoft.EventGrid/systemTopics"

  private static func list(_ items: String...) -> String {
    #"{"value":[\#(items.joined(separator: ","))]}"#
  }

  private static func alert(
    _ operation: String? = nil, scope: String = "/subscriptions/\(AzureNames.dev)",
    enabled: Bool = true, actions: String = actions, more: String = ""
  ) -> String {
    let leaves = ["delete", "write"].map {
      #"{"field":"operationName","equals":"Microsoft.Insights/diagnosticSettings/\#($0)"}"#
    }
    let condition =
      operation.map { #"{"field":"operationName","equals":"\#($0)"}"# }
      ?? #"{"anyOf":[\#(leaves.joined(separator: ","))]}"#
    let group = actions.isEmpty ? "" : #"{"actionGroupId":"\#(actions)"}"#
    return #"{"id":"\#(Self.group)/Microsoft.Insights/activityLogAlerts/told","name":"told","#
      + #""properties":{"scopes":["\#(scope)"],"enabled":\#(enabled),"condition":{"allOf":["#
      + #"{"field":"category","equals":"Administrative"},\#(condition)\#(more)]},"#
      + #""actions":{"actionGroups":[\#(group)]}}}"#
  }

  private static func query(
    enabled: Bool = true, text: String = "AzureActivity | count", comparison: String = "LessThan",
    threshold: String = "1"
  ) -> String {
    #"{"id":"\#(group)/Microsoft.Insights/scheduledQueryRules/quiet","name":"quiet","properties":{"#
      + #""enabled":\#(enabled),"scopes":["\#(AzureNames.workspace.uppercased())"],"criteria":{"#
      + #""allOf":[{"query":"\#(text)","timeAggregation":"Count","operator":"\#(comparison)","#
      + #""threshold":\#(threshold)}]},"actions":{"actionGroups":["\#(actions)"]}}}"#
  }

  private static func people(
    enabled: Bool = true, mail: String? = "Enabled", others: String = ""
  ) -> String {
    let one = mail.map {
      #"{"name":"mira","emailAddress":"mira@example.org","status":"\#($0)"}"#
    }
    return #"{"id":"\#(actions)","name":"sec","properties":{"groupShortName":"sec","enabled":"#
      + #"\#(enabled),"emailReceivers":[\#(one ?? "")]\#(others)}}"#
  }

  private static func suppression(
    enabled: Bool = true, scope: String = "/subscriptions/\(AzureNames.dev)", more: String = ""
  ) -> String {
    #"{"id":"\#(group)/Microsoft.AlertsManagement/actionRules/quiet","name":"quiet","properties":{"#
      + #""scopes":["\#(scope)"],"enabled":\#(enabled),"actions":[{"actionType":"#
      + #""RemoveAllActionGroups"}]\#(more)}}"#
  }

  private static func feed(
    types: [String] = EventSubscription.needed, state: String = "Succeeded", more: String = "",
    queue: String = "events"
  ) -> String {
    let names = types.map { #""\#($0)""# }.joined(separator: ",")
    let account = AzureNames.archive.replacing("acmeaudit", with: "acmewatch")
    return #"{"id":"\#(feeds)/watch","name":"watch","properties":{"provisioningState":"\#(state)","#
      + #""destination":{"endpointType":"StorageQueue","properties":{"resourceId":"\#(account)","#
      + #""queueName":"\#(queue)"}},"filter":{"includedEventTypes":[\#(names)]\#(more)}}}"#
  }

  private func estate() -> CannedAzure {
    let cloud = CannedAzure()
    cloud.set(
      "\(Self.root)/Microsoft.Insights/diagnosticSettings", Self.list(azureSetting()))
    cloud.set(Self.alerts, Self.list(Self.alert()))
    cloud.set(Self.queries, Self.list(Self.query()))
    cloud.set(Self.actions, Self.people())
    cloud.set(Self.processing, Self.list())
    cloud.set(Self.feeds, Self.list(Self.feed()))
    cloud.set(Self.topics, Self.list())
    return cloud
  }

  private func look(_ cloud: CannedAzure) async throws -> Look.Result? {
    var account = CloudAccount.azureDev
    account.queue = Self.queue
    let probe = try #require(
      cloud.probes([Self.plan], account: account).named("azure.alertpath"))
    return await probe.look(three).results["posture dev alert-path"]
  }

  private func failing(_ cloud: CannedAzure) async throws -> Set<String> {
    let checks = try #require(try await look(cloud)?.posture).checks
    return Set(checks.filter { $0.verdict == .fails }.map(\.rule))
  }

  @Test func `a good path fails nothing, and leads to people`() async throws {
    let seen = try #require(try await look(estate())?.posture)
    #expect(seen.checks.filter { $0.verdict != .holds }.map(\.rule) == [])
    #expect(
      Set(seen.checks.map(\.rule)).union(["azure.alert.exists"])
        == Set(
          PostureCatalogue.all.map(\.id).filter { id in
            ["azure.alert.", "azure.actions.", "azure.processing.", "azure.reach.", "azure.queue."]
              .contains { id.hasPrefix($0) }
          }))
    let heard = seen.pipeline.nodes.filter { $0.id.kind == .human }.map(\.label)
    // No address leaks.
    #expect(Set(heard) == ["the watch", "email m***@example.org"])
  }

  /// What is changed (path, answer) and what then fails, and nothing else.
  @Test(arguments: [
    (
      alerts, list(), ["alert.exists", "reach.setting-delete", "reach.setting-write"]
    ),
    (
      alerts, list(alert(enabled: false)),
      ["alert.enabled", "reach.setting-delete", "reach.setting-write"]
    ),
    (
      alerts, list(alert(scope: "/subscriptions/\(AzureNames.dev)/resourceGroups/sec")),
      ["alert.scope", "reach.setting-delete", "reach.setting-write"]
    ),
    (
      alerts, list(alert(actions: "")),
      ["alert.actions", "reach.setting-delete", "reach.setting-write"]
    ),
    (
      // Any case of the operation's name.
      alerts, list(alert("MICROSOFT.INSIGHTS/DIAGNOSTICSETTINGS/DELETE")), ["reach.setting-write"]
    ),
    (
      alerts, list(alert(more: #",{"field":"status","equals":"Failed"}"#)),
      ["reach.setting-delete", "reach.setting-write"]
    ),
    (alerts, list(alert(more: #",{"field":"status","equals":"Succeeded"}"#)), []),
    (queries, list(), ["reach.silence"]),
    (queries, list(query(enabled: false)), ["alert.enabled", "reach.silence"]),
    (queries, list(query(comparison: "GreaterThan")), ["reach.silence"]),
    (queries, list(query(text: "Heartbeat | count")), ["reach.silence"]),
    (
      queries,
      list(
        query(
          text: "AzureActivity | summarize age = now() - max(TimeGenerated)",
          comparison: "GreaterThan")), []
    ),
    (actions, people(enabled: false), everybody + ["actions.enabled"]),
    (actions, people(mail: nil), everybody + ["actions.receiver"]),
    (actions, people(mail: "Disabled"), everybody + ["actions.receiver"]),
    (
      actions,
      people(
        mail: "Disabled",
        others: #","webhookReceivers":[{"name":"x","serviceUri":"https://h.example/secret"}]"#), []
    ),
    (processing, list(suppression()), everybody + ["processing.suppresses"]),
    (processing, list(suppression(enabled: false)), []),
    (
      processing, list(suppression(scope: "/subscriptions/\(AzureNames.dev)/resourceGroups/app")),
      []
    ),
    (
      processing,
      list(
        suppression(more: #","schedule":{"effectiveUntil":"2026-11-20T02:00:00","timeZone":"UTC"}"#)
      ),
      []
    ),
    (
      processing,
      list(
        suppression(
          more:
            #","conditions":[{"field":"AlertRuleName","operator":"Equals","values":["Others"]}]"#)),
      []
    ),
    (
      processing,
      list(
        suppression(
          more: #","conditions":[{"field":"AlertRuleName","operator":"Equals","values":["TOLD"]}]"#)
      ),
      ["processing.suppresses", "reach.setting-delete", "reach.setting-write"]
    ),
    (feeds, list(), ["queue.fed"]),
    (feeds, list(feed(queue: "others")), ["queue.fed"]),
    (feeds, list(feed(state: "Failed")), ["queue.fed"]),
    (feeds, list(feed(types: ["Microsoft.Resources.ResourceWriteSuccess"])), ["queue.fed"]),
    (feeds, list(feed(types: [])), []),
    (
      feeds,
      list(
        feed(more: #","subjectBeginsWith":"/subscriptions/\#(AzureNames.dev)/resourceGroups/x""#)),
      ["queue.fed"]
    ),
    (
      feeds,
      list(feed(more: #","subjectBeginsWith":"/subscriptions/\#(AzureNames.dev.uppercased())""#)),
      []
    ),
  ])
  func `each cause fails its checks`(
    _ path: String, _ answer: String, _ wanted: [String]
  ) async throws {
    let cloud = estate()
    cloud.set(path, answer)
    #expect(try await failing(cloud) == Set(wanted.map { "azure.\($0)" }))
  }

  private static let everybody = ["reach.setting-delete", "reach.setting-write", "reach.silence"]

  @Test func `a group that is gone is told of the rules that name it`() async throws {
    let cloud = estate()
    cloud.refuse(Self.actions, 404, "ResourceNotFound")
    #expect(
      try await failing(cloud)
        == Set((Self.everybody + ["alert.actions"]).map { "azure.\($0)" }))
  }

  @Test(arguments: [
    #","schedule":{"recurrences":[{"recurrenceType":"Daily"}]}"#,
    #","schedule":{"effectiveUntil":"2026-11-20T05:00:00","timeZone":"Pacific Standard Time"}"#,
    #","conditions":[{"field":"Severity","operator":"Equals","values":["Sev4"]}]"#,
    #","schedule":{"effectiveUntil":"tomorrow"}"#,
  ])
  func `what cannot be judged is neither`(_ more: String) async throws {
    let cloud = estate()
    cloud.set(Self.processing, Self.list(Self.suppression(more: more)))
    let checks = try #require(try await look(cloud)?.posture).checks
    let verdict = checks.first { $0.rule == "azure.processing.suppresses" }?.verdict
    guard case .unknown(let why)? = verdict else {
      Issue.record("\(String(describing: verdict))")
      return
    }
    #expect(why.kind == .undecided)
  }

  @Test func `by a system topic`() async throws {
    let cloud = estate()
    let topic = "\(Self.group)/Microsoft.EventGrid/systemTopics/audit"
    cloud.set(Self.feeds, Self.list())
    cloud.set(
      Self.topics,
      Self.list(
        #"{"id":"\#(topic)","name":"audit","properties":{"source":"/subscriptions/\#(AzureNames.dev)"}}"#
      ))
    cloud.set("\(topic)/eventSubscriptions", Self.list(Self.feed()))
    #expect(try await failing(cloud) == [])
  }

  /// What was seen of the path is ours, also when it is gone.
  @Test(arguments: [
    ("Microsoft.Insights/actionGroups/delete", actions, "azure.alertpath.silenced"),
    (
      "Microsoft.Insights/scheduledQueryRules/delete",
      "\(group)/microsoft.insights/scheduledqueryrules/QUIET", "azure.alertpath.silenced"
    ),
    ("Microsoft.EventGrid/eventSubscriptions/delete", "\(feeds)/watch", "azure.alertpath.silenced"),
    (
      "Microsoft.Storage/storageAccounts/queueServices/queues/delete",
      "\(AzureNames.archive.replacing("acmeaudit", with: "acmewatch"))/queueServices/default/queues/events",
      "azure.alertpath.silenced"
    ),
    (
      "Microsoft.Storage/storageAccounts/delete",
      AzureNames.archive.replacing("acmeaudit", with: "acmewatch"), "azure.pipeline.tampered"
    ),
    ("Microsoft.Insights/actionGroups/delete", "\(actions)2", nil),
  ])
  func `parts that were seen are known when they are deleted`(
    _ operation: String, _ resource: String, _ code: FailureCode?
  ) async throws {
    let cloud = estate()
    cloud.set(
      "\(Self.root)/Microsoft.Insights/eventtypes/management/values",
      Self.list(azureEvent(operation, at: -9, resource)))
    var account = CloudAccount.azureDev
    account.queue = Self.queue
    let probes = cloud.probes([Self.plan], account: account)
    _ = await probes.named("azure.alertpath")?.look(three)
    let seen = await probes.named("azure.history")?.look(three).results["history dev"]?.history
    #expect(seen != nil && seen?.changes.first?.code == code)
  }

  @Test func `what is denied is unknown, and what it hides is too`() async throws {
    let cloud = estate()
    var account = CloudAccount.azureDev
    account.queue = Self.queue
    let probe = try #require(
      cloud.probes([Self.plan], account: account).named("azure.alertpath"))
    _ = await probe.look(three)
    cloud.refuse(Self.alerts)
    let result = await probe.look(three + .minutes(10)).results["posture dev alert-path"]
    let checks = try #require(result?.posture).checks
    let unknown = checks.filter { if case .unknown = $0.verdict { true } else { false } }
    #expect(checks.filter { $0.verdict == .fails }.map(\.rule) == [])
    #expect(unknown.contains { $0.rule == "azure.reach.setting-delete" })
    #expect(unknown.contains { $0.rule == "azure.alert.enabled" && $0.subject.hasSuffix("/told") })
    for path in [Self.queries, Self.processing] { cloud.refuse(path) }
    let blind = await probe.look(three + .minutes(20)).results["posture dev alert-path"]
    #expect(blind?.blindness?.kind == .denied)
  }
}
