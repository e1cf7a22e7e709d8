import WatchCore
import WatchEngine

/// One fault of one cloud, lived through minute by minute.
struct Fault: Sendable {
  var cloud: Cloud
  var name: String
  var leads: Set<FailureCode>
  var folds: Set<FailureCode>
  /// Lives through it and says what came of it.
  var outcome: @Sendable () -> Outcome

  struct Outcome: Sendable {
    /// The first alert of a code that it must be raised by.
    var code: FailureCode?
    /// From the fault until then.
    var taken: Duration?
    /// Alerts that are none of this fault's.
    var falseAlarms: [FailureCode] = []
    /// What said ok while it must not, and when.
    var lies: [String] = []
  }
}

/// At least forty faults over the three clouds: the causes of the matrices, one for each way to fail
/// that is no posture check, and one act for each code that acts alone raise.
enum FaultCorpus {
  static let all: [Fault] = aws + units

  private static let aws: [Fault] = chosen(
    MatrixCauses.all.filter { $0.from == nil }, leads: \.leads, name: \.name
  ).map { cause in
    Fault(cloud: .aws, name: cause.name, leads: cause.leads, folds: cause.folds) {
      var world = MatrixWorld(isBusy: cause.isBusy, hasEcho: cause.hasEcho)
      let rig = world.rig
      return live(
        rig, cause.wait, cause.leads.union(cause.folds), cause.leads,
        step: { rig, span in rig.live(world, span) }, act: { cause.act(&world, $0) },
        state: {
          World(isBusy: world.isBusy && !world.hasEcho, cut: world.cut, blind: world.blind)
        },
        unit: MatrixWorld.region)
    }
  }

  private static let units: [Fault] = chosen(
    UnitMatrixCauses.all.filter { $0.from == nil }, leads: \.leads,
    name: { "\($0.cloud) \($0.name)" }
  ).map { cause in
    Fault(cloud: cause.cloud, name: cause.name, leads: cause.leads, folds: cause.folds) {
      var world = UnitMatrixWorld(cause.cloud, hasEcho: cause.hasEcho)
      let rig = world.rig
      return live(
        rig, cause.wait, cause.leads.union(cause.folds), cause.leads, before: cause.before,
        step: { rig, span in rig.live(world, span) }, act: { cause.act(&world, $0) },
        state: { World(isBusy: !world.hasEcho, cut: world.cut, blind: world.blind) },
        unit: world.unit)
    }
  }

  /// Of posture checks and of acts one for each code.
  private static func chosen<Cause>(
    _ causes: [Cause], leads: (Cause) -> Set<FailureCode>, name: (Cause) -> String
  ) -> [Cause] {
    var seen: Set<Set<FailureCode>> = []
    let plain = causes.filter { !isOneOfMany(name($0)) && !leads($0).isEmpty }
    for cause in plain { seen.insert(leads(cause)) }
    return plain
      + causes.filter {
        isOneOfMany(name($0)) && !leads($0).isEmpty && seen.insert(leads($0)).inserted
      }
  }

  private static func isOneOfMany(_ name: String) -> Bool {
    let words = name.split(separator: " ")
    return words.contains("posture") || words.first == "act" || words.dropFirst().first == "act"
  }

  // MARK: A life

  private struct World {
    /// Its witness knows of work every few minutes.
    var isBusy: Bool
    var cut: [PathKind: Timestamp]
    var blind: Set<PathKind>
  }

  private static func live(
    _ rig: Rig, _ wait: Duration, _ known: Set<FailureCode>, _ leads: Set<FailureCode>,
    before: Duration = .minutes(7), step: (inout Rig, Duration) -> Void, act: (Timestamp) -> Void,
    state: () -> World,
    unit: String
  ) -> Fault.Outcome {
    var rig = rig
    var outcome = Fault.Outcome()
    step(&rig, before)
    outcome.falseAlarms = rig.picture.alerts.values.map(\.code)
    // Not on the minute, and not just after a look.
    rig.sleep(.seconds(23))
    let began = rig.wall
    act(began)
    var left = wait + .minutes(2)
    while left > .zero {
      step(&rig, .minutes(1))
      left -= .minutes(1)
      outcome.lies += lies(rig, state(), since: began, unit: unit)
    }
    let alerts = rig.picture.alerts.values.sorted { $0.id < $1.id }
    let first = alerts.filter { leads.contains($0.code) }.min { $0.detected < $1.detected }
    outcome.code = first?.code
    outcome.taken = first.map { $0.detected - began }
    outcome.falseAlarms += alerts.map(\.code).filter { !known.contains($0) }
    return outcome
  }

  /// Whatever says ok in a minute in which nothing may.
  private static func lies(
    _ rig: Rig, _ world: World, since began: Timestamp, unit: String
  ) -> [String] {
    let minute = "\((rig.wall - began).text)"
    var lies: [String] = []
    for status in rig.engine.clouds() where !status.paths.isEmpty && rig.picture.open.count > 0 {
      guard rig.picture.open(on: status.cloud) > 0 else { continue }
      if status.label == "ok" || status.label == "ok quiet" {
        lies.append("\(minute): \(status.cloud.rawValue) \(status.label) with an open alert")
      }
    }
    for path in rig.engine.paths() where path.state.isProven {
      let isHere = path.id.region == unit || path.id.kind == .queue || path.id.kind == .region
      if isHere, world.blind.contains(path.id.kind), path.id.region != MatrixWorld.other,
        path.looked.map({ $0 > began }) == true
      {
        lies.append("\(minute): \(path.id.text) \(path.state.rawValue) and blind")
      }
      guard path.id.region == unit, world.isBusy, let cut = world.cut[path.id.kind],
        let expectation = path.expectation
      else { continue }
      // Work is seen every five minutes, and owed from then on.
      if rig.wall - cut > expectation.period + .minutes(6) {
        lies.append("\(minute): \(path.id.text) \(path.state.rawValue) and cut")
      }
    }
    return lies
  }
}
