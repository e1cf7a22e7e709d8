import Testing
import WatchCore
import WatchEngine
import WatchProbes

/// Everything that goes wrong at the HTTP seam, over every probe of Azure and Google Cloud: blind,
/// and nothing else; seen again by the very next look.
struct UnitFaultsTests {
  /// Fault by probe: no path is forgotten, nothing is seen that is not so, and it ends.
  @Test(arguments: [Cloud.azure, .gcp])
  func aProbeIsBlindAndNothingElse(_ cloud: Cloud) async throws {
    let names = try UnitFaultsEstate(cloud).probes.map(\.id)
    #expect(names.count >= 4)
    for (index, name) in names.enumerated() {
      let healthy = try await looks(cloud, name, nil)
      #expect(!healthy.during.isEmpty, "\(name) sees nothing")
      #expect(healthy.during.values.allSatisfy { !$0.isDimmed }, "\(name) is blind in good times")
      for kind in UnitFaultsKind.harmful(to: index) {
        let faulty = try await looks(cloud, name, kind)
        let label = "\(name), \(kind.rawValue)"
        #expect(faulty.met > 0, "\(name) asked for nothing")
        #expect(
          faulty.during.contains { $0.value.isDimmed }, "\(label): a fault of every call must show")
        try same(faulty.during, healthy.during, label)
        try same(faulty.after, healthy.after, "\(label), afterwards")
        for (path, before) in healthy.after {
          #expect(
            faulty.after[path]?.isDimmed == before.isDimmed, "\(label), \(path.text) stays blind")
        }
      }
      for kind in UnitFaultsKind.harmless {
        let other = try await looks(cloud, name, kind)
        #expect(other.met > 0, "\(name) asked for nothing")
        for (path, before) in healthy.during {
          #expect(other.during[path]?.parts == before.parts, "\(name), \(kind), \(path.text)")
        }
      }
    }
  }

  private func same(
    _ seen: [PathID: Look.Result], _ healthy: [PathID: Look.Result], _ label: String
  ) throws {
    for (path, before) in healthy {
      let now = try #require(seen[path], "\(label) forgets \(path.text)")
      #expect(now.lies(beside: before) == [], "\(label), \(path.text)")
    }
    let more = seen.filter { healthy[$0.key] == nil && !$0.value.isDimmed }
    #expect(more.keys.map(\.text) == [], "\(label) invents paths")
  }

  private struct Looked {
    var during: [PathID: Look.Result]
    var after: [PathID: Look.Result]
    var met: Int
  }

  /// A first look, one under the fault, and one after it.
  private func looks(
    _ cloud: Cloud, _ name: String, _ kind: UnitFaultsKind?
  ) async throws -> Looked {
    let estate = try UnitFaultsEstate(cloud)
    let probe = try #require(estate.probe(name))
    let step = max(1, Int(probe.interval.wholeSeconds) / 60)
    _ = await estate.look(probe, 0)
    estate.seam.fail(kind)
    let during = await estate.look(probe, UnitFaultsEstate.later)
    let met = estate.seam.met
    estate.seam.fail(nil)
    let after = await estate.look(probe, UnitFaultsEstate.later + step)
    return Looked(during: during, after: after, met: met)
  }

  /// The whole watch: no false ok, no false silent, no alert but *blind*; well again with the next
  /// round.
  @Test(
    arguments: [Cloud.azure, .gcp],
    [
      UnitFaultsKind.throttledAsked, .wrongLength, .tokenRunsOut,
    ])
  func theWatchSaysBlindAndRecovers(_ cloud: Cloud, _ kind: UnitFaultsKind) async throws {
    let estate = try UnitFaultsEstate(cloud)
    var rig = Rig(plan: estate.plan)
    for _ in 0..<3 {
      await estate.round(&rig)
      rig.sleep(.minutes(1))
    }
    let before = states(rig)
    let quiet = Set(rig.picture.open.map(\.code))
    estate.seam.fail(kind)
    for _ in 3..<6 {
      await estate.round(&rig)
      rig.sleep(.minutes(1))
    }
    for (path, state) in states(rig) where state != .blind {
      #expect(state == before[path], "\(path.text) is \(state.rawValue)")
    }
    let blind = cloud.code("probe.blind")
    let allowed: Set<FailureCode> = [blind, "watch.clock"]
    let raised = Set(rig.picture.open.map(\.code)).subtracting(quiet)
    #expect(raised.contains(blind) == UnitFaultsKind.harmful.contains(kind))
    #expect(raised.isSubset(of: allowed), "\(raised)")
    estate.seam.fail(nil)
    await estate.round(&rig)
    for (path, state) in states(rig) {
      #expect(state == before[path], "\(path.text) is \(state.rawValue) afterwards")
    }
    #expect(rig.picture.open.filter { $0.code == blind }.allSatisfy { $0.clearedAt != nil })
    #expect(
      Set(rig.picture.alerts.values.map(\.code)).subtracting(quiet).isSubset(of: allowed))
  }

  private func states(_ rig: Rig) -> [PathID: HeartbeatState] {
    Dictionary(uniqueKeysWithValues: rig.engine.paths().map { ($0.id, $0.state) })
  }
}
