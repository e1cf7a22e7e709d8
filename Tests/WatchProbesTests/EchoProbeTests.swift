import CloudAPI
import Synchronization
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

/// The echo, row by row: sent once a look, found at every end, owed when it is due, blind where it
/// could not be searched, off where the trail does not record it.
struct EchoProbeTests {
  /// A trail that brings out what is asked of it, as far as `ends` let it.
  final class Pipeline: Sendable {
    struct State {
      var ends: Set<PathKind> = [.s3, .group, .history]
      var heard: [(nonce: String, at: Timestamp)] = []
      var now = three
      var delay = Duration.minutes(3)
      var object: [UInt8]?
    }

    let state = Mutex(State())
    let cloud: CannedCloud

    init(trail: String = describedWithGroup(), selectors: String = #"{"EventSelectors":[]}"#) {
      cloud = CannedCloud([
        "DescribeTrails": { _ in trailList(trail) },
        "GetEventSelectors": { _ in .json(selectors) },
        "GetCallerIdentity": { _ in .caller() },
      ])
      cloud.set("GetTrailStatus") { [self] in hear($0) }
      cloud.set("FilterLogEvents") { [self] in group.filter($0) }
      cloud.set("LookupEvents") { [self] _ in history }
      cloud.set("ListObjectsV2") { [self] in bucket.list($0) }
      cloud.set("GetObject") { [self] in stored($0) }
    }

    private func hear(_ call: DemoRequest) -> HTTPResponse {
      let parts = call.agent.split(separator: " echo/").map(String.init)
      if parts.count == 2 { state.withLock { $0.heard.append((parts[1], $0.now)) } }
      return .json(#"{"IsLogging":true}"#)
    }

    private func out(_ kind: PathKind) -> [(nonce: String, at: Timestamp)] {
      state.withLock { state in
        state.ends.contains(kind) ? state.heard.filter { $0.at + state.delay <= state.now } : []
      }
    }

    private func record(_ nonce: String) -> String {
      #"{"eventName":"GetTrailStatus","userAgent":"watchkeeper/0.1.0 echo/\#(nonce)"}"#
    }

    private var group: AuditGroup {
      AuditGroup(
        lines: out(.group).map {
          .init(at: $0.at, arrived: $0.at + .minutes(3), message: record($0.nonce))
        })
    }

    private var history: HTTPResponse {
      let events = out(.history).reversed().map { event in
        #"{"EventId":"e","EventTime":\#(event.at.millis / 1000),"#
          + #""CloudTrailEvent":\#(JSONValue.string(record(event.nonce)).text)}"#
      }
      return .json(#"{"Events":[\#(events.joined(separator: ","))]}"#)
    }

    private func key(_ event: (nonce: String, at: Timestamp)) -> String {
      let time = event.at + .minutes(3)
      return logKey(time.minuteStamp, unique: String(event.nonce.suffix(16)))
    }

    private var bucket: StoredObjects {
      StoredObjects(objects: out(.s3).map { (key($0), $0.at + .minutes(3)) })
    }

    private func stored(_ call: DemoRequest) -> HTTPResponse {
      if let object = state.withLock({ $0.object }) {
        return HTTPResponse(status: 200, body: object)
      }
      let nonce = out(.s3).first { key($0) == call.key }?.nonce ?? ""
      return HTTPResponse(
        status: 200, body: StoredGzip.wrap(Array(#"{"Records":[\#(record(nonce))]}"#.utf8)))
    }

    func probe(_ echo: SourcePlan.Echo = .home, regions: [String] = ["us-east-1"]) throws -> Probe {
      var plan = SourcePlan.use1
      plan.echo = echo
      return try #require(
        cloud.probes(sources: [plan], regions: regions).named("aws.echo"))
    }

    func look(_ probe: Probe, at minutes: Int) async -> [String: Look.Result] {
      state.withLock { $0.now = three + .minutes(minutes) }
      return await probe.look(three + .minutes(minutes)).results
    }
  }

  private func legs(_ result: Look.Result?) -> [PathKind: EchoLeg] {
    guard case .saw(.echo(let echo)) = result else { return [:] }
    return Dictionary(echo.legs.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
  }

  @Test func `comes back by every end, with its delay`() async throws {
    let pipeline = Pipeline()
    let probe = try pipeline.probe()
    let first = legs(await pipeline.look(probe, at: 0)["echo us-east-1"])
    #expect(Set(first.keys) == [.s3, .group, .history])
    #expect(first.values.allSatisfy { $0.sent == three && $0.returned == nil && $0.owed == nil })
    let second = legs(await pipeline.look(probe, at: 5)["echo us-east-1"])
    for (kind, leg) in second {
      #expect(leg.returned == three, "\(kind)")
      #expect(leg.sent == three + .minutes(5))
      #expect(leg.waiting == three + .minutes(5))
      #expect(leg.blind == nil && leg.owed == nil)
    }
    #expect(second[.s3]?.arrived == three + .minutes(3))
    #expect(second[.group]?.p50 == .minutes(3))
    #expect(second[.s3]?.record?.hasSuffix(".json.gz") == true)
    #expect(second[.history]?.arrived == three + .minutes(5), "seen then: when it came is not told")
    let agents = Set(pipeline.cloud.requests.map(\.agent).filter { $0.contains("echo/") })
    #expect(agents.count == 2, "a nonce of its own for each call")
  }

  @Test func `few calls: one to send, and one or two to each end`() async throws {
    let pipeline = Pipeline()
    let probe = try pipeline.probe()
    _ = await pipeline.look(probe, at: 0)
    #expect(pipeline.cloud.count("ListObjectsV2") == 0, "nothing was sent yet")
    _ = await pipeline.look(probe, at: 5)
    for (operation, count) in [
      ("GetTrailStatus", 2), ("FilterLogEvents", 1), ("LookupEvents", 1), ("ListObjectsV2", 1),
      ("GetObject", 1),
    ] { #expect(pipeline.cloud.count(operation) == count, "\(operation)") }
    _ = await pipeline.look(probe, at: 6)
    #expect(pipeline.cloud.count("GetTrailStatus") == 2, "a hurried look sends nothing")
  }

  @Test(arguments: [PathKind.s3, .group, .history])
  func `owed at the end that is cut, and there alone`(_ cut: PathKind) async throws {
    let pipeline = Pipeline()
    let probe = try pipeline.probe()
    _ = await pipeline.look(probe, at: 0)
    _ = await pipeline.look(probe, at: 5)
    pipeline.state.withLock { _ = $0.ends.remove(cut) }
    var owed: [PathKind: Int] = [:]
    for minute in stride(from: 10, through: 60, by: 5) {
      for (kind, leg) in legs(await pipeline.look(probe, at: minute)["echo us-east-1"])
      where leg.owed != nil && owed[kind] == nil {
        owed[kind] = minute
        #expect(leg.owed == three + .minutes(5))
      }
    }
    #expect(owed == [cut: cut == .group ? 30 : 40], "period + grace of that end, from the call on")
    pipeline.state.withLock { _ = $0.ends.insert(cut) }
    #expect(legs(await pipeline.look(probe, at: 65)["echo us-east-1"])[cut]?.owed == nil)
  }

  @Test func `a restart knows nothing, and misses nothing`() async throws {
    let pipeline = Pipeline()
    pipeline.state.withLock { $0.ends = [] }
    for minute in stride(from: 0, through: 120, by: 25) {
      let legs = legs(await pipeline.look(try pipeline.probe(), at: minute)["echo us-east-1"])
      #expect(legs.count == 3 && legs.values.allSatisfy { $0.owed == nil })
    }
  }

  @Test(arguments: [
    (#"{"EventSelectors":[{"ReadWriteType":"WriteOnly"}]}"#, "no read events"),
    (#"{"EventSelectors":[{"IncludeManagementEvents":false}]}"#, "no management events"),
  ])
  func `off, and why, where it is not recorded`(_ selectors: String, _ why: String) async throws {
    let pipeline = Pipeline(selectors: selectors)
    guard
      case .saw(.echo(let echo)) = await pipeline.look(try pipeline.probe(), at: 0)[
        "echo us-east-1"]
    else {
      Issue.record("no sighting")
      return
    }
    #expect(echo.off?.contains(why) == true)
    #expect(pipeline.cloud.count("GetTrailStatus") == 0)
  }

  @Test func `unreadable selectors: nothing is missing until one came back`() async throws {
    let pipeline = Pipeline()
    pipeline.cloud.set("GetEventSelectors") { _ in .refusal("AccessDeniedException") }
    pipeline.state.withLock { $0.ends = [] }
    let probe = try pipeline.probe()
    for minute in stride(from: 0, through: 60, by: 5) {
      let legs = legs(await pipeline.look(probe, at: minute)["echo us-east-1"])
      #expect(legs.values.allSatisfy { $0.owed == nil })
    }
  }

  @Test(arguments: ["garbage", "cut", "empty", "a bomb", "huge"])
  func `a hostile log object is blind, and no missing echo`(_ name: String) async throws {
    let object = try #require(Self.hostile[name])
    let pipeline = Pipeline()
    pipeline.state.withLock { $0.object = object }
    let probe = try pipeline.probe()
    for minute in stride(from: 0, through: 50, by: 5) {
      let leg = legs(await pipeline.look(probe, at: minute)["echo us-east-1"])[.s3]
      #expect(leg?.owed == nil && leg?.returned == nil, "\(name)")
      if minute >= 5 { #expect(leg?.blind?.kind == .unreadable) }
    }
    let opened = pipeline.cloud.count("GetObject")
    #expect(opened == 10, "each is opened once")
    pipeline.state.withLock { $0.object = nil }
    _ = await pipeline.look(probe, at: 55)
    let healed = legs(await pipeline.look(probe, at: 60)["echo us-east-1"])[.s3]
    #expect(healed?.blind == nil && healed?.returned != nil)
  }

  private static let hostile: [String: [UInt8]] = [
    "garbage": Array("not gzip at all".utf8), "cut": StoredGzip.wrap([1, 2, 3]).dropLast(4),
    "empty": [], "a bomb": bomb, "huge": [UInt8](repeating: 0x1f, count: (8 << 20) + 1),
  ]

  /// 100 MB of zeros in 100 KB: gzip members of a megabyte each.
  private static let bomb: [UInt8] = {
    let start: [UInt8] = [
      0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xed, 0xc1, 0x31, 0x01, 0x00,
      0x00, 0x00, 0xc2, 0xa0, 0xf5, 0x4f, 0x6d, 0x08, 0x5f, 0xa0,
    ]
    let end: [UInt8] = [0x3e, 0x03, 0x1c, 0xea, 0x38, 0xa7, 0x00, 0x00, 0x10, 0x00]
    let member = start + [UInt8](repeating: 0, count: 1016) + end
    return [[UInt8]](repeating: member, count: 100).flatMap { $0 }
  }()

  @Test(arguments: ["FilterLogEvents", "ListObjectsV2", "GetObject", "LookupEvents"])
  func `a refusal blinds its own end alone`(_ operation: String) async throws {
    let pipeline = Pipeline()
    let isS3 = operation == "ListObjectsV2" || operation == "GetObject"
    pipeline.cloud.set(operation) { _ in
      isS3 ? .xmlRefusal("AccessDenied", status: 403) : .refusal("AccessDeniedException")
    }
    let probe = try pipeline.probe()
    _ = await pipeline.look(probe, at: 0)
    let legs = legs(await pipeline.look(probe, at: 5)["echo us-east-1"])
    let own: PathKind = isS3 ? .s3 : operation == "LookupEvents" ? .history : .group
    for (kind, leg) in legs {
      #expect(leg.blind?.kind == (kind == own ? .denied : nil), "\(kind)")
      #expect((leg.returned == nil) == (kind == own))
    }
  }

  @Test func `a call that cannot be sent is blind, and nothing was sent`() async throws {
    let pipeline = Pipeline()
    pipeline.cloud.set("GetTrailStatus") { _ in .refusal("AccessDeniedException") }
    let probe = try pipeline.probe()
    for minute in stride(from: 0, through: 60, by: 5) {
      let result = await pipeline.look(probe, at: minute)["echo us-east-1"]
      #expect(result?.blindness?.kind == .denied)
    }
  }

  @Test func `all: one in each region of the trail's scope`() async throws {
    let pipeline = Pipeline(trail: describedWithGroup(more: #","IsMultiRegionTrail":true"#))
    let regions = ["eu-west-1", "us-east-1"]
    let results = await pipeline.look(try pipeline.probe(.all, regions: regions), at: 0)
    #expect(results.keys.sorted() == ["echo eu-west-1", "echo us-east-1"])
    let home = await pipeline.look(try pipeline.probe(.home, regions: regions), at: 0)
    #expect(home.keys.sorted() == ["echo us-east-1"])
  }

  @Test func `a region that leaves the trail's scope is off, and owes nothing`() async throws {
    let pipeline = Pipeline(trail: describedWithGroup(more: #","IsMultiRegionTrail":true"#))
    let probe = try pipeline.probe(.all, regions: ["eu-west-1", "us-east-1"])
    _ = await pipeline.look(probe, at: 0)
    pipeline.cloud.set("DescribeTrails") { _ in trailList(describedWithGroup()) }
    for minute in [5, 60] {
      let results = await pipeline.look(probe, at: minute)
      guard case .saw(.echo(let left))? = results["echo eu-west-1"] else {
        Issue.record("minute \(minute): \(results)")
        return
      }
      #expect(left.off == "not in the trail's scope" && left.legs.isEmpty)
      #expect(legs(results["echo us-east-1"])[.s3]?.returned != nil)
    }
  }

  @Test func `in an organization's bucket ours lie in our own account's folder`() async throws {
    let trail = describedWithGroup("111122223333", more: #","IsOrganizationTrail":true"#)
    let pipeline = Pipeline(trail: trail)
    pipeline.cloud.set("GetCallerIdentity") { _ in .caller("444455556666") }
    let root = "AWSLogs/o-a1b2c3d4e5/"
    let bucket = StoredObjects(objects: [
      (logKey("20261120T0255Z", root: root), three - .minutes(4)),
      (logKey("20261120T0255Z", account: "444455556666", root: root), three - .minutes(4)),
    ])
    pipeline.cloud.set("ListObjectsV2") { bucket.list($0) }
    let probe = try pipeline.probe()
    _ = await pipeline.look(probe, at: 0)
    let results = await pipeline.look(probe, at: 5)
    let legs = legs(results["echo us-east-1 444455556666"])
    #expect(legs[.group]?.blind?.kind == .elsewhere)
    let prefixes = pipeline.cloud.requests.compactMap { $0.query["prefix"] }
    #expect(prefixes.last == "\(root)444455556666/CloudTrail/us-east-1/2026/11/20/")
  }

  @Test func `off is no probe, and asks for no permission`() throws {
    let cloud = CannedCloud()
    #expect(cloud.probes(sources: [.use1]).named("aws.echo") == nil)
    let without = Set(cloud.probes(sources: [.use1]).flatMap(\.permissions))
    #expect(!without.contains("s3:GetObject"))
  }

  @Test func `declared is called`() async throws {
    let pipeline = Pipeline()
    let called = Mutex<Set<String>>([])
    var plan = SourcePlan.use1
    plan.echo = .home
    let probe = try #require(
      pipeline.cloud.probes(
        sources: [plan],
        onCall: { service, operation, _ in
          let action = operation == "ListObjectsV2" ? "ListBucket" : operation
          _ = called.withLock { $0.insert("\(service):\(action)") }
        }
      ).named("aws.echo"))
    _ = await pipeline.look(probe, at: 0)
    _ = await pipeline.look(probe, at: 5)
    #expect(called.withLock { $0 }.subtracting(["sts:GetCallerIdentity"]) == Set(probe.permissions))
  }
}
