import CloudAPI
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

struct AzureActivityProbeTests {
  private static let columns =
    "Subscription:string Happened:datetime Arrived:datetime Records:long"

  private func cloud(_ rows: String) -> CannedAzure {
    CannedAzure([
      "/workspaces/central": { _ in .json(azureWorkspace()) },
      "query azureactivity": { _ in .json(rows) },
    ])
  }

  private static func row(_ subscription: String, _ happened: String, _ arrived: String) -> String {
    #"["\#(subscription)","\#(happened)","\#(arrived)",7]"#
  }

  @Test func `both ages of each subscription from one query`() async throws {
    let cloud = cloud(
      azureRows(
        Self.columns,
        // As the workspace writes it: any case, seven digits.
        Self.row(
          AzureNames.dev.uppercased(), "2026-11-20T02:51:12.1234567Z", "2026-11-20T02:55:00Z"),
        Self.row(AzureNames.test, "2026-11-20T02:40:00Z", "2026-11-20T02:44:30.5Z"),
        Self.row("ffffffff-others", "2026-11-20T02:59:00Z", "2026-11-20T02:59:30Z")))
    let seen = try await cloud.look("azure.activity")
    #expect(Set(seen.keys) == ["activity dev", "activity test"])
    let dev = try #require(seen["activity dev"]?.arrival)
    #expect(dev.newest == three - .minutes(5))
    #expect(dev.newestEvent == Timestamp(iso: "2026-11-20T02:51:12.123Z"))
    #expect(dev.count == 7 && dev.name == "central")
    #expect(seen["activity test"]?.arrival?.newest == Timestamp(iso: "2026-11-20T02:44:30.500Z"))
    #expect(cloud.requests.count { $0.query != nil } == 1)
    let body = try #require(cloud.requests.last?.body)
    // Our own writes keep no dead export alive.
    #expect(body.contains(#"Caller !in~ (\"0b0b-own-object\", \"a99-own-app\")"#))
    #expect(body.contains("ingestion_time()") && body.contains(#""timespan":"PT24H""#))
  }

  @Test func `no rows is no blindness, and a month is looked through`() async throws {
    let cloud = cloud(azureRows(Self.columns))
    cloud.set("query azureactivity") { call in
      call.body.contains("PT720H")
        ? .json(
          azureRows(
            Self.columns,
            Self.row(AzureNames.dev, "2026-11-02T02:00:00Z", "2026-11-02T02:05:00Z")))
        : .json(azureRows(Self.columns))
    }
    let seen = try await cloud.look("azure.activity")
    #expect(seen["activity dev"]?.arrival?.newest == Timestamp(iso: "2026-11-02T02:05:00Z"))
    #expect(seen["activity test"]?.arrival == Arrival(newest: nil, name: "central"))
  }

  @Test func `a table that nobody ever wrote to says so`() async throws {
    let cloud = cloud("")
    cloud.set("query azureactivity") { _ in .noTable }
    let seen = try await cloud.look("azure.activity")
    #expect(
      seen["activity dev"]?.arrival
        == Arrival(newest: nil, record: "no table AzureActivity yet", name: "central"))
  }

  /// The right to read it was taken away, or another word of the query is not known.
  @Test func `a table that is there, or another one, is no table that nobody wrote to`()
    async throws
  {
    let cloud = cloud("")
    cloud.set("query azureactivity") { _ in .noTable }
    cloud.set("/tables/AzureActivity", #"{"name":"AzureActivity","properties":{}}"#)
    let denied = try await cloud.look("azure.activity")["activity dev"]?.blindness
    #expect(denied?.kind == .denied && denied?.detail.contains("may not be read") == true)
    cloud.refuse("/tables/AzureActivity")
    #expect(try await cloud.look("azure.activity")["activity dev"]?.blindness?.kind == .denied)
    let other = self.cloud("")
    other.set("query azureactivity") { _ in .noTable("ingestion_time") }
    #expect(try await other.look("azure.activity")["activity dev"]?.blindness != nil)
  }

  @Test(arguments: [
    (HTTPResponse(status: 204), Blindness.Kind.unreadable),
    (HTTPResponse(status: 200), .unreadable),
    (.html, .unreadable),
    (.json(#"{"tables":[]}"#), .unreadable),
    (.json(#"{"tables":[{"name":"PrimaryResult","columns":[],"rows":[]}]}"#), .unreadable),
    (
      .json(
        azureRows(columns).replacing("}]}", with: "}],\"error\":{\"code\":\"PartialError\"}}")),
      .other
    ),
    (.azureRefusal("InsufficientAccessError", 403), .denied),
    (.azureRefusal("PathNotFoundError", 404), .missing),
    (.azureRefusal("ThrottledError", 429), .throttled),
    (.azureRefusal("GatewayTimeout", 504), .timedOut),
    (.json(azureRows(columns, #"["\#(AzureNames.dev)",null,null,3]"#)), .unreadable),
  ])
  func `what is not rows is blind`(_ answer: HTTPResponse, _ kind: Blindness.Kind) async throws {
    let cloud = cloud("")
    cloud.set("query azureactivity") { _ in answer }
    let seen = try await cloud.look("azure.activity")
    #expect(seen["activity dev"]?.blindness?.kind == kind)
    #expect(seen["activity test"]?.blindness?.kind == kind)
  }

  @Test func `a workspace that may not be read is blind and says what it needs`() async throws {
    let cloud = cloud("")
    cloud.refuse("/workspaces/central")
    let why = try #require(try await cloud.look("azure.activity")["activity dev"]?.blindness)
    #expect(why.kind == .denied)
    #expect(why.detail.contains("needs Microsoft.OperationalInsights/workspaces/read"))
  }
}
