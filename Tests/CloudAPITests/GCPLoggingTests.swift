import Foundation
import Testing
import Transfer

@testable import CloudAPI

/// Logging's answers, as published, with what Google leaves out left out.
@Suite struct GCPLoggingTests {
  static func client(_ body: String) -> GCPClient { GCPFakeProject([.google(body)]).client }

  static let deletion = #"""
    {"insertId":"abc","logName":"projects/acme-1/logs/cloudaudit.googleapis.com%2Factivity",
     "timestamp":"2026-11-20T09:58:01.25Z","receiveTimestamp":"2026-11-20T10:58:02.100000001+01:00",
     "severity":"NOTICE","resource":{"type":"logging_sink",
       "labels":{"project_id":"acme-1","name":"to-siem","destination":"","odd":7}},
     "protoPayload":{"@type":"type.googleapis.com/google.cloud.audit.AuditLog",
       "serviceName":"logging.googleapis.com",
       "methodName":"google.logging.v2.ConfigServiceV2.DeleteSink",
       "resourceName":"projects/acme-1/sinks/to-siem",
       "authenticationInfo":{"principalEmail":"ops@example.org","serviceAccountDelegationInfo":[
         {"firstPartyPrincipal":{"principalEmail":"ci@example.org"}}]},
       "requestMetadata":{"callerIp":"198.51.100.7","callerSuppliedUserAgent":"gcloud"},
       "authorizationInfo":[{"permission":"logging.sinks.delete","granted":true},
         {"permission":"logging.sinks.get"}],
       "request":{"sinkName":"projects/acme-1/sinks/to-siem"},"status":{}}}
    """#

  @Test func anAuditEntry() async throws {
    let client = Self.client(#"{"entries":[\#(Self.deletion)]}"#)
    let entry = try #require(
      try await client.newestEntry(in: GCPPagingTests.place, GCPPagingTests.query))
    #expect(entry.parent == "projects/acme-1")
    #expect(entry.logID == "cloudaudit.googleapis.com/activity")
    #expect(entry.timestamp?.timeIntervalSince1970 == 1_795_168_681.25)
    #expect(abs((entry.receiveTimestamp?.timeIntervalSince1970 ?? 0) - 1_795_168_682.1) < 0.001)
    #expect(entry.resourceLabels == ["project_id": "acme-1", "name": "to-siem", "destination": ""])
    let audit = try #require(entry.audit)
    #expect(audit.methodName == "google.logging.v2.ConfigServiceV2.DeleteSink")
    #expect(audit.principal == "ops@example.org")
    #expect(audit.delegates == ["ci@example.org"])
    #expect(audit.callerIP == "198.51.100.7")
    #expect(audit.checks.map(\.isGranted) == [true, false])
    #expect(audit.succeeded)
    #expect(audit.request?["sinkName"]?.string == "projects/acme-1/sinks/to-siem")
    #expect(LogEntry(bytes: Array(Self.deletion.utf8)) == entry)
  }

  @Test(arguments: [
    (#"{}"#, 0), (#"{"code":0}"#, 0), (#"{"code":7,"message":"no"}"#, 7), (#"{"code":"7"}"#, 2),
    (#"{"code":1.5}"#, 2),
  ])
  func aStatusThatCannotBeReadIsNoSuccess(_ status: String, _ code: Int) throws {
    let text = Self.deletion.replacingOccurrences(
      of: #""status":{}"#, with: #""status":\#(status)"#)
    let entry = try #require(LogEntry(bytes: Array(text.utf8)))
    #expect(entry.audit?.statusCode == code)
    #expect(entry.audit?.succeeded == (code == 0))
  }

  @Test(arguments: [
    "2026-11-20T09:58:01Z", "2026-11-20T09:58:01.0Z", "2026-11-20T09:58:01.000000000Z",
    "2026-11-20T10:58:01+01:00", "2026-11-20T04:28:01.000-05:30",
  ])
  func timesOfEveryForm(_ time: String) throws {
    let entry = LogEntry(bytes: Array(GCPPagingTests.entry("a", time: time).utf8))
    #expect(entry?.timestamp == Date(timeIntervalSince1970: 1_795_168_681))
  }

  @Test(arguments: [
    #"{"entries":[{}]}"#, #"{"entries":[{"logName":7}]}"#, #"{"entries":["x"]}"#,
    #"{"entries":[{"logName":"a","timestamp":"yesterday"}]}"#,
    #"{"entries":[{"logName":"a","timestamp":1800000000}]}"#, #"{"entries":{}}"#,
    #"{"nextPageToken":7}"#, #"{"error":{"code":403}}"#, "[]", "null", "", "<html>",
  ])
  func entriesOfTheWrongShape(_ body: String) async {
    let error = await #expect(throws: CloudError.self) {
      try await Self.client(body).newestEntry(in: GCPPagingTests.place, GCPPagingTests.query)
    }
    guard case .unreadable(let answer) = error else {
      Issue.record("\(body): \(String(describing: error))")
      return
    }
    #expect(answer.operation == "logging.entries.list")
  }

  @Test func questionsCannotBeBrokenOutOf() {
    var query = LogQuery(
      logs: [.activity, .policy], since: nil, until: Date(timeIntervalSince1970: 0))
    query.require("protoPayload.methodName", in: ["a\" OR \"", "b\\"])
    query.also("severity>=ERROR OR severity=DEFAULT")
    #expect(
      query.filter == #"(log_id("cloudaudit.googleapis.com/activity") OR "#
        + #"log_id("cloudaudit.googleapis.com/policy")) AND timestamp<"1970-01-01T00:00:00Z" AND "#
        + #"(protoPayload.methodName="a\" OR \"" OR protoPayload.methodName="b\\") AND "#
        + "(severity>=ERROR OR severity=DEFAULT)")
    #expect(!query.readsPrivate)
    #expect(LogQuery(logs: [.activity, .dataAccess], since: nil).readsPrivate)
  }

  @Test func sinks() async throws {
    let body = #"""
      {"sinks":[{"name":"to-siem","resourceName":"projects/acme-1/sinks/to-siem",
       "destination":"pubsub.googleapis.com/projects/acme-1/topics/t","filter":"logName:\"a\"",
       "writerIdentity":"serviceAccount:s@x","createTime":"2026-01-01T00:00:00.5Z",
       "updateTime":"2026-01-02T00:00:00Z","disabled":true,"includeChildren":true,
       "exclusions":[{"name":"x","filter":"f","disabled":true},{"name":"y"}]},
       {"name":"_Default","destination":"logging.googleapis.com/projects/acme-1/locations/global/buckets/_Default"}]}
      """#
    let sinks = try await Self.client(body).sinks(of: .project("acme-1"))
    #expect(sinks.map(\.isDisabled) == [true, false])
    #expect(sinks[0].includesChildren && !sinks[0].interceptsChildren)
    #expect(sinks[0].exclusions.map(\.isDisabled) == [true, false])
    #expect(sinks[0].writerIdentity == "serviceAccount:s@x")
    #expect(sinks[1].filter.isEmpty && sinks[1].writerIdentity == nil)
    #expect(
      sinks.map(\.target) == [
        .topic(project: "acme-1", topic: "t"),
        .logBucket("projects/acme-1/locations/global/buckets/_Default"),
      ])
  }

  @Test(arguments: [
    ("storage.googleapis.com/b", LogDestination.bucket("b")),
    ("bigquery.googleapis.com/projects/p/datasets/d", .dataset(project: "p", dataset: "d")),
    ("logging.googleapis.com/projects/p", .project("p")), ("storage.googleapis.com/", nil),
    ("storage.googleapis.com/a/b", nil), ("bigquery.googleapis.com/projects/p/tables/d", nil),
    ("", nil), ("storage.googleapis.com.evil.example/b", nil),
  ])
  func destinations(_ text: String, _ wanted: LogDestination?) {
    #expect(LogDestination(text) == wanted ?? .other(text))
  }

  @Test func whatIsNotThereIsNil() async throws {
    let project = GCPFakeProject([.refused(404, "NOT_FOUND")])
    #expect(try await project.client.sink("s", of: .project("a")) == nil)
    #expect(try await project.client.logMetric("m", project: "a") == nil)
    #expect(try await project.client.archiveBucket("b") == nil)
    #expect(try await project.client.dataset("d", project: "a") == nil)
    #expect(try await project.client.topic("t", project: "a") == nil)
    #expect(try await project.client.subscription("s", project: "a") == nil)
  }

  /// Denied, or a page for people, is never "not there".
  @Test func whatCannotBeSeenIsNotNil() async {
    for answer in [FakeHTTP.Answer.refused(403, "PERMISSION_DENIED"), GCPExchangeTests.page] {
      let project = GCPFakeProject([answer])
      await #expect(throws: CloudError.self) {
        try await project.client.sink("s", of: .project("a"))
      }
      await #expect(throws: CloudError.self) { try await project.client.archiveBucket("b") }
    }
  }

  @Test func bucketsAndSettings() async throws {
    let body = #"""
      {"buckets":[{"name":"projects/p/locations/global/buckets/_Required","retentionDays":400,
        "locked":true,"lifecycleState":"ACTIVE"},
       {"name":"projects/p/locations/eu/buckets/audit","lifecycleState":"DELETE_REQUESTED"}]}
      """#
    let buckets = try await Self.client(body).logBuckets(of: .project("p"))
    #expect(buckets.map(\.retentionDays) == [400, 30])
    #expect(buckets.map(\.isLocked) == [true, false])
    #expect(buckets.map(\.shortName) == ["_Required", "audit"])
    #expect(buckets.map(\.location) == ["global", "eu"])
    #expect(buckets[1].state == "DELETE_REQUESTED")
    let settings = try await Self.client(
      #"{"name":"folders/9/settings","disableDefaultSink":true,"defaultSinkConfig":{"mode":"APPEND","#
        + #""exclusions":[{"name":"x","filter":"f"}]}}"#
    ).loggingSettings(of: .folder("9"))
    #expect(settings.disablesDefaultSink)
    #expect(settings.defaultSinkMode == "APPEND")
    #expect(settings.defaultSinkExclusions.map(\.name) == ["x"])
  }

  @Test func metricsAndTheEchosWrite() async throws {
    let metric =
      #"{"name":"wk-echo","filter":"f","description":"old","createTime":"2026-01-01T00:00:00Z","#
      + #""resourceName":"r","labelExtractors":{"a":"b"},"disabled":true}"#
    let project = GCPFakeProject([.google(metric)])
    let found = try #require(try await project.client.logMetric("wk-echo", project: "p"))
    #expect(found.metricType == "logging.googleapis.com/user/wk-echo")
    #expect(found.isDisabled)
    #expect(
      try await project.client.writeEchoNote("echo 1/a\u{1b}\"é", metric: "wk-echo", project: "p"))
    let write = try #require(project.asked.last)
    #expect(write.method == "PUT")
    #expect(write.url == "https://logging.googleapis.com/v2/projects/p/metrics/wk-echo")
    #expect(
      write.text == #"{"name":"wk-echo","filter":"f","labelExtractors":{"a":"b"},"disabled":true,"#
        + #""description":"echo 1/a"}"#)
    #expect(
      project.calls.all.suffix(2) == [
        "logging.projects.metrics.get logging.logMetrics.get projects/p",
        "logging.projects.metrics.update logging.logMetrics.update projects/p",
      ])
  }

  @Test func theEchoMakesNoMetric() async throws {
    let project = GCPFakeProject([.refused(404, "NOT_FOUND")])
    #expect(try await !project.client.writeEchoNote("n", metric: "m", project: "p"))
    #expect(project.asked.map(\.method) == ["GET"])
  }
}
