import CloudAPI
import Foundation
import Testing
import WatchCore
import WatchProbes

@testable import WatchSetup

/// Every probe is run, and nothing is asked that the printed roles do not allow.
struct GCPAccessTests {

  private static func probes(
    _ cloud: AuditedProjects, sources: [SourcePlan] = AuditedProjects.sources
  ) -> [Probe] {
    GCPProbes.make(
      account: AuditedProjects.account, sources: sources, client: cloud.client, clock: .still)
  }

  private static func readers(_ cloud: AuditedProjects) -> [EventReader] {
    GCPProbes.readers(
      account: AuditedProjects.account, sources: AuditedProjects.sources, client: cloud.client,
      clock: .still)
  }

  private static func gap(_ cloud: AuditedProjects) -> GapProbe {
    GCPProbes.gap(
      account: AuditedProjects.account, sources: AuditedProjects.sources, client: cloud.client,
      clock: .still)
  }

  private static func policy(
    sources: [SourcePlan] = AuditedProjects.sources,
    account: CloudAccount = AuditedProjects.account
  ) -> GCPAccessRoles {
    let cloud = AuditedProjects()
    return GCPAccessRoles(
      account: account, sources: sources, probes: probes(cloud, sources: sources),
      readers: readers(cloud), gap: gap(cloud))
  }

  private static let allowed = Set(policy().roles.flatMap(\.permissions))

  @Test(arguments: AuditedProjects.Mood.allCases)
  func noProbeAsksWhatItDoesNotDeclare(_ mood: AuditedProjects.Mood) async {
    for index in Self.probes(AuditedProjects()).indices {
      let cloud = AuditedProjects(mood)
      let probe = Self.probes(cloud)[index]
      _ = await probe.look(AuditedProjects.now)
      _ = await probe.look(AuditedProjects.now + .minutes(10))
      let asked = Set(cloud.permissions.map(\.rawValue))
      #expect(!cloud.requests.isEmpty, "\(probe.id) asked nothing")
      #expect(asked.subtracting(probe.permissions) == [], "\(probe.id)")
      #expect(asked.subtracting(Self.allowed) == [], "\(probe.id)")
      let writes = cloud.requests.filter { !Self.isRead($0) }
      #expect(writes.allSatisfy { Self.isEcho($0) && Self.isEchoProbe(probe) }, "\(probe.id)")
    }
  }

  @Test(arguments: AuditedProjects.Mood.allCases)
  func theQueuesReaderAcknowledgesAndWritesNothingElse(_ mood: AuditedProjects.Mood) async {
    let cloud = AuditedProjects(mood)
    for reader in Self.readers(cloud) {
      let report = await reader.receive(AuditedProjects.now)
      await reader.release(report.receipts + ["a"])
      let asked = Set(cloud.permissions.map(\.rawValue))
      #expect(asked.subtracting(reader.permissions) == [])
      #expect(asked.subtracting(Self.allowed) == [])
    }
    for request in cloud.requests where !Self.isRead(request) {
      #expect(request.path == "/v1/projects/acme-1/subscriptions/audit-events:acknowledge")
    }
  }

  @Test(arguments: AuditedProjects.Mood.allCases)
  func theGapsQuestionReadsAlone(_ mood: AuditedProjects.Mood) async throws {
    let cloud = AuditedProjects(mood)
    let probe = Self.gap(cloud)
    let source = try #require(AuditedProjects.sources.first?.id)
    _ = await probe.ask(
      GapProbe.Question(
        source: source, region: "acme-1", from: AuditedProjects.now - .hours(3),
        to: AuditedProjects.now - .hours(1)), AuditedProjects.now)
    #expect(Set(cloud.permissions.map(\.rawValue)).subtracting(probe.permissions) == [])
    #expect(cloud.requests.allSatisfy(Self.isRead))
  }

  /// Google asks by POST for some of what only reads.
  private static func isRead(_ request: AuditedProjects.Request) -> Bool {
    let asking = ["/v2/entries:list", ":getIamPolicy", ":testIamPermissions", ":pull"]
    return request.method == "GET"
      || request.method == "POST" && asking.contains { request.path.hasSuffix($0) }
  }

  private static func isEcho(_ request: AuditedProjects.Request) -> Bool {
    request.method == "PUT" && request.path == "/v2/projects/acme-1/metrics/watchkeeper-echo"
  }

  private static func isEchoProbe(_ probe: Probe) -> Bool {
    probe.paths.contains { $0.kind == .echo }
  }

  @Test func everyDeclaredPermissionIsKnownAndReads() {
    let policy = Self.policy()
    #expect(policy.strangers == [])
    #expect(!policy.permissions.isEmpty)
    for permission in policy.permissions where !permission.writes {
      let verb = permission.rawValue.split(separator: ".").last.map(String.init) ?? ""
      #expect(["get", "list", "getIamPolicy", "access"].contains(verb), "\(permission)")
    }
  }

  /// Every permission that there is, as if some probe declared it.
  private static func whole(_ account: CloudAccount = AuditedProjects.account) -> [GCPRole] {
    let all = Probe(
      id: "all", permissions: GCPPermission.allCases.map(\.rawValue), paths: []
    ) { now in ProbeReport(probe: "all", began: now, ended: now, looks: []) }
    return GCPAccessRoles(
      account: account, sources: AuditedProjects.sources, probes: [all], readers: []
    ).roles
  }

  @Test func rolesAreForTheirOwnPlaces() throws {
    let roles = Dictionary(uniqueKeysWithValues: Self.whole().map { ($0.id, $0) })
    #expect(
      roles.values.filter { role in
        role.permissions.contains { GCPPermission(rawValue: $0)?.writes == true }
      }.map(\.id).sorted() == ["watchkeeper_echo", "watchkeeper_queue"])
    #expect(
      roles["watchkeeper_organization"]?.permissions.contains("resourcemanager.projects.list")
        == true)
    #expect(roles["watchkeeper_destinations"]?.permissions.contains("storage.objects.list") == true)
    let reader = try #require(roles["watchkeeper_reader"])
    #expect(reader.places == ["projects/acme-1", "projects/acme-2", "folders/9"])
    #expect(reader.permissions.contains("logging.logEntries.list"))
    #expect(!reader.permissions.contains { $0.hasPrefix("resourcemanager.folders") })
    #expect(roles["watchkeeper_queue"]?.places == ["projects/acme-1/subscriptions/audit-events"])
    #expect(
      roles["watchkeeper_queue"]?.permissions.contains("pubsub.subscriptions.consume") == true)
    #expect(roles["watchkeeper_echo"]?.permissions == ["logging.logMetrics.update"])
    #expect(roles["watchkeeper_echo"]?.places == ["projects/acme-1"])
    #expect(
      roles["watchkeeper_queue"]?.steps.last
        == "gcloud pubsub subscriptions add-iam-policy-binding audit-events --project=acme-1 "
        + "--member=MEMBER --role=projects/acme-1/roles/watchkeeper_queue")
  }

  /// Signing in as somebody else, or on another project's quota, needs what no probe declares.
  @Test func signingInIsAllowedToo() throws {
    var account = AuditedProjects.account
    account.gcp?.impersonate = "watch@acme-1.iam.gserviceaccount.com"
    account.gcp?.quotaProject = "acme-2"
    let roles = Self.whole(account)
    let impersonate = try #require(roles.first { $0.id == "watchkeeper_impersonate" })
    #expect(impersonate.permissions == ["iam.serviceAccounts.getAccessToken"])
    #expect(
      impersonate.steps.last
        == "gcloud iam service-accounts add-iam-policy-binding watch@acme-1.iam.gserviceaccount.com "
        + "--member=MEMBER --role=projects/acme-1/roles/watchkeeper_impersonate")
    #expect(roles.first { $0.id == "watchkeeper_quota" }?.places == ["projects/acme-2"])
  }

  @Test func withoutAnEchoNothingWritesSettings() {
    var sources = AuditedProjects.sources
    sources[0].gcp?.echoMetric = nil
    sources[0].echo = .off
    #expect(!Self.policy(sources: sources).permissions.contains(.logMetricsUpdate))
  }

  /// As `gcloud iam roles create --file` takes it.
  @Test func theDocumentIsWhole() throws {
    for role in Self.whole() {
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(role.json.pretty.utf8)) as? [String: Any])
      #expect(Set(object.keys) == ["title", "description", "stage", "includedPermissions"])
      #expect(object["includedPermissions"] as? [String] == role.permissions)
      #expect(role.id.allSatisfy { $0.isLetter || $0 == "_" })
      #expect((role.json["description"]?.string?.count ?? 0) <= 256)
      #expect(role.terraform.contains("role_id     = \"\(role.id)\""))
    }
  }
}
