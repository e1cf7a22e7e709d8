import Testing
import WatchCore
import WatchEngine
import WatchProbes

/// Everything that goes wrong at the HTTP seam, over every probe that there is: blind, and nothing
/// else; seen again by the very next look.
struct FaultsTests {
  /// Fault by probe: no path is forgotten, nothing is seen that is not so, and it ends.
  @Test func aProbeIsBlindAndNothingElse() async throws {
    let names = try FaultsEstate().probes.map(\.id)
    #expect(names.count >= 4)
    for name in names {
      let healthy = try await looks(name, nil)
      for kind in FaultsKind.allCases {
        let faulty = try await looks(name, kind)
        let label = "\(name), \(kind.rawValue)"
        #expect(faulty.met > 0, "\(name) asked for nothing")
        #expect(
          healthy.during.isEmpty || faulty.during.contains { $0.value.isDimmed },
          "\(label): a fault of every call must show")
        for (path, before) in healthy.during {
          let seen = try #require(faulty.during[path], "\(label) forgets \(path.text)")
          #expect(seen.lies(beside: before) == [], "\(label), \(path.text)")
        }
        for (path, before) in healthy.after {
          let seen = try #require(faulty.after[path], "\(label) forgets \(path.text)")
          #expect(seen.lies(beside: before) == [], "\(label), \(path.text), afterwards")
          #expect(seen.isDimmed == before.isDimmed, "\(label), \(path.text) has not recovered")
        }
      }
    }
  }

  private struct Looked {
    var during: [PathID: Look.Result]
    var after: [PathID: Look.Result]
    var met: Int
  }

  /// A first look, one under the fault, and one after it.
  private func looks(_ name: String, _ kind: FaultsKind?) async throws -> Looked {
    let estate = try FaultsEstate()
    let probe = try #require(estate.probes.first { $0.id == name })
    let step = max(1, Int(probe.interval.wholeSeconds) / 60)
    _ = await estate.look(probe, 0)
    estate.cloud.fail(kind)
    let then = estate.later(probe)
    let during = await estate.look(probe, then)
    let met = estate.cloud.met
    estate.cloud.fail(nil)
    let after = await estate.look(probe, then + step)
    return Looked(during: byPath(during), after: byPath(after), met: met)
  }

  private func byPath(_ report: ProbeReport) -> [PathID: Look.Result] {
    Dictionary(report.looks.map { ($0.path, $0.result) }, uniquingKeysWith: { $1 })
  }

  /// The whole watch: no false ok, no false silent, no alert but *blind*; well again within one
  /// interval.
  @Test(arguments: FaultsKind.allCases)
  func theWatchSaysBlindAndRecovers(_ kind: FaultsKind) async throws {
    let estate = try FaultsEstate()
    var rig = Rig(sources: estate.plan.sources)
    for minute in 0..<3 {
      await estate.round(&rig, minute)
      rig.sleep(.minutes(1))
    }
    let before = states(rig)
    let quiet = rig.picture.open.map(\.code)
    estate.cloud.fail(kind)
    for minute in 3..<6 {
      await estate.round(&rig, minute)
      rig.sleep(.minutes(1))
    }
    let during = states(rig)
    for (path, state) in during where before[path] != .off {
      #expect(state == .blind, "\(path.text) is \(state.rawValue)")
    }
    let allowed: Set<FailureCode> = ["aws.probe.blind", "watch.clock"]
    let raised = rig.picture.open.map(\.code).filter { !quiet.contains($0) }
    #expect(raised.contains("aws.probe.blind"))
    #expect(Set(raised).isSubset(of: allowed), "\(raised)")
    estate.cloud.fail(nil)
    await estate.round(&rig, 6)
    // What was not known before, such as an echo that has come back since, may be there by now.
    let after = states(rig)
    for (path, state) in before { #expect(after[path] == state, "\(path.text)") }
    #expect(
      rig.picture.open.filter { $0.code == "aws.probe.blind" }.allSatisfy { $0.clearedAt != nil })
    #expect(Set(rig.picture.alerts.values.map(\.code)).subtracting(quiet).isSubset(of: allowed))
  }

  private func states(_ rig: Rig) -> [PathID: HeartbeatState] {
    Dictionary(uniqueKeysWithValues: rig.engine.paths().map { ($0.id, $0.state) })
  }
}
