import Testing
import WatchCore
import WatchEngine

/// Causes by codes, of Azure and Google Cloud: each cause is raised by its code, where it is, and by
/// nothing else.
struct UnitMatrixTests {
  @Test func eachCauseIsRaisedByItsCodeAndByNothingElse() {
    for cause in UnitMatrixCauses.all {
      let outcome = cause.outcome()
      if cause.from == nil { #expect(outcome.before == [], "\(cause.testDescription), before") }
      #expect(outcome.leads == cause.leads, "\(cause.testDescription)")
      #expect(
        outcome.folds.isSubset(of: cause.folds), "\(cause.testDescription): \(outcome.folds)")
      let others = Set(UnitMatrixWorld.units(cause.cloud).dropFirst())
      #expect(outcome.places.isDisjoint(with: others), "\(cause.testDescription)")
    }
  }

  /// No code of the catalogue without a cause that raises it; what checks of settings alone raise
  /// needs the checks first.
  @Test(arguments: [Cloud.azure, .gcp])
  func eachCodeHasACause(_ cloud: Cloud) {
    let raised = Set(UnitMatrixCauses.all.flatMap(\.leads))
    let unchecked: Set<FailureCode> =
      UnitMatrixCauses.rules(cloud).isEmpty
      ? Set(
        ["sink.disabled", "sink.error", "store.erasable", "alertpath.broken", "posture.weak"]
          .map { cloud.code($0) }) : []
    #expect(!UnitMatrixCauses.codes(cloud).isEmpty)
    let missing = Set(UnitMatrixCauses.codes(cloud)).subtracting(raised)
    #expect(missing.isSubset(of: unchecked), "\(missing)")
  }

  /// Nothing is raised of a pipeline that works, busy or idle, with the echo and without.
  @Test(
    arguments: [Cloud.azure, .gcp], [(true, true), (true, false), (false, true), (false, false)])
  func aGoodPipelineRaisesNothing(_ cloud: Cloud, _ life: (isBusy: Bool, hasEcho: Bool)) {
    let world = UnitMatrixWorld(cloud, isBusy: life.isBusy, hasEcho: life.hasEcho)
    var rig = world.rig
    rig.saw(world.looks(at: rig.wall))
    rig.live(world, .hours(5))
    #expect(rig.picture.alerts.values.map(\.what) == [])
    for path in rig.engine.paths() {
      #expect(path.state.isProven, "\(path.id.text): \(path.state.rawValue)")
    }
  }
}
