import Foundation
import Testing
import Transfer

@testable import CloudAPI

/// Every typed call: what it sends, what it needs, which scopes open it.
struct GCPCallLine: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var permissions: [GCPPermission]
  var scope: GCPScope
  var method: String
  /// After the scheme and `.googleapis.com` are taken away: `logging/v2/…`.
  var place: String
  var run: @Sendable (GCPClient) async throws(CloudError) -> Void

  init(
    _ operation: String, _ permissions: [GCPPermission], _ place: String, method: String = "GET",
    scope: GCPScope = .read, _ run: @escaping @Sendable (GCPClient) async throws(CloudError) -> Void
  ) {
    testDescription = operation
    self.permissions = permissions
    self.place = place
    self.method = method
    self.scope = scope
    self.run = run
  }

  static let from = Date(timeIntervalSince1970: 1_800_000_000)
  static let to = Date(timeIntervalSince1970: 1_800_003_600)

  static let all = logging + monitoring + resources + destinations

  static let logging = [
    GCPCallLine(
      "logging.entries.list", [.logEntriesList], "logging/v2/entries:list", method: "POST"
    ) { (c) async throws(CloudError) in
      _ = try await c.entries(in: .parent(.project("a")), LogQuery(logs: [.activity], since: nil))
    },
    GCPCallLine(
      "logging.entries.list", [.logEntriesList, .privateLogEntriesList], "logging/v2/entries:list",
      method: "POST"
    ) { (c) async throws(CloudError) in
      _ = try await c.newestEntry(
        in: .parent(.project("a")), LogQuery(logs: [.dataAccess], since: nil))
    },
    GCPCallLine(
      "logging.entries.list", [.viewsAccess], "logging/v2/entries:list", method: "POST"
    ) { (c) async throws(CloudError) in
      _ = try await c.newestEntry(
        in: .bucket("projects/a/locations/eu/buckets/b"), LogQuery(logs: [.dataAccess], since: nil))
    },
    GCPCallLine("logging.sinks.list", [.sinksList], "logging/v2/organizations/7/sinks") {
      (c) async throws(CloudError) in _ = try await c.sinks(of: .organization("7"))
    },
    GCPCallLine("logging.sinks.get", [.sinksGet], "logging/v2/projects/a/sinks/to%20siem") {
      (c) async throws(CloudError) in _ = try await c.sink("to siem", of: .project("a"))
    },
    GCPCallLine("logging.exclusions.list", [.exclusionsList], "logging/v2/folders/9/exclusions") {
      (c) async throws(CloudError) in _ = try await c.exclusions(of: .folder("9"))
    },
    GCPCallLine(
      "logging.buckets.list", [.bucketsList], "logging/v2/projects/a/locations/-/buckets"
    ) { (c) async throws(CloudError) in _ = try await c.logBuckets(of: .project("a")) },
    GCPCallLine(
      "logging.settings.get", [.loggingSettingsGet], "logging/v2/billingAccounts/B/settings"
    ) { (c) async throws(CloudError) in _ = try await c.loggingSettings(of: .billingAccount("B")) },
    GCPCallLine(
      "logging.projects.metrics.list", [.logMetricsList], "logging/v2/projects/a/metrics"
    ) { (c) async throws(CloudError) in _ = try await c.logMetrics(project: "a") },
    GCPCallLine(
      "logging.projects.metrics.get", [.logMetricsGet], "logging/v2/projects/a/metrics/m"
    ) { (c) async throws(CloudError) in _ = try await c.logMetric("m", project: "a") },
  ]

  static let monitoring = [
    GCPCallLine(
      "monitoring.projects.timeSeries.list", [.timeSeriesList],
      "monitoring/v3/projects/a/timeSeries"
        + "?filter=metric.type%3D%22logging.googleapis.com%2Fexports%2Ferror_count%22%20AND%20"
        + "resource.type%3D%22logging_sink%22&interval.startTime=2027-01-15T08%3A00%3A00Z"
        + "&interval.endTime=2027-01-15T09%3A00%3A00Z&view=FULL"
    ) { (c) async throws(CloudError) in
      _ = try await c.sinkErrors(project: "a", from: from, to: to)
    },
    GCPCallLine(
      "monitoring.projects.alertPolicies.list", [.alertPoliciesList],
      "monitoring/v3/projects/a/alertPolicies"
    ) { (c) async throws(CloudError) in _ = try await c.alertPolicies(project: "a") },
    GCPCallLine(
      "monitoring.projects.notificationChannels.list", [.notificationChannelsList],
      "monitoring/v3/projects/a/notificationChannels"
    ) { (c) async throws(CloudError) in _ = try await c.notificationChannels(project: "a") },
    GCPCallLine(
      "monitoring.projects.snoozes.list", [.snoozesList], "monitoring/v3/projects/a/snoozes"
    ) { (c) async throws(CloudError) in _ = try await c.snoozes(project: "a") },
  ]

  static let resources = [
    GCPCallLine(
      "cloudresourcemanager.projects.search", [.projectsGet],
      "cloudresourcemanager/v3/projects:search?query=state%3AACTIVE"
    ) { (c) async throws(CloudError) in _ = try await c.visibleProjects() },
    GCPCallLine(
      "cloudresourcemanager.projects.list", [.projectsList],
      "cloudresourcemanager/v3/projects?parent=folders%2F9"
    ) { (c) async throws(CloudError) in _ = try await c.projects(in: .folder("9")) },
    GCPCallLine(
      "cloudresourcemanager.projects.get", [.projectsGet], "cloudresourcemanager/v3/projects/a"
    ) { (c) async throws(CloudError) in _ = try await c.project("a") },
    GCPCallLine(
      "cloudresourcemanager.folders.list", [.foldersList],
      "cloudresourcemanager/v3/folders?parent=organizations%2F7"
    ) { (c) async throws(CloudError) in _ = try await c.folders(in: .organization("7")) },
    GCPCallLine(
      "cloudresourcemanager.folders.get", [.foldersGet], "cloudresourcemanager/v3/folders/9"
    ) { (c) async throws(CloudError) in _ = try await c.folder("9") },
    GCPCallLine(
      "cloudresourcemanager.getIamPolicy", [.projectsGetIamPolicy],
      "cloudresourcemanager/v3/projects/a:getIamPolicy", method: "POST"
    ) { (c) async throws(CloudError) in _ = try await c.accessPolicy(of: .project("a")) },
    GCPCallLine(
      "cloudresourcemanager.getIamPolicy", [.foldersGetIamPolicy],
      "cloudresourcemanager/v3/folders/9:getIamPolicy", method: "POST"
    ) { (c) async throws(CloudError) in _ = try await c.accessPolicy(of: .folder("9")) },
    GCPCallLine(
      "cloudresourcemanager.getIamPolicy", [.organizationsGetIamPolicy],
      "cloudresourcemanager/v3/organizations/7:getIamPolicy", method: "POST"
    ) { (c) async throws(CloudError) in _ = try await c.accessPolicy(of: .organization("7")) },
    GCPCallLine(
      "cloudresourcemanager.testIamPermissions", [],
      "cloudresourcemanager/v3/projects/a:testIamPermissions", method: "POST"
    ) { (c) async throws(CloudError) in
      _ = try await c.heldPermissions(of: [.sinksList], on: .project("a"))
    },
    GCPCallLine(
      "cloudresourcemanager.testIamPermissions", [],
      "cloudresourcemanager/v3/folders/9:testIamPermissions", method: "POST", scope: .everything
    ) { (c) async throws(CloudError) in
      _ = try await c.heldPermissions(of: [.sinksList], on: .folder("9"))
    },
  ]

  static let destinations = [
    GCPCallLine("storage.buckets.get", [.storageBucketsGet], "storage/storage/v1/b/audit-eu") {
      (c) async throws(CloudError) in _ = try await c.archiveBucket("audit-eu")
    },
    GCPCallLine(
      "storage.objects.list", [.storageObjectsList],
      "storage/storage/v1/b/audit-eu/o?prefix=x%2F&startOffset=x%2F2027"
    ) { (c) async throws(CloudError) in
      _ = try await c.archiveObjects(bucket: "audit-eu", prefix: "x/", startAt: "x/2027")
    },
    GCPCallLine(
      "bigquery.datasets.get", [.bigQueryDatasetsGet],
      "bigquery/bigquery/v2/projects/a/datasets/d?datasetView=METADATA"
    ) { (c) async throws(CloudError) in _ = try await c.dataset("d", project: "a") },
    GCPCallLine(
      "pubsub.projects.topics.get", [.pubSubTopicsGet], "pubsub/v1/projects/a/topics/t",
      scope: .pubSub
    ) { (c) async throws(CloudError) in _ = try await c.topic("t", project: "a") },
    GCPCallLine(
      "pubsub.projects.subscriptions.get", [.pubSubSubscriptionsGet],
      "pubsub/v1/projects/a/subscriptions/s", scope: .pubSub
    ) { (c) async throws(CloudError) in _ = try await c.subscription("s", project: "a") },
    GCPCallLine(
      "pubsub.projects.subscriptions.pull", [.pubSubSubscriptionsConsume],
      "pubsub/v1/projects/a/subscriptions/s:pull", method: "POST", scope: .pubSub
    ) { (c) async throws(CloudError) in _ = try await c.pull(subscription: "s", project: "a") },
    GCPCallLine(
      "pubsub.projects.subscriptions.acknowledge", [.pubSubSubscriptionsConsume],
      "pubsub/v1/projects/a/subscriptions/s:acknowledge", method: "POST", scope: .pubSub
    ) { (c) async throws(CloudError) in
      try await c.acknowledge(subscription: "s", project: "a", ackIDs: ["k"])
    },
  ]
}

@Suite struct GCPCallTableTests {
  static let flavor = [HTTPHeader("Metadata-Flavor", "Google")]

  /// The scopes of the token are read off the metadata server's address.
  @Test(arguments: GCPCallLine.all)
  func sendsAndNeeds(_ line: GCPCallLine) async throws {
    let project = GCPFakeProject(
      FakeHTTP { request, _ in
        request.url.hasPrefix("http://metadata.google.internal/")
          ? .google(GCPFakeProject.token("shh"), headers: Self.flavor)
          : .refused(403, "PERMISSION_DENIED")
      }, access: GCPAccess(source: .metadata), files: [:])
    await #expect(throws: CloudError.self) { try await line.run(project.client) }
    let requests = project.http.requests
    #expect(requests.count == 2)
    let scopes = try #require(requests.first?.url.split(separator: "=").last)
    #expect(
      PercentEncoding.decode(String(scopes))
        == line.scope.audience.replacingOccurrences(of: " ", with: ","))
    let request = try #require(requests.last)
    #expect(request.method == line.method)
    let parts = line.place.split(separator: "/", maxSplits: 1)
    #expect(request.url == "https://\(parts[0]).googleapis.com/\(parts[1])")
    #expect(!request.allowPlain)
    #expect(
      Set(project.calls.all.map { $0.split(separator: " ").prefix(2).joined(separator: " ") })
        == Set(line.permissions.map { "\(line.testDescription) \($0.rawValue)" }))
  }

  /// What is declared and never asked for would be given for nothing.
  @Test func everyPermissionIsSomeCallsOwn() {
    let used = Set(GCPCallLine.all.flatMap(\.permissions))
    let elsewhere: Set<GCPPermission> = [.getAccessToken, .servicesUse, .logMetricsUpdate]
    #expect(used.union(elsewhere) == Set(GCPPermission.allCases))
    #expect(
      GCPPermission.allCases.filter(\.writes) == [.logMetricsUpdate, .pubSubSubscriptionsConsume])
  }
}
