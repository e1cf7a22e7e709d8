import Foundation
import Testing
import Transfer

@testable import CloudAPI

@Suite struct LogCallTests {
  private static let start = Date(timeIntervalSince1970: 1_795_143_600)

  private static func event(_ at: Int64, _ message: String = "{}") -> String {
    #"{"logStreamName":"1_CloudTrail_us-east-1","timestamp":\#(at),"ingestionTime":\#(at + 5),"#
      + #""message":\#(JSONValue.string(message).text),"eventId":"1"}"#
  }

  private static func page(_ events: [String], next: String? = nil) -> FakeHTTP.Answer {
    let token = next.map { #","nextToken":"\#($0)""# } ?? ""
    return .json(
      #"{"events":[\#(events.joined(separator: ","))],"searchedLogStreams":[]\#(token)}"#)
  }

  private func filter(
    _ http: FakeHTTP, pages: Int = 10
  ) async throws -> GroupEvents {
    try await FakeAccount(http).client.filterLogEvents(
      group: "audit", region: "us-east-1", streams: ["s"], start: Self.start,
      end: Self.start + 1.5, pattern: "a b", pageLimit: pages)
  }

  @Test func anEmptyPageIsNotTheEnd() async throws {
    let http = FakeHTTP([
      Self.page([], next: "t1"), Self.page([Self.event(1_795_143_600_007)], next: "t2"),
      Self.page([Self.event(1_795_143_601_000)]),
    ])
    let found = try await filter(http)
    #expect(
      found.events.map(\.timestamp.timeIntervalSince1970) == [1_795_143_600.007, 1_795_143_601])
    #expect(found.events.first?.ingested == Date(timeIntervalSince1970: 1_795_143_600.012))
    #expect(!found.isCut)
    #expect(
      http.requests.first?.text
        == #"{"logGroupName":"audit","startTime":1795143600000,"endTime":1795143601500,"#
        + #""limit":10000,"logStreamNames":["s"],"filterPattern":"a b"}"#)
    #expect(http.requests.first?.header("X-Amz-Target") == "Logs_20140328.FilterLogEvents")
    #expect(http.requests.last?.text.contains(#""nextToken":"t2""#) == true)
  }

  @Test func saysWhenItWasCut() async throws {
    let http = FakeHTTP { _, number in Self.page([Self.event(1_000)], next: "t\(number)") }
    let found = try await filter(http, pages: 3)
    #expect(found.isCut)
    #expect(found.events.count == 3)
  }

  @Test(arguments: [
    "{}", "[]", "", "<html>", #"{"events":null}"#, #"{"events":[1]}"#, #"{"events":[{}]}"#,
    #"{"events":[{"logStreamName":"s","timestamp":"1","message":"m"}]}"#,
    #"{"events":[{"logStreamName":"s","timestamp":1e99,"message":"m"}]}"#,
    #"{"events":[{"logStreamName":"s","timestamp":1,"message":7}]}"#,
    #"{"events":[],"nextToken":7}"#,
  ])
  func anAnswerThatCannotBeReadIsNoEmptyGroup(_ body: String) async {
    do {
      _ = try await filter(FakeHTTP([.json(body)]))
      Issue.record("read: \(body)")
    } catch let error as AWSError {
      guard case .unreadable = error else {
        Issue.record("\(error)")
        return
      }
    } catch { Issue.record("\(error)") }
  }

  @Test func streamsComeNewestFirst() async throws {
    let http = FakeHTTP([
      .json(
        #"{"logStreams":[{"logStreamName":"a","lastEventTimestamp":1000,"lastIngestionTime":2000},"#
          + #"{"logStreamName":"b"}],"nextToken":"t"}"#)
    ])
    let (streams, isCut) = try await FakeAccount(http).client.logStreams(
      group: "audit", region: "us-east-1")
    #expect(isCut)
    #expect(
      streams == [
        GroupStream(
          name: "a", lastEvent: Date(timeIntervalSince1970: 1),
          lastIngestion: Date(timeIntervalSince1970: 2)), GroupStream(name: "b"),
      ])
    #expect(
      http.requests.first?.text
        == #"{"logGroupName":"audit","orderBy":"LastEventTime","descending":true,"limit":50}"#)
  }

  @Test func aNoteStandsInTheUserAgentAlone() async throws {
    let http = FakeHTTP([.json(#"{"IsLogging":true}"#)])
    let account = FakeAccount(http)
    let noting = account.client.noting("echo/wk1\r\nX-Evil: 1\u{202e}é")
    _ = try await noting.trailStatus(arnOrName: "t", region: "us-east-1")
    _ = try await account.client.trailStatus(arnOrName: "t", region: "us-east-1")
    #expect(
      http.requests.map { $0.header("User-Agent") } == [
        "watchkeeper/0.1.0 echo/wk1X-Evil1", "watchkeeper/0.1.0",
      ])
  }
}
