import CloudAPI
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

struct HistoryProbeTests {
  private func cloud(_ events: [String]) -> CannedCloud {
    let own = "arn:aws:sts::111122223333:assumed-role/watchkeeper/watch"
    return CannedCloud([
      "DescribeTrails": { _ in trailList(described()) },
      "GetCallerIdentity": { _ in
        .json(
          "<a><GetCallerIdentityResult><Arn>\(own)</Arn><Account>111122223333</Account>"
            + "</GetCallerIdentityResult></a>")
      },
      "LookupEvents": { _ in .json(#"{"Events":[\#(events.joined(separator: ","))]}"#) },
    ])
  }

  private func look(_ cloud: CannedCloud) async throws -> Look.Result? {
    let probe = try #require(cloud.probes(sources: [.use1]).named("aws.history"))
    return await probe.look(three).results["history us-east-1"]
  }

  @Test func `names who stopped the trail`() async throws {
    let stop = event(
      "StopLogging", at: -100, "cloudtrail",
      #"{"name":"\#(SourcePlan.use1.trail)"}"#, more: #","userAgent":"aws-cli/2""#)
    let sighting = try #require(try await look(cloud([stop]))?.history)
    let change = try #require(sighting.changes.first)
    #expect(change.trail == SourcePlan.use1.trail)
    #expect(change.cause.actor == "dev")
    #expect(change.cause.action == "StopLogging")
    #expect(change.cause.from == "198.51.100.7")
    #expect(change.cause.agent == "aws-cli/2")
    #expect(change.cause.at == three - .seconds(100))
    #expect(change.cause.event == "StopLogging-100")
    #expect(change.cause.identity == "arn:aws:iam::111122223333:user/dev")
    #expect(change.cause.error == nil)
    #expect(change.raw.contains("requestParameters"))
    #expect(sighting.activity == [three - .seconds(100)])
    #expect(sighting.latest?.action == "StopLogging")
    #expect(sighting.from == three - .hours(24) && sighting.to == three)
  }

  @Test(arguments: [
    ("StopLogging", "cloudtrail", #"{"name":"use1"}"#, true),
    ("StopLogging", "cloudtrail", #"{"name":"other"}"#, false),
    ("PutEventSelectors", "cloudtrail", #"{"trailName":"use1"}"#, true),
    (
      "UpdateTrail", "cloudtrail", #"{"name":"arn:aws:cloudtrail:us-east-1:111122223333:trail/x"}"#,
      false
    ),
    ("DeleteTrail", "cloudtrail", "null", true),
    ("StopLogging", "imaginary", #"{"name":"use1"}"#, false),
    ("PutBucketLifecycle", "s3", #"{"bucketName":"acme-audit-logs"}"#, true),
    ("PutBucketAcl", "s3", #"{"bucketName":"others"}"#, false),
    ("PutObject", "s3", #"{"bucketName":"acme-audit-logs"}"#, false),
  ])
  func `changes are those of our own trails and buckets`(
    _ name: String, _ service: String, _ parameters: String, _ isOurs: Bool
  ) async throws {
    let history = try await look(cloud([event(name, at: -9, service, parameters)]))?.history
    #expect(history?.changes.count == (isOurs ? 1 : 0))
  }

  @Test func `a refused attempt says so`() async throws {
    let failed = event(
      "DeleteTrail", at: -9, "cloudtrail", #"{"name":"use1"}"#,
      more: #","errorCode":"AccessDenied""#)
    let history = try await look(cloud([failed]))?.history
    #expect(history?.changes.first?.cause.error == "AccessDenied")
  }

  @Test func `services and ourselves are no activity`() async throws {
    let own = "arn:aws:sts::111122223333:assumed-role/watchkeeper/watch"
    let events = [
      event(
        "CreateTags", at: -1, "ec2", "{}", more: #","sourceIPAddress":"autoscaling.amazonaws.com""#),
      event(
        "CreateTags", at: -2, "ec2", "{}",
        identity: #"{"type":"AWSService","invokedBy":"ecs.amazonaws.com"}"#),
      event(
        "CreateTags", at: -3, "ec2", "{}",
        identity: #"{"type":"AssumedRole","invokedBy":"cloudformation.amazonaws.com"}"#),
      event(
        "PutParameter", at: -4, "ssm", "{}", identity: #"{"type":"AssumedRole","arn":"\#(own)"}"#),
      event("PutParameter", at: -5, "ssm", "{}"),
    ]
    let history = try await look(cloud(events))?.history
    #expect(history?.activity == [three - .seconds(5)])
    #expect(history?.latest?.actor == "dev")
  }

  @Test func `each event counts once, looks overlap`() async throws {
    let first = event("PutParameter", at: -300, "ssm", "{}")
    let cloud = cloud([first, first])
    let probe = try #require(cloud.probes(sources: [.use1]).named("aws.history"))
    _ = await probe.look(three)
    let late = event("PutParameter", at: -600, "ssm", "{}")
    cloud.set("LookupEvents") { _ in .json(#"{"Events":[\#(first),\#(late)]}"#) }
    let history = await probe.look(three + .minutes(1)).results["history us-east-1"]?.history
    #expect(history?.activity == [three - .seconds(300), three - .seconds(600)])
    #expect(history?.from == three - .hours(24) + .minutes(1))
    let starts = cloud.requests.compactMap { $0.parameters["StartTime"]?.number }
    let reach = Double(three.millis / 1000)
    #expect(starts == [reach - 86_400, reach - 900])
    let keys = cloud.requests.compactMap { $0.parameters["LookupAttributes"]?.array?.count }
    #expect(keys == [1, 1])
  }

  @Test func `too much to read whole: what matters is asked by name`() async throws {
    let cloud = cloud([])
    cloud.set("LookupEvents") { call in
      let pair = call.parameters["LookupAttributes"]?.array?.first
      guard pair?["AttributeKey"]?.string == "ReadOnly" else {
        guard pair?["AttributeValue"]?.string == "StopLogging" else {
          return .json(#"{"Events":[]}"#)
        }
        let stop = event("StopLogging", at: -5_000, "cloudtrail", #"{"name":"use1"}"#)
        return .json(#"{"Events":[\#(stop)]}"#)
      }
      let page = call.parameters["NextToken"]?.string.flatMap { Int($0) } ?? 0
      let busy = event("PutParameter", at: -10 * page - 1, "ssm", "{}")
      return .json(#"{"Events":[\#(busy)],"NextToken":"\#(page + 1)"}"#)
    }
    let history = try #require(try await look(cloud)?.history)
    #expect(history.activityCut)
    #expect(history.from == three - .seconds(91))
    #expect(history.changes.map(\.cause.action) == ["StopLogging"])
    let names = cloud.requests.compactMap { $0.parameters["LookupAttributes"]?.array?.first }
      .filter { $0["AttributeKey"]?.string == "EventName" }.count
    #expect(names == TamperTable.urgent.count)
  }

  @Test func `one region's refusal is its own`() async throws {
    let cloud = cloud([])
    cloud.set("LookupEvents eu-west-1") { _ in .refusal("AccessDeniedException") }
    let probe = try #require(
      cloud.probes(sources: [.use1], regions: ["eu-west-1", "us-east-1"]).named("aws.history"))
    let results = await probe.look(three).results
    #expect(results["history us-east-1"]?.history?.changes == [])
    #expect(
      results["history eu-west-1"]?.blindness
        == Blindness(kind: .denied, detail: "LookupEvents in eu-west-1: AccessDeniedException"))
  }

  @Test(arguments: [
    "<html>", #"{"Events":null}"#, #"{"Events":[1]}"#, #"{"Events":[{"EventId":"a"}]}"#,
    #"{"Events":[{"EventId":"a","EventTime":"soon"}]}"#, "{\"Events\":[",
  ])
  func `unreadable is blind`(_ body: String) async throws {
    let cloud = cloud([])
    cloud.set("LookupEvents") { _ in .json(body) }
    #expect(try await look(cloud)?.blindness?.kind == .unreadable)
  }

  @Test func `a record that cannot be read still counts as what its columns say`() async throws {
    let torn =
      #"{"EventId":"e1","EventName":"StopLogging","EventTime":\#(three.millis / 1000),"#
      + #""EventSource":"cloudtrail.amazonaws.com","Username":"dev","CloudTrailEvent":"[[[["}"#
    let change = try await look(cloud([torn]))?.history?.changes.first
    #expect(change?.cause.actor == "dev")
    #expect(change?.trail == nil)
    #expect(change?.raw == "[[[[")
  }

  @Test func `without the trail's settings bucket changes cannot be told`() async throws {
    let cloud = cloud([])
    cloud.set("DescribeTrails") { _ in .refusal("AccessDeniedException") }
    #expect(
      try await look(cloud)?.blindness?.detail
        == "DescribeTrails in us-east-1: AccessDeniedException")
  }
}

/// An event as LookupEvents lists it, with its record.
func event(
  _ name: String, at second: Int, _ service: String, _ parameters: String, identity: String? = nil,
  more: String = ""
) -> String {
  let time = three + .seconds(second)
  let who =
    identity
    ?? #"{"type":"IAMUser","userName":"dev","arn":"arn:aws:iam::111122223333:user/dev"}"#
  let address = more.contains("sourceIPAddress") ? "" : #","sourceIPAddress":"198.51.100.7""#
  let record =
    #"{"eventName":"\#(name)","awsRegion":"us-east-1","userIdentity":\#(who)\#(address)\#(more),"#
    + #""requestParameters":\#(parameters)}"#
  return JSONValue.object([
    JSONMember("EventId", .string("\(name)\(second)")), JSONMember("EventName", .string(name)),
    JSONMember("EventTime", .number("\(time.millis / 1000)")),
    JSONMember("EventSource", .string("\(service).amazonaws.com")),
    JSONMember("ReadOnly", .string("false")), JSONMember("CloudTrailEvent", .string(record)),
  ]).text
}
