import Testing
import WatchCore
import WatchEngine

/// One way for an audit pipeline to fail, and the codes that it must be raised by: these, and
/// nothing else.
struct MatrixCause: CustomTestStringConvertible, Sendable {
  typealias Act = @Sendable (inout MatrixWorld, Timestamp) -> Void

  var name: String
  /// What leads the list.
  var leads: Set<FailureCode>
  /// What may stand under it.
  var folds: Set<FailureCode>
  /// How long it may take until all of it shows.
  var wait: Duration
  var isBusy = true
  var hasEcho = false
  /// How long all is well before it.
  var before: Duration = .minutes(40)
  /// Probes (`aws.echo`) without which this cannot be seen.
  var needs: [String] = []
  /// How the world is from its beginning; then nothing is said of the time before the act.
  var from: Act?
  var act: Act

  init(
    _ name: String, _ leads: FailureCode..., folds: Set<FailureCode> = [],
    after wait: Duration = .minutes(6), isBusy: Bool = true, hasEcho: Bool = false,
    _ act: @escaping Act = { _, _ in }
  ) {
    self.name = name
    self.leads = Set(leads)
    self.folds = folds
    self.wait = wait
    self.isBusy = isBusy
    self.hasEcho = hasEcho
    self.act = act
  }

  /// The same, a few minutes after the beginning: nothing here has to grow old.
  var soon: MatrixCause {
    var cause = self
    (cause.before, cause.wait) = (.minutes(6), .minutes(4))
    return cause
  }

  func needing(_ probes: String...) -> MatrixCause {
    var cause = self
    cause.needs = probes
    return cause
  }

  /// The same in a world that is so from its beginning.
  func from(_ beginning: @escaping Act) -> MatrixCause {
    var cause = self
    cause.from = beginning
    return cause
  }

  var testDescription: String { name }

  /// What a cause was raised as.
  struct Outcome: Sendable {
    var before: Set<FailureCode>
    var leads: Set<FailureCode>
    var folds: Set<FailureCode>
  }

  /// Forty good minutes, the act, and the time that it takes.
  func outcome() -> Outcome {
    var world = MatrixWorld(isBusy: isBusy, hasEcho: hasEcho)
    from?(&world, Rig.start)
    var rig = world.rig
    rig.saw(world.looks(at: rig.wall))
    rig.live(world, self.before)
    let before = Set(rig.picture.alerts.values.map(\.code))
    act(&world, rig.wall)
    rig.live(world, wait)
    let alerts = Array(rig.picture.alerts.values)
    let leads = alerts.filter { $0.under == nil }
    let folded = alerts.filter { $0.under != nil }
    return Outcome(
      before: before, leads: Set(leads.map(\.code)), folds: Set(folded.map(\.code)))
  }
}

extension PipelineChange {
  /// Somebody's act, a minute before the cloud shows what it did.
  static func act(
    _ action: String, on subject: String, at time: Timestamp, trail: String? = nil,
    bucket: String? = nil, refuses: Bool? = nil
  ) -> PipelineChange {
    PipelineChange(
      cause: Cause(
        actor: "dev", action: action, region: MatrixWorld.region, at: time, from: "203.0.113.9",
        event: "e-\(action)", subject: subject),
      trail: trail, bucket: bucket, refusesTrail: refuses)
  }
}
