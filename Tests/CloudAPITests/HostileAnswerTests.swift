import Foundation
import Testing
import Transfer

@testable import CloudAPI

/// Every typed call against everything that is not AWS's answer: always a typed error that says
/// "cannot be read", never an empty answer, never a trap.
@Suite struct HostileAnswerTests {
  struct Call: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var run: @Sendable (AWSClient) async throws(AWSError) -> Void

    init(_ name: String, _ run: @escaping @Sendable (AWSClient) async throws(AWSError) -> Void) {
      testDescription = name
      self.run = run
    }
  }

  static let calls = [
    Call("DescribeTrails") { (c) async throws(AWSError) in
      _ = try await c.describeTrails(region: "us-east-1")
    },
    Call("GetTrailStatus") { (c) async throws(AWSError) in
      _ = try await c.trailStatus(arnOrName: "t", region: "us-east-1")
    },
    Call("GetEventSelectors") { (c) async throws(AWSError) in
      _ = try await c.eventSelectors(arnOrName: "t", region: "us-east-1")
    },
    Call("LookupEvents") { (c) async throws(AWSError) in
      _ = try await c.lookupEvents(region: "us-east-1")
    },
    Call("ListObjectsV2") { (c) async throws(AWSError) in
      _ = try await c.listObjects(bucket: "logs")
    },
    Call("GetBucketPolicy") { (c) async throws(AWSError) in
      _ = try await c.getBucketPolicy(bucket: "logs")
    },
    Call("DescribeRegions") { (c) async throws(AWSError) in
      _ = try await c.enabledRegions(region: "us-east-1")
    },
    Call("GetCallerIdentity") { (c) async throws(AWSError) in _ = try await c.callerIdentity() },
    Call("AssumeRole") { (c) async throws(AWSError) in _ = try await c.assumeRole(arn: "a") },
    Call("DescribeLogGroups") { (c) async throws(AWSError) in
      _ = try await c.logGroups(prefix: "g", region: "us-east-1")
    },
    Call("DescribeMetricFilters") { (c) async throws(AWSError) in
      _ = try await c.metricFilters(group: "g", region: "us-east-1")
    },
    Call("DescribeSubscriptionFilters") { (c) async throws(AWSError) in
      _ = try await c.subscriptionFilters(group: "g", region: "us-east-1")
    },
    Call("DescribeAlarms") { (c) async throws(AWSError) in
      _ = try await c.alarms(region: "us-east-1")
    },
    Call("ListRules") { (c) async throws(AWSError) in
      _ = try await c.eventRules(region: "us-east-1")
    },
    Call("DescribeRule") { (c) async throws(AWSError) in
      _ = try await c.eventRule(name: "r", region: "us-east-1")
    },
    Call("ListTargetsByRule") { (c) async throws(AWSError) in
      _ = try await c.ruleTargets(rule: "r", region: "us-east-1")
    },
    Call("ListRuleNamesByTarget") { (c) async throws(AWSError) in
      _ = try await c.ruleNames(target: "t", region: "us-east-1")
    },
    Call("GetTopicAttributes") { (c) async throws(AWSError) in
      _ = try await c.topic(arn: "t", region: "us-east-1")
    },
    Call("ListSubscriptionsByTopic") { (c) async throws(AWSError) in
      _ = try await c.subscriptions(topic: "t", region: "us-east-1")
    },
    Call("GetSubscriptionAttributes") { (c) async throws(AWSError) in
      _ = try await c.subscription(arn: "s", region: "us-east-1")
    },
    Call("GetQueueAttributes") { (c) async throws(AWSError) in
      _ = try await c.queue(url: "q", region: "us-east-1")
    },
    Call("GetRole") { (c) async throws(AWSError) in _ = try await c.role(name: "r") },
    Call("ListRolePolicies") { (c) async throws(AWSError) in
      _ = try await c.rolePolicyNames(role: "r")
    },
    Call("GetRolePolicy") { (c) async throws(AWSError) in
      _ = try await c.rolePolicy(role: "r", name: "p")
    },
    Call("ListAttachedRolePolicies") { (c) async throws(AWSError) in
      _ = try await c.attachedPolicies(role: "r")
    },
    Call("GetPolicy") { (c) async throws(AWSError) in _ = try await c.managedPolicy(arn: "p") },
  ]

  static let bodies: [(String, [UInt8])] = [
    ("nothing", []), ("space", Array("  \n".utf8)),
    ("a portal", Array("<!DOCTYPE html><html><body>Sign in</body></html>".utf8)),
    ("a portal without doctype", Array("\n <HTML><body>Sign in</body></HTML>".utf8)),
    ("words", Array("upstream connect error".utf8)), ("null", Array("null".utf8)),
    ("an array", Array("[]".utf8)), ("a string", Array("\"ok\"".utf8)),
    ("cut JSON", Array(#"{"trailList":[{"TrailARN":"a"#.utf8)),
    ("cut XML", Array("<r><IsTruncated>false</IsTruncated><regionInfo>".utf8)),
    ("a document type", Array("<!DOCTYPE r [<!ENTITY a 'b'>]><r>&a;</r>".utf8)),
    ("deep JSON", Array(String(repeating: "[", count: 100_000).utf8)),
    ("deep objects", Array(String(repeating: "{\"a\":", count: 100_000).utf8)),
    ("deep XML", Array(String(repeating: "<a>", count: 100_000).utf8)),
    ("bad UTF-8", [0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
    ("bad UTF-8 in XML", [0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e]),
    ("NULs", Array(repeating: 0, count: 4_096)), ("gzip", [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]),
    ("9 MB", Array(repeating: 0x20, count: 9 << 20)),
  ]

  @Test(arguments: ["", "{\"trailList\":[\"", "{\"trailList\":[", "<a>"])
  func fiveMegabytesOfNothing(_ start: String) async {
    let body = start + String(repeating: " ", count: 5 << 20)
    await expectUnreadable(body) { (c) async throws(AWSError) in
      _ = try await c.describeTrails(region: "us-east-1")
    }
  }

  @Test(arguments: calls, bodies.indices)
  func isUnreadable(_ call: Call, _ body: Int) async {
    let http = FakeHTTP([.bytes(Self.bodies[body].1)])
    let error = await #expect(throws: AWSError.self) {
      try await call.run(FakeAccount(http).client)
    }
    guard case .unreadable(let answer) = error else {
      Issue.record("\(Self.bodies[body].0): \(String(describing: error))")
      return
    }
    #expect(answer.operation == call.testDescription)
    #expect(answer.status == 200)
    #expect(http.requests.count == 1)
    #expect((error?.plain.unicodeScalars.count ?? 999) <= 400)
  }

  @Test(arguments: [
    #"{}"#, #"{"trailList":null}"#, #"{"trailList":{}}"#, #"{"trailList":"none"}"#,
    #"{"trailList":[null]}"#, #"{"trailList":[{}]}"#, #"{"trailList":[{"TrailARN":7}]}"#,
    #"{"trailList":[{"TrailARN":"a","IsMultiRegionTrail":"true"}]}"#,
    #"{"trailList":[{"TrailARN":"a","S3BucketName":["b"]}]}"#,
    #"{"trailList":[],"trailList":[]}"#, #"{"Events":[]}"#,
  ])
  func trailListsOfTheWrongShape(_ body: String) async {
    await expectUnreadable(body) { (c) async throws(AWSError) in
      _ = try await c.describeTrails(region: "us-east-1")
    }
  }

  @Test(arguments: [
    #"{}"#, #"{"IsLogging":null}"#, #"{"IsLogging":"true"}"#, #"{"IsLogging":1}"#,
    #"{"IsLogging":true,"LatestDeliveryTime":"yesterday"}"#,
    #"{"IsLogging":true,"LatestDeliveryTime":[1]}"#,
    #"{"IsLogging":true,"LatestDeliveryTime":1e300}"#,
    #"{"IsLogging":true,"LatestDeliveryTime":-1e999}"#,
    #"{"IsLogging":true,"LatestDeliveryError":{"code":1}}"#,
  ])
  func statusesOfTheWrongShape(_ body: String) async {
    await expectUnreadable(body) { (c) async throws(AWSError) in
      _ = try await c.trailStatus(arnOrName: "t", region: "us-east-1")
    }
  }

  @Test(arguments: [
    #"{}"#, #"{"TrailARN":""}"#, #"{"TrailARN":"a","EventSelectors":{}}"#,
    #"{"TrailARN":"a","EventSelectors":["All"]}"#,
    #"{"TrailARN":"a","EventSelectors":[{"DataResources":[{}]}]}"#,
    #"{"TrailARN":"a","AdvancedEventSelectors":[{"FieldSelectors":[{"Equals":["x"]}]}]}"#,
    #"{"TrailARN":"a","AdvancedEventSelectors":[{"FieldSelectors":[{"Field":"f","Equals":[1]}]}]}"#,
  ])
  func selectorsOfTheWrongShape(_ body: String) async {
    await expectUnreadable(body) { (c) async throws(AWSError) in
      _ = try await c.eventSelectors(arnOrName: "t", region: "us-east-1")
    }
  }

  @Test(arguments: [
    #"{}"#, #"{"Events":null}"#, #"{"Events":[[]]}"#, #"{"Events":[{"EventId":"a"}]}"#,
    #"{"Events":[{"EventTime":1}]}"#, #"{"Events":[{"EventId":"a","EventTime":true}]}"#,
    #"{"Events":[{"EventId":"a","EventTime":1,"CloudTrailEvent":{}}]}"#,
    #"{"Events":[],"NextToken":7}"#,
  ])
  func eventPagesOfTheWrongShape(_ body: String) async {
    await expectUnreadable(body) { (c) async throws(AWSError) in
      _ = try await c.lookupEvents(region: "us-east-1")
    }
  }

  /// Pages between us and AWS: none of them is an AWS refusal, none of them is retried.
  @Test(arguments: [
    (302, "<html>moved</html>"), (307, ""), (400, "Bad Request"), (403, "<html>blocked</html>"),
    (404, "{}"), (407, "<!doctype html>proxy"), (403, #"{"error":"blocked by policy"}"#),
    (451, ""), (403, "<Error><Message>no code</Message></Error>"), (403, "<Error><Code/></Error>"),
  ])
  func strangersPages(_ status: Int, _ body: String) async {
    let http = FakeHTTP([.bytes(Array(body.utf8), status: status)])
    let error = await #expect(throws: AWSError.self) {
      try await FakeAccount(http).client.describeTrails(region: "us-east-1")
    }
    guard case .unreadable(let answer) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(answer.status == status)
    #expect(http.requests.count == 1)
  }

  @Test func aBrokenServersPageIsRetriedAndThenNamed() async {
    let http = FakeHTTP([.bytes(Array("<!doctype html>oops".utf8), status: 500)])
    let error = await #expect(throws: AWSError.self) {
      try await FakeAccount(http).client.describeTrails(region: "us-east-1")
    }
    #expect(error?.code == "HTTP 500")
    #expect(http.requests.count == 4)
  }

  @Test func errorsStayShortAndCleanWhateverWasSent() async {
    let long = String(repeating: "\u{202e}\u{1b}]0;x\u{7}é", count: 100_000)
    let body = JSONValue.object([
      JSONMember("__type", .string(long)), JSONMember("message", .string(long)),
    ]).text
    let answer = FakeHTTP.Answer.json(body, status: 400)
    let error = await #expect(throws: AWSError.self) {
      try await FakeAccount(FakeHTTP([answer])).client.describeTrails(region: "us-east-1")
    }
    let plain = error?.plain ?? ""
    #expect(plain.unicodeScalars.count <= 400)
    #expect(plain.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202e })
    #expect((error?.answered?.message.unicodeScalars.count ?? 9_999) <= 600)
  }

  private func expectUnreadable(
    _ body: String, _ run: @Sendable (AWSClient) async throws(AWSError) -> Void
  ) async {
    let error = await #expect(throws: AWSError.self) {
      try await run(FakeAccount(FakeHTTP([.json(body)])).client)
    }
    guard case .unreadable(let answer) = error else {
      Issue.record("\(body.prefix(80)): \(String(describing: error))")
      return
    }
    #expect(answer.requestID == "id-1")
  }
}
