import CloudAPI
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

/// The signed digest as a heartbeat, by arrival (row F035). D17: digests lie under
/// AWSLogs/ACCOUNT/CloudTrail-Digest/REGION/, not under a CloudTrail-Digest/ of the bucket's.
struct DigestProbeTests {
  static func key(
    _ stamp: String, trail: String = "use1", region: String = "us-east-1",
    home: String = "us-east-1", account: String = "111122223333", root: String = "AWSLogs/",
    end: String = ".json.gz"
  ) -> String {
    let digits = Array(stamp)
    let day = "\(String(digits[0..<4]))/\(String(digits[4..<6]))/\(String(digits[6..<8]))"
    return "\(root)\(account)/CloudTrail-Digest/\(region)/\(day)/"
      + "\(account)_CloudTrail-Digest_\(region)_\(trail)_\(home)_\(stamp)\(end)"
  }

  private static let validated = described(more: #","LogFileValidationEnabled":true"#)

  private func cloud(_ bucket: StoredObjects, trail: String = validated) -> CannedCloud {
    CannedCloud([
      "DescribeTrails": { _ in trailList(trail) }, "GetCallerIdentity": { _ in .caller() },
      "ListObjectsV2": { bucket.list($0) },
    ])
  }

  private func look(
    _ cloud: CannedCloud, at now: Timestamp = three, regions: [String] = ["us-east-1"]
  ) async throws -> [String: Look.Result] {
    try await #require(
      cloud.probes(sources: [.use1], regions: regions).named("aws.digest")
    ).look(now).results
  }

  @Test func `the newest of this trail and region, by both ages`() async throws {
    let bucket = StoredObjects(objects: [
      (Self.key("20261120T010000Z"), three - .minutes(110)),
      (Self.key("20261120T020000Z"), three - .minutes(48)),
      (Self.key("20261120T020000Z", trail: "other"), three - .minutes(1)),
      (Self.key("20261120T021500Z", end: "_backfill.json.gz"), three - .minutes(1)),
      (Self.key("20261120T020100Z", home: "eu-west-1"), three - .minutes(1)),
      (Self.key("20990101T000000Z"), three - .minutes(1)),
      ("CloudTrail-Digest/us-east-1/2026/11/20/x_20261120T025900Z.json.gz", three),
      (logKey("20261120T0258Z"), three),
    ])
    let arrival = try await look(cloud(bucket))["digest us-east-1"]?.arrival
    #expect(arrival?.newest == three - .minutes(48))
    #expect(arrival?.newestEvent == three - .hours(1))
    #expect(arrival?.record == Self.key("20261120T020000Z"))
    #expect(arrival?.name == "use1")
  }

  @Test func `a later look is one call from the newest key on, over midnight too`() async throws {
    let midnight = three.dayStart
    let first = StoredObjects(objects: [(Self.key("20261119T230000Z"), midnight - .minutes(50))])
    let cloud = cloud(first)
    let probe = try #require(cloud.probes(sources: [.use1]).named("aws.digest"))
    _ = await probe.look(midnight - .minutes(1))
    let calls = cloud.count("ListObjectsV2")
    let more = StoredObjects(
      objects: first.objects + [(Self.key("20261120T000000Z"), midnight + .minutes(12))])
    cloud.set("ListObjectsV2") { more.list($0) }
    let arrival = await probe.look(midnight + .minutes(20)).results["digest us-east-1"]?.arrival
    #expect(arrival?.newest == midnight + .minutes(12))
    #expect(cloud.count("ListObjectsV2") == calls + 1)
    #expect(cloud.requests.last?.query["start-after"] == Self.key("20261119T230000Z"))
    cloud.set("ListObjectsV2") { StoredObjects(objects: []).list($0) }
    let kept = await probe.look(midnight + .minutes(25)).results["digest us-east-1"]?.arrival
    #expect(kept?.newest == midnight + .minutes(12))
  }

  @Test(arguments: [
    ("20261120T020000Z", 2_880), ("20261119T020000Z", 89_280), ("20261020T020000Z", 2_600_000),
  ])
  func `an old digest is found, and tells how old it is`(_ stamp: String, _ age: Int) async throws {
    let bucket = StoredObjects(objects: [(Self.key(stamp), three - .seconds(age))])
    let arrival = try await look(cloud(bucket))["digest us-east-1"]?.arrival
    #expect(arrival?.newest == three - .seconds(age))
  }

  @Test func `none ever is an answer, asked for more briefly the next time`() async throws {
    let cloud = cloud(StoredObjects(objects: []))
    let probe = try #require(cloud.probes(sources: [.use1]).named("aws.digest"))
    #expect(
      await probe.look(three).results["digest us-east-1"]?.arrival
        == Arrival(newest: nil, name: "use1"))
    let calls = cloud.count("ListObjectsV2")
    _ = await probe.look(three + .minutes(5))
    #expect(cloud.count("ListObjectsV2") == calls + 1)
  }

  @Test func `a path for each region and member account`() async throws {
    let root = "logs/AWSLogs/o-a1b2c3d4e5/"
    let bucket = StoredObjects(objects: [
      (Self.key("20261120T020000Z", root: root), three - .minutes(40)),
      (
        Self.key("20261120T020000Z", region: "eu-west-1", account: "444455556666", root: root),
        three - .minutes(39)
      ),
    ])
    let trail = described(
      more: #","S3KeyPrefix":"logs","IsOrganizationTrail":true,"IsMultiRegionTrail":true,"#
        + #""LogFileValidationEnabled":true"#)
    let results = try await look(cloud(bucket, trail: trail), regions: ["eu-west-1", "us-east-1"])
    #expect(results.count == 4)
    #expect(results["digest us-east-1 111122223333"]?.arrival?.newest == three - .minutes(40))
    #expect(results["digest eu-west-1 444455556666"]?.arrival?.newest == three - .minutes(39))
    #expect(results["digest us-east-1 444455556666"]?.arrival == Arrival(newest: nil, name: "use1"))
  }

  @Test func `no validation, no digest, no call`() async throws {
    let cloud = cloud(StoredObjects(objects: []), trail: described())
    #expect(try await look(cloud).isEmpty)
    #expect(cloud.count("ListObjectsV2") == 0)
  }

  @Test func `could not look is never an empty folder`() async throws {
    for (answer, kind) in [
      (HTTPResponse.xmlRefusal("NoSuchBucket", status: 404), Blindness.Kind.missing),
      (.xmlRefusal("AccessDenied", status: 403), .denied), (.html, .unreadable),
      (HTTPResponse(status: 200), .unreadable),
    ] {
      let cloud = cloud(StoredObjects(objects: []))
      cloud.set("ListObjectsV2") { _ in answer }
      #expect(try await look(cloud)["digest us-east-1"]?.blindness?.kind == kind)
    }
  }

  /// An organization's trail as a member account sees it: the bucket is not its own.
  @Test func `a member that may not look is told so, and a stranger's refusal stays one`()
    async throws
  {
    let org = described(more: #","IsOrganizationTrail":true,"LogFileValidationEnabled":true"#)
    for (caller, kind) in [
      ("444455556666", Blindness.Kind.elsewhere), ("111122223333", .denied),
    ] {
      let cloud = cloud(StoredObjects(objects: []), trail: org)
      cloud.set("ListObjectsV2") { _ in .xmlRefusal("AccessDenied", status: 403) }
      cloud.set("GetCallerIdentity") { _ in .caller(caller) }
      for name in ["aws.digest", "aws.s3"] {
        let probe = try #require(cloud.probes(sources: [.use1]).named(name))
        let kinds = await probe.look(three).looks.map(\.result.blindness?.kind)
        #expect(kinds == [kind])
      }
    }
    let unknown = cloud(StoredObjects(objects: []), trail: org)
    unknown.set("ListObjectsV2") { _ in .xmlRefusal("AccessDenied", status: 403) }
    unknown.set("GetCallerIdentity") { _ in .xmlRefusal("AccessDenied", status: 403) }
    #expect(try await look(unknown)["digest us-east-1"]?.blindness?.kind == .denied)
  }
}
