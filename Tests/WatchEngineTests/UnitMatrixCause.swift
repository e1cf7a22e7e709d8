import Testing
import WatchCore
import WatchEngine

/// One way for Azure's or Google Cloud's audit pipeline to fail, and the codes that it must be raised
/// by: these, and nothing else.
struct UnitMatrixCause: CustomTestStringConvertible, Sendable {
  typealias Act = @Sendable (inout UnitMatrixWorld, Timestamp) -> Void

  var name: String
  var cloud: Cloud
  /// What leads the list.
  var leads: Set<FailureCode>
  /// What may stand under it.
  var folds: Set<FailureCode>
  /// How long it may take until all of it shows.
  var wait: Duration
  var hasEcho: Bool
  /// How long all is well before it.
  var before: Duration
  /// A rule of the posture catalogue that this is about.
  var needs: String?
  /// How the world is from its beginning; then nothing is said of the time before the act.
  var from: Act?
  var act: Act

  init(
    _ cloud: Cloud, _ name: String, _ leads: FailureCode..., folds: Set<FailureCode> = [],
    after wait: Duration = .minutes(6), before: Duration = .minutes(8), hasEcho: Bool = false,
    needs: String? = nil, _ act: @escaping Act = { _, _ in }, from: Act? = nil
  ) {
    self.name = name
    self.cloud = cloud
    self.leads = Set(leads)
    self.folds = folds
    self.wait = wait
    self.before = before
    self.hasEcho = hasEcho
    self.needs = needs
    self.from = from
    self.act = act
  }

  var testDescription: String { "\(cloud.rawValue): \(name)" }

  /// What a cause was raised as.
  struct Outcome: Sendable {
    var before: Set<FailureCode>
    var leads: Set<FailureCode>
    var folds: Set<FailureCode>
    /// Where the alerts are: all of it is the first unit's.
    var places: Set<String>
  }

  /// Some good minutes, the act, and the time that it takes.
  func outcome() -> Outcome {
    var world = UnitMatrixWorld(cloud, hasEcho: hasEcho)
    from?(&world, Rig.start)
    var rig = world.rig
    rig.saw(world.looks(at: rig.wall))
    rig.live(world, before)
    let early = Set(rig.picture.alerts.values.map(\.code))
    act(&world, rig.wall)
    rig.live(world, wait)
    let alerts = Array(rig.picture.alerts.values)
    return Outcome(
      before: early, leads: Set(alerts.filter { $0.under == nil }.map(\.code)),
      folds: Set(alerts.filter { $0.under != nil }.map(\.code)),
      places: Set(alerts.map(\.place.region)))
  }
}
