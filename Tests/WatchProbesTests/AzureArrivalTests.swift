import CloudAPI
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

/// Blobs of the archive, and rows of watched resources.
struct AzureArrivalTests {
  private static let root = "resourceId=/SUBSCRIPTIONS/\(AzureNames.dev.uppercased())/"
  private static let plan = SourcePlan.azure(
    AzureSource(subscriptions: ["dev"], archive: AzureNames.archive))

  /// A storage account that answers listings by prefix, one blob a page.
  private func storage(
    _ blobs: [(String, String)], container: String = BlobLayout.activityLog
  ) -> CannedAzure {
    let cloud = CannedAzure([
      "/storageAccounts/acmeaudit": { _ in
        .json(
          #"{"id":"\#(AzureNames.archive)","name":"acmeaudit","properties":{"primaryEndpoints":"#
            + #"{"blob":"https://acmeaudit.z6.blob.core.windows.net/"}}}"#)
      }
    ])
    cloud.set("get /\(container)") { call in
      let prefix = call.parameters["prefix"] ?? ""
      let names = blobs.filter { $0.0.hasPrefix(prefix) }
      guard call.parameters["delimiter"] == nil else {
        let folders = Set(
          names.map { prefix + $0.0.dropFirst(prefix.count).prefix { $0 != "/" } + "/" })
        return .blobs(
          folders.sorted().map { "<BlobPrefix><Name>\($0)</Name></BlobPrefix>" }.joined())
      }
      let at = call.parameters["marker"].flatMap { Int($0) } ?? 0
      guard at < names.count else { return .blobs("") }
      return .blobs(
        "<Blob><Name>\(names[at].0)</Name><Properties><Last-Modified>\(names[at].1)"
          + "</Last-Modified><Content-Length>9</Content-Length></Properties></Blob>",
        next: at + 1 < names.count ? "\(at + 1)" : "")
    }
    return cloud
  }

  private func look(
    _ cloud: CannedAzure, at time: Timestamp = three
  ) async throws -> Look.Result? {
    try await cloud.look("azure.archive ", [Self.plan], at: time)["archive dev"]
  }

  @Test func `the newest blob of today and yesterday, page after page`() async throws {
    let cloud = storage([
      (Self.root + "y=2026/m=11/d=20/h=01/m=00/PT1H.json", "Fri, 20 Nov 2026 01:59:00 GMT"),
      (Self.root + "y=2026/m=11/d=20/h=02/m=00/PT1H.json", "Fri, 20 Nov 2026 02:58:02 GMT"),
      (Self.root + "y=2026/m=11/d=20/h=02/m=00/other.txt", "Fri, 20 Nov 2026 02:59:59 GMT"),
      (Self.root + "y=2026/m=11/d=20/h=03/m=00/PT1H.json", "Fri, 20 Nov 2026 05:00:00 GMT"),
      (Self.root + "y=2026/m=11/d=19/h=23/m=00/PT1H.json", "Fri, 20 Nov 2026 00:03:00 GMT"),
    ])
    let arrival = try #require(try await look(cloud)?.arrival)
    #expect(arrival.newest == three - .seconds(118))
    #expect(arrival.record?.hasSuffix("h=02/m=00/PT1H.json") == true)
    #expect(arrival.count == 3 && arrival.futureDated == 1)
    #expect(cloud.requests.contains { $0.url.contains("acmeaudit.z6.blob.core.windows.net") })
  }

  @Test(arguments: [
    // Midnight, a month's and a year's end: what was appended after it lies in the day before.
    ("2026-11-20T00:02:00Z", "y=2026/m=11/d=19/h=23/m=00/PT1H.json"),
    ("2026-12-01T00:02:00Z", "y=2026/m=11/d=30/h=23/m=00/PT1H.json"),
    ("2027-01-01T00:02:00Z", "y=2026/m=12/d=31/h=23/m=00/PT1H.json"),
    // Two months ago: found by the newest year, month and day that there are.
    ("2026-11-20T00:02:00Z", "y=2026/m=09/d=02/h=23/m=00/PT1H.json"),
  ])
  func `days have borders in UTC, and old ones are found`(
    _ now: String, _ name: String
  ) async throws {
    let cloud = storage([(Self.root + name, "Wed, 02 Sep 2026 23:59:00 GMT")])
    let time = try #require(Timestamp(iso: now))
    let arrival = try #require(try await look(cloud, at: time)?.arrival)
    #expect(arrival.newest == Timestamp(iso: "2026-09-02T23:59:00Z"))
  }

  @Test func `nothing ever is no blindness`() async throws {
    #expect(try await look(storage([]))?.arrival?.newest == nil)
    let bare = CannedAzure()
    bare.set("get /insights-activity-logs") { _ in .xmlRefusal("ContainerNotFound", status: 404) }
    let arrival = try #require(try await look(bare)?.arrival)
    #expect(arrival.newest == nil && arrival.name == BlobLayout.activityLog)
    // Without the account's own word its usual host is asked.
    #expect(bare.requests.contains { $0.url.contains("//acmeaudit.blob.core.windows.net/") })
  }

  @Test(arguments: [
    (
      HTTPResponse.xmlRefusal("AuthorizationPermissionMismatch", status: 403), Blindness.Kind.denied
    ),
    (.html, .unreadable), (HTTPResponse(status: 200), .unreadable),
    (.xmlRefusal("ServerBusy", status: 503), .other),
    (.json("<EnumerationResults><Blobs></Blobs></EnumerationResults>"), .unreadable),
  ])
  func `what is no listing is blind`(_ answer: HTTPResponse, _ kind: Blindness.Kind) async throws {
    let cloud = storage([])
    cloud.set("get /insights-activity-logs") { _ in answer }
    let why = try #require(try await look(cloud)?.blindness)
    #expect(why.kind == kind || kind == .other)
  }

  @Test func `resource logs by table, ids without case`() async throws {
    let vault = AzureSource.Resource(id: AzureNames.vault)
    let other = AzureSource.Resource(
      id: AzureNames.vault.replacing("vault-dev", with: "vault-2"), table: "AZKVAuditLogs")
    let plan = SourcePlan.azure(
      AzureSource(workspace: AzureNames.workspace, resources: [vault, other]))
    let cloud = CannedAzure(["/workspaces/central": { _ in .json(azureWorkspace()) }])
    cloud.set(
      "query azurediagnostics | where tolower(resourceid) in",
      azureRows(
        "Resource:string Happened:datetime Arrived:datetime Records:long",
        #"["\#(AzureNames.vault.uppercased())","2026-11-20T02:50:00Z","2026-11-20T02:55:00Z",3]"#))
    cloud.set("query azkvauditlogs | where tolower(_resourceid) in") { _ in
      .noTable("AZKVAuditLogs")
    }
    let seen = try await cloud.look("azure.resource", [plan])
    #expect(seen["resource dev vault-dev"]?.arrival?.newest == three - .minutes(5))
    #expect(seen["resource dev vault-dev"]?.arrival?.newestEvent == three - .minutes(10))
    let none = seen["resource dev vault-2"]?.arrival
    #expect(none?.newest == nil && none?.record == "no table AZKVAuditLogs yet")
    cloud.refuse("query azkvauditlogs", 403, "InsufficientAccessError")
    cloud.refuse(
      "query azkvauditlogs | where tolower(_resourceid) in", 403, "InsufficientAccessError")
    let denied = try await cloud.look("azure.resource", [plan])
    #expect(denied["resource dev vault-dev"]?.arrival != nil)
    #expect(denied["resource dev vault-2"]?.blindness?.kind == .denied)
  }

  @Test func `a table's name that is none is not asked`() async throws {
    let plan = SourcePlan.azure(
      AzureSource(
        workspace: AzureNames.workspace,
        resources: [.init(id: AzureNames.vault, table: "T | union *")]))
    let cloud = CannedAzure(["/workspaces/central": { _ in .json(azureWorkspace()) }])
    let seen = try await cloud.look("azure.resource", [plan])
    #expect(seen["resource dev vault-dev"]?.blindness?.kind == .other)
    #expect(!cloud.requests.contains { $0.query != nil })
  }

  @Test func `without a workspace resource logs are looked for in the archive`() async throws {
    let root = "resourceId=\(AzureNames.vault.uppercased())/"
    let cloud = storage(
      [(root + "y=2026/m=11/d=20/h=02/m=00/PT1H.json", "Fri, 20 Nov 2026 02:58:02 GMT")],
      container: "insights-logs-auditevent")
    let plan = SourcePlan.azure(
      AzureSource(
        archive: AzureNames.archive,
        resources: [.init(id: AzureNames.vault, categories: ["AuditEvent"])]))
    let seen = try await cloud.look("azure.resource", [plan])
    #expect(seen["resource dev vault-dev"]?.arrival?.newest == three - .seconds(118))
  }

  @Test(arguments: [
    ("plain", #""plain""#), (#"a"b"#, #""a\"b""#), (#"a\"#, #""a\\""#), ("a\nb", #""ab""#),
  ])
  func `texts in queries cannot end early`(_ text: String, _ quoted: String) {
    #expect(KQL.text(text) == quoted)
  }
}

extension HTTPResponse {
  /// As storage sends it: after a byte order mark.
  fileprivate static func blobs(_ items: String, next: String = "") -> HTTPResponse {
    HTTPResponse(
      status: 200,
      body: Array(
        ("\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults><Blobs>\(items)"
          + "</Blobs><NextMarker>\(next)</NextMarker></EnumerationResults>").utf8))
  }
}
