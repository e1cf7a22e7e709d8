import CloudAPI
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

struct TrailProbeTests {
  private func look(
    _ cloud: CannedCloud, regions: [String]? = ["us-east-1"]
  ) async throws -> [String: Look.Result] {
    let probe = try #require(
      cloud.probes(sources: [.use1], regions: regions).named("aws.trail"))
    return await probe.look(three).results
  }

  private func cloud(status: String) -> CannedCloud {
    CannedCloud([
      "DescribeTrails": { _ in trailList(described()) },
      "GetEventSelectors": { _ in .json(#"{"EventSelectors":[]}"#) },
      "GetTrailStatus": { _ in .json(status) },
    ])
  }

  @Test func `reads every field in use, and none that is not`() async throws {
    let status = """
      {"IsLogging":true,"LatestDeliveryTime":1795143000.5,"LatestDeliveryError":"AccessDenied",
      "LatestDigestDeliveryTime":1795140000,"LatestDigestDeliveryError":"NoSuchBucket",
      "LatestCloudWatchLogsDeliveryTime":1795143500,"LatestCloudWatchLogsDeliveryError":"gone",
      "LatestNotificationTime":1795143400,"LatestNotificationError":"topic",
      "StartLoggingTime":1795000000,"TimeLoggingStopped":"2026-11-20T02:00:00Z",
      "LatestDeliveryAttemptTime":"2026-11-20T02:59:00Z","LatestDeliveryAttemptSucceeded":"",
      "TimeLastDeliveryAttempt":1795143599}
      """
    let seen = try #require(try await look(cloud(status: status))["trail us-east-1"]?.trail?.status)
    #expect(seen.isLogging)
    #expect(seen.delivered == Timestamp(millis: 1_795_143_000_500))
    #expect(seen.deliveryError == "AccessDenied")
    #expect(seen.digestDelivered == Timestamp(seconds: 1_795_140_000))
    #expect(seen.digestError == "NoSuchBucket")
    #expect(seen.groupDelivered == Timestamp(seconds: 1_795_143_500))
    #expect(seen.groupError == "gone")
    #expect(seen.notified == Timestamp(seconds: 1_795_143_400))
    #expect(seen.notifyError == "topic")
    #expect(seen.started == Timestamp(seconds: 1_795_000_000))
    // D02: TimeLoggingStopped is no longer in use. D01: there is no TimeLastDeliveryAttempt.
    #expect(seen.stopped == nil)
  }

  @Test func `an empty error is none, and an empty time is no time`() async throws {
    let status = #"{"IsLogging":false,"LatestDeliveryError":"","LatestDeliveryTime":""}"#
    let seen = try #require(try await look(cloud(status: status))["trail us-east-1"]?.trail?.status)
    #expect(!seen.isLogging)
    #expect(seen.deliveryError == nil && seen.delivered == nil)
  }

  @Test(arguments: [
    #"{"IsLogging":"true"}"#, "{}", "", "[]", #"{"IsLogging":tr"#, "<html><h1>Log in</h1></html>",
    #"{"IsLogging":true,"LatestDeliveryTime":"now"}"#,
    String(repeating: "[", count: 100_000),
  ])
  func `a status that cannot be read is not a status`(_ body: String) async throws {
    let result = try await look(cloud(status: body))["trail us-east-1"]
    #expect(result?.blindness?.kind == .unreadable)
    #expect(result?.blindness?.detail.hasPrefix("GetTrailStatus: ") == true)
  }

  @Test func `asks each region of a multi-region trail by ARN, and one refusal hides no other`()
    async throws
  {
    let cloud = CannedCloud([
      "DescribeTrails us-east-1": { _ in
        trailList(described(more: #","IsMultiRegionTrail":true"#))
      },
      "GetEventSelectors": { _ in .json(#"{"EventSelectors":[]}"#) },
      "GetTrailStatus": { _ in .json(#"{"IsLogging":true}"#) },
      "GetTrailStatus eu-west-1": { _ in .refusal("AccessDeniedException") },
      "GetTrailStatus eu-north-1": { _ in .json(#"{"IsLogging":false}"#) },
      "GetTrailStatus eu-south-1": { _ in .refusal("TrailNotFoundException") },
    ])
    let regions = ["eu-north-1", "eu-south-1", "eu-west-1", "us-east-1"]
    let results = try await look(cloud, regions: regions)
    #expect(results.count == 4)
    #expect(results["trail us-east-1"]?.trail?.status?.isLogging == true)
    #expect(results["trail eu-north-1"]?.trail?.status?.isLogging == false)
    #expect(results["trail eu-south-1"]?.trail == TrailSighting(settings: nil, status: nil))
    #expect(
      results["trail eu-west-1"]?.blindness
        == Blindness(
          kind: .denied, detail: "GetTrailStatus in eu-west-1: AccessDeniedException"))
    let names = cloud.requests.filter { $0.operation == "GetTrailStatus" }
      .map { $0.parameters["Name"]?.string }
    #expect(names.allSatisfy { $0 == SourcePlan.use1.trail })
  }

  @Test func `no such trail needs an answer that says so`() async throws {
    let gone = CannedCloud(["DescribeTrails": { _ in trailList(described(name: "other")) }])
    let sighting = try await look(gone)["trail us-east-1"]?.trail
    #expect(sighting == TrailSighting(settings: nil, status: nil))
    for answer in [HTTPResponse.html, .json("{}"), .json(#"{"trailList":null}"#)] {
      let unreadable = CannedCloud(["DescribeTrails": { _ in answer }])
      #expect(try await look(unreadable)["trail us-east-1"]?.blindness?.kind == .unreadable)
    }
  }

  @Test func `the list of regions is needed beyond the home region alone`() async throws {
    let cloud = cloud(status: #"{"IsLogging":true}"#)
    cloud.set("DescribeTrails") { _ in trailList(described(more: #","IsMultiRegionTrail":true"#)) }
    cloud.set("DescribeRegions") { _ in
      HTTPResponse(
        status: 200,
        body: Array(
          "<a><regionInfo><item><regionName>us-east-1</regionName></item><item><regionName>eu-west-1</regionName></item></regionInfo></a>"
            .utf8))
    }
    let probe = try #require(cloud.probes(sources: [.use1], regions: nil).named("aws.trail"))
    #expect(
      await probe.look(three).results.keys.sorted() == ["trail eu-west-1", "trail us-east-1"])
    cloud.set("DescribeRegions") { _ in .xmlRefusal("UnauthorizedOperation", status: 403) }
    let later = await probe.look(three + .hours(1)).results
    #expect(later["trail us-east-1"]?.trail?.status?.isLogging == true)
    #expect(later["trail eu-west-1"]?.blindness?.kind == .denied)
  }

  @Test(arguments: [
    (#"{"EventSelectors":[]}"#, "all"),
    (#"{"EventSelectors":[{"ReadWriteType":"All","IncludeManagementEvents":true}]}"#, "all"),
    (
      #"{"EventSelectors":[{"ReadWriteType":"WriteOnly","IncludeManagementEvents":true}]}"#, "write"
    ),
    (#"{"EventSelectors":[{"ReadWriteType":"ReadOnly","IncludeManagementEvents":true}]}"#, "read"),
    (#"{"EventSelectors":[{"ReadWriteType":"All","IncludeManagementEvents":false}]}"#, "none"),
    (
      #"{"AdvancedEventSelectors":[{"FieldSelectors":[{"Field":"eventCategory","Equals":["Management"]}]}]}"#,
      "all"
    ),
    (
      #"{"AdvancedEventSelectors":[{"FieldSelectors":[{"Field":"eventCategory","Equals":["Management"]},{"Field":"readOnly","Equals":["false"]}]}]}"#,
      "write"
    ),
    (
      #"{"AdvancedEventSelectors":[{"FieldSelectors":[{"Field":"eventCategory","Equals":["Data"]}]}]}"#,
      "none"
    ),
    ("<html>", nil),
  ])
  func `says which management events are kept`(_ answer: String, _ kept: String?) async throws {
    let cloud = cloud(status: #"{"IsLogging":true}"#)
    cloud.set("GetEventSelectors") { _ in .json(answer) }
    let settings = try await look(cloud)["trail us-east-1"]?.trail?.settings
    #expect(settings?.bucket == "acme-audit-logs")
    #expect(settings?.management == kept)
  }
}
