import CloudAPI
import Foundation
import Testing
import Transfer
import WatchCore
import WatchEngine

@testable import WatchProbes

/// Advice that is often given and is wrong, each as a test that Watchkeeper does the right thing.
///
/// Elsewhere: D13 and D14 in EventRulesTests (FilterReachTests), D17 in WatchProbesTests
/// (DigestProbeTests), D18 there too (PolicyMeaningTests); D16 is not ours. D10 to D12 are GCP's.
struct MatrixAdviceTests {
  private static let fresh = 1_795_143_590
  private static let old = 1_795_143_600 - 50 * 60

  private func status(_ text: String) async throws -> WatchCore.TrailStatus {
    let cloud = AdviceCloud(status: { _ in text })
    let probe = try #require(cloud.probes().first { $0.id.hasPrefix("aws.trail") })
    let result = await probe.look(Rig.start).looks.first?.result
    guard case .saw(.trail(let seen)) = result, let status = seen.status else {
      throw AdviceError.noStatus("\(String(describing: result))")
    }
    return status
  }

  @Test func `D01 the delivery age is LatestDeliveryTime and no other field`() async throws {
    let seen = try await status(
      """
      {"IsLogging": true, "LatestDeliveryTime": \(Self.old),
       "TimeLastDeliveryAttempt": \(Self.fresh), "LatestDeliveryAttemptTime": "2026-11-20T02:59:50Z"}
      """)
    #expect(seen.delivered == Timestamp(seconds: Int64(Self.old)))
  }

  @Test func `D02 a stop is dated by StopLoggingTime, not by TimeLoggingStopped`() async throws {
    let seen = try await status(
      """
      {"IsLogging": false, "StopLoggingTime": \(Self.old),
       "TimeLoggingStopped": "2026-11-20T02:59:50Z"}
      """)
    #expect(seen.stopped == Timestamp(seconds: Int64(Self.old)))
    let without = try await status(
      #"{"IsLogging": false, "TimeLoggingStopped": "2026-11-20T02:59:50Z"}"#)
    #expect(without.stopped == nil)
  }

  @Test func `D03 no error is no proof: requests that time out set none`() {
    var world = MatrixWorld(isBusy: true, hasEcho: false)
    var rig = world.rig
    rig.live(world, .minutes(20))
    (world.cut[.s3], world.cut[.digest]) = (rig.wall, rig.wall)
    rig.live(world, .minutes(40))
    #expect(world.deliveryError == nil)
    #expect(rig.queue.map(\.code) == ["aws.delivery.silent"])
  }

  @Test(arguments: [
    ("LatestDeliveryError", "aws.delivery.error"),
    ("LatestDigestDeliveryError", "aws.digest.error"),
    ("LatestCloudWatchLogsDeliveryError", "aws.group.error"),
    ("LatestNotificationError", "aws.notify.error"),
  ])
  func `D03 digest, log group and topic have error fields of their own`(
    _ field: String, _ code: String
  ) async throws {
    var world = MatrixWorld(isBusy: true, hasEcho: false)
    var rig = world.rig
    rig.live(world, .minutes(5))
    let seen = try await status(#"{"IsLogging": true, "\#(field)": "AccessDenied"}"#)
    (world.deliveryError, world.digestError) = (seen.deliveryError, seen.digestError)
    (world.groupError, world.notifyError) = (seen.groupError, seen.notifyError)
    rig.live(world, .minutes(2))
    #expect(rig.queue.map(\.code.text) == [code])
  }

  @Test func `D04 every region is asked, by the full ARN`() async throws {
    let cloud = AdviceCloud(status: { region in #"{"IsLogging": \#(region != "eu-west-1")}"# })
    let probe = try #require(cloud.probes().first { $0.id.hasPrefix("aws.trail") })
    let looks = await probe.look(Rig.start).looks
    #expect(looks.map(\.path.region).sorted() == AdviceCloud.regions.sorted())
    let off = looks.filter { look in
      if case .saw(.trail(let seen)) = look.result { return seen.status?.isLogging == false }
      return false
    }
    #expect(off.map(\.path.region) == ["eu-west-1"])
    #expect(await cloud.names() == Array(repeating: Rig.trail, count: AdviceCloud.regions.count))
  }

  @Test func `D05 a quiet queue proves nothing, and a stop is seen without it`() {
    var world = MatrixWorld(isBusy: true, hasEcho: false)
    var rig = world.rig
    rig.live(world, .minutes(20))
    // Rules send nothing on while no trail logs: the detector lives on the wire that is cut.
    world.stopped = rig.wall
    #expect(world.pushed.isEmpty)
    rig.live(world, .minutes(3))
    #expect(rig.queue.map(\.code) == ["aws.trail.stopped"])

    var silent = MatrixWorld(isBusy: true, hasEcho: false)
    var other = silent.rig
    other.live(silent, .minutes(20))
    // Without digests too: they vouch for an open way.
    (silent.cut[.s3], silent.cut[.digest]) = (other.wall, other.wall)
    silent.blind = [.history]
    other.live(silent, .minutes(125))
    #expect(other.state(.s3) == .silent, "the queue alone makes no silence quiet")
  }

  @Test(arguments: [
    "narrow: no management events", "narrow: no log group", "move: key", "move: topic",
    "delivery error KMS.DisabledException", "bucket blocked by a policy", "log group error",
    "act kms DisableKey", "act iam PutRolePolicy", "act logs DeleteLogGroup",
    "act monitoring DisableAlarmActions", "act events PutRule", "act sns DeleteTopic",
  ])
  func `D06 more than three actions cut the pipe, and the trail still says logging`(
    _ name: String
  ) throws {
    let cause = try #require(MatrixCauses.all.first { $0.name == name })
    #expect(cause.outcome().leads == cause.leads)
  }

  @Test func `D07 missing data is an alarm, and one old good record holds nothing`() {
    var world = MatrixWorld(isBusy: true, hasEcho: false)
    var rig = world.rig
    rig.live(world, .minutes(2))
    world.cut[.s3] = rig.wall
    rig.live(world, .minutes(20))
    #expect(rig.state(.s3) == .late, "an old good record is there, and does not hold it at ok")
    rig.live(world, .minutes(20))
    #expect(rig.state(.s3) == .silent)
    #expect(rig.queue.map(\.code) == ["aws.delivery.silent"])
  }

  @Test func `D08 gaps of up to a quarter of an hour do not flap`() {
    var rig = Rig()
    var newest = rig.wall
    // Fourteen minutes without an object now and then, as a delivery of "about five" has it.
    let gaps: [Int64] = [5, 7, 4, 14, 6, 11, 5, 13, 9, 3]
    var due = rig.wall + .minutes(5)
    var turn = 0
    for _ in 0..<(8 * 60) {
      rig.pass(.minutes(1))
      if rig.wall >= due {
        newest = rig.wall
        due = rig.wall + .minutes(Int(gaps[turn % gaps.count]))
        turn += 1
      }
      let activity = (0..<10).map { rig.wall - .minutes($0) }
      rig.saw([
        .trail(delivered: newest), .s3(newest), .history(activity: activity, at: rig.wall),
      ])
    }
    #expect(rig.story().filter { $0.hasPrefix("raise") } == [])
  }

  @Test func `D09 the newest object is found over days, pages and out of order`() async throws {
    let newest = Rig.start - .minutes(50)
    let cloud = AdviceCloud(
      status: { _ in #"{"IsLogging": true}"# },
      objects: [
        // Key order is not the order of arrival: a late file of an earlier minute arrived last.
        (
          "CloudTrail/us-east-1/2026/11/20/111122223333_CloudTrail_us-east-1_20261120T0205Z_a.json.gz",
          newest
        ),
        (
          "CloudTrail/us-east-1/2026/11/20/111122223333_CloudTrail_us-east-1_20261120T0206Z_b.json.gz",
          newest - .minutes(9)
        ),
        (
          "CloudTrail/us-east-1/2026/11/19/111122223333_CloudTrail_us-east-1_20261119T2355Z_c.json.gz",
          newest - .hours(3)
        ),
        // Younger, and none of it: another region, and the digests beside the logs.
        (
          "CloudTrail/us-west-2/2026/11/20/111122223333_CloudTrail_us-west-2_20261120T0259Z_d.json.gz",
          Rig.start - .minutes(1)
        ),
        (
          "CloudTrail-Digest/us-east-1/2026/11/20/"
            + "111122223333_CloudTrail-Digest_us-east-1_use1_us-east-1_20261120T025900Z.json.gz",
          Rig.start - .minutes(1)
        ),
      ])
    let probe = try #require(cloud.probes().first { $0.id.hasPrefix("aws.s3") })
    let looks = await probe.look(Rig.start).looks
    let home = try #require(looks.first { $0.path.region == "us-east-1" })
    guard case .saw(.arrival(let arrival)) = home.result else {
      Issue.record("\(home.result)")
      return
    }
    #expect(arrival.newest == newest)
  }

  @Test func `D15 one good trail hides no other, and an old delivery is not recent`() {
    let euw1 = SourceID(cloud: .aws, account: "prod", name: "euw1")
    let arn = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/euw1"
    var rig = Rig(sources: [
      SourcePlan(id: Rig.use1, trail: Rig.trail), SourcePlan(id: euw1, trail: arn),
    ])
    rig.saw([
      .trail(delivered: rig.wall), .s3(rig.wall), .history(at: rig.wall),
      .trail(euw1, region: "eu-west-1", logging: false, stopped: rig.wall),
      .s3(rig.wall, euw1, region: "eu-west-1"), .history(region: "eu-west-1", at: rig.wall),
    ])
    #expect(rig.queue.map(\.code) == ["aws.trail.stopped"])
    #expect(rig.queue.first?.source == euw1)

    var other = Rig()
    let days = other.wall - .hours(72)
    other.saw([
      .trail(delivered: days), .s3(days),
      .history(activity: [other.wall - .minutes(40)], at: other.wall),
    ])
    #expect(other.state(.s3) == .silent, "IsLogging true, and three days old")
  }
}

private enum AdviceError: Error {
  case noStatus(String)
}

/// One multi-region trail of account 111122223333, answered from what a test says.
private final class AdviceCloud: Sendable {
  static let regions = ["eu-west-1", "us-east-1", "us-west-2"]

  private let status: @Sendable (String) -> String
  private let objects: [(String, Timestamp)]
  private let asked = Log()

  private actor Log {
    var names: [String] = []
    func add(_ name: String) { names.append(name) }
  }

  init(
    status: @escaping @Sendable (String) -> String, objects: [(String, Timestamp)] = []
  ) {
    self.status = status
    self.objects = objects
  }

  /// The trails that GetTrailStatus was asked about.
  func names() async -> [String] { await asked.names }

  func probes() -> [Probe] {
    let access = AWSAccess(
      region: "us-east-1",
      environment: ["AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret"])
    let clock = CallClock(
      now: { Date(timeIntervalSince1970: 1_795_143_600) }, sleep: { _ in }, random: { 0 })
    let http = HTTPClient { (request) async throws(HTTPError) in await self.answer(request) }
    let client = AWSClient(access: access, http: http, clock: clock, files: .none)
    return AWSProbes.make(
      account: CloudAccount(cloud: .aws, name: "prod", regions: Self.regions),
      sources: [SourcePlan(id: Rig.use1, trail: Rig.trail)], client: client, clock: .still)
  }

  private func answer(_ request: HTTPRequest) async -> HTTPResponse {
    guard let call = DemoRequest(request) else { return HTTPResponse(status: 400) }
    switch call.operation {
    case "DescribeTrails":
      return json(
        """
        {"trailList": [{"Name": "use1", "S3BucketName": "logs", "HomeRegion": "us-east-1",
          "IsMultiRegionTrail": true, "TrailARN": "\(Rig.trail)"}]}
        """)
    case "GetTrailStatus":
      await asked.add(call.parameters["Name"]?.string ?? "")
      return json(status(call.region))
    case "GetEventSelectors": return json(#"{"EventSelectors": []}"#)
    case "LookupEvents": return json(#"{"Events": []}"#)
    case "ListObjectsV2": return list(call)
    default: return HTTPResponse(status: 400)
    }
  }

  private func json(_ text: String) -> HTTPResponse {
    HTTPResponse(status: 200, body: Array(text.utf8))
  }

  /// As S3 lists: in key order, two a page, folders rolled up.
  private func list(_ call: DemoRequest) -> HTTPResponse {
    let prefix = call.query["prefix"] ?? ""
    let after = call.query["continuation-token"] ?? call.query["start-after"] ?? ""
    var rows: [(name: String, xml: String)] = []
    for (name, time) in objects.map({ ("AWSLogs/111122223333/\($0)", $1) }).sorted(by: {
      $0.0 < $1.0
    })
    where name.hasPrefix(prefix) && name > after {
      let rest = name.dropFirst(prefix.count)
      if call.query["delimiter"] == "/", let slash = rest.firstIndex(of: "/") {
        let folder = prefix + rest[...slash]
        if rows.last?.name != folder, folder > after {
          rows.append(
            (folder, "<CommonPrefixes><Prefix>\(folder)</Prefix></CommonPrefixes>"))
        }
      } else {
        let date = "<LastModified>\(time.iso)</LastModified>"
        rows.append((name, "<Contents><Key>\(name)</Key>\(date)<Size>9</Size></Contents>"))
      }
    }
    let page = rows.prefix(2)
    let isCut = rows.count > page.count
    let last =
      page.last.map { $0.xml.hasPrefix("<Common") ? $0.name + "\u{10ffff}" : $0.name } ?? ""
    let token = isCut ? "<NextContinuationToken>\(last)</NextContinuationToken>" : ""
    let text =
      "<ListBucketResult><IsTruncated>\(isCut)</IsTruncated>\(token)"
      + page.map(\.xml).joined() + "</ListBucketResult>"
    return HTTPResponse(status: 200, body: Array(text.utf8))
  }
}
