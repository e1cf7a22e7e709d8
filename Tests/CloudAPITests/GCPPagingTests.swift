import Foundation
import Testing
import Transfer

@testable import CloudAPI

/// Pages: of size 1, empty ones that go on, ones that never end.
@Suite struct GCPPagingTests {
  static let query = LogQuery(logs: [.activity], since: Date(timeIntervalSince1970: 1_799_996_400))
  static let place = EntryPlace.parent(.project("acme-1"))

  static func entry(_ id: String, time: String = "2027-01-15T07:59:00Z") -> String {
    #"{"insertId":"\#(id)","logName":"projects/acme-1/logs/cloudaudit.googleapis.com%2Factivity","#
      + #""timestamp":"\#(time)"}"#
  }

  static func page(_ entries: [String], next: String?) -> FakeHTTP.Answer {
    let token = next.map { #""nextPageToken":"\#($0)""# }
    let list = entries.isEmpty ? nil : "\"entries\":[\(entries.joined(separator: ","))]"
    return .google("{\([list, token].compactMap { $0 }.joined(separator: ","))}")
  }

  @Test func theNewestEntryIsAskedForByItself() async throws {
    let project = GCPFakeProject([Self.page([Self.entry("a")], next: "more")])
    let found = try await project.client.newestEntry(in: Self.place, Self.query)
    #expect(found?.insertID == "a")
    let request = try #require(project.asked.first)
    #expect(request.method == "POST")
    #expect(request.url == "https://logging.googleapis.com/v2/entries:list")
    #expect(
      request.text == #"{"resourceNames":["projects/acme-1"],"#
        + #""filter":"log_id(\"cloudaudit.googleapis.com/activity\") AND "#
        + #"timestamp>=\"2027-01-15T07:00:00Z\"","orderBy":"timestamp desc","pageSize":1}"#)
    #expect(project.asked.count == 1)
  }

  @Test func emptyPagesWithATokenAreNotTheEnd() async throws {
    let project = GCPFakeProject([
      Self.page([], next: "1"), Self.page([], next: "2"), Self.page([Self.entry("a")], next: nil),
    ])
    let found = try await project.client.newestEntry(in: Self.place, Self.query)
    #expect(found?.insertID == "a")
    let bodies = project.asked.map { try? JSONReader.read($0.body) }
    #expect(bodies.map { $0?["pageToken"]?.string } == [nil, "1", "2"])
    #expect(bodies.allSatisfy { $0?["filter"] == bodies[0]?["filter"] && $0?["pageSize"] != nil })
  }

  @Test func noEntryIsSaidAtTheEndAlone() async throws {
    let project = GCPFakeProject([Self.page([], next: "1"), Self.page([], next: nil)])
    #expect(try await project.client.newestEntry(in: Self.place, Self.query) == nil)
    #expect(project.asked.count == 2)
  }

  @Test func aSearchThatNeverEndsIsNotEmpty() async {
    let counter = Counter()
    let http = FakeHTTP { request, _ in
      request.url == GCPFakeProject.tokenURL
        ? GCPSignInTests.good : Self.page([], next: "t\(counter.next("pages"))")
    }
    let project = GCPFakeProject(http)
    let error = await #expect(throws: CloudError.self) {
      try await project.client.newestEntry(in: Self.place, Self.query)
    }
    guard case .incomplete(let what) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(what.code == "SEARCH_NOT_FINISHED")
    #expect(project.asked.count == 31)
  }

  @Test func theSamePageTwiceIsAnError() async {
    let project = GCPFakeProject([Self.page([], next: "x")])
    await #expect(
      throws: CloudError.unreadable(
        UnreadableAnswer(
          operation: "logging.entries.list", status: 200, reason: "the same page was offered twice")
      )
    ) { try await project.client.newestEntry(in: Self.place, Self.query) }
  }

  @Test func aCutSaysSo() async throws {
    let answers = [
      Self.page([Self.entry("a")], next: "1"), Self.page([Self.entry("b")], next: "2"),
      Self.page([Self.entry("c")], next: nil),
    ]
    for (most, ids, isComplete) in [
      (2, ["a", "b"], false), (3, ["a", "b", "c"], true), (9, ["a", "b", "c"], true),
    ] {
      let project = GCPFakeProject(answers)
      let found = try await project.client.entries(in: Self.place, Self.query, most: most)
      #expect(found.entries.map(\.insertID) == ids)
      #expect(found.isComplete == isComplete)
    }
    let fat = GCPFakeProject([Self.page(["a", "b"].map { Self.entry($0) }, next: nil)])
    let found = try await fat.client.entries(in: Self.place, Self.query, most: 1)
    #expect(found.entries.count == 1)
    #expect(!found.isComplete)
  }

  @Test func listsOfPageSizeOne() async throws {
    let access = GCPAccess(pageSize: 1, homeDirectory: "/home/mira")
    let project = GCPFakeProject(
      [
        .google(#"{"sinks":[{"name":"a","destination":"x"}],"nextPageToken":"t /+"}"#),
        .google(#"{"nextPageToken":"u"}"#), .google(#"{"sinks":[{"name":"b","destination":"x"}]}"#),
      ], access: access)
    let sinks = try await project.client.sinks(of: .folder("9"), inherited: true)
    #expect(sinks.map(\.name) == ["a", "b"])
    let base =
      "https://logging.googleapis.com/v2/folders/9/sinks?filter=in_scope%28%22ALL%22%29&pageSize=1"
    #expect(
      project.asked.map(\.url) == [base, "\(base)&pageToken=t%20%2F%2B", "\(base)&pageToken=u"])
  }

  /// Storage has another name for it, and refuses the usual one.
  @Test func objectsOfPageSizeOne() async throws {
    let object = #"{"name":"o","size":"1","updated":"2026-11-20T10:00:00Z"}"#
    let project = GCPFakeProject(
      [
        .google(#"{"items":[\#(object)],"nextPageToken":"t"}"#),
        .google(#"{"items":[\#(object)]}"#),
      ], access: GCPAccess(pageSize: 1, homeDirectory: "/home/mira"))
    let objects = try await project.client.archiveObjects(bucket: "b", prefix: "x")
    #expect(objects.count == 2)
    let base = "https://storage.googleapis.com/storage/v1/b/b/o?prefix=x&maxResults=1"
    #expect(project.asked.map(\.url) == [base, "\(base)&pageToken=t"])
  }

  @Test func aListBrokenInTheMiddleIsNoList() async {
    let project = GCPFakeProject([
      .google(#"{"sinks":[{"name":"a","destination":"x"}],"nextPageToken":"t"}"#),
      .refused(403, "PERMISSION_DENIED"),
    ])
    let error = await #expect(throws: CloudError.self) {
      try await project.client.sinks(of: .project("a"))
    }
    #expect(error?.code == "PERMISSION_DENIED")
  }
}
