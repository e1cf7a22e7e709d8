import CloudAPI
import Synchronization
import Transfer
import WatchCore

@testable import WatchEngine
@testable import WatchProbes

/// A scenario of the demo lived through by the real probes, readers and engine, at a manual clock.
final class DemoStand {
  let scenario: DemoScenario
  let probes: [Probe]
  let readers: [EventReader]
  var rig: Rig
  private let clock = Clock()
  private var due: [String: Timestamp] = [:]

  private final class Clock: Sendable {
    let now = Mutex(Rig.start)
  }

  /// - Parameter untouched: whether all of the scenario's timeline is left out.
  init(_ name: String, untouched: Bool = false) throws {
    let loaded = try DemoCloud.load(name, from: FaultsEstate.data)
    let scenario = untouched ? loaded.untouched : loaded
    self.scenario = scenario
    let (answers, clock) = (DemoAnswers(scenario: scenario, start: Rig.start), clock)
    let http = HTTPClient { (request) async throws(HTTPError) in
      answers.answer(to: request, at: clock.now.withLock { $0 })
    }
    let aws = scenario.client(http: http)
    let others = scenario.clients(http: http)
    var probes: [Probe] = []
    var readers: [EventReader] = []
    let plan = scenario.plan
    for account in plan.accounts {
      let parts = PartMemory()
      switch account.cloud {
      case .aws:
        probes += AWSProbes.make(
          account: account, sources: plan.sources, client: aws, clock: .still, parts: parts)
        readers += AWSProbes.readers(
          account: account, sources: plan.sources, client: aws, clock: .still, parts: parts)
      case .azure:
        probes += AzureProbes.make(
          account: account, sources: plan.sources, client: others.azure, clock: .still,
          parts: parts)
        readers += AzureProbes.readers(
          account: account, sources: plan.sources, client: others.azure, clock: .still,
          parts: parts)
      case .gcp:
        probes += GCPProbes.make(
          account: account, sources: plan.sources, client: others.gcp, clock: .still, parts: parts)
        readers += GCPProbes.readers(
          account: account, sources: plan.sources, client: others.gcp, clock: .still, parts: parts)
      }
    }
    self.probes = probes
    self.readers = readers
    rig = Rig(plan: plan)
    for acceptance in scenario.acceptances(start: Rig.start) {
      rig.perform([.append([.accept(acceptance)])])
    }
  }

  /// Lets time pass, a minute at a time: each probe looks when it is due, each reader each minute.
  func live(_ span: Duration) async {
    let end = rig.wall + span
    while rig.wall < end {
      let now = rig.wall
      clock.now.withLock { $0 = now }
      for probe in probes where due[probe.id, default: now] <= now {
        take(await probe.look(now))
        due[probe.id] = now + probe.interval
      }
      for reader in readers {
        take(await reader.receive(now))
        for receipts in rig.released.values { await reader.release(receipts) }
      }
      rig.released = [:]
      rig.tick()
      rig.sleep(.minutes(1))
    }
  }

  /// Paths that could not be looked at when they were last, and why; checks that cannot be told.
  private(set) var unseen: [String: String] = [:]

  private func take(_ report: ProbeReport) {
    for look in report.looks {
      unseen[look.path.text] = nil
      if case .blind(let why) = look.result { unseen[look.path.text] = "\(why)" }
      guard case .saw(.posture(let seen)) = look.result else { continue }
      let unknown = seen.checks.filter { if case .unknown = $0.verdict { true } else { false } }
      if !unknown.isEmpty {
        unseen[look.path.text] = unknown.map { "\($0.rule) \($0.seen)" }.joined(separator: "; ")
      }
    }
    rig.perform(rig.engine.handle(.report(report), at: rig.reading))
  }

  private var alerts: [Alert] { Array(rig.picture.alerts.values) }

  /// What leads the list, and what stands under something else.
  var leads: Set<FailureCode> { Set(alerts.filter { $0.under == nil }.map(\.code)) }
  var folded: Set<FailureCode> { Set(alerts.filter { $0.under != nil }.map(\.code)) }
  /// For a test that fails.
  var story: String {
    alerts.sorted { $0.raiseSeq < $1.raiseSeq }.map {
      "\($0.detected.clock) \($0.code) \($0.what)\($0.under == nil ? "" : " (under)")"
        + ($0.clearedAt == nil ? "" : " cleared \($0.clearedAt?.clock ?? "")")
    }.joined(separator: "\n")
  }
}

extension DemoScenario {
  /// The same estate where nothing happens but daily work.
  var untouched: DemoScenario {
    var script = script
    script.timeline = []
    return DemoScenario(
      name: name, title: title, timeOfDay: timeOfDay, script: script, estate: estate,
      templates: templates, pipeline: pipeline, azure: azure, gcp: gcp)
  }
}

extension Rig {
  /// A watch over any plan.
  init(plan: WatchPlan) {
    wall = Rig.start
    engine = Engine(
      plan: plan, picture: Picture(),
      mark: WatchMark(what: .start, epoch: 1, host: "bridge", pid: 7, version: "test"),
      screen: nil, reading: ClockReading(wall: Rig.start, boot: 0), earlier: [], lastSeen: nil)
    perform([.append(engine.startEvents())])
  }
}
