import CloudAPI
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

/// The queue as it answers, and as it is answered.
struct QueueReaderTests {
  private static let url = "https://sqs.us-east-1.amazonaws.com/111122223333/watch"

  private static let stop = """
    {"eventVersion":"1.09","eventTime":"2026-11-20T02:59:30Z","eventSource":"cloudtrail.amazonaws.com",\
    "eventName":"StopLogging","awsRegion":"us-east-1","sourceIPAddress":"198.51.100.7",\
    "userIdentity":{"type":"IAMUser","userName":"dev"},"eventID":"e-1",\
    "requestParameters":{"name":"use1"},"recipientAccountId":"111122223333"}
    """

  private static func envelope(_ detail: String) -> String {
    #"{"version":"0","id":"b-1","detail-type":"AWS API Call via CloudTrail","source":"#
      + #""aws.cloudtrail","account":"111122223333","time":"2026-11-20T02:59:31Z","region":"#
      + #""us-east-1","resources":[],"detail":\#(detail)}"#
  }

  private static func text(_ value: String) -> String { JSONValue.string(value).text }

  private static func notification(_ message: String) -> String {
    #"{"Type":"Notification","MessageId":"m","TopicArn":"arn:aws:sns:us-east-1:1:t","Message":"#
      + text(message) + "}"
  }

  private func cloud(_ bodies: [String]) -> CannedCloud {
    let messages = bodies.enumerated().map { index, body in
      #"{"MessageId":"m\#(index)","ReceiptHandle":"r\#(index)","Body":\#(Self.text(body))}"#
    }
    return CannedCloud([
      "DescribeTrails": { _ in trailList(described()) },
      "ReceiveMessage": { _ in
        .json(bodies.isEmpty ? "{}" : #"{"Messages":[\#(messages.joined(separator: ","))]}"#)
      },
      "DeleteMessageBatch": { _ in .json(#"{"Successful":[],"Failed":[]}"#) },
    ])
  }

  private func reader(
    _ cloud: CannedCloud, onCall: @escaping AWSClient.OnCall = { _, _, _ in }
  ) throws -> EventReader {
    let account = CloudAccount(
      cloud: .aws, name: "prod", regions: ["us-east-1"], queue: Self.url)
    let readers = AWSProbes.readers(
      account: account, sources: [.use1], client: cloud.client(onCall: onCall), clock: .still)
    return try #require(readers.first)
  }

  private func read(_ bodies: [String]) async throws -> QueueSighting {
    let report = try await reader(cloud(bodies)).receive(three)
    guard case .saw(.queue(let seen))? = report.looks.first?.result else {
      Issue.record("\(report.looks)")
      return QueueSighting()
    }
    return seen
  }

  @Test(arguments: [
    stop, envelope(stop), envelope(text(stop)), notification(envelope(stop)), notification(stop),
  ])
  func `every wrapping holds the same act`(_ body: String) async throws {
    let seen = try await read([body])
    let change = try #require(seen.changes.first)
    #expect(change.cause.action == "StopLogging" && change.cause.event == "e-1")
    #expect(change.cause.actor == "dev" && change.trail == SourcePlan.use1.trail)
    #expect(change.witness == "queue" && change.harm == .cuts)
    #expect(change.raw.contains("eventVersion"))
    #expect(seen.receipts == ["r0"] && seen.newest == three - .seconds(30))
  }

  @Test(arguments: [
    ("", 1, 0), ("hello", 1, 0), ("[]", 1, 0), ("{\"a\":", 1, 0), ("null", 1, 0),
    (String(repeating: "[", count: 5_000), 1, 0), (envelope("7"), 1, 0), (envelope("\"x\""), 1, 0),
    (notification("hello"), 1, 0), ("{\"eventName\":\"StopLogging\"}", 1, 0),
    ("{}", 0, 1), (envelope("{}"), 0, 1),
    (#"{"Type":"SubscriptionConfirmation","TopicArn":"t","Message":"m"}"#, 0, 1),
    (stop.replacing("use1", with: "other"), 0, 1),
    (stop.replacing("StopLogging", with: "GetTrail"), 0, 1),
  ])
  func `anything else is counted`(_ body: String, _ unreadable: Int, _ foreign: Int) async throws {
    let seen = try await read([body, Self.stop])
    #expect(seen.unreadable.count == unreadable && seen.foreign == foreign)
    #expect(seen.unreadable.allSatisfy { $0.utf8.count == 64 })
    #expect(seen.changes.count == 1, "the good one beside it is read")
    #expect(seen.receipts == ["r0", "r1"])
  }

  @Test func `an empty queue is a good look`() async throws {
    #expect(try await read([]) == QueueSighting())
  }

  @Test func `it waits on AWS's side, in the queue's region, ten at a time`() async throws {
    let cloud = cloud([])
    let reader = try reader(cloud)
    _ = await reader.receive(three)
    let call = try #require(cloud.requests.first { $0.operation == "ReceiveMessage" })
    #expect(call.region == "us-east-1")
    #expect(call.parameters["QueueUrl"]?.string == Self.url)
    #expect(call.parameters["WaitTimeSeconds"]?.number == 20)
    #expect(call.parameters["MaxNumberOfMessages"]?.number == 10)
    await reader.release((0..<12).map { "r\($0)" })
    let deletions = cloud.requests.filter { $0.operation == "DeleteMessageBatch" }
    #expect(deletions.map { $0.parameters["Entries"]?.array?.count } == [10, 2])
    #expect(cloud.count("DeleteMessage") == 0)
  }

  @Test(arguments: ["ReceiveMessage", "DescribeTrails"])
  func `what cannot be read is blind`(_ operation: String) async throws {
    let cloud = cloud([Self.stop])
    cloud.set(operation) { _ in .refusal("AccessDenied") }
    let report = try await reader(cloud).receive(three)
    #expect(report.looks.first?.path.text == "aws/prod/event-queue queue us-east-1")
    #expect(report.looks.first?.result.blindness?.kind == .denied)
    #expect(
      operation == "ReceiveMessage" || cloud.count("ReceiveMessage") == 0,
      "what cannot be judged stays in the queue")
  }

  @Test(arguments: [
    ("https://sqs.eu-west-1.amazonaws.com/1/q", "eu-west-1"),
    ("https://eu-west-1.queue.amazonaws.com/1/q", "eu-west-1"),
    ("https://queue.amazonaws.com/1/q", "us-east-1"),
    ("https://sqs.cn-north-1.amazonaws.com.cn/1/q", "cn-north-1"),
    ("https://sqs-fips.us-gov-west-1.amazonaws.com/1/q", "us-gov-west-1"),
    ("http://127.0.0.1:4566/1/q", nil), ("https://sqs.evil.example/1/q", nil), ("", nil),
  ])
  func `a queue's URL names its region`(_ url: String, _ region: String?) {
    #expect(QueueRegion.of(url) == region)
  }
}
