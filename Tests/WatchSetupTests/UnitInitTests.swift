import CloudAPI
import Testing
import WatchCore

@testable import WatchSetup

/// What is found in Azure and Google Cloud is written as a configuration that is read without a
/// complaint.
struct UnitInitTests {
  private static let azure = CloudAccount(cloud: .azure, name: "init", azure: AzureAccount())
  private static let gcp = CloudAccount(cloud: .gcp, name: "init", gcp: GCPAccount())

  private static func plan(_ text: String) throws -> WatchPlan {
    let outcome = ConfigurationReader.read(Array(text.utf8))
    #expect(outcome.errors.map { $0.line(file: "f") } == [])
    return try #require(outcome.plan)
  }

  @Test func aTenantIsFound() async throws {
    let cloud = AuditedTenant()
    let findings = try await AzureFinder(client: cloud.client).find(at: AuditedTenant.now)
    #expect(findings.unseen == [])
    let text = AzureDraft(
      findings: findings, asked: Self.azure, me: "mira", at: AuditedTenant.now
    ).text(cost: ["costs nothing"])
    let plan = try Self.plan(text)
    #expect(
      plan.accounts == [
        CloudAccount(
          cloud: .azure, name: "tenant",
          azure: AzureAccount(
            tenant: "0bbb1111-2222-4333-8444-555566667777",
            subscriptions: [
              CloudUnit(id: AuditedTenant.dev, label: "dev-test"),
              CloudUnit(id: AuditedTenant.test, label: "test"),
            ]))
      ])
    #expect(
      plan.sources.map(\.azure) == [
        AzureSource(
          subscriptions: ["dev-test"], workspace: AuditedTenant.workspace,
          archive: AuditedTenant.archive,
          resources: [AzureSource.Resource(id: AuditedTenant.vault, table: "AZKVAuditLogs")]),
        AzureSource(subscriptions: ["test"]),
      ])
    #expect(plan.sources.map(\.id.name) == ["activity-log", "activity-log-2"])
    // The slots are 21 hours apart, and the first comes six days after the beginning.
    #expect(plan.sources[0].expect == [.resource: .minutes(10_080, 7_200)])
    for said in [
      "as object 0ccc1111-2222-4333-8444-555566667777",
      "setting export carries Administrative to workspace central, storage account acmelogs",
      "it leaves out Security, Alert, Policy", "test: NO DIAGNOSTIC SETTING", "// costs nothing",
      "the longest pause of the last 7d was 5d21h",
    ] {
      #expect(text.contains(said), "\(said)")
    }
    #expect(
      cloud.requests.allSatisfy {
        $0.method == "GET" || $0.method == "POST" && $0.path.hasSuffix("/query")
      })
  }

  @Test func projectsAreFound() async throws {
    let cloud = AuditedProjects()
    let findings = try await GCPFinder(client: cloud.client).find(at: AuditedProjects.now)
    #expect(findings.unseen == [])
    #expect(findings.project == "acme-1")
    let text = GCPDraft(
      findings: findings, asked: Self.gcp, me: "mira", at: AuditedProjects.now
    ).text()
    let plan = try Self.plan(text)
    #expect(
      plan.accounts.map(\.units) == [
        [
          CloudUnit(id: "projects/acme-1"), CloudUnit(id: "projects/acme-2"),
        ]
      ])
    #expect(
      plan.sources.map(\.gcp) == [
        GCPSource(units: ["acme-1"], sinks: ["to-siem"]), GCPSource(units: ["acme-2"]),
      ])
    #expect(plan.sources.map(\.expect) == [[:], [.entries: .minutes(1_440, 720)]])
    for said in [
      "acme-1: sink to-siem to pubsub.googleapis.com/projects/acme-1/topics/audit-topic",
      "acme-2: NO SINK takes its entries out", "acme-1: exclusion noise leaves entries out",
      "Data Access is logged of allServices", "metric audit counts audit entries",
    ] {
      #expect(text.contains(said), "\(said)")
    }
    let writes = cloud.permissions.filter(\.writes)
    #expect(writes == [])
  }

  @Test func whatIsDeniedEndsIt() async {
    await #expect(throws: CloudError.self) {
      _ = try await AzureFinder(client: AuditedTenant(.denies).client).find(at: AuditedTenant.now)
    }
    await #expect(throws: CloudError.self) {
      _ = try await GCPFinder(client: AuditedProjects(.denies).client).find(
        at: AuditedProjects.now)
    }
  }

  @Test func whereNothingIsItSaysSo() async throws {
    let azure = try await AzureFinder(client: AuditedTenant(.isEmpty).client).find(
      at: AuditedTenant.now)
    let text = AzureDraft(findings: azure, asked: Self.azure, me: "m", at: AuditedTenant.now).text()
    #expect(text.contains("NO SUBSCRIPTION WAS FOUND"))
    let gcp = try await GCPFinder(client: AuditedProjects(.isEmpty).client).find(
      at: AuditedProjects.now)
    let other = GCPDraft(findings: gcp, asked: Self.gcp, me: "m", at: AuditedProjects.now).text()
    #expect(other.contains("NO PROJECT WAS FOUND"))
  }

  /// How it was reached stands in what is written.
  @Test func theWayInIsKept() throws {
    var account = Self.gcp
    account.gcp?.credential = "~/watch.json"
    account.gcp?.impersonate = "w@acme-1.iam.gserviceaccount.com"
    account.gcp?.endpoints = ["logging": "http://127.0.0.1:5000"]
    var findings = GCPFindings(who: "x")
    findings.projects = [GCPFindings.Project(id: "acme-1")]
    let text = GCPDraft(findings: findings, asked: account, me: "m", at: AuditedTenant.now).text()
    #expect(
      try Self.plan(text).accounts.map(\.gcp) == [
        GCPAccount(
          units: [CloudUnit(id: "projects/acme-1")], credential: "~/watch.json",
          impersonate: "w@acme-1.iam.gserviceaccount.com",
          endpoints: ["logging": "http://127.0.0.1:5000"])
      ])
  }

  /// Names in answers are others' words.
  @Test(arguments: [
    "\u{1B}]0;x\u{7}", "a\nclouds: {}", "\u{202E}live", "x\u{2028}}", "\", regions: []", "*/ }",
    String(repeating: "w", count: 5_000),
  ])
  func hostileAnswersStayText(_ text: String) throws {
    var azure = AzureFindings(who: text, tenant: text)
    var setting = DiagnosticSetting(
      id: try #require(AzureID("/subscriptions/x")), name: text,
      logs: [
        .init(category: "Administrative", isEnabled: true), .init(category: text, isEnabled: true),
      ])
    setting.workspaceID = AzureID("/subscriptions/\(text)/x")
    setting.storageAccountID = AzureID(AuditedTenant.archive)
    var subscription = AzureFindings.Subscription(
      id: AuditedTenant.dev, name: text, settings: [setting])
    subscription.vaults = [AzureFindings.Vault(id: try #require(AzureID("/x/vault'|y")))]
    azure.subscriptions = [
      subscription, AzureFindings.Subscription(id: AuditedTenant.test, name: text),
    ]
    azure.unseen = [text]
    var gcp = GCPFindings(who: text, project: text)
    var project = GCPFindings.Project(id: "acme-1", name: text)
    project.sinks = [
      LogSink(name: text, destination: text), LogSink(name: "ok", destination: text),
    ]
    project.exclusions = [LogExclusion(name: text, filter: text)]
    project.audited = [text]
    project.metrics = [text]
    gcp.projects = [project]
    gcp.unseen = [text]
    let drafts = [
      AzureDraft(findings: azure, asked: Self.azure, me: text, at: AuditedTenant.now).text(
        cost: [text]),
      GCPDraft(findings: gcp, asked: Self.gcp, me: text, at: AuditedTenant.now).text(cost: [text]),
    ]
    for draft in drafts {
      let plan = try Self.plan(draft)
      #expect(plan.accounts.count == 1)
      for line in draft.split(separator: "\n") { #expect(String(line).plainLine == line) }
    }
  }

  static let now = Timestamp(seconds: 1_795_143_600)

  /// Minutes before now at which records came, and what is proposed for a source that is judged by
  /// its expectation alone.
  @Test(arguments: [
    ([5], true, 10_075, "168h+120h"), ([5, 10, 15], true, 5, "none"), ([5], false, 5, "none"),
    ([40, 90, 100], false, 50, "75m+45m"), ([20, 70, 120], false, 50, "75m+45m"),
    ([700, 701], false, 700, "24h+12h"),
  ])
  func pausesAreMeasured(
    _ minutes: [Int], _ isWhole: Bool, _ longest: Int, _ expectation: String
  ) throws {
    let times = minutes.map { Self.now - .minutes($0) }
    let pause = try #require(
      LongestPause(times, from: Self.now - .hours(168), to: Self.now, isWhole: isWhole))
    #expect(pause.longest == .minutes(longest))
    let proposed = pause.expectation(beside: .minutes(15, 15))?.text
    #expect(proposed ?? "none" == expectation)
  }

  @Test func withoutARecordThereIsNoPause() {
    #expect(LongestPause([], from: Self.now - .hours(1), to: Self.now, isWhole: true) == nil)
    // One that comes from the future is none.
    #expect(
      LongestPause([Self.now + .hours(1)], from: Self.now, to: Self.now, isWhole: true) == nil)
  }
}
