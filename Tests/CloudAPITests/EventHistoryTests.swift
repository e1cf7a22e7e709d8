import Foundation
import Testing
import Transfer

@testable import CloudAPI

@Suite struct EventHistoryTests {
  static func event(_ id: String, at time: Int, record: String? = nil) -> String {
    let text = record.map { #","CloudTrailEvent":\#(JSONValue.string($0).text)"# } ?? ""
    return #"{"EventId":"\#(id)","EventTime":\#(time).0,"EventName":"StopLogging","#
      + #""EventSource":"cloudtrail.amazonaws.com","Username":"dev","ReadOnly":"false"\#(text)}"#
  }

  static func page(_ events: [String], next: String? = nil) -> FakeHTTP.Answer {
    let token = next.map { #","NextToken":"\#($0)""# } ?? ""
    return .json(#"{"Events":[\#(events.joined(separator: ","))]\#(token)}"#)
  }

  static let record = """
    {"eventVersion":"1.09","userIdentity":{"type":"AssumedRole","principalId":"AROA:dev",
    "arn":"arn:aws:sts::111122223333:assumed-role/Admin/dev","accountId":"111122223333",
    "accessKeyId":"ASIA1","sessionContext":{"sessionIssuer":{"type":"Role",
    "arn":"arn:aws:iam::111122223333:role/Admin","userName":"Admin"},
    "attributes":{"creationDate":"2026-11-20T03:00:00Z","mfaAuthenticated":"false"}},
    "invokedBy":"AWS Internal"},"eventTime":"2026-11-20T03:01:00Z",
    "eventSource":"cloudtrail.amazonaws.com","eventName":"StopLogging","awsRegion":"us-east-1",
    "sourceIPAddress":"203.0.113.9","userAgent":"aws-cli","errorCode":"AccessDenied",
    "errorMessage":"no","requestParameters":{"name":"main","n":1.50},"responseElements":null,
    "readOnly":false,"managementEvent":"true","eventID":"e1","eventType":"AwsApiCall",
    "recipientAccountId":"111122223333"}
    """

  @Test func parsesTheRecordInside() async throws {
    let account = FakeAccount(
      FakeHTTP([Self.page([Self.event("e1", at: 1_795_143_660, record: Self.record)])]))
    let history = try await account.client.lookupEvents(
      region: "us-east-1", attribute: .eventName("StopLogging"),
      start: Date(timeIntervalSince1970: 10.9), end: Date(timeIntervalSince1970: 20))
    #expect(!history.isCut)
    let event = try #require(history.events.first)
    #expect(event.eventID == "e1")
    #expect(event.eventTime == Date(timeIntervalSince1970: 1_795_143_660))
    #expect(event.userName == "dev")
    #expect(event.readOnly == false)
    #expect(event.text == Self.record)
    #expect(event.problem == nil)
    let record = try #require(event.record)
    #expect(record.eventTime == event.eventTime)
    #expect(record.awsRegion == "us-east-1")
    #expect(record.sourceIPAddress == "203.0.113.9")
    #expect(record.userAgent == "aws-cli")
    #expect(record.errorCode == "AccessDenied")
    #expect(record.readOnly == false)
    #expect(record.managementEvent == true)
    #expect(record.recipientAccountID == "111122223333")
    #expect(record.requestParametersText == #"{"name":"main","n":1.50}"#)
    #expect(record.responseElements == nil)
    #expect(record.whole["eventVersion"]?.string == "1.09")
    let who = try #require(record.userIdentity)
    #expect(who.type == "AssumedRole")
    #expect(who.issuerUserName == "Admin")
    #expect(who.issuerARN == "arn:aws:iam::111122223333:role/Admin")
    #expect(who.invokedBy == "AWS Internal")
    #expect(who.mfaAuthenticated == "false")
    #expect(who.shortName == "Admin")
    #expect(
      account.http.requests.first?.text
        == #"{"MaxResults":50,"LookupAttributes":[{"AttributeKey":"EventName","#
        + #""AttributeValue":"StopLogging"}],"StartTime":10,"EndTime":20}"#)
  }

  @Test func walksPagesAndSaysWhenItWasCut() async throws {
    let http = FakeHTTP { _, number in
      Self.page(
        [Self.event("e\(number)", at: 1_000 - number)], next: number < 3 ? "t\(number)" : nil)
    }
    let account = FakeAccount(http)
    let all = try await account.client.lookupEvents(region: "us-east-1", pageLimit: 9)
    #expect(all.events.map(\.eventID) == ["e0", "e1", "e2", "e3"])
    #expect(!all.isCut)
    #expect(http.requests.map { $0.text.contains("NextToken") } == [false, true, true, true])
    #expect(account.time.sleeps == [0.5, 0.5, 0.5])
    let again = FakeAccount(
      FakeHTTP { _, number in
        Self.page([Self.event("e\(number)", at: 1_000 - number)], next: "t\(number)")
      })
    let some = try await again.client.lookupEvents(region: "us-east-1", pageLimit: 2)
    #expect(some.events.count == 2)
    #expect(some.isCut)
    #expect(again.http.requests.count == 2)
    #expect(again.calls.all.count == 2)
  }

  @Test func stopsWhenTheCallerHasSeenEnough() async throws {
    let account = FakeAccount(
      FakeHTTP([
        Self.page([Self.event("a", at: 3), Self.event("b", at: 2), Self.event("c", at: 1)])
      ]))
    let history = try await account.client.lookupEvents(region: "us-east-1") { $0.eventID == "b" }
    #expect(history.events.map(\.eventID) == ["a", "b"])
    #expect(history.isCut)
  }

  @Test func aRepeatedTokenDoesNotGoRoundForEver() async {
    let http = FakeHTTP { _, number in
      Self.page([Self.event("e", at: 1)], next: number % 2 == 0 ? "a" : "b")
    }
    await #expect(
      throws: AWSError.unreadable(
        UnreadableAnswer(
          operation: "LookupEvents", status: 200, reason: "the same page was offered twice"))
    ) { try await FakeAccount(http).client.lookupEvents(region: "us-east-1", pageLimit: 1_000) }
    #expect(http.requests.count == 3)
  }

  @Test func newestComesFirstWhateverTheOrderSent() async throws {
    let account = FakeAccount(
      FakeHTTP([Self.page([Self.event("old", at: 1), Self.event("new", at: 9)])]))
    let history = try await account.client.lookupEvents(region: "us-east-1")
    #expect(history.events.map(\.eventID) == ["new", "old"])
  }

  @Test(arguments: [
    ("[]", "the record is not a JSON object"), ("{", "its JSON is cut short"),
    (String(repeating: "[", count: 5_000), "its JSON is nested more than 96 deep"),
  ])
  func oneBrokenRecordDoesNotHideTheOthers(_ text: String, _ problem: String) async throws {
    let account = FakeAccount(
      FakeHTTP([Self.page([Self.event("bad", at: 2, record: text), Self.event("good", at: 1)])]))
    let history = try await account.client.lookupEvents(region: "us-east-1")
    #expect(history.events.map(\.eventID) == ["bad", "good"])
    #expect(history.events.first?.record == nil)
    #expect(history.events.first?.problem == problem)
    #expect(history.events.first?.text == text)
  }

  @Test func membersOfOddKindsAreNil() throws {
    let text =
      #"{"eventID":1,"userIdentity":[],"readOnly":"maybe","eventTime":"now","errorCode":{}}"#
    let record = try #require(CloudTrailRecord(try JSONReader.read(Array(text.utf8))))
    #expect(record.eventID == nil)
    #expect(record.userIdentity == nil)
    #expect(record.readOnly == nil)
    #expect(record.eventTime == nil)
    #expect(record.errorCode == nil)
  }
}
