import Foundation
import Testing
import WatchCore
import WatchProbes

@testable import WatchSetup

struct UnitCallEstimateTests {
  private static func probe(
    _ cloud: Cloud, every interval: Duration, regions: [String], _ permissions: String...
  ) -> Probe {
    let source = SourceID(cloud: cloud, account: "a", name: "s")
    return Probe(
      id: "p", interval: interval, permissions: permissions,
      paths: regions.map { PathID(source: source, kind: .posture, region: $0) }
    ) { now in ProbeReport(probe: "p", began: now, ended: now, looks: []) }
  }

  private static let azure = CloudAccount(
    cloud: .azure, name: "a",
    azure: AzureAccount(subscriptions: [CloudUnit(id: "1"), CloudUnit(id: "2")]))
  private static let gcp = CloudAccount(cloud: .gcp, name: "a", gcp: GCPAccount())

  /// 30 days have 43,200 minutes; queries that name a table are the same call.
  @Test func azuresReadsAreFree() {
    let probe = Self.probe(
      .azure, every: .seconds(60), regions: ["1", "2"],
      "Microsoft.OperationalInsights/workspaces/query/read",
      "Microsoft.OperationalInsights/workspaces/query/AzureActivity/read",
      "Microsoft.Insights/eventtypes/values/Read")
    let bill = UnitCallEstimate.bill(Self.azure, probes: [probe])
    #expect(
      bill.lines == [
        CallBill.Line(what: "without charge", callsPerMonth: 4 * 43_200, dollars: 0)
      ])
    let quotas = UnitCallEstimate.quotas(Self.azure, probes: [probe])
    #expect(
      quotas.map(\.text) == [
        "Log Analytics queries: 2880 a day, 0.5 % of 200 in 30 s for each identity",
        "Activity Log: 2880 a day, 1.0 % of 50 in 30 s for each subscription",
        "Resource Manager reads: 2880 a day, 0.1 % of 25 a second for each subscription",
      ])
  }

  @Test func listingBlobsCosts() throws {
    let probe = Self.probe(
      .azure, every: .minutes(5), regions: ["1"],
      "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read")
    let line = try #require(UnitCallEstimate.bill(Self.azure, probes: [probe]).lines.first)
    #expect(line.what == "Blob LIST")
    #expect(line.callsPerMonth == 4 * 8_640)
    #expect(abs(line.dollars - 34_560 * 0.05 / 10_000) < 0.000_001)
  }

  @Test func googlesQuotaIsCounted() {
    let probe = Self.probe(
      .gcp, every: .seconds(60), regions: ["a", "b", "c"], "logging.logEntries.list",
      "logging.privateLogEntries.list")
    let quotas = UnitCallEstimate.quotas(Self.gcp, probes: [probe])
    #expect(
      quotas.map(\.text) == [
        "entries.list: 4320 a day, 5.0 % of 60 a minute for the project that is charged"
      ])
    #expect(UnitCallEstimate.bill(Self.gcp, probes: [probe]).dollars == 0)
  }

  @Test func aQueueIsAskedAgainAndAgain() {
    let reader = EventReader(
      id: "q", permissions: ["pubsub.subscriptions.consume", "pubsub.subscriptions.get"], paths: [],
      receive: { now in ProbeReport(probe: "q", began: now, ended: now, looks: []) },
      release: { _ in })
    #expect(
      UnitCallEstimate.bill(Self.gcp, probes: [], readers: [reader]).lines == [
        CallBill.Line(what: "Pub/Sub", callsPerMonth: 129_600, dollars: 0)
      ])
  }

  @Test func itIsSaidInWords() {
    let bill = CallBill(
      cloud: .azure, account: "dev",
      lines: [CallBill.Line(what: "Blob LIST", callsPerMonth: 34_560, dollars: 0.1728)])
    #expect(
      DraftPieces.cost(bill, []) == [
        "The watch's own calls in dev: 1152 a day, about $0.17 a month, at prices of East US as of "
          + "2025-06, not verified (docs/cost.md)", "  Blob LIST: 1152 a day, $0.17 a month",
      ])
  }

  /// docs/cost.md has each price and each quota as the code has it.
  @Test func thePageIsTheCodes() throws {
    let page = try String(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "docs/cost.md"), encoding: .utf8)
    for price in PriceList.azure.prices + PriceList.gcp.prices where price.dollars > 0 {
      let row = page.split(separator: "\n").first { $0.hasPrefix("| \(price.what) |") }
      let dollars = row?.split(separator: "$").dropFirst().first?.prefix { $0 != " " }
      #expect(dollars.flatMap { Double($0) } == price.dollars, "\(price.what)")
      #expect(row?.contains(price.source) == true, "\(price.what)")
    }
    for quota in Quota.all(.azure) + Quota.all(.gcp) {
      #expect(page.contains("| \(quota.what) | \(quota.limit) |"), "\(quota.what)")
    }
  }
}
