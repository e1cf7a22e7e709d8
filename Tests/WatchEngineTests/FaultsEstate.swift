import CloudAPI
import Foundation
import Synchronization
import Transfer
import WatchCore

@testable import WatchEngine
@testable import WatchProbes

/// The demo's quiet account in process, with a clock that the test moves, and faults on demand.
final class FaultsEstate: Sendable {
  let cloud: FaultsCloud
  let probes: [Probe]
  let plan: WatchPlan

  init(_ name: String = "quiet") throws {
    let scenario = try Self.scenarios.withLock { known in
      if let scenario = known[name] { return scenario }
      let scenario = try DemoCloud.load(name, from: Self.data)
      known[name] = scenario
      return scenario
    }
    let now = Clock()
    let cloud = FaultsCloud(scenario.http(start: Rig.start) { now.value.withLock { $0 } })
    self.cloud = cloud
    plan = scenario.plan
    let client = scenario.client(http: cloud.http)
    let account = plan.accounts.first ?? CloudAccount(cloud: .aws, name: "prod")
    probes = AWSProbes.make(account: account, sources: plan.sources, client: client, clock: .still)
    clock = now
  }

  private let clock: Clock

  private final class Clock: Sendable {
    let value = Mutex(Rig.start)
  }

  private static let scenarios = Mutex<[String: DemoScenario]>([:])

  static let data = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../demo-data").standardized.path

  /// One look by a probe, that long after the start.
  func look(_ probe: Probe, _ minutes: Int) async -> ProbeReport {
    let time = Rig.start + .minutes(minutes)
    clock.value.withLock { $0 = time }
    return await probe.look(time)
  }

  /// Minutes after the first look, far enough that nothing is remembered from it.
  func later(_ probe: Probe) -> Int { max(16, Int(probe.interval.wholeSeconds) / 60 + 1) }

  /// A round of all probes into an engine, as the watch has it.
  func round(_ rig: inout Rig, _ minutes: Int) async {
    for probe in probes {
      rig.perform(rig.engine.handle(.report(await look(probe, minutes)), at: rig.reading))
    }
    rig.tick()
  }
}

extension ProbeClock {
  static let still = ProbeClock(uptime: { .zero }, sleep: { _ in })
}

/// What a look means, without its times and raw texts: to tell a weaker answer from another one.
extension Look.Result {
  /// `blind`, or parts with what each of them says.
  var parts: [String: String] {
    switch self {
    case .blind: return ["": "blind"]
    case .saw(.arrival(let seen)): return ["newest": "\(seen.newest?.iso ?? "none")"]
    case .saw(.trail(let seen)):
      guard let settings = seen.settings, let status = seen.status else { return ["trail": "gone"] }
      return [
        "logging": "\(status.isLogging)", "error": status.deliveryError ?? "none",
        "digest error": status.digestError ?? "none", "group error": status.groupError ?? "none",
        "management": settings.management ?? "blind", "bucket": settings.bucket,
        "multi-region": "\(settings.multiRegion)",
      ]
    case .saw(.history(let seen)):
      return ["changes": "\(seen.changes.count)", "activity": "\(seen.activity.count)"]
    case .saw(.region(let seen)):
      return ["covering": seen.covering.joined(separator: " "), "activity": "\(seen.activity)"]
    case .saw(.echo(let seen)):
      let legs = seen.legs.map { ("\($0.kind)", $0.blind == nil ? "seen" : "blind") }
      return Dictionary(legs, uniquingKeysWith: { $1 }).merging(["off": seen.off ?? ""]) { $1 }
    case .saw(.posture(let seen)):
      let checks = seen.checks.map { check -> (String, String) in
        let word: String
        switch check.verdict {
        case .holds: word = "holds"
        case .fails: word = "fails"
        case .unknown: word = "blind"
        case .info: word = "info"
        case .none: word = "nothing to check"
        }
        return ("\(check.rule) \(check.subject)", word)
      }
      return Dictionary(checks, uniquingKeysWith: { $1 })
    case .saw(.queue(let seen)): return ["changes": "\(seen.changes.count)"]
    case .saw(.settings(let seen)):
      return ["settings": seen.settings.map { "\($0.id) \($0.facts)" }.joined(separator: "; ")]
    }
  }

  /// The parts in which this look says something else than the healthy one, and not that it is
  /// blind: each of them is a lie.
  func lies(beside healthy: Look.Result) -> [String] {
    let before = healthy.parts
    guard parts[""] != "blind" else { return [] }
    if before[""] == "blind" { return ["seen where nothing could be"] }
    let lost = before.keys.filter { parts[$0] == nil }.map { "\($0): left out" }
    return lost
      + parts.compactMap { name, word in
        word == before[name] || word == "blind" ? nil : "\(name): \(before[name] ?? "-") -> \(word)"
      }
  }

  /// Whether something here could not be looked at.
  var isDimmed: Bool { parts.values.contains("blind") }
}
