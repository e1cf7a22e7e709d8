import CloudAPI
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

struct GCPHistoryProbeTests {
  private static let place = "projects/acme-1"
  private static let config = "google.logging.v2.ConfigServiceV2."

  private func script(_ entries: [String], sinks: [String] = [gcpSink()]) -> GCPScript {
    let script = GCPScript()
    script.set("acme-1/sinks", #"{"sinks":[\#(sinks.joined(separator: ","))]}"#)
    script.entries(Self.place, entries)
    return script
  }

  private func history(
    _ script: GCPScript, _ plan: SourcePlan = GCPScript.plan()
  ) async throws -> HistorySighting? {
    try await script.look("gcp.history", plan)["history acme-1"]?.history
  }

  @Test func `names who deleted the sink`() async throws {
    let delete = gcpEntry(
      Self.config + "DeleteSink", at: -100, resource: "projects/acme-1/sinks/to-siem", id: "i-1",
      more: #","request":{"sinkName":"projects/acme-1/sinks/to-siem"}"#)
    let seen = try #require(try await history(script([delete])))
    let change = try #require(seen.changes.first)
    #expect(change.part == PipelineNode.ID(.sink, "projects/acme-1/sinks/to-siem"))
    #expect(change.harm == .cuts && change.code == "gcp.sink.deleted" && change.stage == .export)
    let cause = change.cause
    #expect(cause.actor == "dev@example.org" && cause.action == "DeleteSink")
    #expect(cause.from == "198.51.100.7" && cause.agent == "gcloud" && cause.event == "i-1")
    #expect(cause.region == "acme-1" && cause.at == three - .seconds(100) && cause.error == nil)
    #expect(cause.subject == "projects/acme-1/sinks/to-siem")
    #expect(change.sources == [GCPScript.plan().id] && change.raw.contains("DeleteSink"))
    #expect(seen.activity == [three - .seconds(100)] && seen.latest?.action == "DeleteSink")
    #expect(seen.to == three && seen.from == three - .hours(24))
  }

  /// Method, service, resource, more of the payload; then harm and code, nil where it is no change.
  private typealias Act = (String, String, String, String, String?, FailureCode?)

  private static let acts: [Act] = [
    (config + "UpdateSink", "logging", "projects/acme-1/sinks/to-siem", "", "changes", nil),
    (
      config.lowercased() + "deletesink", "logging", "projects/123/sinks/to-siem", "", "cuts",
      "gcp.sink.deleted"
    ),
    (config + "UpdateSink", "logging", "projects/acme-1/sinks/lb", "", nil, nil),
    (config + "DeleteSink", "logging", "projects/acme-1/sinks/unheard", "", "changes", nil),
    (config + "CreateExclusion", "logging", "projects/acme-1", "", "changes", nil),
    (config + "DeleteExclusion", "logging", "projects/acme-1", "", "widens", nil),
    (
      config + "UpdateSettings", "logging", "projects/acme-1/settings",
      #","request":{"settings":{"disableDefaultSink":true}}"#, "shrinks", "gcp.pipeline.tampered"
    ),
    (
      config + "UpdateBucket", "logging", "projects/acme-1/locations/eu/buckets/audit",
      #","request":{"bucket":{"retentionDays":1}}"#, "shrinks", "gcp.pipeline.tampered"
    ),
    (
      config + "UpdateBucket", "logging", "projects/acme-1/locations/eu/buckets/audit",
      #","request":{"bucket":{"retentionDays":"400"}}"#, "changes", nil
    ),
    (
      config + "DeleteBucket", "logging", "projects/acme-1/locations/eu/buckets/audit", "", "cuts",
      "gcp.pipeline.tampered"
    ),
    (
      config + "DeleteBucket", "logging", "projects/acme-1/locations/eu/buckets/other", "", nil, nil
    ),
    (
      "google.logging.v2.LoggingServiceV2.DeleteLog", "logging", "",
      #","request":{"logName":"projects/acme-1/logs/cloudaudit.googleapis.com%2Fdata_access"}"#,
      "shrinks", "gcp.pipeline.tampered"
    ),
    (
      "google.logging.v2.LoggingServiceV2.DeleteLog", "logging", "projects/acme-1/logs/syslog", "",
      nil, nil
    ),
    (
      "google.logging.v2.MetricsServiceV2.DeleteLogMetric", "logging",
      "projects/acme-1/metrics/audit", "", "cuts", "gcp.alertpath.silenced"
    ),
    (
      "google.logging.v2.MetricsServiceV2.DeleteLogMetric", "logging",
      "projects/acme-1/metrics/other", "", nil, nil
    ),
    (
      "SetIamPolicy", "cloudresourcemanager", "projects/acme-1", deltas("REMOVE", nil), "shrinks",
      "gcp.auditconfig.weakened"
    ),
    (
      "SetIamPolicy", "cloudresourcemanager", "projects/acme-1", deltas("ADD", "user:a@b.c"),
      "shrinks", "gcp.auditconfig.weakened"
    ),
    ("SetIamPolicy", "cloudresourcemanager", "projects/acme-1", deltas("ADD", nil), "widens", nil),
    (
      "SetIamPolicy", "cloudresourcemanager", "projects/acme-1", deltas("REMOVE", "user:a@b.c"),
      "widens", nil
    ),
    ("SetIamPolicy", "cloudresourcemanager", "projects/acme-1", "", nil, nil),
    ("SetIamPolicy", "secretmanager", "projects/acme-1", deltas("REMOVE", nil), nil, nil),
    (
      "google.pubsub.v1.Publisher.DeleteTopic", "pubsub", "projects/acme-1/topics/t", "", "cuts",
      "gcp.pipeline.tampered"
    ),
    (
      "google.pubsub.v1.Publisher.DeleteTopic", "pubsub", "projects/acme-1/topics/tea", "", nil, nil
    ),
    (
      "storage.buckets.delete", "storage", "projects/_/buckets/acme-archive", "", "cuts",
      "gcp.pipeline.tampered"
    ),
    (
      "storage.setIamPermissions", "storage", "projects/_/buckets/acme-archive",
      #","serviceData":{"policyDelta":{"bindingDeltas":[{"action":"REMOVE","role":"#
        + #""roles/storage.objectCreator","member":"#
        + #""serviceAccount:s-1@gcp-sa-logging.iam.gserviceaccount.com"}]}}"#, "cuts",
      "gcp.pipeline.tampered"
    ),
    (
      "storage.setIamPermissions", "storage", "projects/_/buckets/acme-archive",
      #","serviceData":{"policyDelta":{"bindingDeltas":[{"action":"ADD","role":"r","member":"#
        + #""allUsers"}]}}"#, "shrinks", "gcp.pipeline.tampered"
    ),
    ("storage.buckets.delete", "storage", "projects/_/buckets/others", "", nil, nil),
    (
      "google.api.serviceusage.v1.ServiceUsage.DisableService", "serviceusage",
      "projects/1/services/pubsub.googleapis.com", "", "cuts", "gcp.pipeline.tampered"
    ),
    (
      "google.api.serviceusage.v1.ServiceUsage.DisableService", "serviceusage",
      "projects/1/services/maps.googleapis.com", "", nil, nil
    ),
    (
      "DeleteProject", "cloudresourcemanager", "projects/acme-1", "", "cuts",
      "gcp.pipeline.tampered"
    ),
    (
      "google.monitoring.v3.AlertPolicyService.DeleteAlertPolicy", "monitoring",
      "projects/acme-1/alertPolicies/1", "", nil, nil
    ),
    ("v1.compute.instances.insert", "compute", "projects/acme-1/sinks/to-siem", "", nil, nil),
  ]

  private static func deltas(_ action: String, _ member: String?) -> String {
    let member = member.map { #","exemptedMember":"\#($0)""# } ?? ""
    return #","serviceData":{"policyDelta":{"auditConfigDeltas":[{"action":"\#(action)","service":"#
      + #""allServices","logType":"DATA_READ"\#(member)}]}}"#
  }

  @Test(arguments: acts.indices) func `acts on our parts, and what they come to`(
    _ index: Int
  ) async throws {
    let (method, service, resource, more, harm, code) = Self.acts[index]
    let sinks = [
      gcpSink(), gcpSink("lb", filter: #"resource.type=\"http_load_balancer\""#),
      gcpSink(
        "keep", destination: "logging.googleapis.com/projects/acme-1/locations/eu/buckets/audit"),
      gcpSink("archive", destination: "storage.googleapis.com/acme-archive"),
    ]
    let entry = gcpEntry(
      method, at: -9, service: "\(service).googleapis.com", resource: resource, more: more)
    let seen = try await history(script([entry], sinks: sinks), GCPScript.plan(metric: "audit"))
    let change = seen?.changes.first
    #expect(change?.harm.rawValue == harm, "\(method)")
    #expect(change?.code == code, "\(method)")
  }

  @Test func `a refused attempt says so`() async throws {
    let failed = gcpEntry(
      Self.config + "DeleteSink", at: -9, resource: "projects/acme-1/sinks/to-siem",
      more: #","status":{"code":7,"message":"Permission denied"}"#)
    let change = try await history(script([failed]))?.changes.first
    #expect(change?.cause.error == "Permission denied")
  }

  @Test func `services and ourselves are no activity`() async throws {
    let agents = [
      "service-123@compute-system.iam.gserviceaccount.com", "system:addon-manager", "",
      "123@cloudservices.gserviceaccount.com", "service-agent-manager@system.gserviceaccount.com",
    ]
    var entries = agents.enumerated().map { gcpEntry("m", at: -1 - $0, by: $1) }
    entries.append(gcpEntry("m", at: -50).replacing("gcloud", with: "watchkeeper/0.1.0"))
    entries.append(gcpEntry("m", at: -60, by: "ci@acme-1.iam.gserviceaccount.com"))
    entries.append(gcpEntry("m", at: -70, by: "1-compute@developer.gserviceaccount.com"))
    let seen = try await history(script(entries))
    #expect(seen?.activity == [three - .seconds(60), three - .seconds(70)])
  }

  @Test func `each entry counts once, looks overlap`() async throws {
    let first = gcpEntry("m", at: -300, id: "a")
    let script = script([first, first])
    let probe = try script.probe("gcp.history")
    _ = await probe.look(three)
    script.entries(Self.place, [first, gcpEntry("m", at: -600, id: "b")])
    let seen = await probe.look(three + .minutes(2)).results["history acme-1"]?.history
    #expect(seen?.activity == [three - .seconds(300), three - .seconds(600)])
    let filters = script.requests.map(\.filter).filter { !$0.isEmpty }
    #expect(filters.first?.contains((three - .hours(24)).date) == true)
    #expect(filters.last?.contains("02:45:00") == true)
  }

  @Test func `too much to read whole: what matters is asked by name`() async throws {
    let script = script([])
    let stop = gcpEntry(
      Self.config + "DeleteSink", at: -5_000, resource: "projects/acme-1/sinks/to-siem")
    script.set("entries \(Self.place) activity") { asked in
      if asked.filter.contains("methodName") { return .json(#"{"entries":[\#(stop)]}"#) }
      let busy = (0..<200).map { gcpEntry("m", at: -1 - $0) }
      return .json(#"{"entries":[\#(busy.joined(separator: ","))],"nextPageToken":"more"}"#)
    }
    let seen = try #require(try await history(script))
    #expect(seen.activityCut && seen.changes.map(\.cause.action) == ["DeleteSink"])
    #expect(seen.from == three - .seconds(200))
  }

  @Test func `sinks that cannot be listed make acts doubtful, and blind nothing`() async throws {
    let delete = gcpEntry(
      Self.config + "DeleteSink", at: -9, resource: "projects/acme-1/sinks/any")
    let script = script([delete])
    script.refuse("acme-1/sinks")
    let change = try await history(script)?.changes.first
    #expect(change?.code == "gcp.sink.deleted")
    #expect(change?.difference.contains { $0.contains("perhaps one of ours") } == true)
  }

  @Test func `with names, other sinks are other people's`() async throws {
    let delete = gcpEntry(
      Self.config + "DeleteSink", at: -9, resource: "projects/acme-1/sinks/other")
    let plan = GCPScript.plan(sinks: ["to-siem"])
    #expect(try await history(script([delete]), plan)?.changes.isEmpty == true)
  }

  @Test func `one project's refusal is its own`() async throws {
    let script = script([])
    script.refuse("entries projects/acme-2 activity")
    let results = try await script.look(
      "gcp.history", units: ["projects/acme-1", "projects/acme-2"])
    #expect(results["history acme-1"]?.history != nil)
    #expect(results["history acme-2"]?.blindness?.kind == .denied)
  }
}
