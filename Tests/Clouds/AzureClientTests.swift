import CloudAPI
import Foundation
import Testing

/// Azure's typed calls over real HTTP, against a server that refuses what is not published.
@Suite(.serialized, .enabled(if: CloudsPython.isWanted, CloudsPython.skipped))
struct AzureClientTests {
  @Test(.timeLimit(.minutes(12)), arguments: [0, 1])
  func theEstateIsReadAsItIs(pageSize: Int) async throws {
    try await StrictCloud.running(.azure) { cloud in
      if pageSize > 0 { try await cloud.control("POST", "settings", "{\"page_size\": 1}") }
      let client = try cloud.azureClient()
      let dev = cloud.dev
      #expect(try await client.subscriptions().map(\.id) == [dev, cloud.test])
      #expect(try await client.subscription(dev).id == dev)
      #expect(try await client.resourceGroups(subscription: dev).count == 3)
      let settings = try await client.diagnosticSettings(subscription: dev)
      #expect(settings.map(\.name) == ["to-siem", "to-archive"])
      #expect(settings.first?.workspaceID == (try StrictCloud.id(cloud.facts.workspace)))
      let vault = try StrictCloud.id(cloud.facts.vaults?["test"])
      #expect(try await client.diagnosticSettings(of: vault).first?.destinationType == "Dedicated")
      #expect(try await client.diagnosticCategories(of: vault).count == 2)
      #expect(try await client.activityLogAlerts(subscription: dev).count == 2)
      #expect(try await client.queryRules(subscription: dev).count == 1)
      #expect(try await client.actionGroups(subscription: dev).first?.receivers.count == 1)
      #expect(try await client.alertProcessingRules(subscription: dev).isEmpty)
      #expect(try await client.workspaces(subscription: dev).count == 1)
      #expect(try await client.keyVaults(subscription: dev).count == 1)
      #expect(try await client.systemTopics(subscription: dev).count == 1)
      #expect(try await client.storageAccounts(subscription: dev).count == 1)
      #expect(try await cloud.calls().allSatisfy { $0.status == 200 })
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func theParts() async throws {
    try await StrictCloud.running(.azure) { cloud in
      let client = try cloud.azureClient()
      let workspace = try StrictCloud.id(cloud.facts.workspace)
      let store = try StrictCloud.id(cloud.facts.store)
      #expect(try await client.workspace(workspace).customerID == cloud.customer)
      #expect(try await client.tables(workspace: workspace).count == 5)
      #expect(try await client.storageAccount(store).id == store)
      #expect(try await client.blobService(account: store).hasVersioning == true)
      #expect(try await client.lifecycleRules(account: store).count == 1)
      let held = try await client.immutabilityPolicy(
        container: "insights-activity-logs", account: store)
      #expect(held?.state == "Locked" && held?.days == 1_095)
      let vault = try StrictCloud.id(cloud.facts.vaults?["dev"])
      #expect(try await client.vaultKey("archive-cmk", vault: vault)?.isEnabled == true)
      let topic = try #require(try await client.systemTopics(subscription: cloud.dev).first)
      let wired = try await client.eventSubscriptions(systemTopic: topic.id)
      #expect(wired.first?.queueName == cloud.facts.queue)
      #expect(try await client.eventSubscriptions(subscription: cloud.dev).isEmpty)
      let group = try StrictCloud.id("/subscriptions/\(cloud.dev)/resourceGroups/sec")
      #expect(try await client.locks(scope: group).isEmpty == false)
      #expect(try await cloud.calls().allSatisfy { $0.status == 200 })
    }
  }

  @Test(.timeLimit(.minutes(12)), arguments: [0, 1])
  func theActivityLogIsWalkedToTheEnd(pageSize: Int) async throws {
    try await StrictCloud.running(.azure) { cloud in
      if pageSize > 0 { try await cloud.control("POST", "settings", "{\"page_size\": 1}") }
      try await cloud.change("delete-setting", as: "svc-terraform")
      try await cloud.pass(seconds: 90)
      let client = try cloud.azureClient()
      let span = (start: Date(timeIntervalSinceNow: -1_200), end: Date(timeIntervalSinceNow: 60))
      let log = try await client.activityLog(
        subscription: cloud.dev, start: span.start, end: span.end,
        select: AzureClient.causeMembers, pageLimit: 60)
      #expect(!log.isCut && log.events.count > 8)
      #expect(log.events.map(\.time) == log.events.map(\.time).sorted(by: >))
      let deleted = log.events.filter {
        $0.isOperation("Microsoft.Insights/diagnosticSettings/delete")
      }
      #expect(deleted.count == 2 && Set(deleted.map(\.correlationID)).count == 1)
      #expect(deleted.allSatisfy { $0.caller?.hasPrefix("5c1e7f5a") == true })
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func queriesTellNoRowsFromNoAnswer() async throws {
    try await StrictCloud.running(.azure) { cloud in
      let client = try cloud.azureClient()
      @Sendable func ask(_ query: String, _ table: String = "AzureActivity")
        async throws(CloudError)
        -> LogTable
      {
        try await client.query(
          workspace: cloud.customer, query, tables: [table], columns: ["N"], hours: 24)
      }
      let rows = try await ask("AzureActivity | summarize N=count() by SubscriptionId").rows
      #expect(rows.count == 2)
      #expect(
        try await ask("AzureActivity | where Level == 'None' | summarize N=count()").rows
          .first?.int("N") == 0)
      try await cloud.control("POST", "tables", "{\"drop\": [\"AzureDiagnostics\"]}")
      let missing = await #expect(throws: CloudError.self) {
        try await ask("AzureDiagnostics | summarize N=count()", "AzureDiagnostics")
      }
      #expect(missing?.answered?.reasons.contains("SEM0100") == true)
      for kind in ["partial", "no_content", "empty", "null", "html", "garbage", "deep", "cut"] {
        try await cloud.fault(kind, ["service": "loganalytics"])
        await #expect(throws: CloudError.self, "\(kind)") {
          try await ask("AzureActivity | summarize N=count()")
        }
        try await cloud.heal()
      }
    }
  }

  @Test(.timeLimit(.minutes(12)), arguments: [0, 1])
  func blobsAndMessages(pageSize: Int) async throws {
    try await StrictCloud.running(.azure) { cloud in
      if pageSize > 0 { try await cloud.control("POST", "settings", "{\"page_size\": 1}") }
      let client = try cloud.azureClient()
      let account = cloud.facts.store?.split(separator: "/").last.map(String.init) ?? ""
      let place = BlobPlace(account: account, container: "insights-activity-logs")
      let all = try await client.listBlobs(
        place, prefix: "resourceId=/SUBSCRIPTIONS/\(cloud.dev.uppercased())/", limitPages: 60)
      #expect(all.blobs.count >= 26 && !all.isCut)
      let days = try await client.listBlobs(
        place, prefix: "resourceId=/SUBSCRIPTIONS/\(cloud.dev.uppercased())/", delimiter: "/m=",
        limitPages: 60)
      #expect(days.blobs.isEmpty && !days.prefixes.isEmpty)
      try await cloud.change("delete-lock", as: "ops")
      try await cloud.pass(seconds: 30)
      let queue = QueuePlace(account: account, queue: cloud.facts.queue ?? "")
      var got: [QueueMessage] = []
      for _ in 0..<40 {
        let more = try await client.receiveMessages(queue)
        if more.isEmpty { break }
        got += more
      }
      #expect(got.last?.body.contains("Microsoft.Resources.ResourceDeleteSuccess") == true)
      try await client.deleteMessages(queue, got)
      let left = try await cloud.control("GET", "messages")
      #expect(String(decoding: left, as: UTF8.self) == "{\"count\": 0}")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func theEchoWritesOneTagAndNothingElse() async throws {
    try await StrictCloud.running(.azure) { cloud in
      let client = try cloud.azureClient()
      let group = try StrictCloud.id(
        "/subscriptions/\(cloud.dev)/resourceGroups/watchkeeper-echo")
      let receipt = try await client.writeEchoTag(
        group: group, name: "echo", value: "n-1", requestID: "n-1")
      try await cloud.pass(seconds: 70)
      let span = (start: Date(timeIntervalSinceNow: -600), end: Date(timeIntervalSinceNow: 60))
      let log = try await client.activityLog(
        subscription: cloud.dev, start: span.start, end: span.end,
        filter: .correlation(receipt.correlationID ?? ""))
      #expect(Set(log.events.map(\.clientRequestID)) == ["n-1"])
      let writes = try await cloud.calls().filter(\.write)
      #expect(writes.map(\.permissions) == [["Microsoft.Resources/tags/write"]])
    }
  }
}
