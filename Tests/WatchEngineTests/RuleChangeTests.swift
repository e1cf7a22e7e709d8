import Testing
import WatchCore

@testable import WatchEngine

/// Every change of roster, threshold or catalogue is an entry with who and why.
@Suite struct RuleChangeTests {
  private static let mira = Operator(name: "mira", uid: 1000)
  private static let service = Operator(name: "watchkeeper", uid: 998)

  private func plan(_ period: Int, reason: String? = nil, duty: String? = nil) -> WatchPlan {
    var plan = WatchPlan(
      accounts: [CloudAccount(cloud: .aws, name: "prod", profile: "prod")],
      sources: [
        SourcePlan(
          id: Rig.use1, trail: Rig.trail,
          expect: [.s3: Expectation(period: .minutes(period), grace: .minutes(15))])
      ],
      roles: [Role(name: "security-lead", members: period > 20 ? ["jon"] : ["mira"])])
    (plan.reason, plan.why) = (reason, duty)
    return plan
  }

  /// What a watch that starts with another plan writes of the rules.
  private func changes(
    _ rig: inout Rig, _ plan: WatchPlan, _ origin: RuleOrigin?, version: String = "test"
  ) -> [Snapshot] {
    var engine = Engine(
      plan: plan, picture: Picture(rig.entries),
      mark: WatchMark(what: .start, epoch: 2, host: "bridge", pid: 8, version: version),
      screen: nil,
      reading: rig.reading, tells: false)
    engine.origin = origin
    let events = engine.startEvents()
    rig.perform([.append(events)])
    return events.compactMap { event in
      guard case .snapshot(let snapshot) = event else { return nil }
      return snapshot
    }
  }

  @Test func whoAndWhyAndWhoseFile() {
    var rig = Rig(plan: plan(15))
    let file = "watchkeeper.json5 of mira (uid 1000), changed 2026-11-20T02:59:00.000Z"
    let found = changes(
      &rig, plan(30, reason: "the export is slower, SEC-12"),
      RuleOrigin(by: Self.mira, isPerson: true, file: file))
    #expect(Set(found.map(\.what)) == [.roster, .thresholds])
    for snapshot in found {
      #expect(snapshot.by == Self.mira && !snapshot.isUnnamed && snapshot.from == file)
      #expect(snapshot.why == "the export is slower, SEC-12")
    }
    let words = rig.entries.map(\.detail)
    #expect(words.contains { $0.contains("aws/prod/use1.s3 15m+15m -> 30m+15m") })
    let lines = ExpectationsAt(rig.entries, at: rig.wall).lines
    #expect(lines.contains { $0.hasPrefix("aws/prod/use1: s3 30m+15m") })
    #expect(
      lines.contains {
        $0.contains("by mira, \"the export is slower, SEC-12\", watchkeeper.json5 of mira")
      })
    #expect(lines.contains("  aws/prod/use1.s3 15m+15m -> 30m+15m"))
    let before = ExpectationsAt(rig.entries, at: Rig.start - .seconds(1))
    #expect(!before.isKnown)
  }

  /// A service read a file that is its own, or root's: that is counted.
  @Test func aChangeWithoutANameIsCounted() {
    var rig = Rig(plan: plan(15))
    _ = changes(&rig, plan(30), RuleOrigin(by: Self.service, isPerson: false))
    let unnamed = rig.entries.compactMap { entry -> Snapshot? in
      guard case .snapshot(let snapshot) = entry.event, snapshot.isUnnamed else { return nil }
      return snapshot
    }
    #expect(Set(unnamed.map(\.what)) == [.roster, .thresholds])
    #expect(unnamed.allSatisfy { $0.by == Self.service && $0.why == nil })
    let lines = ExpectationsAt(rig.entries, at: rig.wall).lines
    #expect(
      lines.contains {
        $0.contains("by watchkeeper, which is nobody's name, no reason given")
      })
    // The first snapshots of all are no change.
    let first = Rig(plan: plan(15)).entries
    #expect(
      !first.contains { entry in
        if case .snapshot(let snapshot) = entry.event { snapshot.isUnnamed } else { false }
      })
  }

  @Test func aReasonCountsForOneChange() {
    var rig = Rig(plan: plan(15))
    let me = RuleOrigin(by: Self.mira, isPerson: true)
    let said = changes(&rig, plan(30, reason: "slower"), me)
    #expect(said.map(\.why) == ["slower", "slower"])
    let stale = changes(&rig, plan(40, reason: "slower"), me)
    #expect(stale.map(\.why) == [nil], "the line stands in the file since the last change")
    var loud = me
    loud.why = "measured again"
    #expect(changes(&rig, plan(45, reason: "slower"), loud).map(\.why) == ["measured again"])
    let roster = changes(&rig, plan(15, reason: "all", duty: "jon is away"), me)
    #expect(
      roster.map { "\($0.what.rawValue) \($0.why ?? "-")" }
        == ["roster jon is away", "thresholds all"])
  }

  /// What stood in the file when the first watch began explains nothing that was changed later.
  @Test func aReasonFromTheBeginningCountsForTheBeginning() {
    var rig = Rig(plan: plan(15, reason: "as measured", duty: "jon joins on Mondays"))
    let me = RuleOrigin(by: Self.mira, isPerson: true)
    let later = changes(&rig, plan(30, reason: "as measured", duty: "jon joins on Mondays"), me)
    #expect(Set(later.map(\.what)) == [.roster, .thresholds])
    #expect(later.map(\.why) == [nil, nil])
    let said = changes(&rig, plan(15, reason: "as measured", duty: "jon has left"), me)
    #expect(said.first { $0.what == .roster }?.why == "jon has left")
  }

  @Test func theCatalogueComesWithTheProgram() throws {
    var rig = Rig(plan: plan(15))
    let old = Snapshot(
      what: .catalogue, hash: "0",
      content: ["aws.trail.stopped": ["class": "condition", "priority": "low"]])
    rig.perform([.append([.snapshot(old)])])
    let found = changes(
      &rig, plan(15), RuleOrigin(by: Self.service, isPerson: false, file: "f"), version: "0.2.0")
    let catalogue = try #require(found.first { $0.what == .catalogue })
    #expect(catalogue.why == "it comes with watchkeeper 0.2.0")
    #expect(!catalogue.isUnnamed && catalogue.from == nil)
    #expect(catalogue.difference.contains("aws.trail.stopped.priority low -> high"))
  }
}
