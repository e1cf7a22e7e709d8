import CloudAPI
import Synchronization
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

struct AzureEchoProbeTests {
  private static let plan = SourcePlan.azure(
    AzureSource(workspace: AzureNames.workspace, echoGroup: "dev/watch-echo"))
  private static let tags =
    "patch /subscriptions/\(AzureNames.dev)/resourcegroups/watch-echo/providers/microsoft.resources/tags/default"
  private static let log =
    "/subscriptions/\(AzureNames.dev)/providers/Microsoft.Insights/eventtypes/management/values"
  private static let columns = "Correlation:string Request:string Arrived:datetime"

  private func cloud() -> CannedAzure {
    let cloud = CannedAzure()
    cloud.set(Self.tags) { _ in
      HTTPResponse(
        status: 200, headers: [HTTPHeader("x-ms-correlation-request-id", "C-1")],
        body: Array("{}".utf8))
    }
    cloud.set("/workspaces/central", azureWorkspace())
    cloud.set("query azureactivity", azureRows(Self.columns))
    cloud.set(Self.log, #"{"value":[]}"#)
    return cloud
  }

  private func probe(_ cloud: CannedAzure) throws -> Probe {
    try #require(cloud.probes([Self.plan]).named("azure.echo"))
  }

  private func legs(_ probe: Probe, _ time: Timestamp) async -> [EchoLeg] {
    guard case .saw(.echo(let echo))? = await probe.look(time).results["echo dev"] else {
      return []
    }
    return echo.legs
  }

  @Test func `without a workspace nothing is written: it could not be found again`() {
    let plan = SourcePlan.azure(
      AzureSource(archive: AzureNames.archive, echoGroup: "dev/watch-echo"))
    #expect(cloud().probes([plan]).named("azure.echo") == nil)
  }

  @Test func `one tag is written every quarter of an hour, and nothing else`() async throws {
    let cloud = cloud()
    let probe = try probe(cloud)
    for minute in [0, 5, 10, 15, 20] { _ = await probe.look(three + .minutes(minute)) }
    let writes = cloud.requests.filter { !$0.key.hasPrefix("get") && $0.query == nil }
    #expect(writes.map(\.key) == [Self.tags, Self.tags])
    let body = try JSONReader.read(Array(try #require(writes.first).body.utf8))
    #expect(body["operation"]?.string == "Merge")
    let names = body["properties"]?["tags"]?.members?.map(\.name)
    #expect(names == ["watchkeeper-echo"])
    #expect(AzureProbes.echoPermission == "Microsoft.Resources/tags/write")
    #expect(probe.permissions.contains(AzureProbes.echoPermission))
  }

  @Test func `found again by correlation id in the workspace, and in the Activity Log`()
    async throws
  {
    let cloud = cloud()
    let probe = try probe(cloud)
    let first = await legs(probe, three)
    #expect(first.map(\.kind) == [.activity, .history])
    #expect(first.allSatisfy { $0.sent == three && $0.returned == nil && $0.owed == nil })
    cloud.set("query azureactivity", azureRows(Self.columns, #"["c-1","","2026-11-20T03:04:00Z"]"#))
    cloud.set(
      Self.log,
      #"{"value":[\#(azureEvent("microsoft.resources/TAGS/write", at: 1, "/x", correlation: "c-1"))]}"#
    )
    let legs = await legs(probe, three + .minutes(5))
    #expect(legs.allSatisfy { $0.returned == three && $0.owed == nil && $0.waiting == nil })
    #expect(legs.first?.arrived == three + .minutes(4) && legs.first?.p50 == .minutes(4))
  }

  @Test func `by our own request's id where no correlation id was told`() async throws {
    let cloud = cloud()
    cloud.set(Self.tags, "{}")
    let probe = try probe(cloud)
    _ = await probe.look(three)
    let write = try #require(cloud.requests.first { $0.key == Self.tags })
    let nonce = try #require(
      try JSONReader.read(Array(write.body.utf8))["properties"]?["tags"]?["watchkeeper-echo"]?
        .string)
    let request = JSONValue.string(#"{"clientRequestId":"\#(nonce)"}"#).text
    cloud.set(
      "query azureactivity", azureRows(Self.columns, #"["z",\#(request),"2026-11-20T03:04:00Z"]"#))
    let legs = await legs(probe, three + .minutes(5))
    #expect(legs.first?.returned == three)
    let query = cloud.requests.compactMap(\.query).last
    #expect(query?.contains("httprequest contains \"\(nonce)\"") == true)
    #expect(query?.contains("correlationid) in") == false)
  }

  @Test func `owed when both ends of the wait are over, and others' rows are none`() async throws {
    let cloud = cloud()
    cloud.set("query azureactivity", azureRows(Self.columns, #"["c-9","","2026-11-20T03:04:00Z"]"#))
    let probe = try probe(cloud)
    _ = await probe.look(three)
    #expect(await legs(probe, three + .minutes(40)).first?.owed == nil)
    let late = await legs(probe, three + .minutes(41)).first
    #expect(late?.owed == three && late?.blind == nil)
    // Blind is not missing.
    cloud.refuse("query azureactivity", 403, "InsufficientAccessError")
    let blind = await legs(probe, three + .minutes(42)).first
    #expect(blind?.owed == nil && blind?.blind?.kind == .denied)
  }

  @Test func `a write that is refused is blind, and waits for no echo`() async throws {
    let cloud = cloud()
    cloud.refuse(Self.tags)
    let result = try await probe(cloud).look(three).results["echo dev"]
    #expect(result?.blindness?.kind == .denied)
    #expect(result?.blindness?.detail.contains("Microsoft.Resources/tags/write") == true)
  }

  @Test(arguments: [nil, "", "dev", "dev/", "nowhere/group", "dev/a/b"])
  func `without a group of its own there is no echo`(_ group: String?) {
    let plan = SourcePlan.azure(AzureSource(workspace: AzureNames.workspace, echoGroup: group))
    #expect(CannedAzure().probes([plan]).named("azure.echo") == nil)
  }

  @Test func `nonces are GUIDs, each another`() {
    let some = (0..<20).map { _ in AzureEchoProbe.guid() }
    #expect(Set(some).count == 20)
    for guid in some {
      #expect(guid.split(separator: "-").map(\.count) == [8, 4, 4, 4, 12])
    }
  }
}
