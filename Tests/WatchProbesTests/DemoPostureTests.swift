import CloudAPI
import Testing
import WatchCore

@testable import WatchProbes

/// The demo plays every call of the store's posture probe.
struct DemoPostureTests {
  @Test(arguments: DemoCloud.scenarioNames)
  func `nothing is unknown in the demo`(_ name: String) async throws {
    let scenario = try DemoCloud.load(name, from: demoData)
    let http = scenario.http(start: three) { three + .minutes(1) }
    let client = scenario.client(http: http) { _, _, _ in }
    let account = try #require(scenario.plan.accounts.first)
    let sources = scenario.plan.sources.filter { $0.id.cloud == .aws }
    let store = StoreFacts(
      facts: AccountFacts(account: account, sources: sources, client: client, clock: .still))
    let probes = sources.map { StorePostureProbe(store: store, plan: $0).probe(.still) }
    #expect(!probes.isEmpty)
    for probe in probes {
      let seen = try #require(await probe.look(three + .minutes(1)).looks.first?.result.posture)
      #expect(!seen.checks.isEmpty)
      // In the hostile one some answers are broken, and these checks are unknown.
      if name != "hostile" { #expect(seen.unknown == [], "\(probe.id)") }
      // What is weak in the quiet one was taken on by somebody.
      if name == "quiet" { #expect(seen.rules(.fails) == ["trail.multi-region"], "\(probe.id)") }
    }
  }
}
