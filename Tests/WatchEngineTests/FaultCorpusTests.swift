import Foundation
import Testing
import WatchCore

/// Faults of three clouds, each raised by its code, in time, by nothing else, and never called ok.
/// Printed for `make bench` where WATCHKEEPER_JUDGING is 1.
struct FaultCorpusTests {
  /// The slowest is one of those that age alone can show: period, grace, the next record and a look.
  private static let slowest = Duration.minutes(190)

  @Test func thereAreFortyOverThreeClouds() {
    #expect(FaultCorpus.all.count >= 40)
    for cloud in Cloud.allCases {
      #expect(FaultCorpus.all.count { $0.cloud == cloud } >= 12, "\(cloud)")
    }
    let codes = Set(FaultCorpus.all.flatMap(\.leads))
    #expect(codes.count >= 35, "\(codes.count) codes")
  }

  @Test(arguments: FaultCorpus.all.indices)
  func eachIsSeenAndNothingSaysOK(_ index: Int) {
    let fault = FaultCorpus.all[index]
    let outcome = fault.outcome()
    let label = "\(fault.cloud.rawValue): \(fault.name)"
    #expect(outcome.taken.map { $0 <= Self.slowest } == true, "\(label): not seen")
    #expect(outcome.falseAlarms == [], "\(label)")
    #expect(outcome.lies.first == nil, "\(label)")
    guard ProcessInfo.processInfo.environment["WATCHKEEPER_JUDGING"] == "1" else { return }
    let facts = [
      fault.cloud.rawValue, fault.name, outcome.code?.text ?? "none",
      outcome.taken.map { "\($0.wholeSeconds)" } ?? "never", "\(outcome.falseAlarms.count)",
      "\(outcome.lies.count)",
    ]
    print("FAULT|" + facts.joined(separator: "|"))
  }
}
