import CloudAPI
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

/// Row F007, and F009 (a query-shaped source): what arrived in the trail's log group, and when.
struct GroupProbeTests {
  private func cloud(_ group: AuditGroup, trail: String = describedWithGroup()) -> CannedCloud {
    CannedCloud([
      "DescribeTrails": { _ in trailList(trail) }, "GetCallerIdentity": { _ in .caller() },
      "DescribeLogStreams": { group.streams($0) }, "FilterLogEvents": { group.filter($0) },
    ])
  }

  private func look(
    _ cloud: CannedCloud, at now: Timestamp = three
  ) async throws -> [String: Look.Result] {
    try await #require(cloud.probes(sources: [.use1]).named("aws.group")).look(now).results
  }

  @Test func `both ages of the newest arrival, and the count of the window`() async throws {
    let group = AuditGroup(lines: [
      .init(at: three - .minutes(18), arrived: three - .minutes(13)),
      .init(at: three - .minutes(9), arrived: three - .minutes(2)),
      .init(at: three - .minutes(8), arrived: three - .minutes(3)),
    ])
    let cloud = cloud(group)
    let arrival = try await look(cloud)["group us-east-1"]?.arrival
    #expect(arrival?.newest == three - .minutes(2))
    #expect(arrival?.newestEvent == three - .minutes(9))
    #expect(arrival?.record == "111122223333_CloudTrail_us-east-1")
    #expect(arrival?.count == 3)
    #expect(arrival?.name == "audit")
    #expect(cloud.count("FilterLogEvents") == 1)
    #expect(cloud.count("DescribeLogStreams") == 1)
  }

  @Test func `streams are asked for again when something is late, and not before`() async throws {
    var group = AuditGroup(lines: [.init(at: three - .minutes(3), arrived: three - .minutes(1))])
    let cloud = cloud(group)
    let probe = try #require(cloud.probes(sources: [.use1]).named("aws.group"))
    _ = await probe.look(three)
    _ = await probe.look(three + .minutes(2))
    #expect(cloud.count("DescribeLogStreams") == 1)
    group.lines.append(
      .init(
        at: three + .minutes(9), arrived: three + .minutes(11),
        stream: "111122223333_CloudTrail_us-east-1_2"))
    let grown = group
    cloud.set("DescribeLogStreams") { grown.streams($0) }
    cloud.set("FilterLogEvents") { grown.filter($0) }
    let arrival = await probe.look(three + .minutes(12)).results["group us-east-1"]?.arrival
    #expect(arrival?.newest == three + .minutes(11))
  }

  @Test func `a busy group is searched towards its end, and never whole`() async throws {
    let lines = (0..<20_000).map { number in
      let at = three - .seconds(1200) + .milliseconds(number * 60)
      return AuditGroup.Line(at: at, arrived: at + .seconds(5), message: "{}")
    }
    let cloud = cloud(AuditGroup(lines: lines))
    let arrival = try await look(cloud)["group us-east-1"]?.arrival
    #expect(try #require(arrival?.newest) > three - .minutes(1))
    #expect(cloud.count("FilterLogEvents") <= 40)
  }

  @Test func `an empty page is not an empty group`() async throws {
    var group = AuditGroup(lines: [.init(at: three - .minutes(3), arrived: three - .minutes(1))])
    group.startsEmpty = true
    let arrival = try await look(cloud(group))["group us-east-1"]?.arrival
    #expect(arrival?.newest == three - .minutes(1))
  }

  /// Streams' descriptions are late by up to an hour: they never make a group old that is not.
  @Test func `what a stream says of itself is a lower bound`() async throws {
    var group = AuditGroup(lines: [
      .init(at: three - .hours(3), arrived: three - .hours(3) + .minutes(5)),
      .init(at: three - .minutes(50), arrived: three - .minutes(45)),
    ])
    group.lag = .hours(1)
    let arrival = try await look(cloud(group))["group us-east-1"]?.arrival
    #expect(arrival?.newest == three - .minutes(45))
  }

  @Test func `none ever seen, foreign streams and the future`() async throws {
    let none = try await look(cloud(AuditGroup(lines: [])))["group us-east-1"]?.arrival
    #expect(none == Arrival(newest: nil, name: "audit"))
    let group = AuditGroup(lines: [
      .init(at: three - .minutes(1), arrived: three, stream: "mine"),
      .init(at: three - .minutes(1), arrived: three, stream: "1_CloudTrail_us-east-1"),
      .init(at: three - .minutes(9), arrived: three - .minutes(6)),
      .init(at: three - .minutes(2), arrived: three + .hours(1)),
    ])
    let arrival = try await look(cloud(group))["group us-east-1"]?.arrival
    #expect(arrival?.newest == three - .minutes(6))
    #expect(arrival?.futureDated == 1)
  }

  @Test func `one path a region that delivers there`() async throws {
    let group = AuditGroup(lines: [
      .init(at: three - .minutes(4), arrived: three - .minutes(2)),
      .init(
        at: three - .minutes(6), arrived: three - .minutes(5),
        stream: "o-a1b2c3d4e5_444455556666_CloudTrail_eu-west-1"),
      .init(
        at: three - .hours(99), arrived: three - .hours(99),
        stream: "111122223333_CloudTrail_eu-north-1"),
    ])
    let multi = describedWithGroup(more: #","IsMultiRegionTrail":true"#)
    let results = try await look(cloud(group, trail: multi))
    #expect(results.keys.sorted() == ["group eu-west-1", "group us-east-1"])
    #expect(results["group eu-west-1"]?.arrival?.newest == three - .minutes(5))
    #expect(try await look(cloud(group)).keys.sorted() == ["group us-east-1"])
  }

  @Test func `a trail without a group has no path`() async throws {
    let cloud = cloud(AuditGroup(lines: []), trail: described())
    #expect(try await look(cloud).isEmpty)
    #expect(cloud.count("DescribeLogStreams") == 0)
  }

  @Test(arguments: ["DescribeLogStreams", "FilterLogEvents"])
  func `could not look is never an empty group`(_ operation: String) async throws {
    let group = AuditGroup(lines: [.init(at: three - .minutes(3), arrived: three - .minutes(1))])
    for (answer, kind) in [
      (HTTPResponse.refusal("AccessDeniedException"), Blindness.Kind.denied),
      (.refusal("ResourceNotFoundException"), .missing),
      (.refusal("ThrottlingException"), .throttled), (.html, .unreadable),
      (.json("{}"), .unreadable),
      (.json(String(repeating: "[", count: 100_000)), .unreadable),
    ] {
      let cloud = cloud(group)
      cloud.set(operation) { _ in answer }
      let blindness = try await look(cloud)["group us-east-1"]?.blindness
      #expect(blindness?.kind == kind)
      #expect(blindness?.detail.hasPrefix(operation) == true)
    }
  }

  @Test func `another account's group is managed elsewhere, and not asked for`() async throws {
    let cloud = cloud(AuditGroup(lines: []), trail: describedWithGroup("999988887777"))
    #expect(try await look(cloud)["group us-east-1"]?.blindness?.kind == .elsewhere)
    #expect(cloud.count("DescribeLogStreams") == 0)
  }

  @Test(arguments: [
    ("{", true), ("", false), (#"{"eventTime":7}"#, true),
    (#"{"eventTime":"2036-11-20T03:00:00Z"}"#, true), (String(repeating: "[", count: 9_000), true),
  ])
  func `a record that cannot be read has arrived all the same`(
    _ message: String, _ counts: Bool
  ) async throws {
    let group = AuditGroup(lines: [
      .init(at: three - .minutes(3), arrived: three - .minutes(1), message: message)
    ])
    let arrival = try await look(cloud(group))["group us-east-1"]?.arrival
    #expect((arrival?.newest == three - .minutes(1)) == counts)
    #expect(arrival?.newestEvent == (counts ? three - .minutes(3) : nil))
  }
}

struct TrailGroupTests {
  @Test(arguments: [
    ("111122223333_CloudTrail_us-east-1", "us-east-1"),
    ("111122223333_CloudTrail_us-gov-west-1_12", "us-gov-west-1"),
    ("o-a1b2c3d4e5_111122223333_CloudTrail_eu-west-1_2", "eu-west-1"),
    ("11112222333_CloudTrail_us-east-1", nil), ("111122223333_CloudTrail-Digest_us-east-1", nil),
    ("111122223333_CloudTrail_us-east-1_", nil), ("111122223333_CloudTrail_us-east-1_x", nil),
    ("111122223333_CloudTrail_\u{1b}[2J", nil), ("", nil), ("o-a1b2c3d4e5", nil),
  ])
  func `streams are told by their names`(_ name: String, _ region: String?) {
    #expect(TrailGroup.region(ofStream: name) == region)
  }

  @Test(arguments: [
    ("arn:aws:logs:us-east-1:111122223333:log-group:/a/b:*", "/a/b"),
    ("arn:aws-us-gov:logs:us-gov-west-1:111122223333:log-group:a", "a"),
    ("arn:aws:logs:us-east-1:111122223333:log-group:", nil),
    ("arn:aws:logs:evil.example/:111122223333:log-group:a:*", nil), ("a", nil),
    ("arn:aws:s3:us-east-1:111122223333:log-group:a:*", nil),
  ])
  func `groups are told by their ARN`(_ arn: String, _ name: String?) {
    #expect(TrailGroup(arn)?.name == name)
  }
}
