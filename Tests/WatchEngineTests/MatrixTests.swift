import Foundation
import Testing
import WatchCore
import WatchEngine

/// Causes by codes: each cause is raised by its code and by nothing else. Printed as a table where
/// WATCHKEEPER_MATRIX is 1.
struct MatrixTests {
  static let codes = FailureCatalogue.all.map(\.code).filter { $0.text.hasPrefix("aws.") }

  @Test func eachCauseIsRaisedByItsCodeAndByNothingElse() {
    var lines: [String] = []
    for cause in MatrixCauses.all {
      let outcome = cause.outcome()
      if cause.from == nil { #expect(outcome.before == [], "\(cause.name), before") }
      #expect(outcome.leads == cause.leads, "\(cause.name)")
      #expect(outcome.folds.isSubset(of: cause.folds), "\(cause.name): \(outcome.folds)")
      lines.append(line(cause, outcome))
    }
    guard ProcessInfo.processInfo.environment["WATCHKEEPER_MATRIX"] == "1" else { return }
    print(([header] + lines).joined(separator: "\n"))
  }

  /// No code of the catalogue without a cause that raises it; what posture checks alone raise needs
  /// a check first.
  @Test func eachCodeHasACause() {
    let raised = Set(MatrixCauses.all.flatMap(\.leads))
    let checked = Set(PostureCatalogue.all.map(\.code))
    let missing = Self.codes.filter { code in
      if FailureCatalogue.failure(code)?.probe == "posture", !checked.contains(code) {
        return false
      }
      return !raised.contains(code) && (code != "aws.echo.missing" || MatrixCauses.hasEcho)
    }
    #expect(missing == [])
  }

  /// Nothing is raised of a pipeline that works, busy or idle, with the echo and without.
  @Test(arguments: [(true, true), (true, false), (false, true), (false, false)])
  func aGoodPipelineRaisesNothing(_ isBusy: Bool, _ hasEcho: Bool) {
    let world = MatrixWorld(isBusy: isBusy, hasEcho: hasEcho)
    var rig = world.rig
    rig.saw(world.looks(at: rig.wall))
    rig.live(world, .hours(5))
    #expect(rig.picture.alerts.values.map(\.what) == [])
  }

  private var header: String {
    let numbers = Self.codes.enumerated().map { "\($0.offset + 1) \($0.element.text)" }
    let marks = Self.codes.indices.map { cell("\($0 + 1)") }.joined()
    return numbers.joined(separator: "\n") + "\n\n" + pad("cause") + marks
  }

  /// `#` leads, `.` stands under it.
  private func line(_ cause: MatrixCause, _ outcome: MatrixCause.Outcome) -> String {
    let marks = Self.codes.map { code in
      cell(outcome.leads.contains(code) ? "#" : outcome.folds.contains(code) ? "." : "")
    }
    return pad(cause.name) + marks.joined()
  }

  private func pad(_ text: String) -> String {
    String(text.prefix(44)) + String(repeating: " ", count: max(1, 46 - text.count))
  }

  private func cell(_ text: String) -> String {
    String(repeating: " ", count: 3 - text.count) + text
  }
}
