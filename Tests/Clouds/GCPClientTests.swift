import CloudAPI
import Foundation
import Testing

/// Google Cloud's typed calls over real HTTP, against a server that refuses what is not published.
@Suite(.serialized, .enabled(if: CloudsPython.isWanted, CloudsPython.skipped))
struct GCPClientTests {
  private static let activity = LogQuery.AuditLog.activity

  @Test(.timeLimit(.minutes(12)), arguments: [0, 1])
  func theEstateIsReadAsItIs(pageSize: Int) async throws {
    try await StrictCloud.running(.gcp) { cloud in
      if pageSize > 0 { try await cloud.control("POST", "settings", "{\"page_size\": 1}") }
      let client = try cloud.gcpClient()
      let main = GCPParent.project(StrictCloud.project)
      let organization = try #require(cloud.facts.organization.flatMap { GCPParent(name: $0) })
      let folder = try #require(cloud.facts.folder.flatMap { GCPParent(name: $0) })
      #expect(try await client.visibleProjects().map(\.id) == StrictCloud.projects)
      #expect(try await client.projects(in: folder).count == 3)
      #expect(try await client.projects(in: organization).isEmpty)
      #expect(try await client.folders(in: organization).count == 1)
      #expect(try await client.project(StrictCloud.project).isActive)
      let sinks = try await client.sinks(of: main)
      #expect(sinks.map(\.name) == ["_Required", "_Default", "to-archive", "to-siem"])
      #expect(sinks[2].target == .bucket("acme-audit-archive") && !sinks[2].isDisabled)
      #expect(try await client.sinks(of: main, inherited: true).contains { $0.includesChildren })
      #expect(try await client.sink("nope", of: main) == nil)
      #expect(try await client.exclusions(of: main).isEmpty)
      let buckets = try await client.logBuckets(of: main)
      #expect(buckets.map(\.shortName) == ["_Required", "_Default", "audit-eu"])
      #expect(buckets.allSatisfy { $0.isLocked })
      #expect(try await client.loggingSettings(of: organization).disablesDefaultSink == false)
      #expect(try await client.logMetrics(project: StrictCloud.project).count == 2)
      #expect(try await client.alertPolicies(project: StrictCloud.project).count == 3)
      #expect(try await client.notificationChannels(project: StrictCloud.project).count == 1)
      #expect(try await client.snoozes(project: StrictCloud.project).isEmpty)
      #expect(try await client.accessPolicy(of: main).auditConfigs.first?.logTypes.count == 3)
      #expect(try await client.heldPermissions(of: [.sinksList], on: main) == [.sinksList])
      #expect(try await cloud.calls().filter { $0.status != 200 }.map(\.status) == [404])
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func destinations() async throws {
    try await StrictCloud.running(.gcp) { cloud in
      let client = try cloud.gcpClient()
      let project = StrictCloud.project
      let bucket = try #require(try await client.archiveBucket("acme-audit-archive"))
      #expect(bucket.isRetentionLocked && bucket.retentionSeconds == 94_608_000)
      #expect(try await client.archiveBucket("nope") == nil)
      let objects = try await client.archiveObjects(
        bucket: "acme-audit-archive", prefix: "cloudaudit.googleapis.com/activity/")
      #expect(objects.count >= 26)
      let later = try await client.archiveObjects(
        bucket: "acme-audit-archive", prefix: "cloudaudit.googleapis.com/activity/",
        startAt: objects[20].name)
      #expect(later == Array(objects[20...]))
      #expect(try await client.dataset("audit", project: project)?.id == "audit")
      #expect(try await client.topic("audit-events", project: project) != nil)
      #expect(try await client.topic("nope", project: project) == nil)
      let mine = try await client.subscription("watchkeeper", project: project)
      #expect(mine?.hasTopic == true && mine?.isPushed == false)
    }
  }

  @Test(.timeLimit(.minutes(12)), arguments: [0, 1])
  func entriesAreSearchedToTheEnd(pageSize: Int) async throws {
    try await StrictCloud.running(.gcp) { cloud in
      let page = pageSize > 0 ? "\"page_size\": 1, " : ""
      try await cloud.control("POST", "settings", "{\(page)\"empty_pages\": 2}")
      let client = try cloud.gcpClient()
      let main = EntryPlace.parent(.project(StrictCloud.project))
      // Google allows a call a second: pages of one entry take their time.
      let hour = Date(timeIntervalSinceNow: pageSize > 0 ? -1_000 : -3_600)
      let end = Date(timeIntervalSinceNow: -10)
      let all = try await client.entries(
        in: main, LogQuery(logs: [.activity], since: hour, until: end))
      #expect(all.isComplete && all.entries.count >= 4)
      let times = all.entries.compactMap(\.timestamp)
      #expect(times.count == all.entries.count && times == times.sorted(by: >))
      let newest = try await client.newestEntry(
        in: main, LogQuery(logs: [.activity], since: hour, until: end))
      #expect(newest?.insertID == all.entries.first?.insertID)
      #expect(newest?.audit?.principal == "dev@example.org")
      var none = LogQuery(logs: [.activity], since: hour, until: end)
      none.require("protoPayload.methodName", in: ["nothing", "at all"])
      #expect(try await client.newestEntry(in: main, none) == nil)
      let bucket = EntryPlace.bucket(
        "projects/acme-analytics/locations/global/buckets/_Required")
      let kept = try await client.newestEntry(
        in: bucket, LogQuery(logs: [.activity], since: hour, until: end))
      #expect(kept?.insertID == newest?.insertID)
    }
  }

  @Test(.timeLimit(.minutes(12)), arguments: [0, 1])
  func whatSinksDoIsCounted(pageSize: Int) async throws {
    try await StrictCloud.running(.gcp) { cloud in
      if pageSize > 0 { try await cloud.control("POST", "settings", "{\"page_size\": 1}") }
      let client = try cloud.gcpClient()
      let now = Date()
      let before = now.addingTimeInterval(pageSize > 0 ? -900 : -7_200)
      let sent = try await client.sinkExports(
        project: StrictCloud.project, from: before, to: now)
      #expect(Set(sent.compactMap { $0.resourceLabels["name"] }) == ["to-archive", "to-siem"])
      #expect(
        try await client.sinkErrors(project: StrictCloud.project, from: before, to: now).isEmpty)
      try await cloud.change("revoke-writer")
      try await cloud.pass(seconds: 900)
      let end = now.addingTimeInterval(900)
      let failed = try await client.sinkErrors(project: StrictCloud.project, from: now, to: end)
      #expect(failed.first?.resourceLabels["name"] == "to-archive")
      let told = try await client.newestEntry(
        in: .parent(.project(StrictCloud.project)),
        LogQuery(logIDs: ["logging.googleapis.com/sink_error"], since: before))
      #expect(told?.labels["error_code"] == "bucket_permission_denied")
      try await cloud.fault("partial", ["service": "monitoring"])
      let error = await #expect(throws: CloudError.self) {
        try await client.sinkExports(project: StrictCloud.project, from: before, to: now)
      }
      guard case .incomplete = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func messagesArePulledAndAcknowledged() async throws {
    try await StrictCloud.running(.gcp) { cloud in
      let client = try cloud.gcpClient()
      try await cloud.change("disable-sink", as: "svc-terraform")
      try await cloud.pass(seconds: 10)
      let got = try await client.pull(subscription: "watchkeeper", project: StrictCloud.project)
      let entry = try #require(got.last?.entry)
      #expect(entry.audit?.methodName == "google.logging.v2.ConfigServiceV2.UpdateSink")
      #expect(entry.audit?.principal?.hasPrefix("terraform@") == true)
      try await client.acknowledge(
        subscription: "watchkeeper", project: StrictCloud.project, ackIDs: got.map(\.ackID))
      #expect(
        try await client.pull(subscription: "watchkeeper", project: StrictCloud.project).isEmpty)
      let left = String(decoding: try await cloud.control("GET", "messages"), as: UTF8.self)
      #expect(left.hasSuffix(": 0}"), "\(left)")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func theEchoWritesOneDescriptionAndNothingElse() async throws {
    try await StrictCloud.running(.gcp) { cloud in
      let client = try cloud.gcpClient()
      #expect(
        try await client.writeEchoNote(
          "n-1", metric: "watchkeeper-echo", project: StrictCloud.project))
      #expect(
        try await !client.writeEchoNote("n-1", metric: "nope", project: StrictCloud.project))
      try await cloud.pass(seconds: 10)
      var query = LogQuery(logs: [.activity], since: Date(timeIntervalSinceNow: -60))
      query.require(
        "protoPayload.methodName", in: ["google.logging.v2.MetricsServiceV2.UpdateLogMetric"])
      let entry = try await client.newestEntry(
        in: .parent(.project(StrictCloud.project)), query)
      #expect(entry?.audit?.request?["metric"]?["description"]?.string == "n-1")
      let writes = try await cloud.calls().filter(\.write)
      #expect(writes.map(\.permissions) == [["logging.logMetrics.update"]])
    }
  }
}
