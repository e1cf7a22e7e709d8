import CloudAPI
import Synchronization
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

struct AzureGapTests {
  private static let log =
    "/subscriptions/\(AzureNames.dev)/providers/Microsoft.Insights/eventtypes/management/values"

  private func ask(
    _ cloud: CannedAzure, _ plan: SourcePlan = .activityLog, region: String = "dev"
  ) async -> GapProbe.Answer {
    let gap = AzureProbes.gap(
      account: .azureDev, sources: [plan], client: cloud.client(), clock: .still)
    let question = GapProbe.Question(
      source: plan.id, region: region, from: three - .minutes(60), to: three - .minutes(10))
    return await gap.ask(question, three)
  }

  private func cloud() -> CannedAzure {
    let cloud = CannedAzure()
    let write = "Microsoft.Resources/tags/write"
    let events = [
      azureEvent(write, at: -3_000, "/x"), azureEvent(write, at: -2_000, "/x"),
      azureEvent(write, at: -1_000, "/x"),
      azureEvent("x", at: -900, "/x", category: "ServiceHealth"),
      // What ended the gap comes after it.
      azureEvent(write, at: -600, "/x"),
    ]
    cloud.set(Self.log, #"{"value":[\#(events.joined(separator: ","))]}"#)
    cloud.set("/workspaces/central", azureWorkspace())
    cloud.set(
      "query azureactivity", azureRows("Event:string Rows:long", #"["E-2000-SUCCEEDED",1]"#))
    return cloud
  }

  @Test func `delivered late, and held by the Activity Log alone`() async {
    let cloud = cloud()
    guard case .account(let gap) = await ask(cloud) else {
      Issue.record("blind")
      return
    }
    // Ids are compared without case.
    #expect(gap.deliveredLate == 1 && gap.recovered == 2 && gap.lost == 0 && gap.unproven == 0)
    #expect(gap.witness == "Activity Log dev, read 03:00:00Z")
    let query = cloud.requests.compactMap(\.query).last
    #expect(query?.contains("datetime(2026-11-20t02:00:00.000z)") == true)
  }

  @Test func `what nobody else has is unproven`() async {
    let plan = SourcePlan.azure(
      AzureSource(archive: AzureNames.archive, resources: [.init(id: AzureNames.vault)]))
    guard case .account(let gap) = await ask(cloud(), plan) else {
      Issue.record("blind")
      return
    }
    #expect(gap.recovered == 3 && gap.unproven == 2)
    #expect(gap.unprovenWhat.contains("archive") && gap.unprovenWhat.contains("resource logs"))
  }

  @Test func `refused is blind`() async {
    let cloud = cloud()
    cloud.refuse("query azureactivity", 403, "InsufficientAccessError")
    guard case .blind(let why) = await ask(cloud) else {
      Issue.record("not blind")
      return
    }
    #expect(why.kind == .denied)
    guard case .blind = await ask(self.cloud(), region: "nowhere") else {
      Issue.record("not blind")
      return
    }
  }
}
