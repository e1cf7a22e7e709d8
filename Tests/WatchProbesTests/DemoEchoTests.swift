import CloudAPI
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

/// The demo's moving parts: marked calls come back, digests come by the hour, the queue is a queue.
struct DemoEchoTests {
  private static let marked = "watchkeeper/0.1 echo/4f2a9c0d17e8"

  /// Whether the marked call is at each end at that time.
  private func ends(_ desk: DemoDesk, at second: Int) async throws -> [String: Bool] {
    desk.set(second)
    let group = try await desk.json(
      "logs", "FilterLogEvents",
      [
        "logGroupName": .string("acme-audit"), "filterPattern": .string("\"4f2a9c0d17e8\""),
        "startTime": .number("\(three.millis)"),
      ])
    let history = try await desk.json(
      "cloudtrail", "LookupEvents",
      [
        "LookupAttributes": .array([
          .object([
            JSONMember("AttributeKey", .string("EventName")),
            JSONMember("AttributeValue", .string("GetTrailStatus")),
          ])
        ])
      ])
    var stored = false
    for key in try await desk.keys("AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/20/").suffix(
      4)
    {
      let path =
        "/"
        + key.split(separator: "/").map { PercentEncoding.encode(String($0)) }
        .joined(separator: "/")
      let body = try LogFile.inflated(try await desk.s3("acme-audit-logs", path).body)
      stored = stored || String(decoding: body, as: UTF8.self).contains("4f2a9c0d17e8")
    }
    return [
      "group": group.body["events"]?.array?.isEmpty == false, "s3": stored,
      "history": history.body["Events"]?.array?.isEmpty == false,
    ]
  }

  @Test func `a marked call comes back by every path, each in its time`() async throws {
    let desk = try DemoDesk("quiet")
    desk.set(100)
    _ = try await desk.json(
      "cloudtrail", "GetTrailStatus", ["Name": .string("use1")], agent: Self.marked)
    _ = try await desk.json("cloudtrail", "GetTrailStatus", ["Name": .string("use1")])
    #expect(try await ends(desk, at: 150) == ["group": false, "s3": false, "history": false])
    #expect(try await ends(desk, at: 195) == ["group": false, "s3": false, "history": true])
    #expect(try await ends(desk, at: 245) == ["group": true, "s3": false, "history": true])
    #expect(try await ends(desk, at: 335) == ["group": true, "s3": true, "history": true])
  }

  @Test func `after the stop only Event history still hears us`() async throws {
    let desk = try DemoDesk("stop-logging")
    desk.set(100)
    _ = try await desk.json(
      "cloudtrail", "GetTrailStatus", ["Name": .string("use1")], agent: Self.marked)
    #expect(try await ends(desk, at: 700) == ["group": false, "s3": false, "history": true])
  }

  @Test func `digests come by the hour, and stop with the trail`() async throws {
    let folder = "AWSLogs/111122223333/CloudTrail-Digest/us-east-1/2026/11/20/"
    for name in ["quiet", "stop-logging"] {
      let desk = try DemoDesk(name)
      desk.set(0)
      let before = try await desk.keys(folder)
      desk.set(700)
      #expect(try await desk.keys(folder) == before)
      desk.set(7_200)
      #expect(try await desk.keys(folder).count == before.count + 2)
      #expect(
        before.allSatisfy {
          $0.hasPrefix(folder + "111122223333_CloudTrail-Digest_us-east-1_use1_")
        })
    }
    let blocked = try DemoDesk("bucket-blocked")
    let status = { () async throws -> JSONValue in
      try await blocked.json("cloudtrail", "GetTrailStatus", ["Name": .string("use1")]).body
    }
    blocked.set(900)
    let old = try await status()["LatestDigestDeliveryTime"]?.number
    blocked.set(3_600)
    let young = try await status()["LatestDigestDeliveryTime"]?.number
    #expect(try #require(old) < #require(young))
  }

  @Test(arguments: [
    ("", true), ("one", true), ("one three", false), ("?three ?two", true), ("?three", false),
    ("\"e tw\"", true), ("{ $.a = \"*two*\" }", true), ("{ $.a = \"*three*\" }", false),
  ])
  func `a filter's words are looked for`(_ pattern: String, _ isFound: Bool) {
    #expect(DemoAnswers.matches("{\"a\": \"one two\"}", pattern) == isFound)
  }

  @Test func `the queue tells of what was done, until it is deleted`() async throws {
    let desk = try DemoDesk("alert-path")
    let url = try #require(desk.scenario.plan.accounts.first?.queue)
    let receive = { (second: Int) async throws -> [JSONValue] in
      desk.set(second)
      let answer = try await desk.json(
        "sqs", "ReceiveMessage",
        ["QueueUrl": .string(url), "MaxNumberOfMessages": .number("10")])
      return answer.body["Messages"]?.array ?? []
    }
    #expect(try await receive(20).isEmpty)
    let first = try #require(try await receive(40).first)
    let envelope = try JSONReader.read(Array(try #require(first["Body"]?.string).utf8))
    #expect(envelope["source"]?.string == "aws.sns")
    #expect(envelope.at("detail", "eventName")?.string == "Unsubscribe")
    #expect(envelope.at("detail", "userIdentity", "userName")?.string == "sam")
    #expect(try await receive(60).isEmpty, "hidden while somebody works on it")
    #expect(try await receive(165).count == 3, "not deleted, so it comes again")
    let handle = try #require(first["ReceiptHandle"])
    _ = try await desk.json(
      "sqs", "DeleteMessage", ["QueueUrl": .string(url), "ReceiptHandle": handle])
    #expect(try await receive(400).count == 2)
    let other = try await desk.json(
      "sqs", "ReceiveMessage", ["QueueUrl": .string("https://sqs.us-east-1.amazonaws.com/1/x")])
    #expect(other.status == 400)
  }

  @Test func `the queue hears of the stop, and of nothing after it`() async throws {
    let desk = try DemoDesk("stop-logging")
    desk.set(1_000)
    let url = try #require(desk.scenario.plan.accounts.first?.queue)
    let answer = try await desk.json(
      "sqs", "ReceiveMessage", ["QueueUrl": .string(url), "MaxNumberOfMessages": .number("10")])
    let bodies = (answer.body["Messages"]?.array ?? []).compactMap { $0["Body"]?.string }
    #expect(bodies.count == 1 && bodies[0].contains("StopLogging"))
  }
}
