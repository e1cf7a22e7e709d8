import Foundation
import Testing
import Transfer

@testable import CloudAPI

/// Monitoring's answers: measurements, policies, channels, snoozes.
@Suite struct GCPMonitoringTests {
  static func client(_ body: String) -> GCPClient { GCPFakeProject([.google(body)]).client }

  static func series(_ sink: String, _ points: String) -> String {
    #"{"metric":{"type":"logging.googleapis.com/exports/error_count"},"#
      + #""resource":{"type":"logging_sink","labels":{"project_id":"a","name":"\#(sink)"}},"#
      + #""metricKind":"DELTA","valueType":"INT64","points":[\#(points)]}"#
  }

  static func point(_ value: String, end: String = "2026-11-20T10:00:00Z") -> String {
    #"{"interval":{"startTime":"2026-11-20T09:59:00Z","endTime":"\#(end)"},"value":\#(value)}"#
  }

  static func errors(_ client: GCPClient) async throws(CloudError) -> [MetricSeries] {
    try await client.sinkErrors(project: "a", from: GCPCallLine.from, to: GCPCallLine.to)
  }

  @Test func aSeriesSpreadOverPagesIsOne() async throws {
    let project = GCPFakeProject([
      .google(
        #"{"timeSeries":[\#(Self.series("s", Self.point(#"{"int64Value":"17"}"#)))],"#
          + #""nextPageToken":"t","unit":"1"}"#),
      .google(
        #"{"timeSeries":[\#(Self.series("s", Self.point(#"{"int64Value":"3"}"#))),"#
          + #"\#(Self.series("q", Self.point(#"{"doubleValue":0.5}"#)))]}"#),
    ])
    let found = try await Self.errors(project.client)
    #expect(found.map { $0.resourceLabels["name"] } == ["s", "q"])
    #expect(found.map(\.total) == [20, 0.5])
    #expect(
      found[0].points.map(\.end)
        == Array(
          repeating: Date(timeIntervalSince1970: 1_795_168_800), count: 2))
  }

  @Test func noSeriesIsNoData() async throws {
    #expect(try await Self.errors(Self.client("{}")).isEmpty)
    #expect(try await Self.errors(Self.client(#"{"timeSeries":[],"executionErrors":[]}"#)).isEmpty)
  }

  /// Data that are not whole are never taken for zero, on whichever page it is said.
  @Test(arguments: [
    (#"{"executionErrors":[{"code":14,"message":"shard lost"}]}"#, ["executionErrors"]),
    (#"{"unreachable":["eu-1"]}"#, ["unreachable"]),
    (#"{"executionErrors":[{}],"unreachable":["x"]}"#, ["executionErrors", "unreachable"]),
  ])
  func partsAreErrors(_ body: String, _ reasons: [String]) async {
    for answers in [
      [FakeHTTP.Answer.google(body)], [.google(#"{"nextPageToken":"t"}"#), .google(body)],
    ] {
      let error = await #expect(throws: CloudError.self) {
        try await Self.errors(GCPFakeProject(answers).client)
      }
      guard case .incomplete(let what) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(what.reasons == reasons)
      #expect(what.permission == "monitoring.timeSeries.list")
    }
  }

  @Test(arguments: [
    #"{"timeSeries":{}}"#, #"{"timeSeries":[{}]}"#,
    #"{"timeSeries":[\#(series("s", "{}"))]}"#,
    #"{"timeSeries":[\#(series("s", point(#"{"int64Value":"many"}"#)))]}"#,
    #"{"timeSeries":[\#(series("s", point(#"{"int64Value":"1"}"#, end: "soon")))]}"#,
    #"{"executionErrors":"none"}"#, #"{"unreachable":[1]}"#,
  ])
  func seriesOfTheWrongShape(_ body: String) async {
    let error = await #expect(throws: CloudError.self) { try await Self.errors(Self.client(body)) }
    guard case .unreadable = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func policies() async throws {
    let body = #"""
      {"alertPolicies":[{"name":"projects/a/alertPolicies/1","displayName":"Audit silent",
        "enabled":false,"combiner":"OR","conditions":[{"name":"c","displayName":"absent",
        "conditionAbsent":{"filter":"metric.type=\"logging.googleapis.com/user/audit\"",
        "duration":"3600s","aggregations":[{"alignmentPeriod":"600s"}]}},
        {"conditionThreshold":{"filter":"f","comparison":"COMPARISON_LT","duration":"0s"}},
        {"conditionFuture":{"filter":"f"}}],"notificationChannels":["projects/a/notificationChannels/2"],
        "mutationRecord":{"mutateTime":"2026-11-20T10:00:00Z","mutatedBy":"ops@example.org"}},
       {"name":"projects/a/alertPolicies/2","validity":{"code":3,"message":"bad filter"}}],"totalSize":2}
      """#
    let policies = try await Self.client(body).alertPolicies(project: "a")
    #expect(policies.map(\.isEnabled) == [false, nil])
    #expect(policies.map(\.invalid) == [nil, "bad filter"])
    #expect(policies[0].changedBy == "ops@example.org")
    let conditions = policies[0].conditions
    #expect(conditions.map(\.kind) == [.absent, .threshold, .unknown])
    #expect(conditions.map(\.durationSeconds) == [3_600, 0, nil])
    #expect(conditions.map(\.threshold) == [nil, 0, nil])
    #expect(conditions[0].alignmentSeconds == 600)
    #expect(conditions[0].reads(metricType: "logging.googleapis.com/user/audit"))
    #expect(!conditions[0].reads(metricType: "logging.googleapis.com/user/aud"))
    #expect(!conditions[1].reads(metricType: "logging.googleapis.com/user/audit"))
  }

  @Test func channelsAndSnoozes() async throws {
    let body = #"""
      {"notificationChannels":[{"name":"projects/a/notificationChannels/2","type":"email",
        "displayName":"sec","labels":{"email_address":"x"},"enabled":true,
        "verificationStatus":"UNVERIFIED"},{"name":"n"}]}
      """#
    let channels = try await Self.client(body).notificationChannels(project: "a")
    #expect(channels.map(\.isEnabled) == [true, nil])
    #expect(channels.map(\.verification) == ["UNVERIFIED", ""])
    let snoozes = try await Self.client(
      #"{"snoozes":[{"name":"s","criteria":{"policies":["p"]},"interval":"#
        + #"{"startTime":"2026-11-20T10:00:00Z","endTime":"2026-11-20T11:00:00Z"}},{"name":"t"}]}"#
    ).snoozes(project: "a")
    let start = Date(timeIntervalSince1970: 1_795_168_800)
    #expect(snoozes.map { $0.isActive(at: start) } == [true, true])
    #expect(snoozes.map { $0.isActive(at: start.addingTimeInterval(3_600)) } == [false, true])
    #expect(snoozes.map { $0.isActive(at: start.addingTimeInterval(-1)) } == [false, true])
    #expect(snoozes[0].policies == ["p"])
  }
}
