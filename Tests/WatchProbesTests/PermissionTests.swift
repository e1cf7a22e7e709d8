import CloudAPI
import Synchronization
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

/// What a probe declares is what it calls: a policy made of the declarations is neither too narrow
/// nor too wide.
struct PermissionTests {
  private static func demo() throws -> (DemoScenario, HTTPClient) {
    let scenario = try DemoCloud.load("bucket-blocked", from: demoData)
    return (scenario, scenario.http(start: three) { three + .minutes(40) })
  }

  @Test(arguments: [
    "aws.trail", "aws.s3", "aws.group", "aws.digest", "aws.history", "aws.regions",
  ])
  func `declared is called`(_ name: String) async throws {
    let (scenario, http) = try Self.demo()
    let called = Mutex<Set<String>>([])
    let client = scenario.client(http: http) { service, operation, _ in
      _ = called.withLock { $0.insert(Self.action(service, operation)) }
    }
    let account = try #require(scenario.plan.accounts.first)
    let probes = AWSProbes.make(
      account: account, sources: scenario.plan.sources, client: client, clock: .still)
    let probe = try #require(probes.named(name))
    _ = await probe.look(three + .minutes(40))
    var declared = Set(probe.permissions)
    // The demo's trails have one region each, so these two need no list of regions.
    if ["aws.trail", "aws.s3", "aws.digest"].contains(name) {
      declared.remove("ec2:DescribeRegions")
    }
    #expect(called.withLock { $0 }.subtracting(["sts:GetCallerIdentity"]) == declared)
  }

  @Test func `the gap's too`() async throws {
    let (scenario, http) = try Self.demo()
    let called = Mutex<Set<String>>([])
    let client = scenario.client(http: http) { service, operation, _ in
      _ = called.withLock { $0.insert(Self.action(service, operation)) }
    }
    let account = try #require(scenario.plan.accounts.first)
    let gap = AWSProbes.gap(
      account: account, sources: scenario.plan.sources, client: client, clock: .still)
    _ = await gap.ask(
      GapProbe.Question(
        source: SourcePlan.use1.id, region: "us-east-1", from: three, to: three + .minutes(20)),
      three + .minutes(40))
    #expect(called.withLock { $0 } == Set(gap.permissions))
  }

  /// The IAM action that allows a call (Service Authorization Reference).
  private static func action(_ service: String, _ operation: String) -> String {
    "\(service):\(operation == "ListObjectsV2" ? "ListBucket" : operation)"
  }
}
