import Foundation
import Testing
import Transfer

@testable import CloudAPI

/// Projects, policies and what sinks write to.
@Suite struct GCPResourceTests {
  static func client(_ body: String) -> GCPClient { GCPFakeProject([.google(body)]).client }

  @Test func projectsAndFolders() async throws {
    let body = #"""
      {"projects":[{"name":"projects/1","projectId":"acme-1","parent":"folders/9","state":"ACTIVE"},
       {"name":"projects/2","projectId":"acme-2","state":"DELETE_REQUESTED","displayName":"Old"}]}
      """#
    let projects = try await Self.client(body).visibleProjects()
    #expect(projects.map(\.id) == ["acme-1", "acme-2"])
    #expect(projects.map(\.isActive) == [true, false])
    #expect(projects.map(\.parent) == [.folder("9"), nil])
    let folders = try await Self.client(
      #"{"folders":[{"name":"folders/9","parent":"organizations/7","state":"ACTIVE"}]}"#
    ).folders(in: .organization("7"))
    #expect(folders.map(\.parent) == [.organization("7")])
  }

  @Test(arguments: [
    ("projects/a", GCPParent.project("a")), ("organizations/7", .organization("7")),
    ("folders/9", .folder("9")), ("billingAccounts/B-1", .billingAccount("B-1")),
  ])
  func parents(_ name: String, _ parent: GCPParent) {
    #expect(GCPParent(name: name) == parent)
    #expect(parent.name == name)
  }

  @Test(arguments: ["", "projects", "projects/", "projects/a/b", "things/a", "/a"])
  func namesOfNoParent(_ name: String) {
    #expect(GCPParent(name: name) == nil)
  }

  @Test func pathsAreEncoded() async {
    let project = GCPFakeProject([.google("{}")])
    _ = try? await project.client.sinks(of: .project("evil/../x?y#z"))
    #expect(
      project.asked.first?.url
        == "https://logging.googleapis.com/v2/projects/evil%2F..%2Fx%3Fy%23z/sinks")
  }

  @Test func auditConfigs() async throws {
    let project = GCPFakeProject([
      .google(
        #"""
        {"version":1,"etag":"BwX","bindings":[{"role":"r","members":["user:a"]},{"role":"q"}],
         "auditConfigs":[{"service":"allServices","auditLogConfigs":[{"logType":"ADMIN_READ"},
         {"logType":"DATA_READ","exemptedMembers":["user:ops@example.org"]}]}]}
        """#)
    ])
    let policy = try await project.client.accessPolicy(of: .project("a"))
    #expect(policy.auditConfigs.map(\.service) == ["allServices"])
    #expect(policy.auditConfigs[0].logTypes.map(\.name) == ["ADMIN_READ", "DATA_READ"])
    #expect(policy.auditConfigs[0].logTypes[1].exemptedMembers == ["user:ops@example.org"])
    #expect(policy.bindings.map(\.role) == ["r", "q"])
    #expect(project.asked.first?.text == #"{"options":{"requestedPolicyVersion":3}}"#)
    #expect(try await Self.client("{}").accessPolicy(of: .folder("9")).auditConfigs.isEmpty)
  }

  @Test func heldPermissions() async throws {
    let project = GCPFakeProject([
      .google(#"{"permissions":["logging.sinks.list","unknown.one"]}"#)
    ])
    let held = try await project.client.heldPermissions(
      of: [.sinksList, .sinksGet], on: .organization("7"))
    #expect(held == [.sinksList])
    #expect(
      project.asked.first?.text == #"{"permissions":["logging.sinks.list","logging.sinks.get"]}"#)
  }

  @Test func aProjectIsNotAskedForAFoldersPermissions() async throws {
    let project = GCPFakeProject([.google("{}")])
    let wanted: [GCPPermission] = [.foldersList, .sinksList, .organizationsGetIamPolicy]
    #expect(try await project.client.heldPermissions(of: wanted, on: .project("a")).isEmpty)
    _ = try await project.client.heldPermissions(of: wanted, on: .folder("9"))
    #expect(
      project.asked.map(\.text) == [
        #"{"permissions":["logging.sinks.list"]}"#,
        #"{"permissions":["resourcemanager.folders.list","logging.sinks.list"]}"#,
      ])
    _ = try await project.client.heldPermissions(of: [.foldersList], on: .project("a"))
    #expect(project.asked.count == 2)
  }

  @Test func anArchivesBucket() async throws {
    let body = #"""
      {"name":"audit-eu","location":"EU","retentionPolicy":{"retentionPeriod":"31536000",
       "effectiveTime":"2026-01-01T00:00:00.123+00:00","isLocked":true},
       "iamConfiguration":{"publicAccessPrevention":"enforced",
       "uniformBucketLevelAccess":{"enabled":true}},"versioning":{"enabled":true},
       "softDeletePolicy":{"retentionDurationSeconds":"604800"},
       "lifecycle":{"rule":[{"action":{"type":"Delete"},"condition":{"age":365}},
       {"action":{"type":"SetStorageClass"},"condition":{"isLive":false}}]}}
      """#
    let bucket = try #require(try await Self.client(body).archiveBucket("audit-eu"))
    #expect(bucket.retentionSeconds == 31_536_000)
    #expect(bucket.isRetentionLocked && bucket.hasUniformAccess && bucket.isVersioned)
    #expect(bucket.publicAccessPrevention == "enforced")
    #expect(bucket.softDeleteSeconds == 604_800)
    #expect(bucket.rules.map(\.ageDays) == [365, nil])
    let bare = try #require(try await Self.client(#"{"name":"b"}"#).archiveBucket("b"))
    #expect(bare.retentionSeconds == nil)
    #expect(!bare.isRetentionLocked && !bare.hasUniformAccess && !bare.isVersioned)
  }

  @Test func storageSaysNoInItsOwnWay() async {
    let body =
      #"{"error":{"code":403,"message":"x does not have storage.buckets.get access","#
      + #""errors":[{"message":"x","domain":"global","reason":"forbidden"}]}}"#
    let error = await #expect(throws: CloudError.self) {
      try await GCPFakeProject([.google(body, status: 403)]).client.archiveBucket("b")
    }
    guard case .denied(let denied) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(denied.code == "PERMISSION_DENIED")
    #expect(denied.reasons == ["forbidden"])
    #expect(denied.permission == "storage.buckets.get")
  }

  @Test func objectsDatasetsTopics() async throws {
    let objects = try await Self.client(
      #"{"items":[{"name":"a","size":"12","updated":"2026-11-20T10:00:00.000Z"}]}"#
    ).archiveObjects(bucket: "b", prefix: "")
    #expect(objects.map(\.size) == [12])
    let dataset = try await Self.client(
      #"{"datasetReference":{"projectId":"p","datasetId":"d"},"defaultTableExpirationMs":"3600000"}"#
    ).dataset("d", project: "p")
    #expect(dataset?.tableExpirationMillis == 3_600_000)
    let topic = try await Self.client(#"{"name":"projects/p/topics/t","state":"ACTIVE"}"#)
      .topic("t", project: "p")
    #expect(topic?.state == "ACTIVE")
  }

  @Test(arguments: [
    (#""topic":"projects/p/topics/t","pushConfig":{}"#, false, true),
    (#""topic":"_deleted-topic_","expirationPolicy":{"ttl":"86400s"}"#, false, false),
    (#""topic":"t","pushConfig":{"pushEndpoint":"https://x"}"#, true, true),
    (#""topic":"t","bigqueryConfig":{"table":"x"},"detached":true"#, true, false),
  ])
  func subscriptions(_ members: String, _ isPushed: Bool, _ hasTopic: Bool) async throws {
    let found = try await Self.client(#"{"name":"s",\#(members)}"#).subscription("s", project: "p")
    let subscription = try #require(found)
    #expect(subscription.isPushed == isPushed)
    #expect(subscription.hasTopic == hasTopic)
    #expect(subscription.expiresAfterSeconds == (members.contains("ttl") ? 86_400 : nil))
  }

  @Test func pulledMessagesAreEntries() async throws {
    let data = Data(GCPLoggingTests.deletion.utf8).base64EncodedString()
    let project = GCPFakeProject([
      .google(
        #"{"receivedMessages":[{"ackId":"k1","message":{"data":"\#(data)","messageId":"1","#
          + #""publishTime":"2026-11-20T09:58:03Z","attributes":{"a":"b"}}},"#
          + #"{"ackId":"k2","message":{"data":"AAEC"}},{"ackId":"k3","message":{}}]}"#)
    ])
    let messages = try await project.client.pull(subscription: "s", project: "p", most: 5)
    #expect(messages.map(\.ackID) == ["k1", "k2", "k3"])
    #expect(messages[0].entry?.audit?.principal == "ops@example.org")
    #expect(messages[1].entry == nil)
    #expect(messages[1].data == [0, 1, 2])
    let request = try #require(project.asked.first)
    #expect(request.text == #"{"maxMessages":5}"#)
    #expect(request.limits.totalMillis == 115_000)
    #expect(request.limits.idleSeconds == 105)
  }

  @Test func anIdlePullIsEmptyAndNotTriedAgain() async throws {
    for answer in [FakeHTTP.Answer.google("{}"), .refused(504, "DEADLINE_EXCEEDED")] {
      let project = GCPFakeProject([answer])
      #expect(try await project.client.pull(subscription: "s", project: "p").isEmpty)
      #expect(project.asked.count == 1)
    }
    let broken = GCPFakeProject([.refused(503, "UNAVAILABLE")])
    await #expect(throws: CloudError.self) {
      try await broken.client.pull(subscription: "s", project: "p")
    }
  }

  @Test func acknowledgesInBatches() async throws {
    let project = GCPFakeProject([.google("{}")])
    try await project.client.acknowledge(
      subscription: "s", project: "p", ackIDs: (0..<501).map { "k\($0)" })
    let counts = project.asked.map { (try? JSONReader.read($0.body))?["ackIds"]?.array?.count }
    #expect(counts == [500, 1])
    try await project.client.acknowledge(subscription: "s", project: "p", ackIDs: [])
    #expect(project.asked.count == 2)
  }
}
