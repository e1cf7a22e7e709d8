import CloudAPI
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

/// Causes and the checks that fail for them: settings, workspace, archive.
struct AzurePostureTests {
  private static let plan = SourcePlan.azure(
    AzureSource(
      subscriptions: ["dev"], workspace: AzureNames.workspace, archive: AzureNames.archive))

  /// A tenant in which everything is as it should be.
  private func estate() -> CannedAzure {
    let cloud = CannedAzure()
    cloud.set(Self.settings, #"{"value":[\#(azureSetting(storage: AzureNames.archive))]}"#)
    cloud.set("/workspaces/central", azureWorkspace())
    cloud.set(
      "/tables/AzureActivity",
      #"{"name":"AzureActivity","properties":{"retentionInDays":365,"totalRetentionInDays":365}}"#)
    // One on the group holds the workspace, too.
    cloud.set(Self.locks, Self.lock(Self.sec, AzureNames.archive))
    cloud.set(
      "query _logoperation",
      azureRows("Operation:string Detail:string Newest:datetime Records:long"))
    cloud.set("query usage", azureRows("Used:real", "[100]"))
    cloud.set("/storageAccounts/acmeaudit", Self.account())
    cloud.set("\(Self.service)", Self.serviceOn)
    cloud.set("\(Self.container)", #"{"name":"c","properties":{"publicAccess":"None"}}"#)
    cloud.set("\(Self.container)/immutabilityPolicies/default", Self.policy())
    cloud.set("/managementPolicies/default") { _ in .azureRefusal("ManagementPolicyNotFound", 404) }
    return cloud
  }

  private static let settings =
    "/subscriptions/\(AzureNames.dev)/providers/Microsoft.Insights/diagnosticSettings"
  private static let locks =
    "/subscriptions/\(AzureNames.dev)/providers/Microsoft.Authorization/locks"
  private static let sec = "/subscriptions/\(AzureNames.dev)/resourceGroups/SEC"
  private static let service = "/storageAccounts/acmeaudit/blobServices/default"
  private static let container = "\(service)/containers/insights-activity-logs"

  private static func lock(_ ids: String..., level: String = "CanNotDelete") -> String {
    let locks = ids.map {
      #"{"id":"\#($0)/providers/Microsoft.Authorization/locks/keep","name":"keep","properties":{"#
        + #""level":"\#(level)"}}"#
    }
    return #"{"value":[\#(locks.joined(separator: ","))]}"#
  }

  private static let serviceOn = """
    {"properties":{"isVersioningEnabled":true,"deleteRetentionPolicy":{"enabled":true,"days":30},\
    "containerDeleteRetentionPolicy":{"enabled":true,"days":30}}}
    """

  private static func account(_ more: String = "", publicBlobs: Bool = false) -> String {
    """
    {"id":"\(AzureNames.archive)","name":"acmeaudit","properties":{"supportsHttpsTrafficOnly":true,\
    "minimumTlsVersion":"TLS1_2","allowBlobPublicAccess":\(publicBlobs)\
    ,"allowSharedKeyAccess":false\(more)}}
    """
  }

  private static func policy(
    days: Int = 365, state: String = "Locked", appends: Bool = true
  ) -> String {
    #"{"properties":{"immutabilityPeriodSinceCreationInDays":\#(days),"state":"\#(state)","#
      + #""allowProtectedAppendWrites":\#(appends)}}"#
  }

  /// Rules with their verdicts, of all three probes.
  private func checks(_ cloud: CannedAzure) async throws -> [PostureCheck] {
    var checks: [PostureCheck] = []
    for name in ["azure.posture ", "azure.workspace ", "azure.archive-posture "] {
      for result in try await cloud.look(name, [Self.plan]).values {
        checks += result.posture?.checks ?? []
      }
    }
    return checks
  }

  private func failing(_ cloud: CannedAzure) async throws -> Set<String> {
    Set(try await checks(cloud).filter { $0.verdict == .fails }.map(\.rule))
  }

  @Test func `a good estate fails nothing, and every rule is asked`() async throws {
    let checks = try await checks(estate())
    #expect(checks.filter { $0.verdict == .fails }.map(\.rule) == [])
    let asked = Set(checks.map(\.rule))
    let own = PostureCatalogue.all.map(\.id).filter { id in
      ["azure.setting.", "azure.workspace.", "azure.table.", "azure.archive."]
        .contains { id.hasPrefix($0) }
    }
    #expect(asked == Set(own))
    #expect(checks.allSatisfy { $0.subject == $0.subject.lowercased() })
  }

  /// What is changed (path, answer) and what then fails, and nothing else.
  @Test(arguments: [
    (
      settings, #"{"value":[]}"#,
      ["setting.exists", "setting.administrative", "setting.workspace", "setting.archive"]
    ),
    (
      settings, #"{"value":[\#(azureSetting([], off: ["Administrative"]))]}"#,
      ["setting.exists", "setting.administrative", "setting.workspace", "setting.archive"]
    ),
    (
      settings, #"{"value":[\#(azureSetting(workspace: nil))]}"#,
      ["setting.exists", "setting.administrative", "setting.workspace", "setting.archive"]
    ),
    (
      settings, #"{"value":[\#(azureSetting(["Administrative"], storage: AzureNames.archive))]}"#,
      ["setting.security", "setting.alert", "setting.policy"]
    ),
    (settings, #"{"value":[\#(azureSetting())]}"#, ["setting.archive"]),
    (
      settings,
      #"{"value":[\#(azureSetting(workspace: "\(AzureNames.workspace)2", storage: AzureNames.archive))]}"#,
      ["setting.workspace"]
    ),
    (
      settings,
      #"{"value":[\#(azureSetting([], groups: ["allLogs"], storage: AzureNames.archive))]}"#,
      []
    ),
    ("/workspaces/central", azureWorkspace(retention: 30), ["workspace.retention"]),
    (
      "/workspaces/central",
      azureWorkspace(#","workspaceCapping":{"dailyQuotaGb":5,"dataIngestionStatus":"OverQuota"}"#),
      ["workspace.cap", "workspace.ingests"]
    ),
    (
      "/workspaces/central",
      azureWorkspace(#","workspaceCapping":{"dailyQuotaGb":-1,"dataIngestionStatus":"ForceOff"}"#),
      ["workspace.ingests"]
    ),
    (
      "/workspaces/central",
      azureWorkspace(
        #","workspaceCapping":{"dailyQuotaGb":-1.0,"dataIngestionStatus":"SubscriptionSuspended"}"#),
      ["workspace.ingests"]
    ),
    (
      "/workspaces/central",
      azureWorkspace(
        #","workspaceCapping":{"dailyQuotaGb":5,"dataIngestionStatus":"ApproachingQuota"}"#),
      ["workspace.cap", "workspace.near-cap"]
    ),
    (
      // 100 MB of 0.11 GB.
      "/workspaces/central",
      azureWorkspace(
        #","workspaceCapping":{"dailyQuotaGb":0.11,"dataIngestionStatus":"RespectQuota"}"#),
      ["workspace.cap", "workspace.near-cap"]
    ),
    (
      "/tables/AzureActivity",
      #"{"name":"AzureActivity","properties":{"retentionInDays":90,"retentionInDaysAsDefault":false}}"#,
      ["table.retention"]
    ),
    (
      "query _logoperation",
      azureRows(
        "Operation:string Detail:string Newest:datetime Records:long",
        #"["Data collection Status","OverQuota","2026-11-20T02:00:00Z",3]"#),
      ["workspace.losses"]
    ),
    (locks, #"{"value":[]}"#, ["workspace.lock", "archive.lock"]),
    (locks, lock("/subscriptions/\(AzureNames.dev)"), []),
    (locks, lock(sec, level: "NotSpecified"), ["workspace.lock", "archive.lock"]),
    (
      // A lock of something inside protects that alone.
      locks, lock("\(AzureNames.workspace)/tables/x", "\(AzureNames.workspace)-2"),
      ["workspace.lock", "archive.lock"]
    ),
    ("/storageAccounts/acmeaudit", account(publicBlobs: true), ["archive.public-allowed"]),
    (container, #"{"name":"c","properties":{"publicAccess":"Blob"}}"#, []),
    (
      "/storageAccounts/acmeaudit",
      account(#","networkAcls":{"defaultAction":"Deny","bypass":"Logging"}"#), ["archive.network"]
    ),
    (
      "/storageAccounts/acmeaudit",
      account(#","networkAcls":{"defaultAction":"Deny","bypass":"Logging, AzureServices"}"#), []
    ),
    (
      "/storageAccounts/acmeaudit",
      #"{"id":"\#(AzureNames.archive)","name":"acmeaudit","properties":{"minimumTlsVersion":"TLS1_0"}}"#,
      ["archive.tls", "archive.shared-keys", "archive.public-allowed"]
    ),
    ("\(service)", #"{"properties":{}}"#, ["archive.soft-delete"]),
    ("\(container)/immutabilityPolicies/default", policy(days: 30), ["archive.retention"]),
    ("\(container)/immutabilityPolicies/default", policy(state: "Unlocked"), ["archive.locked"]),
    ("\(container)/immutabilityPolicies/default", policy(appends: false), ["archive.appends"]),
    (
      "\(container)/immutabilityPolicies/default",
      #"{"properties":{"immutabilityPeriodSinceCreationInDays":0,"state":"Unlocked"}}"#,
      ["archive.immutable"]
    ),
    (
      "/managementPolicies/default",
      lifecycle(prefix: "insights-activity-logs/resourceId"), ["archive.lifecycle"]
    ),
    ("/managementPolicies/default", lifecycle(prefix: "website/"), []),
    (locks, lock(AzureNames.workspace), ["archive.lock"]),
  ])
  func `each cause fails its checks`(
    _ path: String, _ answer: String, _ wanted: [String]
  ) async throws {
    let cloud = estate()
    cloud.set(path, answer)
    #expect(try await failing(cloud) == Set(wanted.map { "azure.\($0)" }))
  }

  private static func lifecycle(prefix: String) -> String {
    """
    {"properties":{"policy":{"rules":[{"name":"old","enabled":true,"definition":{"filters":{\
    "prefixMatch":["\(prefix)"]},"actions":{"baseBlob":{"delete":{\
    "daysAfterModificationGreaterThan":30}}}}}]}}}
    """
  }

  @Test func `public in both places is public`() async throws {
    let cloud = estate()
    cloud.set("/storageAccounts/acmeaudit", Self.account(publicBlobs: true))
    cloud.set(Self.container, #"{"name":"c","properties":{"publicAccess":"Container"}}"#)
    #expect(try await failing(cloud) == ["azure.archive.public", "azure.archive.public-allowed"])
  }

  @Test func `stores that are gone`() async throws {
    let cloud = estate()
    for path in ["/workspaces/central", "/storageAccounts/acmeaudit"] {
      cloud.refuse(path, 404, "ResourceNotFound")
    }
    #expect(try await failing(cloud) == ["azure.workspace.exists", "azure.archive.exists"])
    // One that nobody lets us see is not gone.
    for path in ["/workspaces/central", "/storageAccounts/acmeaudit"] {
      cloud.refuse(path, 404, "SubscriptionNotFound")
    }
    #expect(try await failing(cloud) == [])
    let blind = try await cloud.look("azure.workspace ", [Self.plan])["posture dev workspace"]
    #expect(blind?.blindness?.kind == .denied)
  }

  @Test(arguments: [
    (#"{"enabled":true,"exp":1795143000}"#, true), (#"{"enabled":false}"#, true),
    (#"{"enabled":true}"#, false), (#"{"enabled":true,"nbf":1795149999}"#, true),
  ])
  func `a customer's key`(_ attributes: String, _ fails: Bool) async throws {
    let cloud = estate()
    cloud.set(
      "/storageAccounts/acmeaudit",
      Self.account(
        #","encryption":{"keySource":"Microsoft.Keyvault","keyvaultproperties":{"keyname":"audit","#
          + #""keyvaulturi":"https://vault-dev.vault.azure.net"}}"#))
    cloud.set(
      "/\(AzureNames.dev)/providers/Microsoft.KeyVault/vaults",
      #"{"value":[{"id":"\#(AzureNames.vault)","name":"vault-dev"}]}"#)
    cloud.set(
      "/vaults/vault-dev/keys/audit",
      #"{"name":"audit","properties":{"attributes":\#(attributes)}}"#)
    #expect(try await failing(cloud) == (fails ? ["azure.archive.key"] : []))
    let seen = try await cloud.look("azure.archive-posture", [Self.plan])["posture dev archive"]
    let id = PipelineNode.ID(.key, "\(AzureNames.vault)/keys/audit".lowercased())
    #expect(seen?.posture?.pipeline.node(id)?.state.isBroken == fails)
  }

  @Test func `a call that is denied makes its own checks unknown and no other`() async throws {
    for (path, rules) in [
      (Self.service, ["azure.archive.versioning", "azure.archive.soft-delete"]),
      (Self.locks, ["azure.workspace.lock", "azure.archive.lock"]),
      ("/managementPolicies/default", ["azure.archive.lifecycle"]),
      ("query _logoperation", ["azure.workspace.losses"]),
      ("/tables/AzureActivity", ["azure.table.retention"]),
    ] {
      let cloud = estate()
      cloud.refuse(path)
      let unknown = try await checks(cloud).filter {
        if case .unknown = $0.verdict { true } else { false }
      }
      #expect(unknown.map(\.rule) == rules, "\(path)")
    }
  }

  @Test func `a table of losses that may not be read is no table without losses`() async throws {
    func verdicts(_ cloud: CannedAzure, _ rule: String) async throws -> [PostureCheck.Verdict] {
      try await checks(cloud).filter { $0.rule == rule }.map(\.verdict)
    }
    for (query, name, table, rule) in [
      ("query _logoperation", "_LogOperation", "Operation", "azure.workspace.losses"),
      ("query _logoperation", "Operation", "Operation", "azure.workspace.losses"),
      ("query usage", "Usage", "Usage", "azure.workspace.near-cap"),
    ] {
      let cloud = estate()
      cloud.set(
        "/workspaces/central",
        azureWorkspace(
          #","workspaceCapping":{"dailyQuotaGb":5,"dataIngestionStatus":"RespectQuota"}"#))
      cloud.set(query) { _ in .noTable(name) }
      #expect(try await verdicts(cloud, rule) == [.holds], "\(name) was never written to")
      cloud.set("/tables/\(table)", #"{"name":"\#(table)","properties":{}}"#)
      let found = try await verdicts(cloud, rule)
      guard case .unknown(let why)? = found.first else {
        Issue.record("\(name): \(found)")
        continue
      }
      #expect(why.kind == .denied)
    }
  }

  @Test func `a resource without its categories`() async throws {
    let plan = SourcePlan.azure(
      AzureSource(
        workspace: AzureNames.workspace,
        resources: [.init(id: AzureNames.vault, categories: ["AuditEvent"])]))
    let path = "\(AzureNames.vault)/providers/Microsoft.Insights/diagnosticSettings"
    for (settings, fails) in [
      ("", true), (azureSetting(id: "\(path)/kv", ["Other"]), true),
      (azureSetting(id: "\(path)/kv", ["auditevent"]), false),
      (azureSetting(id: "\(path)/kv", ["AuditEvent"], workspace: "\(AzureNames.workspace)2"), true),
    ] {
      let cloud = estate()
      cloud.set(path, #"{"value":[\#(settings)]}"#)
      let seen = try await cloud.look("azure.posture ", [plan])["posture dev"]?.posture
      let check = seen?.checks.first { $0.rule == "azure.resource.setting" }
      #expect(check?.subject == AzureNames.vault.lowercased())
      #expect((check?.verdict == .fails) == fails, "\(settings)")
    }
  }

  @Test func `settings lead to stores in the graph`() async throws {
    let seen = try await estate().look("azure.posture ", [Self.plan])["posture dev"]?.posture
    let setting = PipelineNode.ID(.setting, AzureNames.setting())
    #expect(seen?.pipeline.node(setting)?.state == .works)
    #expect(
      seen?.pipeline.edges.map(\.to) == [
        PipelineNode.ID(.workspace, AzureNames.workspace.lowercased()),
        PipelineNode.ID(.account, AzureNames.archive.lowercased()),
      ])
  }
}
