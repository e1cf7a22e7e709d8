import CloudAPI
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

/// The demo answers the typed Azure client as Azure does.
struct DemoAzureTests {
  @Test func `every list of the set-up is answered`() async throws {
    let desk = try DemoUnitDesk("company")
    let azure = desk.azure
    for subscription in [DemoUnitDesk.dev, DemoUnitDesk.test] {
      let settings = try await azure.diagnosticSettings(subscription: subscription)
      #expect(settings.map(\.name) == ["export-activity-log"])
      #expect(settings.first?.workspaceID != nil && settings.first?.storageAccountID != nil)
      #expect(try await azure.activityLogAlerts(subscription: subscription).count == 6)
      #expect(try await azure.systemTopics(subscription: subscription).count == 1)
      #expect(try await azure.alertProcessingRules(subscription: subscription).isEmpty)
    }
    #expect(try await azure.subscriptions().map(\.name) == ["acme-dev", "acme-test"])
    #expect(
      try await azure.queryRules(subscription: DemoUnitDesk.dev).map(\.name) == ["audit-silence"])
    let groups = try await azure.actionGroups(subscription: DemoUnitDesk.dev)
    #expect(groups.map(\.reachesSomebody) == [true])
    let workspace = try #require(try await azure.workspaces(subscription: DemoUnitDesk.dev).first)
    #expect(
      workspace.customerID == DemoUnitDesk.workspace && workspace.ingestionStatus == "RespectQuota")
    #expect(try await azure.tables(workspace: workspace.id).count == 2)
    #expect(try await azure.table("Nothing_CL", workspace: workspace.id) == nil)
    let vaults = try await azure.resources(
      subscription: DemoUnitDesk.dev, filter: "resourceType eq 'Microsoft.KeyVault/vaults'")
    let vault = try #require(vaults.first { $0.name == "kv-acme-dev" }).id
    #expect(try await azure.diagnosticSettings(of: vault).map(\.name) == ["audit"])
    #expect(try await azure.locks(scope: vault).map(\.name) == ["keep-settings"])
    let accounts = try await azure.storageAccounts(subscription: DemoUnitDesk.dev)
    let archive = try #require(accounts.first { $0.name == "acmeauditarchive" })
    let policy = try await azure.immutabilityPolicy(
      container: "insights-activity-logs", account: archive.id)
    #expect(policy?.state == "Locked" && policy?.allowsAppends == true)
    #expect(try await azure.blobContainer("nothing", account: archive.id) == nil)
  }

  @Test func `what is not there is missing, and never guessed`() async throws {
    let desk = try DemoUnitDesk("company")
    await #expect(throws: CloudError.self) {
      try await desk.azure.diagnosticSettings(subscription: "00000000-0000-4000-8000-000000000000")
    }
    let none = try #require(AzureID("/subscriptions/\(DemoUnitDesk.dev)/resourceGroups/none"))
    await #expect(throws: CloudError.self) { try await desk.azure.resourceGroup(none) }
    let queries = [
      "NoTable | count", "AzureActivity | render timechart", "AzureActivity | where (",
    ]
    for query in queries {
      await #expect(throws: CloudError.self, "\(query)") {
        try await desk.azure.query(
          workspace: DemoUnitDesk.workspace, query, tables: [], columns: [], hours: 1)
      }
    }
    let bare = try await desk.http.send(
      HTTPRequest(url: "https://management.azure.com/subscriptions"))
    #expect(bare.status == 401)
  }

  @Test func `rows and blobs come minutes after the operation, and the Activity Log knows it`()
    async throws
  {
    let desk = try DemoUnitDesk("company")
    desk.set(3_600)
    for subscription in [DemoUnitDesk.dev, DemoUnitDesk.test] {
      let newest = try #require(try await desk.newest("AzureActivity", of: subscription))
      #expect((3_600 - 700...3_600 - 140).contains(newest))
      let log = try await desk.azure.activityLog(
        subscription: subscription, start: desk.date(0), end: desk.date(3_600))
      #expect(!log.events.isEmpty && !log.isCut)
      let ends = Dictionary(grouping: log.events, by: \.correlationID).values
      #expect(ends.contains { $0.count == 2 })
    }
    let blobs = try await desk.azure.listBlobs(
      BlobPlace(account: "acmeauditarchive", container: "insights-activity-logs"),
      prefix: "resourceId=/SUBSCRIPTIONS/\(DemoUnitDesk.dev.uppercased())/y=2026/")
    let last = try #require(blobs.blobs.map(\.lastModified).max())
    #expect(last <= desk.date(3_600) && last >= desk.date(3_600 - 900))
  }

  @Test(arguments: [(110, 1), (130, 0), (1_600, 0), (1_630, 1)])
  func `the deleted setting is gone until it is made anew`(
    _ second: Int, _ count: Int
  ) async throws {
    let desk = try DemoUnitDesk("diagnostic-setting-deleted")
    desk.set(second)
    #expect(try await desk.azure.diagnosticSettings(subscription: DemoUnitDesk.dev).count == count)
    #expect(try await desk.azure.diagnosticSettings(subscription: DemoUnitDesk.test).count == 1)
  }

  @Test func `with the setting the rows end, and the log says by whom`() async throws {
    let desk = try DemoUnitDesk("diagnostic-setting-deleted")
    desk.set(1_500)
    #expect(try #require(try await desk.newest("AzureActivity", of: DemoUnitDesk.dev)) < 120)
    #expect(try #require(try await desk.newest("AzureActivity", of: DemoUnitDesk.test)) > 700)
    let log = try await desk.azure.activityLog(
      subscription: DemoUnitDesk.dev, start: desk.date(0), end: desk.date(1_500))
    let deletion = log.events.filter {
      $0.operation == "Microsoft.Insights/diagnosticSettings/delete"
    }
    #expect(deletion.map(\.status) == ["Succeeded", "Started"])
    #expect(deletion.first?.caller == "sam@acme.example")
    #expect(deletion.first?.clientAddress == "198.51.100.23")
  }

  @Test func `the queue gets it at once, and gives it up when deleted`() async throws {
    let desk = try DemoUnitDesk("diagnostic-setting-deleted")
    let place = try #require(
      QueuePlace(url: "https://acmewatchqueue.queue.core.windows.net/watchkeeper-audit"))
    desk.set(110)
    #expect(try await desk.azure.receiveMessages(place).isEmpty)
    desk.set(135)
    let got = try await desk.azure.receiveMessages(place)
    #expect(got.count == 1)
    #expect(got.first?.body.contains("Microsoft.Resources.ResourceDeleteSuccess") == true)
    try await desk.azure.deleteMessages(place, got)
    desk.set(900)
    #expect(try await desk.azure.receiveMessages(place).isEmpty)
  }

  @Test func `a full workspace keeps what is free, and says what it has lost`() async throws {
    let desk = try DemoUnitDesk("workspace-capped")
    desk.set(1_800)
    #expect(try #require(try await desk.newest("AZKVAuditLogs")) < 120)
    #expect(try #require(try await desk.newest("AzureActivity")) > 900)
    #expect(try await desk.newest("_LogOperation") == 120)
    let workspace = try #require(
      try await desk.azure.workspaces(subscription: DemoUnitDesk.dev).first)
    #expect(workspace.ingestionStatus == "OverQuota" && workspace.dailyQuotaGB == 5)
    desk.set(4_300)
    #expect(try #require(try await desk.newest("AZKVAuditLogs")) > 3_600)
  }
}
