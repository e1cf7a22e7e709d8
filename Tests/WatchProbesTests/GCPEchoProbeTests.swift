import CloudAPI
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

struct GCPEchoProbeTests {
  private static let plan = SourcePlan.gcp(GCPSource(echoMetric: "one/watch-echo"))
  private static let metric = "/v2/projects/acme-1/metrics/watch-echo"
  private static let bucket = "projects/acme-1/locations/eu/buckets/audit"
  private static let stored = "entries \(bucket)/views/_AllLogs "
  private static let log = "entries projects/acme-1 "

  private func cloud(
    sinks: String = acmeSink(to: "logging.googleapis.com/\(GCPEchoProbeTests.bucket)")
  ) -> CannedGCP {
    let cloud = CannedGCP()
    let body = #"{"name":"watch-echo","filter":"severity=ALERT","description":"old"}"#
    cloud.set("GET \(Self.metric)", body)
    cloud.set("PUT \(Self.metric)", body)
    cloud.set("/acme-1/sinks", gcpList("sinks", sinks))
    cloud.set(Self.log, "{}")
    cloud.set(Self.stored, "{}")
    return cloud
  }

  private func probe(_ cloud: CannedGCP) throws -> Probe {
    try #require(cloud.probes([Self.plan]).named("gcp.echo"))
  }

  private func legs(_ probe: Probe, _ time: Timestamp) async -> [EchoLeg] {
    guard case .saw(.echo(let echo))? = await probe.look(time).results["echo one"] else {
      return []
    }
    return echo.legs
  }

  private func notes(_ cloud: CannedGCP) -> [String] {
    cloud.requests.filter { $0.key.hasPrefix("PUT") }.compactMap {
      $0.body?["description"]?.string
    }
  }

  private func entry(_ note: String, at seconds: Int) -> String {
    gcpList(
      "entries",
      acmeEntry(
        "google.logging.v2.MetricsServiceV2.UpdateLogMetric", at: seconds,
        more: #","request":{"metric":{"name":"watch-echo","description":"\#(note)"}}"#))
  }

  @Test func `one note is written every quarter of an hour, and nothing else`() async throws {
    let cloud = cloud()
    let probe = try probe(cloud)
    for minute in [0, 5, 10, 15, 20] { _ = await probe.look(three + .minutes(minute)) }
    let notes = notes(cloud)
    #expect(notes.count == 2 && Set(notes).count == 2)
    #expect(notes.allSatisfy { $0.hasPrefix("watchkeeper echo ") && $0.count > 40 })
    let writes = cloud.requests.filter { !$0.key.hasPrefix("GET") && $0.entries == nil }
    #expect(writes.allSatisfy { $0.key == "PUT \(Self.metric)" })
    #expect(probe.permissions.contains(GCPProbes.echoPermission))
  }

  @Test func `found again in Cloud Logging and in the sink's log bucket`() async throws {
    let cloud = cloud()
    let probe = try probe(cloud)
    let first = await legs(probe, three)
    #expect(first.map(\.kind) == [.entries, .export])
    #expect(first.allSatisfy { $0.sent == three && $0.returned == nil && $0.owed == nil })
    let note = try #require(notes(cloud).first)
    for place in [Self.log, Self.stored] { cloud.set(place, entry(note, at: 20)) }
    let legs = await legs(probe, three + .minutes(5))
    #expect(legs.allSatisfy { $0.returned == three && $0.owed == nil && $0.waiting == nil })
    #expect(legs.allSatisfy { $0.p50 == .seconds(20) && $0.record != nil })
    let asked = cloud.requests.compactMap(\.entries).filter { $0.contains("UpdateLogMetric") }
    #expect(
      asked.count == 2 && asked.allSatisfy { $0.contains("cloudaudit.googleapis.com/activity") })
  }

  @Test func `owed where it did not come out, and others' updates are none`() async throws {
    let cloud = cloud()
    let probe = try probe(cloud)
    _ = await probe.look(three)
    let note = try #require(notes(cloud).first)
    cloud.set(Self.log, entry(note, at: 20))
    cloud.set(Self.stored, entry("somebody's words", at: 20))
    // The sink is gone; where it led to is asked all the same.
    cloud.set("/acme-1/sinks", "{}")
    for minute in [15, 30, 45] { _ = await probe.look(three + .minutes(minute)) }
    let late = await legs(probe, three + .minutes(60))
    #expect(late.map(\.kind) == [.entries, .export])
    #expect(late.first?.returned == three)
    #expect(late.last?.owed == three && late.last?.blind == nil)
    // Blind is not missing.
    cloud.refuse(Self.stored)
    let blind = await legs(probe, three + .minutes(61)).last
    #expect(blind?.owed == nil && blind?.blind?.kind == .denied)
  }

  @Test func `without a log bucket Cloud Logging alone answers`() async throws {
    let legs = await legs(try probe(cloud(sinks: acmeSink())), three)
    #expect(legs.map(\.kind) == [.entries])
  }

  @Test(arguments: [
    ("GET \(metric)", 403, "PERMISSION_DENIED", Blindness.Kind.denied),
    ("PUT \(metric)", 403, "PERMISSION_DENIED", Blindness.Kind.denied),
    ("GET \(metric)", 404, "NOT_FOUND", Blindness.Kind.missing),
  ])
  func `a write that was not made is blind, and waits for no echo`(
    _ call: String, _ status: Int, _ code: String, _ kind: Blindness.Kind
  ) async throws {
    let cloud = cloud()
    cloud.refuse(call, status, code)
    let result = try await probe(cloud).look(three).results["echo one"]
    #expect(result?.blindness?.kind == kind)
  }

  @Test(arguments: [nil, "", "one", "one/", "nowhere/metric"])
  func `without a metric of its own there is no echo`(_ metric: String?) {
    let plan = SourcePlan.gcp(GCPSource(echoMetric: metric))
    #expect(CannedGCP().probes([plan]).named("gcp.echo") == nil)
  }

  @Test func `only a sink that carries it owes an echo`() async throws {
    let to = "logging.googleapis.com/projects/acme-1/locations/eu/buckets/"
    let reads = acmeSink("a-reads", to: to + "reads", filter: #"logName:"data_access""#)
    let dropping = acmeSink(
      "b-less", to: to + "less",
      more: #","exclusions":[{"name":"x","filter":"protoPayload.methodName:\"LogMetric\""}]"#)
    let whole = acmeSink("c-all", to: "logging.googleapis.com/\(Self.bucket)")
    let cloud = cloud(sinks: [reads, dropping, whole].joined(separator: ","))
    let plan = SourcePlan.gcp(
      GCPSource(logs: ["activity", "data_access"], echoMetric: "one/watch-echo"))
    let probe = try #require(cloud.probes([plan]).named("gcp.echo"))
    _ = await probe.look(three)
    _ = await probe.look(three + .minutes(5))
    let asked = cloud.requests.compactMap(\.entries).filter { $0.contains("UpdateLogMetric") }
    #expect(
      Set(asked.compactMap { $0.split(separator: " ").dropFirst().first }) == [
        "projects/acme-1", "\(Self.bucket)/views/_AllLogs",
      ])
  }
}
