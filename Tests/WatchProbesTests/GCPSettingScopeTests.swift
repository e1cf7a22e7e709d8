import CloudAPI
import Testing
import WatchCore

@testable import WatchProbes

/// What a look at sinks asked for, and how old its answer is.
struct GCPSettingScopeTests {
  private func seen(_ script: GCPScript, _ plan: SourcePlan) async throws -> SettingsSighting? {
    try await script.look("gcp.setting", plan)["setting acme-1"]?.settings
  }

  @Test func `sinks that are named are what was asked for; without names all are`() async throws {
    let script = GCPScript()
    script.set("acme-1/sinks", #"{"sinks":[\#(gcpSink())]}"#)
    let all = try #require(try await seen(script, GCPScript.plan()))
    #expect(all.scopes == nil && all.lacks("projects/acme-1/sinks/other"))
    let named = try #require(try await seen(script, GCPScript.plan(sinks: ["to-siem"])))
    #expect(!named.asked("projects/acme-1/sinks/other"))
    #expect(!named.asked("projects/acme-1/sinks/to-siem-2"))
    #expect(named.asked("projects/acme-1/sinks/to-siem"))
    #expect(named.settings.allSatisfy { named.asked($0.id) }, "\(named.settings.map(\.id))")
  }

  @Test func `a sink that carries nothing of ours any more is there all the same`() async throws {
    let script = GCPScript()
    script.set("acme-1/sinks", #"{"sinks":[\#(gcpSink())]}"#)
    let before = try #require(try await seen(script, GCPScript.plan()))
    script.set(
      "acme-1/sinks", #"{"sinks":[\#(gcpSink(filter: "severity>=EMERGENCY AND logName:x"))]}"#)
    // By a probe that was made anew, as each `check` makes its own.
    let after = try #require(try await seen(script, GCPScript.plan()))
    #expect(!after.settings.contains { $0.kind == .sink })
    let joined = after.joined(with: before.settings)
    let sink = try #require(joined.settings.first { $0.kind == .sink })
    let old = try #require(before.settings.first { $0.kind == .sink })
    #expect(sink.change(from: old)?.code == "gcp.sink.narrowed")
    #expect(after.joined(with: []).settings == after.settings)
  }

  @Test func `each look asks anew`() async throws {
    let script = GCPScript()
    script.set("acme-1/sinks", #"{"sinks":[\#(gcpSink())]}"#)
    let probes = GCPProbes.make(
      account: GCPScript.account(), sources: [GCPScript.plan()], client: script.client,
      clock: .still)
    let probe = try #require(probes.named("gcp.setting"))
    let first = await probe.look(three).results["setting acme-1"]?.settings
    #expect(first?.settings.contains { $0.kind == .sink } == true)
    script.set("acme-1/sinks", #"{"sinks":[]}"#)
    let second = await probe.look(three + .seconds(5)).results["setting acme-1"]?.settings
    #expect(second?.settings.contains { $0.kind == .sink } == false)
  }
}
