import Foundation
import Testing
import WatchCore
import WatchProbes

@testable import WatchSetup

struct CallEstimateTests {
  private static let source = SourcePlan(
    id: SourceID(cloud: .aws, account: "prod", name: "t"), trail: AuditedAccount.trail)
  private static let account = CloudAccount(cloud: .aws, name: "prod")

  private static func probe(
    _ kind: PathKind, every interval: Duration, _ permissions: String...
  ) -> Probe {
    Probe(
      id: kind.rawValue, interval: interval, permissions: permissions,
      paths: [PathID(source: source.id, kind: kind, region: "us-east-1")]
    ) { now in ProbeReport(probe: kind.rawValue, began: now, ended: now, looks: []) }
  }

  private static func line(
    _ what: String, _ estimate: CallEstimate, _ probes: [Probe], sources: [SourcePlan] = [source]
  ) -> CallBill.Line? {
    estimate.bill(account, sources: sources, probes: probes).lines.first { $0.what == what }
  }

  /// 30 days have 8,640 times five minutes and 43,200 minutes.
  @Test(arguments: [(1, 1, 8_640), (17, 1, 146_880), (17, 40, 5_875_200)])
  func listsGoByRegionsAndMembers(_ regions: Int, _ members: Int, _ calls: Int) throws {
    let line = try #require(
      Self.line(
        "S3 LIST", CallEstimate(regions: regions, members: members),
        [Self.probe(.s3, every: .minutes(5), "s3:ListBucket")]))
    #expect(line.callsPerMonth == calls)
    #expect(abs(line.dollars - Double(calls) * 0.005 / 1_000) < 0.000_001)
  }

  @Test func objectsUnderAKeyCostTwice() throws {
    let probe = Self.probe(.echo, every: .minutes(5), "s3:GetObject")
    let estimate = CallEstimate(regions: 2, hasKey: true)
    let kms = try #require(Self.line("KMS", estimate, [probe]))
    #expect(kms.callsPerMonth == 2 * 8_640)
    #expect(abs(kms.dollars - 17_280 * 0.03 / 10_000) < 0.000_001)
    #expect(Self.line("KMS", CallEstimate(regions: 2), [probe]) == nil)
  }

  @Test func anEchoAtHomeIsOneRegion() throws {
    var source = Self.source
    let probe = Self.probe(.echo, every: .minutes(5), "s3:GetObject")
    source.echo = .home
    let home = Self.line("S3 GET", CallEstimate(regions: 17), [probe], sources: [source])
    #expect(home?.callsPerMonth == 8_640)
    source.echo = .all
    let all = Self.line("S3 GET", CallEstimate(regions: 17), [probe], sources: [source])
    #expect(all?.callsPerMonth == 17 * 8_640)
  }

  @Test func whatIsFreeIsCountedAndCostsNothing() throws {
    let probe = Self.probe(
      .trail, every: .seconds(60), "cloudtrail:GetTrailStatus", "cloudtrail:DescribeTrails")
    let line = try #require(Self.line("without charge", CallEstimate(regions: 3), [probe]))
    #expect(line.callsPerMonth == 43_200 * 4)
    #expect(line.dollars == 0)
  }

  @Test func theFirstMillionOfAQueueIsFree() {
    #expect(PriceList.sqs.cost(129_600) == 0)
    #expect(abs(PriceList.sqs.cost(3_000_000) - 0.8) < 0.000_001)
    let reader = EventReader(
      id: "q", permissions: ["sqs:ReceiveMessage", "sqs:DeleteMessage"], paths: [],
      receive: { now in ProbeReport(probe: "q", began: now, ended: now, looks: []) },
      release: { _ in })
    let bill = CallEstimate(regions: 1).bill(
      Self.account, sources: [], probes: [], readers: [reader])
    #expect(bill.lines == [CallBill.Line(what: "SQS", callsPerMonth: 129_600, dollars: 0)])
  }

  @Test func theDearestComesFirst() {
    let bill = CallEstimate(regions: 17).bill(
      Self.account, sources: [Self.source],
      probes: [
        Self.probe(.trail, every: .seconds(60), "cloudtrail:GetTrailStatus"),
        Self.probe(.s3, every: .minutes(5), "s3:ListBucket"),
        Self.probe(.posture, every: .minutes(15), "s3:GetBucketPolicy"),
      ])
    #expect(bill.lines.map(\.what) == ["S3 LIST", "S3 GET", "without charge"])
    #expect(bill.dollars > 0.73 && bill.dollars < 0.74)
  }

  /// The real probes: some money, little money.
  @Test func theRealProbesCostLittle() {
    let probes = AWSProbes.make(
      account: AuditedAccount.account, sources: AuditedAccount.sources,
      client: AuditedAccount().client)
    let bill = CallEstimate(regions: 17, hasKey: true).bill(
      AuditedAccount.account, sources: AuditedAccount.sources, probes: probes)
    #expect(bill.dollars > 0.5 && bill.dollars < 25)
    #expect(!bill.lines.contains { $0.callsPerMonth == 0 })
  }

  /// docs/cost.md has each price as the code has it, and their date.
  @Test func thePageIsTheCodes() throws {
    let page = try String(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "docs/cost.md"), encoding: .utf8)
    #expect(page.contains(PriceList.aws.asOf))
    for price in PriceList.aws.prices where price.dollars > 0 {
      let per = price.per == 1_000 ? "1,000" : price.per == 10_000 ? "10,000" : "1,000,000"
      let row = page.split(separator: "\n").first { $0.hasPrefix("| \(price.what) |") }
      #expect(row?.contains("per \(per)") == true, "\(price.what)")
      #expect(row?.contains(price.source) == true, "\(price.what)")
      let dollars = row?.split(separator: "$").dropFirst().first?.prefix { $0 != " " }
      #expect(dollars.flatMap { Double($0) } == price.dollars, "\(price.what)")
    }
  }
}
