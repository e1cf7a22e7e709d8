import CloudAPI
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

struct DeliveryProbeTests {
  private func cloud(_ bucket: StoredObjects, trail: String = described()) -> CannedCloud {
    CannedCloud([
      "DescribeTrails": { _ in trailList(trail) }, "ListObjectsV2": { bucket.list($0) },
    ])
  }

  private func look(
    _ cloud: CannedCloud, at now: Timestamp = three, regions: [String] = ["us-east-1"]
  ) async throws -> [String: Look.Result] {
    let probe = try #require(cloud.probes(sources: [.use1], regions: regions).named("aws.s3"))
    return await probe.look(now).results
  }

  @Test func `the newest is the last to arrive, not the last by key`() async throws {
    let bucket = StoredObjects(objects: [
      (logKey("20261120T0250Z"), three - .minutes(9)),
      (logKey("20261120T0251Z", unique: "zzzz"), three - .minutes(8)),
      (logKey("20261120T0251Z", unique: "AAAA"), three - .minutes(2)),
      (logKey("20261120T0245Z"), three - .minutes(1)),
      (logKey("20261120T0255Z"), three - .minutes(4)),
    ])
    let arrival = try await look(cloud(bucket))["s3 us-east-1"]?.arrival
    #expect(arrival?.newest == three - .minutes(1))
    #expect(arrival?.record == logKey("20261120T0245Z"))
    #expect(arrival?.count == 5)
    #expect(arrival?.name == "use1")
  }

  @Test func `digests, other names and other folders do not count`() async throws {
    let day = "AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/20/"
    let digest =
      "AWSLogs/111122223333/CloudTrail-Digest/us-east-1/2026/11/20/111122223333_CloudTrail-Digest_"
      + "us-east-1_use1_us-east-1_20261120T025900Z.json.gz"
    let bucket = StoredObjects(objects: [
      (logKey("20261120T0240Z"), three - .minutes(18)), (digest, three), (day, three),
      (day + "notes.txt", three), (logKey("20261120T0258Z") + ".bak", three),
      (day + "111122223333_CloudTrail_us-west-2_20261120T0258Z_aaaa.json.gz", three),
      (logKey("20261119T0258Z").replacing("/19/", with: "/20/"), three),
      (logKey("20261120T0258Z", account: "999988887777"), three),
      (logKey("20261120T0259Z", root: "old/AWSLogs/"), three),
    ])
    let arrival = try await look(cloud(bucket))["s3 us-east-1"]?.arrival
    #expect(arrival?.newest == three - .minutes(18))
  }

  @Test func `an object from the future is counted and never the newest`() async throws {
    let bucket = StoredObjects(objects: [
      (logKey("20261120T0240Z"), three - .minutes(18)),
      (logKey("20261120T0241Z"), three + .hours(3)),
    ])
    let arrival = try await look(cloud(bucket))["s3 us-east-1"]?.arrival
    #expect(arrival?.newest == three - .minutes(18))
    #expect(arrival?.futureDated == 1)
  }

  @Test(arguments: [
    ("20261120T0001Z", 60), ("20261119T2359Z", 120), ("20261119T0301Z", 86_000),
    ("20261030T1200Z", 2_000_000), ("20251231T2359Z", 28_000_000),
  ])
  func `finds the newest at midnight and in older folders`(_ stamp: String, _ age: Int) async throws
  {
    let now = Timestamp(seconds: 1_795_132_860)  // 2026-11-20T00:01:00Z
    let bucket = StoredObjects(objects: [
      (logKey("20251230T0000Z"), now - .hours(9_000)), (logKey(stamp), now - .seconds(age)),
      ("AWSLogs/111122223333/CloudTrail/us-east-1/2099/01/01/x", now),
    ])
    let arrival = try await look(cloud(bucket), at: now)["s3 us-east-1"]?.arrival
    #expect(arrival?.newest == now - .seconds(age))
  }

  @Test func `none ever seen is an answer, an empty folder of ours`() async throws {
    let arrival = try await look(cloud(StoredObjects(objects: [])))["s3 us-east-1"]?.arrival
    #expect(arrival == Arrival(newest: nil, name: "use1"))
  }

  @Test func `later looks read behind the newest, over midnight too`() async throws {
    let midnight = three.dayStart
    let before = logKey("20261119T2358Z")
    let late = logKey("20261119T2310Z", unique: "late")
    let cloud = cloud(StoredObjects(objects: [(before, midnight - .minutes(2))]))
    let probe = try #require(cloud.probes(sources: [.use1]).named("aws.s3"))
    _ = await probe.look(midnight - .minutes(1))
    let calls = cloud.count("ListObjectsV2")
    let more = StoredObjects(objects: [
      (before, midnight - .minutes(2)), (late, midnight + .minutes(4)),
    ])
    cloud.set("ListObjectsV2") { more.list($0) }
    let arrival = await probe.look(midnight + .minutes(5)).results["s3 us-east-1"]?.arrival
    #expect(arrival?.record == late)
    #expect(cloud.count("ListObjectsV2") == calls + 2)
    let after = cloud.requests.compactMap { $0.query["start-after"] }.last
    #expect(
      after
        == "AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/19/"
        + "111122223333_CloudTrail_us-east-1_20261119T2258Z")
    cloud.set("ListObjectsV2") { StoredObjects(objects: []).list($0) }
    let kept = await probe.look(midnight + .minutes(6)).results["s3 us-east-1"]?.arrival
    #expect(kept?.newest == midnight + .minutes(4))
  }

  @Test func `an organization's trail has a path for each member and region`() async throws {
    let root = "logs/AWSLogs/o-a1b2c3d4e5/"
    let bucket = StoredObjects(objects: [
      (logKey("20261120T0255Z", root: root), three - .minutes(4)),
      (
        logKey("20261120T0250Z", region: "eu-west-1", account: "444455556666", root: root),
        three - .minutes(9)
      ),
      (logKey("20261120T0250Z", account: "777788889999", root: "logs/AWSLogs/"), three),
    ])
    let trail = described(
      more: #","S3KeyPrefix":"logs","IsOrganizationTrail":true,"IsMultiRegionTrail":true"#)
    let results = try await look(cloud(bucket, trail: trail), regions: ["eu-west-1", "us-east-1"])
    #expect(results.count == 4)
    #expect(results["s3 us-east-1 111122223333"]?.arrival?.newest == three - .minutes(4))
    #expect(results["s3 eu-west-1 444455556666"]?.arrival?.newest == three - .minutes(9))
    #expect(results["s3 eu-west-1 111122223333"]?.arrival == Arrival(newest: nil, name: "use1"))
  }

  @Test func `could not look is never an empty folder`() async throws {
    let listing = "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>"
    let cases: [(HTTPResponse, Blindness.Kind)] = [
      (.xmlRefusal("NoSuchBucket", status: 404), .missing),
      (.xmlRefusal("AccessDenied", status: 403), .denied),
      (.xmlRefusal("SlowDown", status: 503), .throttled),
      (.html, .unreadable), (HTTPResponse(status: 200), .unreadable),
      (HTTPResponse(status: 200, body: Array(listing.utf8.dropLast(9))), .unreadable),
      (HTTPResponse(status: 200, body: Array("<a/>".utf8)), .unreadable),
    ]
    for (answer, kind) in cases {
      let cloud = cloud(StoredObjects(objects: []))
      cloud.set("ListObjectsV2") { _ in answer }
      let blindness = try await look(cloud)["s3 us-east-1"]?.blindness
      #expect(blindness?.kind == kind)
      #expect(blindness?.detail.hasPrefix("ListObjectsV2") == true)
    }
  }
}

struct LogLayoutTests {
  @Test(arguments: [
    ("20261120T0311Z_abc123XYZ.json.gz", true), ("20261120T0311Z_.json.gz", false),
    ("20261120T0311Z.json.gz", false), ("20261120T0311Z_a_b.json.gz", false),
    ("20261120T0311Z_a.json", false), ("20261320T0311Z_a.json.gz", false),
    ("20261120T2511Z_a.json.gz", false), ("20261120x0311Z_a.json.gz", false),
    ("20261120T0311Z_a\u{1b}[2J.json.gz", false), ("20261119T0311Z_a.json.gz", false),
  ])
  func `only names of the layout count`(_ tail: String, _ counts: Bool) {
    let layout = LogLayout(account: "111122223333", region: "us-east-1")
    let key = "\(layout.base)2026/11/20/111122223333_CloudTrail_us-east-1_\(tail)"
    #expect((layout.stamp(ofKey: key) != nil) == counts)
  }
}
