import CloudAPI
import Foundation
import Testing
import WatchCore
import WatchProbes

@testable import WatchSetup

/// Every probe is run, and nothing is asked that the printed roles do not allow.
struct AzureAccessTests {

  private static func probes(
    _ cloud: AuditedTenant, sources: [SourcePlan] = AuditedTenant.sources
  ) -> [Probe] {
    AzureProbes.make(
      account: AuditedTenant.account, sources: sources, client: cloud.client, clock: .still)
  }

  private static func readers(_ cloud: AuditedTenant) -> [EventReader] {
    AzureProbes.readers(
      account: AuditedTenant.account, sources: AuditedTenant.sources, client: cloud.client,
      clock: .still)
  }

  private static func gap(_ cloud: AuditedTenant) -> GapProbe {
    AzureProbes.gap(
      account: AuditedTenant.account, sources: AuditedTenant.sources, client: cloud.client,
      clock: .still)
  }

  private static func policy(
    sources: [SourcePlan] = AuditedTenant.sources
  ) -> AzureAccessPolicy {
    let cloud = AuditedTenant()
    return AzureAccessPolicy(
      account: AuditedTenant.account, sources: sources, probes: probes(cloud, sources: sources),
      readers: readers(cloud), gap: gap(cloud))
  }

  private static let allowed = Set(
    policy().roles.flatMap { $0.actions + $0.dataActions }.map { $0.lowercased() })

  @Test(arguments: AuditedTenant.Mood.allCases)
  func noProbeAsksWhatItDoesNotDeclare(_ mood: AuditedTenant.Mood) async {
    for index in Self.probes(AuditedTenant()).indices {
      let cloud = AuditedTenant(mood)
      let probe = Self.probes(cloud)[index]
      _ = await probe.look(AuditedTenant.now)
      _ = await probe.look(AuditedTenant.now + .minutes(10))
      let declared = Set(probe.permissions.map { $0.lowercased() })
      #expect(!cloud.requests.isEmpty, "\(probe.id) asked nothing")
      #expect(cloud.actions.subtracting(declared) == [], "\(probe.id)")
      #expect(cloud.actions.subtracting(Self.allowed) == [], "\(probe.id)")
      let writes = cloud.requests.filter { !Self.isRead($0) }
      #expect(writes.allSatisfy { Self.isEcho($0) && Self.isEchoProbe(probe) }, "\(probe.id)")
    }
  }

  @Test(arguments: AuditedTenant.Mood.allCases)
  func theQueuesReaderDeletesItsMessagesAndWritesNothingElse(
    _ mood: AuditedTenant.Mood
  ) async throws {
    let cloud = AuditedTenant(mood)
    let reader = try #require(Self.readers(cloud).first)
    let report = await reader.receive(AuditedTenant.now)
    await reader.release(report.receipts + ["m1 r1"])
    #expect(cloud.actions.subtracting(Set(reader.permissions.map { $0.lowercased() })) == [])
    #expect(cloud.actions.subtracting(Self.allowed) == [])
    for request in cloud.requests where !Self.isRead(request) {
      #expect(request.method == "DELETE")
      #expect(request.host == "acmelogs.queue.core.windows.net")
      #expect(request.path.hasPrefix("/audit-events/messages/"))
    }
  }

  @Test(arguments: AuditedTenant.Mood.allCases)
  func theGapsQuestionReadsAlone(_ mood: AuditedTenant.Mood) async throws {
    let cloud = AuditedTenant(mood)
    let probe = Self.gap(cloud)
    let source = try #require(AuditedTenant.sources.first?.id)
    _ = await probe.ask(
      GapProbe.Question(
        source: source, region: "dev", from: AuditedTenant.now - .hours(3),
        to: AuditedTenant.now - .hours(1)), AuditedTenant.now)
    #expect(cloud.actions.subtracting(Set(probe.permissions.map { $0.lowercased() })) == [])
    #expect(cloud.requests.allSatisfy(Self.isRead))
  }

  /// A query is a POST that reads.
  private static func isRead(_ request: AuditedTenant.Request) -> Bool {
    request.method == "GET" || request.method == "HEAD"
      || request.method == "POST" && request.path.hasSuffix("/query")
  }

  private static func isEcho(_ request: AuditedTenant.Request) -> Bool {
    request.method == "PATCH"
      && request.path
        == "/subscriptions/\(AuditedTenant.dev)/resourcegroups/watchkeeper-echo/providers/"
        + "microsoft.resources/tags/default"
  }

  private static func isEchoProbe(_ probe: Probe) -> Bool {
    probe.paths.contains { $0.kind == .echo }
  }

  /// So that nothing is left out because nobody knows it, and nothing writes but what is known to.
  @Test func everyDeclaredActionIsKnownAndReads() {
    let policy = Self.policy()
    #expect(policy.strangers == [])
    #expect(!policy.actions.isEmpty)
    for action in policy.actions where action != .writeTags && action != .processMessages {
      #expect(action.name.lowercased().hasSuffix("/read"), "\(action)")
    }
  }

  @Test func rolesAreForTheirOwnPlaces() throws {
    let roles = Dictionary(uniqueKeysWithValues: Self.policy().roles.map { ($0.name, $0) })
    #expect(
      roles.keys.sorted()
        == ["archive", "echo", "logs", "queue", "reader"].map {
          "watchkeeper-dev-\($0)"
        })
    let reader = try #require(roles["watchkeeper-dev-reader"])
    #expect(
      reader.places == [
        "/subscriptions/\(AuditedTenant.dev)", "/subscriptions/\(AuditedTenant.test)",
      ])
    #expect(reader.dataActions == [])
    #expect(reader.actions.contains("Microsoft.Insights/eventtypes/values/Read"))
    #expect(!reader.actions.contains { $0.lowercased().hasSuffix("write") })
    #expect(!reader.actions.contains { $0.lowercased().contains("/query/") })
    #expect(roles["watchkeeper-dev-logs"]?.places == [AuditedTenant.workspace])
    #expect(
      roles["watchkeeper-dev-archive"]?.places
        == ["\(AuditedTenant.archive)/blobServices/default/containers/insights-activity-logs"])
    #expect(roles["watchkeeper-dev-archive"]?.actions == [])
    #expect(
      roles["watchkeeper-dev-queue"]?.places
        == ["\(AuditedTenant.archive)/queueServices/default/queues/audit-events"])
    #expect(
      roles["watchkeeper-dev-queue"]?.dataActions == [
        "Microsoft.Storage/storageAccounts/queueServices/queues/messages/process/action"
      ])
    #expect(
      roles["watchkeeper-dev-echo"]?.places
        == ["/subscriptions/\(AuditedTenant.dev)/resourceGroups/watchkeeper-echo"])
    #expect(roles["watchkeeper-dev-echo"]?.actions == ["Microsoft.Resources/tags/write"])
  }

  @Test func withoutAnEchoNothingWrites() {
    var sources = AuditedTenant.sources
    sources[0].azure?.echoGroup = nil
    sources[0].echo = .off
    let roles = Self.policy(sources: sources).roles
    #expect(!roles.contains { $0.name.hasSuffix("-echo") })
    #expect(!roles.flatMap(\.actions).contains { $0.lowercased().hasSuffix("/write") })
  }

  @Test func whatNobodyNamedIsWideAndSaid() {
    var sources = AuditedTenant.sources
    sources[0].azure?.workspace =
      "/subscriptions/0f0f9999-2222-4333-8444-555566667777/resourceGroups/x/providers/"
      + "Microsoft.OperationalInsights/workspaces/far"
    sources[0].azure?.archive = nil
    let policy = Self.policy(sources: sources)
    #expect(policy.widened == [.queue])
    let queue = policy.roles.first { $0.name.hasSuffix("-queue") }
    #expect(
      queue?.places == [
        "/subscriptions/SUBSCRIPTION/resourceGroups/GROUP/providers/Microsoft.Storage/"
          + "storageAccounts/acmelogs/queueServices/default/queues/audit-events"
      ])
    #expect(queue?.assignableScopes.count == 2)
    let reader = policy.roles.first { $0.name.hasSuffix("-reader") }
    #expect(reader?.assignableScopes.last == "/subscriptions/0f0f9999-2222-4333-8444-555566667777")
  }

  /// As `az role definition create` takes it.
  @Test func theDocumentIsWhole() throws {
    let role = try #require(Self.policy().roles.first { $0.name.hasSuffix("-reader") })
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(role.json.pretty.utf8)) as? [String: Any])
    #expect(
      Set(object.keys) == [
        "Name", "IsCustom", "Description", "Actions", "NotActions", "DataActions",
        "NotDataActions", "AssignableScopes",
      ])
    #expect(object["NotActions"] as? [String] == [])
    #expect(object["Actions"] as? [String] == role.actions)
    #expect(
      role.terraform.contains("resource \"azurerm_role_definition\" \"watchkeeper_dev_reader\""))
    #expect(role.steps.count == 2)
    #expect(role.steps[0].hasSuffix("--scope '/subscriptions/\(AuditedTenant.dev)'"))
  }
}
