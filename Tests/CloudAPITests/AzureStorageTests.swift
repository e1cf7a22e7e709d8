import Foundation
import Testing
import Transfer

@testable import CloudAPI

/// Blobs and queues: REST with XML after a byte order mark.
@Suite struct AzureStorageTests {
  static func page(_ names: [String], next: String = "") -> FakeHTTP.Answer {
    let blobs = names.map {
      "<Blob><Name>\($0)</Name><Properties><Last-Modified>Fri, 20 Nov 2026 09:58:02 GMT"
        + "</Last-Modified><Content-Length>40321</Content-Length><BlobType>AppendBlob</BlobType>"
        + "</Properties></Blob>"
    }
    return .bytes(
      Array(
        ("\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults "
          + "ServiceEndpoint=\"https://acct.blob.core.windows.net/\" ContainerName=\"c\">"
          + "<Blobs>\(blobs.joined())<BlobPrefix><Name>y=2026/</Name></BlobPrefix></Blobs>"
          + "<NextMarker>\(next)</NextMarker></EnumerationResults>").utf8))
  }

  static let place = BlobPlace(account: "acct", container: "insights-activity-logs")

  @Test func listsPageAfterPage() async throws {
    let tenant = FakeTenant([
      Self.page(["a&amp;b"], next: "2!88!M/=+"), Self.page(["c"], next: "m2"), Self.page(["d"]),
    ])
    let listing = try await tenant.client.listBlobs(
      Self.place, prefix: "resourceId=/SUBSCRIPTIONS/", delimiter: "/", pageSize: 1)
    #expect(listing.blobs.map(\.name) == ["a&b", "c", "d"])
    #expect(listing.blobs.first?.lastModified == Date(timeIntervalSince1970: 1_795_168_682))
    #expect(listing.blobs.first?.length == 40_321)
    #expect(listing.prefixes.count == 3)
    #expect(!listing.isCut)
    let first = try #require(tenant.requests.first)
    #expect(
      first.url == "https://acct.blob.core.windows.net/insights-activity-logs"
        + "?restype=container&comp=list&maxresults=1&prefix=resourceId%3D%2FSUBSCRIPTIONS%2F"
        + "&delimiter=%2F")
    #expect(first.header("x-ms-version") == "2021-12-02")
    #expect(first.header("x-ms-date") == "Fri, 15 Jan 2027 08:00:00 GMT")
    #expect(tenant.requests[1].url.hasSuffix("&marker=2%2188%21M%2F%3D%2B"))
    #expect(tenant.signedIn.first?.text.contains("storage.azure.com%2F.default") == true)
    #expect(tenant.signedIn.count == 1)
  }

  @Test func aCappedListingSaysSo() async throws {
    let tenant = FakeTenant(FakeHTTP { _, number in Self.page(["a"], next: "m\(number)") })
    let listing = try await tenant.client.listBlobs(Self.place, limitPages: 2)
    #expect(listing.isCut)
    #expect(tenant.requests.count == 2)
  }

  @Test(arguments: [
    ("AuthorizationPermissionMismatch", 403), ("AuthorizationFailure", 403),
  ])
  func deniedInXML(_ code: String, _ status: Int) async {
    let body =
      "\u{feff}<?xml version=\"1.0\"?><Error><Code>\(code)</Code><Message>m</Message></Error>"
    let tenant = FakeTenant([.bytes(Array(body.utf8), status: status)])
    let found = await tenant.failure { (client) async throws(CloudError) in
      _ = try await client.listBlobs(Self.place)
    }
    guard case .denied(let error) = found else {
      Issue.record("\(String(describing: found))")
      return
    }
    #expect(error.code == code)
  }

  @Test func anErrorWithoutBodyIsInTheHeader() async {
    let answer = FakeHTTP.Answer.success(
      HTTPResponse(status: 404, headers: [HTTPHeader("x-ms-error-code", "ContainerNotFound")]))
    let found = await FakeTenant([answer]).failure { (client) async throws(CloudError) in
      _ = try await client.listBlobs(Self.place)
    }
    #expect(found?.code == "ContainerNotFound")
    #expect(found?.isMissing == true)
  }

  /// What an account may say of its endpoint, and where the call then goes; nil for nowhere.
  @Test(arguments: [
    ("https://acct.blob.core.windows.net/", "https://acct.blob.core.windows.net/"),
    ("https://acct.z01.blob.storage.azure.net/", "https://acct.z01.blob.storage.azure.net/"),
    ("https://evil.example/", nil), ("http://acct.blob.core.windows.net/", nil),
    ("https://acct.blob.core.windows.net.evil.example/", nil), ("http://127.0.0.1:7/acct", nil),
    ("https://evilcore.windows.net/", nil), ("ftp://x", nil),
  ])
  func endpointsOfAccounts(_ endpoint: String, _ url: String?) async {
    let tenant = FakeTenant([Self.page([])])
    let found = await tenant.failure { (client) async throws(CloudError) in
      _ = try await client.listBlobs(
        BlobPlace(account: "acct", endpoint: endpoint, container: "c"))
    }
    #expect((found == nil) == (url != nil))
    #expect(tenant.requests.first?.url.hasPrefix(url ?? "-") == (url == nil ? nil : true))
    if url == nil { #expect(tenant.signedIn.isEmpty) }
  }

  @Test func anotherCloudsMachineMayNameItsOwnStorage() async throws {
    var access = AzureAccess(environment: FakeTenant.variables)
    access.overrides.resourceManager = "http://127.0.0.1:9000"
    let tenant = FakeTenant([Self.page([])], access: access)
    _ = try await tenant.client.listBlobs(
      BlobPlace(account: "acct", endpoint: "http://127.0.0.1:9001/acct", container: "c"))
    #expect(tenant.requests.first?.url.hasPrefix("http://127.0.0.1:9001/acct/c?") == true)
    access.overrides.blob = "http://storage.test/{account}"
    let other = FakeTenant([Self.page([])], access: access)
    _ = try await other.client.listBlobs(BlobPlace(account: "acct", container: "c"))
    #expect(other.requests.first?.url.hasPrefix("http://storage.test/acct/c?") == true)
    #expect(other.requests.first?.allowPlain == true)
  }

  static let queue = QueuePlace(account: "acct", queue: "watch")

  @Test func receivesAndDeletesMessages() async throws {
    let body = Data(#"{"a":"é"}"#.utf8).base64EncodedString()
    let list =
      "\u{feff}<QueueMessagesList><QueueMessage><MessageId>id 1</MessageId><PopReceipt>p+/=</PopReceipt>"
      + "<MessageText>\(body)</MessageText></QueueMessage><QueueMessage><MessageId>2</MessageId>"
      + "<PopReceipt>r</PopReceipt><MessageText>{\"plain\":1}</MessageText></QueueMessage>"
      + "</QueueMessagesList>"
    let tenant = FakeTenant([
      .bytes(Array(list.utf8)), .bytes([], status: 204),
      .bytes(
        Array("<Error><Code>MessageNotFound</Code><Message>m</Message></Error>".utf8), status: 404),
    ])
    let found = try await tenant.client.receiveMessages(Self.queue, hidden: 60)
    #expect(found.map(\.body) == [#"{"a":"é"}"#, #"{"plain":1}"#])
    try await tenant.client.deleteMessages(Self.queue, found)
    let base = "https://acct.queue.core.windows.net/watch/messages"
    #expect(
      tenant.requests.map { "\($0.method) \($0.url)" } == [
        "GET \(base)?numofmessages=32&visibilitytimeout=60",
        "DELETE \(base)/id%201?popreceipt=p%2B%2F%3D", "DELETE \(base)/2?popreceipt=r",
      ])
  }

  @Test func aDeniedDeletionIsAnError() async {
    let answer = FakeHTTP.Answer.bytes(
      Array("<Error><Code>AuthorizationPermissionMismatch</Code></Error>".utf8), status: 403)
    let found = await FakeTenant([answer]).failure { (client) async throws(CloudError) in
      try await client.deleteMessages(Self.queue, [QueueMessage(receipt: "r", id: "1", body: "")])
    }
    #expect(found?.answered?.permission.hasSuffix("messages/process/action") == true)
  }

  @Test(arguments: [
    (
      "https://acct.queue.core.windows.net/watch", "acct", "watch",
      "https://acct.queue.core.windows.net"
    ),
    ("http://127.0.0.1:10001/dev/watch", "dev", "watch", "http://127.0.0.1:10001/dev"),
  ])
  func queuesByTheirURL(_ url: String, _ account: String, _ queue: String, _ base: String)
    async throws
  {
    let place = try #require(QueuePlace(url: url))
    #expect(place.account == account)
    #expect(place.queue == queue)
    let tenant = FakeTenant([.bytes(Array("<QueueMessagesList/>".utf8))])
    #expect(try await tenant.client.receiveMessages(place).isEmpty)
    #expect(tenant.requests.first?.url.hasPrefix("\(base)/watch/messages?") == true)
  }

  @Test(arguments: ["", "queue", "https://host", "https://host/", "https://h/q?sig=x", "ftp://h/q"])
  func noQueues(_ url: String) {
    #expect(QueuePlace(url: url) == nil)
  }

  @Test func timesAreWrittenAsHTTPWantsThem() {
    for (seconds, text) in [
      (0.0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
      (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
    ] {
      let date = Date(timeIntervalSince1970: seconds)
      #expect(TimeText.http(date) == text)
      #expect(TimeText.http(text) == date)
    }
  }
}
