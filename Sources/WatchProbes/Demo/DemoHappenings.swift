import WatchCore

/// One audited operation in a subscription or project.
struct DemoHappening: Sendable {
  /// Seconds from the scenario's start.
  var at: Int
  /// How long until the cloud's own log shows it.
  var lag: Int
  /// The unit's label.
  var unit: String
  /// The operation as the audit log names it.
  var event: String
  var id: String
  /// The same for all that differ in time and id alone.
  var kind: String
  var values: [String: String]
  /// Whether it stands in the scenario's timeline; the rest is daily work.
  var isAct: Bool
}

/// All that is done in an account of Azure or GCP in a scenario.
struct DemoHappenings: Sendable {
  /// As the timeline names it: `azure`, `gcp`.
  let cloud: String
  let script: DemoScript
  let units: DemoUnits
  /// Seconds until the cloud's own log shows an operation, where an act does not say another.
  let lag: Int

  /// In a unit (nil: in all) and time, oldest first.
  func between(_ from: Int, _ to: Int, unit: String? = nil) -> [DemoHappening] {
    guard from <= to else { return [] }
    return (daily(from, to, unit) + acts(from, to, unit)).sorted { ($0.at, $0.id) < ($1.at, $1.id) }
  }

  private func daily(_ from: Int, _ to: Int, _ unit: String?) -> [DemoHappening] {
    units.activity.enumerated().filter { unit == nil || $0.element.unit == unit }
      .flatMap { (index, activity) in
        DemoTimeline.slots(
          every: activity.every, phase: activity.phase, from: from,
          to: min(to, activity.until ?? to)
        ).map { slot in
          DemoHappening(
            at: slot, lag: lag, unit: activity.unit, event: activity.event,
            id: DemoEvents.id("\(cloud) \(index) \(slot)"), kind: "\(index)",
            values: activity.values ?? [:],
            isAct: false)
        }
      }
  }

  private func acts(_ from: Int, _ to: Int, _ unit: String?) -> [DemoHappening] {
    script.timeline.enumerated().flatMap { (index, act) -> [DemoHappening] in
      guard act.cloud == cloud, let event = act.event, let region = act.region,
        unit == nil || unit == region
      else { return [] }
      return (0..<max(1, min(act.times ?? 1, 1_000))).map { turn in
        DemoHappening(
          at: act.at + turn * (act.every ?? 60), lag: act.lag ?? lag, unit: region, event: event,
          id: DemoEvents.id("\(cloud) act \(index) \(turn)"), kind: "act \(index)",
          values: act.values ?? [:], isAct: true)
      }
    }.filter { from <= $0.at && $0.at <= to }
  }
}
