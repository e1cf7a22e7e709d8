import Foundation
import Testing
import Transfer

@testable import CloudAPI

/// What holds for every typed call: path, version, action, page ends, hostile answers.
@Suite struct AzureCallTests {
  @Test(arguments: AzureCallTable.all)
  func asksForItsPathAndDeclaresItsAction(_ line: AzureCallLine) async throws {
    let tenant = FakeTenant([.bytes(Array(line.answer.utf8))])
    #expect(await tenant.failure(line.run) == nil)
    let request = try #require(tenant.requests.first)
    #expect(request.method == line.method)
    let parts = try #require(URLParts(request.url))
    #expect(parts.scheme == "https")
    #expect(parts.path == line.path)
    if let version = line.version {
      #expect(parts.host == "management.azure.com")
      #expect("&\(parts.query ?? "")".contains("&api-version=\(version)"))
    }
    #expect(request.header("Authorization") == "Bearer token-1")
    #expect(tenant.requests.count == 1)
    let told = tenant.calls.all.compactMap { $0.components(separatedBy: " @ ").first }
    #expect(told == [line.action.name])
    #expect(AzureAction.named(line.action.name.uppercased()) == line.action)
  }

  @Test(arguments: AzureCallTable.all)
  func aDenialNamesTheAction(_ line: AzureCallLine) async {
    let body = #"{"error":{"code":"AuthorizationFailed","message":"no"}}"#
    let tenant = FakeTenant([.json(body, status: 403)])
    let found = await tenant.failure(line.run)
    guard case .denied(let error) = found else {
      Issue.record("\(String(describing: found))")
      return
    }
    #expect(error.permission == line.action.name)
    #expect(found?.plain.contains("needs \(line.action.name)") == true)
  }

  /// Never a crash, never "nothing there".
  @Test(arguments: AzureCallTable.all.filter { $0.name != "echo" })
  func hostileAnswersAreErrors(_ line: AzureCallLine) async {
    let deep = String(repeating: "[", count: 5_000)
    let bodies = [
      "", "null", "[]", "7", "\"x\"", "<html></html>", "<!DOCTYPE html><p>", "<x/>", deep,
      #"{"value":{}}"#, #"{"value":[7]}"#, #"{"value":null}"#, #"{"error":{"code":"X"}}"#,
      #"{"value":[],"value":[]}"#, #"{"id":7,"name":7,"properties":[]}"#,
      #"{"id":"/a//b","name":"n","properties":7}"#, "{\"value\":[\u{0}]}", #"{"value":["#,
      "<EnumerationResults><Blobs><Blob/></Blobs><NextMarker/></EnumerationResults>",
      "<EnumerationResults><Blobs/></EnumerationResults>",
      "<QueueMessagesList><QueueMessage/></QueueMessagesList>",
      #"{"tables":[]}"#, #"{"tables":[{"name":"PrimaryResult","columns":[]}]}"#,
    ]
    for body in bodies {
      let tenant = FakeTenant([.bytes(Array(body.utf8))])
      let found = await tenant.failure(line.run)
      guard case .unreadable = found else {
        if case .incomplete = found, line.name == "query" { continue }
        Issue.record("\(line): \(body.prefix(60)): \(String(describing: found))")
        continue
      }
    }
  }

  @Test(arguments: AzureCallTable.lists)
  func listsAreFollowedToTheirEnd(_ line: AzureCallLine) async throws {
    let next = "https://management.azure.com/next?$skiptoken=a%2Fb&n="
    let http = FakeHTTP { _, number in
      .json(number < 3 ? #"{"value":[],"nextLink":"\#(next)\#(number)"}"# : AzureCallTable.empty)
    }
    let tenant = FakeTenant(http)
    #expect(await tenant.failure(line.run) == nil)
    #expect(tenant.requests.dropFirst().map(\.url) == (0..<3).map { "\(next)\($0)" })
    #expect(tenant.requests.allSatisfy { $0.header("Authorization") == "Bearer token-1" })
  }

  /// The link, and what is wrong with it.
  @Test(arguments: [
    ("https://evil.example/next", "its next page is on another host"),
    ("http://management.azure.com/next", "its next page is on another host"),
    ("https://management.azure.com:8443/next", "its next page is on another host"),
    ("https://management.azure.com@evil.example/", "its next page is not a URL"),
    ("//management.azure.com/next", "its next page is not a URL"),
    ("next", "its next page is not a URL"),
    ("https://management.azure.com/#x", "its next page is not a URL"),
  ])
  func aTokenGoesNowhereElse(_ link: String, _ reason: String) async {
    let tenant = FakeTenant([.json(#"{"value":[],"nextLink":"\#(link)"}"#)])
    let found = await tenant.failure { (client) async throws(CloudError) in
      _ = try await client.subscriptions()
    }
    #expect(
      found
        == .unreadable(
          UnreadableAnswer(
            operation: "Subscriptions - List", status: 200, reason: reason, requestID: nil)))
    #expect(tenant.requests.count == 1)
  }

  @Test func linksAreMendedNotDecoded() async throws {
    let link = "https://MANAGEMENT.azure.com:443/n?$filter=a eq 'b'%20and é|\"x\""
    let tenant = FakeTenant([
      .json(
        JSONValue.object([
          JSONMember("value", .array([])), JSONMember("nextLink", .string(link)),
        ]).text), .json(AzureCallTable.empty),
    ])
    _ = try await tenant.client.subscriptions()
    #expect(
      tenant.requests.last?.url
        == "https://MANAGEMENT.azure.com:443/n?$filter=a%20eq%20'b'%20and%20%C3%A9%7C%22x%22")
  }

  @Test func pagesThatGoRoundAreAnError() async {
    let link = #"{"value":[],"nextLink":"https://management.azure.com/again"}"#
    let tenant = FakeTenant([.json(link)])
    let found = await tenant.failure { (client) async throws(CloudError) in
      _ = try await client.subscriptions()
    }
    #expect(found?.plain.contains("the same page was offered twice") == true)
  }

  @Test func listsWithoutEndAreAnError() async {
    let http = FakeHTTP { _, number in
      .json(#"{"value":[],"nextLink":"https://management.azure.com/n/\#(number)"}"#)
    }
    let tenant = FakeTenant(http)
    let found = await tenant.failure { (client) async throws(CloudError) in
      _ = try await client.subscriptions()
    }
    #expect(found?.plain.contains("more than 200 pages") == true)
    #expect(tenant.requests.count == 200)
  }

  @Test func aFailedSecondPageFailsTheList() async {
    let first = #"{"value":[],"nextLink":"https://management.azure.com/n"}"#
    let tenant = FakeTenant([.json(first), AzureExchangeTests.refused("InvalidSkipToken")])
    let found = await tenant.failure { (client) async throws(CloudError) in
      _ = try await client.subscriptions()
    }
    #expect(found?.code == "InvalidSkipToken")
  }

  @Test(arguments: ["", "../x", "a/b", "a?b", "a b", "a.b"])
  func subscriptionsAreNoPaths(_ id: String) async {
    let tenant = FakeTenant([.json(AzureCallTable.empty)])
    let found = await tenant.failure { (client) async throws(CloudError) in
      _ = try await client.workspaces(subscription: id)
    }
    guard case .settings("subscription", _) = found else {
      Issue.record("\(String(describing: found))")
      return
    }
    #expect(tenant.requests.isEmpty)
  }

  @Test(arguments: ["", "/", "/a//b", "/a/../b", "/a/./b", "/a\u{1b}b", "/a\\b"])
  func brokenIds(_ text: String) {
    #expect(AzureID(text) == nil)
  }

  @Test func idsCompareWithoutCase() throws {
    let one = try #require(
      AzureID("subscriptions/AB/resourceGroups/Sec/providers/M.X/Things/a b(1)/"))
    let two = AzureID("/SUBSCRIPTIONS/ab/resourcegroups/sec/providers/m.x/things/A B(1)")
    #expect(one == two)
    #expect(Set([one, two]).count == 1)
    #expect(one.text == "/subscriptions/AB/resourceGroups/Sec/providers/M.X/Things/a b(1)")
    #expect(one.path.hasSuffix("/a%20b%281%29"))
    #expect(one.subscriptionID == "AB")
    #expect(one.resourceGroup == "Sec")
    #expect(one.type == "m.x/things")
    #expect(one.name == "a b(1)")
    #expect(AzureID.subscription("ab")?.covers(one) == true)
    #expect(AzureID.subscription("a")?.covers(one) == false)
  }
}
