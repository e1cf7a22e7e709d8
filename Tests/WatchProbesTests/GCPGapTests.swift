import CloudAPI
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

struct GCPGapTests {
  private static let bucket = "projects/acme-1/locations/eu/buckets/audit"
  private static let stored = "entries \(bucket)/views/_AllLogs "

  private func ask(
    _ cloud: CannedGCP, _ plan: SourcePlan = .auditLogs, region: String = "one"
  ) async -> GapProbe.Answer {
    let gap = GCPProbes.gap(
      account: .acme, sources: [plan], client: cloud.client(), clock: .still)
    let question = GapProbe.Question(
      source: plan.id, region: region, from: three - .minutes(60), to: three - .minutes(10))
    return await gap.ask(question, three)
  }

  private func cloud(
    sink: String = acmeSink(to: "logging.googleapis.com/\(GCPGapTests.bucket)")
  ) -> CannedGCP {
    let cloud = CannedGCP()
    cloud.set("/acme-1/sinks", gcpList("sinks", sink))
    // What ended the gap comes after it.
    let entries = [-600, -1_000, -2_000, -3_000].map { acmeEntry("x", at: $0) }
    cloud.set("entries projects/acme-1 ", #"{"entries":[\#(entries.joined(separator: ","))]}"#)
    cloud.set(Self.stored, gcpList("entries", acmeEntry("x", at: -600), acmeEntry("x", at: -2_000)))
    return cloud
  }

  @Test func `delivered late, and held by _Required alone`() async {
    let cloud = cloud()
    guard case .account(let gap) = await ask(cloud) else {
      Issue.record("blind")
      return
    }
    #expect(gap.deliveredLate == 1 && gap.recovered == 2 && gap.lost == 0 && gap.unproven == 0)
    #expect(gap.witness == "Admin Activity log one, read 03:00:00Z")
    let asked = cloud.requests.compactMap(\.entries)
    #expect(asked.allSatisfy { $0.contains(#"timestamp>="2026-11-20T02:00:00Z""#) })
    #expect(asked.last?.contains(#"logName:"projects/acme-1/logs/""#) == true)
  }

  @Test func `what nobody else has is unproven`() async {
    let plan = SourcePlan.gcp(GCPSource(logs: ["activity", "data_access"]))
    guard case .account(let gap) = await ask(cloud(sink: acmeSink()), plan) else {
      Issue.record("blind")
      return
    }
    #expect(gap.recovered == 3 && gap.deliveredLate == 0 && gap.unproven == 2)
    #expect(gap.unprovenWhat.contains("acme-audit") && gap.unprovenWhat.contains("data_access"))
  }

  @Test func `refused is blind`() async {
    for path in [Self.stored, "entries projects/acme-1 ", "/acme-1/sinks"] {
      let cloud = cloud()
      cloud.refuse(path)
      guard case .blind(let why) = await ask(cloud) else {
        Issue.record("not blind: \(path)")
        continue
      }
      #expect(why.kind == .denied)
    }
    guard case .blind = await ask(cloud(), region: "nowhere") else {
      Issue.record("not blind")
      return
    }
  }
}
