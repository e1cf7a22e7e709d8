import Foundation
import Testing
import Transfer

@testable import CloudAPI

/// What is read from Resource Manager's answers.
@Suite struct AzureReadTests {
  typealias Table = AzureCallTable

  static let workspaceID = Table.id(Table.workspace)

  @Test func readsDiagnosticSettings() async throws {
    // Azure leaves the slash at the start of a subscription's setting away.
    let id = "\(Table.root.dropFirst())/providers/microsoft.insights/diagnosticSettings/export"
    let tenant = FakeTenant([
      .json(
        """
        {"value":[{"id":"\(id)","name":"export","location":"global","properties":{
        "workspaceId":"\(Table.workspace)","storageAccountId":null,"eventHubName":null,
        "logs":[{"category":"Administrative","enabled":true},{"category":"Policy","enabled":false},
        {"category":null,"categoryGroup":"audit","enabled":true,"retentionPolicy":{"days":0}}]}}]}
        """)
    ])
    let found = try await tenant.client.diagnosticSettings(subscription: Table.sub)
    let setting = try #require(found.first)
    #expect(setting.id == AzureID("/\(id)"))
    #expect(setting.workspaceID == AzureID(Table.workspace.uppercased()))
    #expect(setting.storageAccountID == nil)
    #expect(setting.hasDestination)
    #expect(setting.enabledCategories == ["Administrative"])
    #expect(setting.enabledGroups == ["audit"])
    #expect(setting.logs.count == 3)
  }

  @Test(arguments: [
    #"{"id":"/a/b","name":"n"}"#, #"{"id":"/a/b","name":"n","properties":{"logs":[{}]}}"#,
    #"{"id":"/a/b","name":"n","properties":{"logs":[{"enabled":true}]}}"#,
    #"{"id":"/a/b","name":"n","properties":{"logs":[{"category":"A","enabled":"true"}]}}"#,
    #"{"id":"/a/b","name":"n","properties":{"workspaceId":"//"}}"#,
    #"{"name":"n","properties":{}}"#,
  ])
  func settingsOfTheWrongShape(_ entry: String) async {
    let tenant = FakeTenant([.json("{\"value\":[\(entry)]}")])
    let found = await tenant.failure { (client) async throws(CloudError) in
      _ = try await client.diagnosticSettings(subscription: Table.sub)
    }
    guard case .unreadable = found else {
      Issue.record("\(entry): \(String(describing: found))")
      return
    }
  }

  @Test func readsCategories() async throws {
    let tenant = FakeTenant([
      .json(
        #"{"value":[{"id":"/x","name":"AuditEvent","properties":{"categoryType":"Logs","#
          + #""categoryGroups":["audit","allLogs"]}},{"name":"AllMetrics","properties":"#
          + #"{"categoryType":"Metrics","categoryGroups":null}}]}"#)
    ])
    let found = try await tenant.client.diagnosticCategories(of: Table.id(Table.vault))
    #expect(
      found == [
        DiagnosticCategory(name: "AuditEvent", type: "Logs", groups: ["audit", "allLogs"]),
        DiagnosticCategory(name: "AllMetrics", type: "Metrics"),
      ])
  }

  static let event = """
    {"eventTimestamp":"2026-11-20T09:40:11.1234567Z","submissionTimestamp":"2026-11-20T09:42:03Z",
    "caller":"ops@example.org","level":"Informational","operationName":{"value":
    "microsoft.insights/diagnosticSettings/delete","localizedValue":"Delete"},
    "status":{"value":"Succeeded"},"subStatus":{"value":"OK","localizedValue":"OK"},
    "category":{"value":"Administrative"},"resourceId":"/subscriptions/x/y","resourceGroupName":"",
    "resourceType":{"value":"microsoft.insights/diagnosticSettings"},"subscriptionId":"s",
    "tenantId":"t","correlationId":"co","operationId":"op","eventDataId":"e-1",
    "eventName":{"value":"EndRequest"},"httpRequest":{"clientRequestId":"r-9",
    "clientIpAddress":"198.51.100.7","method":"DELETE"},"claims":{"ipaddr":"203.0.113.9",
    "appid":"a-1"},"properties":{"statusCode":"OK","requestbody":{"a":1},"none":null}}
    """

  @Test func readsActivityEvents() async throws {
    let tenant = FakeTenant([.json("{\"value\":[\(Self.event)]}")])
    let log = try await tenant.client.activityLog(
      subscription: Table.sub, start: Date(timeIntervalSince1970: 1_795_000_000),
      end: Date(timeIntervalSince1970: 1_795_003_600), filter: .resource(Table.id("/a/it's")),
      select: ["caller", "status"])
    let event = try #require(log.events.first)
    #expect(abs(event.time.timeIntervalSince1970 - 1_795_167_611.123_456_7) < 0.001)
    #expect(event.submitted == Date(timeIntervalSince1970: 1_795_167_723))
    #expect(event.isOperation("Microsoft.Insights/DiagnosticSettings/Delete"))
    #expect(event.status == "Succeeded")
    #expect(event.caller == "ops@example.org")
    #expect(event.clientAddress == "198.51.100.7")
    #expect(event.clientRequestID == "r-9")
    #expect(event.method == "DELETE")
    #expect(event.appID == "a-1")
    #expect(event.resourceGroup == nil)
    #expect(event.properties == ["statusCode": "OK", "requestbody": #"{"a":1}"#])
    #expect(!log.isCut)
    let query = try #require(tenant.requests.first.flatMap { URLParts($0.url) }?.query)
    #expect(
      PercentEncoding.decode(query)
        == "$filter=eventTimestamp ge '2026-11-18T11:06:40Z' and eventTimestamp le "
        + "'2026-11-18T12:06:40Z' and resourceUri eq '/a/it''s'"
        + "&$select=eventTimestamp,caller,status&api-version=2015-04-01")
  }

  @Test func eventsComeNewestFirstWhateverTheOffset() async throws {
    let times = [
      "2026-11-20T09:00:00Z", "2026-11-20T11:30:00.5+02:00", "2026-11-20T09:15:00.123456789Z",
    ]
    let entries = times.map { #"{"eventTimestamp":"\#($0)","operationName":"a/b/write"}"# }
    let tenant = FakeTenant([.json("{\"value\":[\(entries.joined(separator: ","))]}")])
    let log = try await tenant.client.activityLog(
      subscription: Table.sub, start: .distantPast, end: .distantFuture)
    #expect(log.events.map { Int($0.time.timeIntervalSince1970) % 86_400 / 60 } == [570, 555, 540])
    #expect(log.events.allSatisfy { $0.operation == "a/b/write" })
  }

  @Test func theWalkStopsWhenEnoughWasSeen() async throws {
    let page = "{\"value\":[\(Self.event)],\"nextLink\":\"https://management.azure.com/n\"}"
    let tenant = FakeTenant([.json(page)])
    let log = try await tenant.client.activityLog(
      subscription: Table.sub, start: .distantPast, end: .distantFuture,
      enough: { $0.eventDataID == "e-1" })
    #expect(log.isCut)
    #expect(log.events.count == 1)
    #expect(tenant.requests.count == 1)
  }

  @Test func eventsWithoutTimeAreUnreadable() async {
    let tenant = FakeTenant([.json(#"{"value":[{"caller":"x"}]}"#)])
    let found = await tenant.failure { (client) async throws(CloudError) in
      _ = try await client.activityLog(
        subscription: Table.sub, start: .distantPast, end: .distantFuture)
    }
    #expect(found?.plain.contains("an event has no eventTimestamp") == true)
  }

  @Test func readsWorkspacesAndTables() async throws {
    let tenant = FakeTenant([
      .json(
        Table.one(
          Table.workspace,
          #"{"customerId":"g-1","provisioningState":"Succeeded","retentionInDays":365,"sku":{"name":"#
            + #""PerGB2018"},"workspaceCapping":{"dailyQuotaGb":0.5,"quotaNextResetTime":"#
            + #""2026-11-21T07:00:00Z","dataIngestionStatus":"OverQuota"},"#
            + #""publicNetworkAccessForIngestion":"Enabled"}"#)),
      .json(
        Table.one(
          "\(Table.workspace)/tables/n",
          #"{"retentionInDays":-1,"plan":"Analytics"}"#)),
    ])
    let workspace = try await tenant.client.workspace(Self.workspaceID)
    #expect(workspace.customerID == "g-1")
    #expect(workspace.dailyQuotaGB == 0.5)
    #expect(workspace.quotaReset == Date(timeIntervalSince1970: 1_795_244_400))
    #expect(workspace.ingestionStatus == "OverQuota")
    #expect(workspace.retentionDays == 365)
    // -1 stands for the workspace's default in requests; an answer must not say it.
    let found = await tenant.failure { (client) async throws(CloudError) in
      _ = try await client.table("n", workspace: Self.workspaceID)
    }
    #expect(found?.plain.contains("retentionInDays") == true)
  }

  @Test func readsTheAlertPath() async throws {
    let groups = "\(Table.group)\(Table.insights)/actionGroups"
    let alert = """
      {"id":"/a/b","name":"n","properties":{"scopes":["\(Table.root)"],"enabled":true,"condition":
      {"allOf":[{"field":"category","equals":"Administrative"},{"anyOf":[{"field":"operationName",
      "equals":"x/delete"},{"field":"operationName","containsAny":["y","z"]}]}]},
      "actions":{"actionGroups":[{"actionGroupId":"\(groups)/SEC","webhookProperties":{}}]}}}
      """
    let rule = """
      {"id":"/a/r","name":"r","properties":{"enabled":false,"severity":1,"scopes":[
      "\(Table.workspace)"],"evaluationFrequency":"PT5M","windowSize":"PT15M","criteria":{"allOf":[
      {"query":"T","timeAggregation":"Count","operator":"LessThan","threshold":1}]},
      "actions":{"actionGroups":["\(groups)/sec"]},"autoMitigate":true}}
      """
    let group = """
      {"id":"\(groups)/sec","name":"sec","properties":{"enabled":true,"groupShortName":"s",
      "emailReceivers":[{"name":"m","emailAddress":"m@example.org","status":"Disabled"}],
      "webhookReceivers":[{"name":"w","serviceUri":"https://hooks.example/secret?sig=hush"}],
      "smsReceivers":[]}}
      """
    let processing = """
      {"id":"/a/p","name":"p","properties":{"scopes":["\(Table.root)"],"actions":[{"actionType":
      "RemoveAllActionGroups"}],"conditions":[{"field":"AlertRuleName","operator":"Equals",
      "values":["n"]}],"schedule":{"effectiveFrom":"2026-11-20T18:00:00","timeZone":"UTC",
      "recurrences":[{"recurrenceType":"Daily"}]}}}
      """
    let tenant = FakeTenant(
      FakeHTTP { request, _ in
        let body =
          request.url.contains("activityLogAlerts")
          ? alert
          : request.url.contains("scheduledQueryRules")
            ? rule : request.url.contains("actionRules") ? processing : group
        return .json("{\"value\":[\(body)]}")
      })
    let client = tenant.client
    let found = try #require(try await client.activityLogAlerts(subscription: Table.sub).first)
    #expect(found.isEnabled)
    #expect(found.scopes == [AzureID(Table.root)])
    #expect(found.conditions.map(\.anyOf.count) == [1, 2])
    #expect(found.conditions.last?.anyOf.last?.containsAny == ["y", "z"])
    let query = try #require(try await client.queryRules(subscription: Table.sub).first)
    #expect(!query.isEnabled)
    #expect(query.criteria.first?.comparison == "LessThan")
    #expect(query.criteria.first?.threshold == 1)
    #expect(query.actionGroups == found.actionGroups)
    let told = try #require(try await client.actionGroups(subscription: Table.sub).first)
    #expect(told.receivers.map(\.kind) == ["email", "webhook"])
    #expect(told.receivers.map(\.isOff) == [true, false])
    #expect(told.receivers.last?.address == "hooks.example")
    #expect(told.reachesSomebody)
    #expect(!"\(told)".contains("hush"))
    let silencer = try #require(
      try await client.alertProcessingRules(subscription: Table.sub).first)
    #expect(silencer.suppresses)
    #expect(silencer.conditions.first?.values == ["n"])
    #expect(silencer.schedule?.isRecurring == true)
  }

  @Test func readsLocksWithWhatTheyProtect() async throws {
    let id = "\(Table.workspace)/providers/Microsoft.Authorization/locks/keep"
    let tenant = FakeTenant([
      .json("{\"value\":[\(Table.one(id, #"{"level":"CanNotDelete","notes":"x"}"#))]}")
    ])
    let lock = try #require(try await tenant.client.locks(scope: Table.id(Table.root)).first)
    #expect(lock.level == "CanNotDelete")
    #expect(lock.scope == Self.workspaceID)
  }

  @Test func readsStorage() async throws {
    let account = """
      {"id":"\(Table.account)","name":"acct","properties":{"allowBlobPublicAccess":false,
      "supportsHttpsTrafficOnly":true,"networkAcls":{"defaultAction":"Deny","bypass":"AzureServices"},
      "immutableStorageWithVersioning":{"enabled":true,"immutabilityPolicy":{
      "immutabilityPeriodSinceCreationInDays":90,"state":"Locked"}},
      "primaryEndpoints":{"blob":"https://acct.blob.core.windows.net/"},"encryption":{"keySource":
      "Microsoft.Keyvault","keyvaultproperties":{"keyname":"k","keyvaulturi":"https://v"}}}}
      """
    let policy =
      #"{"immutabilityPeriodSinceCreationInDays":7,"state":"Unlocked","allowProtectedAppendWrites":true}"#
    let service =
      #"{"isVersioningEnabled":true,"deleteRetentionPolicy":{"enabled":true,"days":7},"#
      + #""containerDeleteRetentionPolicy":{"enabled":false,"days":9}}"#
    let lifecycle =
      #"{"policy":{"rules":[{"name":"r","enabled":true,"definition":{"filters":{"prefixMatch":"#
      + #"["insights-activity-logs"]},"actions":{"baseBlob":{"delete":{"#
      + #""daysAfterModificationGreaterThan":90,"daysAfterCreationGreaterThan":30}}}}}]}}"#
    let tenant = FakeTenant([
      .json(account), .json(Table.one("/x", policy)), .json(Table.one("/x", service)),
      .json(Table.one("/x", lifecycle)),
    ])
    let id = Table.id(Table.account)
    let found = try await tenant.client.storageAccount(id)
    #expect(found.immutability?.isLocked == true)
    #expect(found.immutability?.days == 90)
    #expect(found.networkBypass == "AzureServices")
    #expect(found.keyName == "k")
    #expect(found.blobEndpoint == "https://acct.blob.core.windows.net/")
    let kept = try await tenant.client.immutabilityPolicy(container: "c", account: id)
    #expect(kept?.isLocked == false)
    #expect(kept?.allowsAppends == true)
    let blobs = try await tenant.client.blobService(account: id)
    #expect(blobs.hasVersioning == true)
    #expect(blobs.softDeleteDays == 7)
    #expect(blobs.containerSoftDeleteDays == nil)
    #expect(
      try await tenant.client.lifecycleRules(account: id) == [
        BlobLifecycleRule(
          name: "r", isEnabled: true, prefixes: ["insights-activity-logs"], deletesAfterDays: 30)
      ])
  }

  @Test(arguments: [
    (#"{"immutabilityPeriodSinceCreationInDays":0,"state":"Unlocked"}"#, true),
    (#"{"immutabilityPeriodSinceCreationInDays":0,"state":"Deleted"}"#, true),
    ("{}", false), (#"{"state":"Locked"}"#, false),
    (#"{"immutabilityPeriodSinceCreationInDays":7}"#, false),
  ])
  func aPolicyOfNoDaysIsNone(_ properties: String, _ isNone: Bool) async {
    let tenant = FakeTenant([.json(Table.one("/x", properties))])
    let found = await tenant.failure { (client) async throws(CloudError) in
      let policy = try await client.immutabilityPolicy(
        container: "c", account: Table.id(Table.account))
      #expect(policy == nil)
    }
    #expect((found == nil) == isNone)
  }

  /// Code, message, and whether that means "there is none" for an immutability policy and a key.
  @Test(arguments: [
    ("ImmutabilityPolicyNotFound", "no", true), ("KeyNotFound", "no", true), ("NotFound", "", true),
    (
      "ResourceNotFound",
      "The Resource 'M.S/storageAccounts/a/x/immutabilityPolicies/default/keys/k' is not", true
    ),
    ("ResourceNotFound", "The Resource 'Microsoft.Storage/storageAccounts/acct' under", false),
    ("ContainerNotFound", "", false), ("ResourceGroupNotFound", "", false),
    ("SubscriptionNotFound", "", false),
  ])
  func noneIsNotTheSameAsNowhere(_ code: String, _ message: String, _ isNone: Bool) async {
    let body = #"{"error":{"code":"\#(code)","message":"\#(message)"}}"#
    let tenant = FakeTenant([.json(body, status: 404)])
    let policy = await tenant.failure { (client) async throws(CloudError) in
      let found = try await client.immutabilityPolicy(
        container: "c", account: Table.id(Table.account))
      #expect(found == nil)
    }
    let key = await tenant.failure { (client) async throws(CloudError) in
      let found = try await client.vaultKey("k", vault: Table.id(Table.vault))
      #expect(found == nil)
    }
    #expect((policy == nil) == isNone)
    #expect((key == nil) == isNone)
    if !isNone { #expect(policy?.isMissing == true) }
  }

  @Test func readsKeysAndEventGrid() async throws {
    let subscription = """
      {"id":"/a/es","name":"es","properties":{"topic":"\(Table.root)","provisioningState":
      "Succeeded","deliveryWithResourceIdentity":{"identity":{},"destination":{"endpointType":
      "StorageQueue","properties":{"resourceId":"\(Table.account)","queueName":"q"}}},
      "filter":{"includedEventTypes":["Microsoft.Resources.ResourceDeleteSuccess"],
      "advancedFilters":[{"operatorType":"StringIn"}]},"eventDeliverySchema":"EventGridSchema",
      "expirationTimeUtc":null}}
      """
    let tenant = FakeTenant([
      .json(
        Table.one(
          "/k", #"{"attributes":{"enabled":false,"exp":1800000000},"keyUri":"https://v/k"}"#)
      ), .json("{\"value\":[\(subscription)]}"),
      .json(
        "{\"value\":[\(Table.one(Table.topic, #"{"source":"/subscriptions/S","topicType":"Microsoft.Resources.Subscriptions"}"#))]}"
      ),
    ])
    let key = try await tenant.client.vaultKey("k", vault: Table.id(Table.vault))
    #expect(key?.isEnabled == false)
    #expect(key?.expires == Date(timeIntervalSince1970: 1_800_000_000))
    let wired = try #require(
      try await tenant.client.eventSubscriptions(subscription: Table.sub).first)
    #expect(wired.queueAccountID == AzureID(Table.account))
    #expect(wired.queueName == "q")
    #expect(wired.eventTypes == ["Microsoft.Resources.ResourceDeleteSuccess"])
    #expect(wired.advancedFilterCount == 1)
    let topic = try #require(try await tenant.client.systemTopics(subscription: Table.sub).first)
    #expect(topic.source == AzureID.subscription("s"))
  }

  @Test func theEchoWritesOneTagOfOneGroup() async throws {
    let tenant = FakeTenant([
      .json("{}", headers: [HTTPHeader("x-ms-correlation-request-id", "co-1")])
    ])
    let receipt = try await tenant.client.writeEchoTag(
      group: Table.id(Table.group), name: "watchkeeper-echo", value: "7", requestID: "r-1")
    #expect(receipt.correlationID == "co-1")
    let request = try #require(tenant.requests.first)
    #expect(
      request.text
        == #"{"operation":"Merge","properties":{"tags":{"watchkeeper-echo":"7"}}}"#)
    #expect(request.header("x-ms-client-request-id") == "r-1")
    for id in [Table.root, Table.workspace, "/providers/Microsoft.X/y/z"] {
      let found = await tenant.failure { (client) async throws(CloudError) in
        _ = try await client.writeEchoTag(
          group: Table.id(id), name: "a", value: "b", requestID: "r")
      }
      guard case .settings("echo", _) = found else {
        Issue.record("\(id) was written to")
        continue
      }
    }
    #expect(tenant.requests.count == 1)
  }
}
