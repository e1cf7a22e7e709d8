import CloudAPI
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

/// The demo answers the typed Google Cloud client as Google Cloud does.
struct DemoGCPTests {
  private static let projects = ["acme-analytics", "acme-warehouse", "acme-ml"]

  private func newest(_ desk: DemoUnitDesk, _ project: String) async throws -> Timestamp? {
    let query = LogQuery(logs: [.activity], since: desk.date(-7_200))
    return try await desk.gcp.newestEntry(in: .parent(.project(project)), query)?.timestamp
      .flatMap { Timestamp($0) }
  }

  @Test(arguments: projects) func `every list of the set-up is answered`(
    _ project: String
  ) async throws {
    let gcp = try DemoUnitDesk("company").gcp
    let parent = GCPParent.project(project)
    let sinks = try await gcp.sinks(of: parent)
    #expect(
      sinks.map(\.name).sorted() == ["_Default", "_Required", "audit-archive", "watchkeeper"])
    #expect(sinks.allSatisfy { !$0.isDisabled })
    #expect(try await gcp.exclusions(of: parent).isEmpty)
    #expect(try await gcp.logBuckets(of: parent).count == 2)
    #expect(try await gcp.loggingSettings(of: parent).disablesDefaultSink == false)
    #expect(try await gcp.logMetrics(project: project).count == 2)
    #expect(try await gcp.logMetric("none", project: project) == nil)
    let channels = try await gcp.notificationChannels(project: project).map(\.name)
    for policy in try await gcp.alertPolicies(project: project) {
      #expect(policy.invalid == nil && Set(policy.channels).isSubset(of: channels))
    }
    #expect(try await gcp.snoozes(project: project).isEmpty)
    #expect(try await gcp.accessPolicy(of: parent).auditConfigs.map(\.service) == ["allServices"])
    #expect(try await gcp.project(project).id == project)
  }

  @Test func `what is outside of the projects`() async throws {
    let gcp = try DemoUnitDesk("company").gcp
    #expect(try await gcp.visibleProjects().map(\.id) == Self.projects)
    #expect(try await gcp.archiveBucket("acme-audit-archive")?.isRetentionLocked == true)
    #expect(try await gcp.archiveBucket("none") == nil)
    #expect(try await gcp.topic("watchkeeper-audit", project: "acme-analytics") != nil)
    let own = try await gcp.subscription("watchkeeper-audit", project: "acme-analytics")
    #expect(own?.topic == "projects/acme-analytics/topics/watchkeeper-audit")
    await #expect(throws: CloudError.self) { try await gcp.sinks(of: .project("acme-none")) }
    await #expect(throws: CloudError.self) { try await gcp.accessPolicy(of: .organization("2")) }
  }

  @Test func `entries, what sinks handed on, and the archive's objects keep pace`() async throws {
    let desk = try DemoUnitDesk("company")
    desk.set(7_200)
    for project in Self.projects {
      let entry = try #require(try await newest(desk, project))
      #expect(three + .seconds(7_200) - entry <= .minutes(10))
      let series = try await desk.gcp.sinkExports(
        project: project, from: desk.date(3_600), to: desk.date(7_200))
      let points = series.filter { $0.resourceLabels["name"] == "audit-archive" }.flatMap(\.points)
      let last = try #require(points.map(\.end).max())
      #expect(last > desk.date(7_200 - 1_200) && last <= desk.date(7_200 - 180))
      #expect(
        try await desk.gcp.sinkErrors(project: project, from: desk.date(0), to: desk.date(7_200))
          .isEmpty)
    }
    let objects = try await desk.gcp.archiveObjects(
      bucket: "acme-audit-archive", prefix: "cloudaudit.googleapis.com/activity/2026/11/20/")
    #expect(objects.map(\.name).contains { $0.hasSuffix("/03:00:00_03:59:59_S0.json") })
  }

  @Test func `a disabled sink hands nothing on, entries are taken in all the same`() async throws {
    let desk = try DemoUnitDesk("sink-disabled")
    desk.set(1_500)
    let sinks = try await desk.gcp.sinks(of: .project("acme-analytics"))
    #expect(sinks.first { $0.name == "audit-archive" }?.isDisabled == true)
    #expect(try #require(try await newest(desk, "acme-analytics")) > three + .seconds(1_000))
    let series = try await desk.gcp.sinkExports(
      project: "acme-analytics", from: desk.date(-3_600), to: desk.date(1_500))
    let own = series.filter { $0.resourceLabels["name"] == "audit-archive" }.flatMap(\.points)
    #expect(try #require(own.map(\.end).max()) <= desk.date(180))
    var query = LogQuery(logs: [.activity], since: desk.date(0))
    query.require(
      "protoPayload.methodName", in: ["google.logging.v2.ConfigServiceV2.UpdateSink"])
    let acts = try await desk.gcp.entries(in: .parent(.project("acme-analytics")), query)
    #expect(acts.entries.count == 1)
    desk.set(1_650)
    #expect(
      try await desk.gcp.sinks(of: .project("acme-analytics")).allSatisfy { !$0.isDisabled })
  }

  @Test func `the subscription gets it at once, and gives it up when acknowledged`() async throws {
    let desk = try DemoUnitDesk("sink-disabled")
    desk.set(130)
    let got = try await desk.gcp.pull(subscription: "watchkeeper-audit", project: "acme-analytics")
    let entry = try #require(got.first.flatMap { LogEntry(bytes: $0.data) })
    #expect(got.count == 1 && entry.parent == "projects/acme-analytics")
    try await desk.gcp.acknowledge(
      subscription: "watchkeeper-audit", project: "acme-analytics", ackIDs: got.map(\.ackID))
    desk.set(600)
    #expect(
      try await desk.gcp.pull(subscription: "watchkeeper-audit", project: "acme-analytics").isEmpty)
  }

  @Test func `an exclusion stands in its project alone`() async throws {
    let desk = try DemoUnitDesk("exclusion-added")
    desk.set(150)
    #expect(
      try await desk.gcp.exclusions(of: .project("acme-warehouse")).map(\.name) == ["too-noisy"])
    #expect(try await desk.gcp.exclusions(of: .project("acme-ml")).isEmpty)
  }

  @Test func `exactly one project cannot be read`() async throws {
    let desk = try DemoUnitDesk("project-unreadable")
    desk.set(150)
    #expect(try await desk.gcp.visibleProjects().map(\.id) == ["acme-analytics", "acme-warehouse"])
    for project in Self.projects {
      do {
        _ = try await desk.gcp.sinks(of: .project(project))
        _ = try await newest(desk, project)
        #expect(project != "acme-ml")
      } catch {
        #expect(project == "acme-ml", "\(error)")
        guard case .denied = error as? CloudError else {
          Issue.record("not denied: \(error)")
          continue
        }
      }
    }
  }
}
