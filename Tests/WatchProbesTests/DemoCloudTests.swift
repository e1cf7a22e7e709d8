import CloudAPI
import Foundation
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

let demoData = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  .appendingPathComponent("../../demo-data").standardized.path

struct DemoCloudTests {
  /// One round of all probes, so many seconds after the start.
  private func round(_ name: String, at second: Int) async throws -> [String: Look.Result] {
    let scenario = try DemoCloud.load(name, from: demoData)
    let now = three + .seconds(second)
    let client = scenario.client(http: scenario.http(start: three) { now })
    let account = try #require(scenario.plan.accounts.first)
    let probes = AWSProbes.make(
      account: account, sources: scenario.plan.sources, client: client, clock: .still)
    var results: [String: Look.Result] = [:]
    for probe in probes {
      let report = await probe.look(now)
      #expect(report.clockSkew == nil)
      results.merge(report.results) { first, _ in first }
    }
    return results
  }

  private static let homes = ["us-east-1", "eu-central-1", "eu-west-1"]

  @Test(arguments: [
    (29, true, -269, 0), (45, false, -269, 1), (749, false, -269, 1), (765, true, -269, 2),
    (932, true, 931, 2),
  ])
  func `a stopped trail`(
    _ second: Int, _ isLogging: Bool, _ newest: Int, _ changes: Int
  ) async throws {
    let results = try await round("stop-logging", at: second)
    let status = try #require(results["trail us-east-1"]?.trail?.status)
    #expect(status.isLogging == isLogging)
    #expect(status.deliveryError == nil)
    #expect(status.delivered == three + .seconds(newest))
    #expect(results["s3 us-east-1"]?.arrival?.newest == three + .seconds(newest))
    let history = try #require(results["history us-east-1"]?.history)
    #expect(history.changes.count == changes)
    if changes > 0 {
      let stop = try #require(history.changes.last)
      #expect(stop.cause.actor == "dev" && stop.cause.from == "198.51.100.7")
      #expect(stop.trail == SourcePlan.use1.trail)
      #expect(status.stopped == three + .seconds(30))
    }
    #expect(results["region us-east-1"]?.region?.covering.isEmpty == !isLogging)
    #expect(results["trail eu-west-1"]?.trail?.status?.isLogging == true)
  }

  @Test func `a blocked bucket: trails log, nothing arrives, the log group goes on`() async throws {
    let results = try await round("bucket-blocked", at: 60)
    for region in Self.homes {
      let status = try #require(results["trail \(region)"]?.trail?.status)
      #expect(status.isLogging && status.deliveryError == "AccessDenied")
      let newest = try #require(results["s3 \(region)"]?.arrival?.newest)
      #expect(newest == status.delivered && newest < three + .seconds(20))
    }
    let group = try #require(results["trail us-east-1"]?.trail?.status?.groupDelivered)
    #expect(group > three + .seconds(20))
    let change = try #require(results["history us-east-1"]?.history?.changes.first)
    #expect(change.cause.actor == "ana" && change.bucket == "acme-audit-logs")
    #expect(change.refusesTrail == true)
    let later = try await round("bucket-blocked", at: 1_400)
    #expect(later["trail eu-west-1"]?.trail?.status?.deliveryError == nil)
    #expect(later["history us-east-1"]?.history?.changes.first?.refusesTrail == false)
  }

  @Test func `a forgotten region`() async throws {
    let before = try await round("forgotten-region", at: 0)
    #expect(before["region ap-southeast-2"]?.region?.activity == 0)
    let after = try #require(
      try await round("forgotten-region", at: 60)["region ap-southeast-2"]?.region)
    #expect(after.covering.isEmpty && after.activity == 1)
    #expect(after.first?.actor == "ci-deploy" && after.first?.action == "RunInstances")
  }

  @Test(arguments: [0, 600, 7_200, 76_000])
  func `a quiet day, at any time of it`(_ second: Int) async throws {
    let now = three + .seconds(second)
    let results = try await round("quiet", at: second)
    #expect(results.keys.count { !$0.hasPrefix("posture") } == 19)
    for region in Self.homes {
      let status = try #require(results["trail \(region)"]?.trail?.status)
      #expect(status.isLogging && status.deliveryError == nil && status.digestError == nil)
      let digest = try #require(status.digestDelivered)
      #expect(now - digest <= .hours(1))
      let newest = try #require(results["s3 \(region)"]?.arrival?.newest)
      let history = try #require(results["history \(region)"]?.history)
      #expect(history.changes.isEmpty)
      if region == "eu-west-1" {
        #expect(history.activity.allSatisfy { $0 < newest })
      } else {
        #expect(now - newest <= .minutes(5))
      }
    }
    #expect(results["region ap-southeast-2"]?.region?.activity == 0)
  }

  @Test func `hostile text passes through the probes, and times that are none blind`() async throws
  {
    let results = try await round("hostile", at: 60)
    #expect(results.keys.count { !$0.hasPrefix("posture") } == 19)
    let trail = try #require(results["trail us-east-1"]?.trail)
    #expect(trail.status?.isLogging == false)
    #expect(trail.settings?.name.contains("\u{1b}]0;") == true)
    #expect(results["trail eu-west-1"]?.blindness?.kind == .unreadable)
    #expect(results["history eu-west-1"]?.blindness?.kind == .unreadable)
    let history = try #require(results["history us-east-1"]?.history)
    let stop = try #require(history.changes.first { $0.cause.action == "StopLogging" })
    #expect(stop.cause.actor.hasPrefix("dev\u{1b}"))
    #expect(stop.cause.actor.unicodeScalars.count <= 128)
    #expect(stop.raw.unicodeScalars.count <= AuditRecord.rawLimit)
    #expect(results["s3 eu-central-1"]?.arrival?.newest == three + .seconds(39))
    for case .some(let blindness) in results.values.map(\.blindness) {
      #expect(!blindness.detail.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7f })
    }
  }

  @Test(arguments: DemoCloud.scenarioNames)
  func `every scenario has a plan to stand watch on`(_ name: String) throws {
    let scenario = try DemoCloud.load(name, from: demoData)
    let acme = ["aws/prod/use1", "aws/prod/euc1", "aws/prod/euw1"]
    let messy = ["aws/prod/management-events"]
    let others =
      scenario.plan.accounts.count == 3
      ? ["azure/dev/activity-log", "gcp/analytics/admin-activity"] : []
    let wanted = (name == "messy-estate" ? messy : acme) + others
    #expect(scenario.plan.sources.map(\.id.text) == wanted)
    #expect(scenario.plan.roles.first?.members == ["mira", "jon"])
    #expect(scenario.plan.roles.first?.acknowledgeWithin == .minutes(15))
    #expect(!scenario.title.isEmpty)
    #expect(scenario.start(on: three + .hours(9)) == three)
  }

  @Test func `says what is wrong with its files`() throws {
    #expect(throws: DemoError.unknownScenario("nope", known: DemoCloud.scenarioNames)) {
      try DemoCloud.load("nope", from: demoData)
    }
    #expect(throws: DemoError.missing(path: "/nonexistent/scenarios/quiet.json")) {
      try DemoCloud.load("quiet", from: "/nonexistent")
    }
  }
}

struct StoredGzipTests {
  @Test func `is what gunzip reads`() throws {
    for size in [0, 1, 65_535, 65_536, 200_000] {
      let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      #expect(try LogFile.inflated(StoredGzip.wrap(bytes)) == bytes)
    }
  }
}
