import Testing
import WatchCore
import WatchEngine
import WatchProbes

/// A right that is missing on one subscription or project makes exactly what needs it there blind, and
/// nothing green; what is seen of the others stays the same.
struct UnitFaultsDenialTests {
  /// Where a probe sees as much as before, and why: part of the probe and of the call.
  static let spare: [(probe: String, call: String)] = [
    // Which folders stand above is told where it can be: their audit configs are then compared with
    // what they were when they can be read again.
    ("gcp.setting ", "/v3/projects/acme-analytics"),
    ("gcp.setting ", "/v3/projects/acme-warehouse"), ("gcp.setting ", "/v3/projects/acme-ml"),
    ("gcp.setting ", "/v3/organizations/200000000009:getIamPolicy"),
    ("gcp.posture ", "/v3/organizations/200000000009:getIamPolicy"),
    ("gcp.posture ", "/v3/projects/acme-analytics"),
    ("gcp.posture ", "/v3/projects/acme-warehouse"),
    ("gcp.posture ", "/v3/projects/acme-ml"),
    // The pipeline's parts are known from before; the settings' own path is blind meanwhile.
    ("gcp.history ", "/sinks"), ("azure.alertpath ", "/diagnosticSettings"),
  ]

  /// A listing that is refused has no members to check: it says so, and that ends no alert
  /// (`UnitFaultsBaselineTests`). The workspace's own days are known without those of its tables.
  private static func isKnown(_ lie: String, without key: String) -> Bool {
    key.contains("/tables/") && lie.hasPrefix("azure.workspace.retention ")
  }

  @Test(arguments: [Cloud.azure, .gcp])
  func aDeniedCallDimsWhatNeedsItThere(_ cloud: Cloud) async throws {
    for probe in try UnitFaultsEstate(cloud).probes {
      let healthy = try await look(cloud, probe.id)
      #expect(!healthy.keys.isEmpty, "\(probe.id) asks for nothing")
      for key in healthy.keys.sorted() {
        let dimmed = try await look(cloud, probe.id) { $0 == key }.looks
        let label = "\(probe.id) without \(key)"
        for (path, before) in healthy.looks {
          let seen = try #require(dimmed[path], "\(label) forgets \(path.text)")
          let lies = seen.lies(beside: before).filter { lie in
            !Self.isKnown(lie, without: key) && !(seen.isDimmed && lie.hasSuffix(": left out"))
          }
          #expect(lies == [], "\(label), \(path.text)")
          if let owner = Self.unit(of: key, cloud), owner != path.region {
            #expect(seen.parts == before.parts, "\(label), \(path.text)")
          }
        }
        let shown = dimmed.filter { $0.value.isDimmed }
        let isSpare = Self.spare.contains { probe.id.hasPrefix($0.probe) && key.hasSuffix($0.call) }
        #expect(shown.isEmpty == isSpare, "\(label)")
        for why in shown.values.flatMap(\.reasons) {
          #expect(
            why.kind == .denied && probe.permissions.contains { why.detail.contains($0) },
            "\(label): \(why.kind) \(why.detail)")
        }
      }
    }
  }

  /// Everything of one unit denied: its paths are blind, but for what is read elsewhere.
  @Test(arguments: [Cloud.azure, .gcp])
  func aDeniedUnitIsBlindAlone(_ cloud: Cloud) async throws {
    let (id, label) = try Self.unit(cloud)
    for probe in try UnitFaultsEstate(cloud).probes {
      let healthy = try await look(cloud, probe.id)
      let seen = try await look(cloud, probe.id) { $0.contains(id) }.looks
      #expect(Set(seen.keys) == Set(healthy.looks.keys), "\(probe.id)")
      for (path, before) in healthy.looks {
        let now = try #require(seen[path])
        if path.region == label, healthy.keys.contains(where: { $0.contains(id) }) {
          #expect(now.lies(beside: before) == [], "\(path.text)")
          #expect(now.isDimmed, "\(path.text) needs nothing of it")
        } else {
          #expect(now.parts == before.parts, "\(path.text)")
        }
      }
    }
  }

  /// The watch over it: one alert, in its place; all else as before; and well again.
  @Test(arguments: [Cloud.azure, .gcp])
  func theWatchSaysWhichUnitIsBlind(_ cloud: Cloud) async throws {
    let (id, label) = try Self.unit(cloud)
    let estate = try UnitFaultsEstate(cloud)
    var rig = Rig(plan: estate.plan)
    for _ in 0..<3 {
      await estate.round(&rig)
      rig.sleep(.minutes(1))
    }
    let before = rig.engine.paths()
    let quiet = Set(rig.picture.open.map(\.code))
    estate.seam.fail(.denied) { $0.contains(id) }
    for _ in 3..<6 {
      await estate.round(&rig)
      rig.sleep(.minutes(1))
    }
    let during = rig.engine.paths()
    #expect(during.contains { $0.state == .blind })
    for path in during where path.id.region != label || path.state != .blind {
      let was = before.first { $0.id == path.id }?.state
      #expect(path.state == was, "\(path.id.text) is \(path.state.rawValue)")
    }
    let raised = rig.picture.open.filter { !quiet.contains($0.code) }
    #expect(Set(raised.map(\.code)) == [cloud.code("probe.blind")])
    #expect(Set(raised.map(\.place.region)) == [label])
    estate.seam.fail(nil)
    await estate.round(&rig)
    #expect(rig.engine.paths().map(\.state) == before.map(\.state))
    #expect(raised.allSatisfy { rig.picture.alerts[$0.id]?.clearedAt != nil })
  }

  /// The last unit, on which no other's records or stores lie.
  private static func unit(_ cloud: Cloud) throws -> (id: String, label: String) {
    let plan = try UnitFaultsEstate(cloud).plan
    let unit = try #require(plan.accounts.first?.units.last)
    return (unit.id, unit.label)
  }

  /// The unit whose call it is; nil for the tenant's, and for stores that several share.
  private static func unit(of key: String, _ cloud: Cloud) -> String? {
    // Log search alerts on a workspace that several share lie where it does; so does the queue.
    if key.hasSuffix("/scheduledQueryRules") || key.contains("pubsub.googleapis.com") { return nil }
    guard !key.lowercased().contains("/resourcegroups/"),
      let plan = try? UnitFaultsEstate(cloud).plan
    else { return nil }
    let owners = plan.accounts.flatMap(\.units).filter { key.contains($0.id) }
    return owners.count == 1 ? owners[0].label : nil
  }

  private struct Looked {
    var looks: [PathID: Look.Result]
    var keys: Set<String>
  }

  /// A look of a watch that has lost that right since its first; and what it asked for.
  private func look(
    _ cloud: Cloud, _ name: String, without fits: (@Sendable (String) -> Bool)? = nil
  ) async throws -> Looked {
    let estate = try UnitFaultsEstate(cloud)
    let probe = try #require(estate.probe(name))
    _ = await estate.look(probe, 0)
    _ = estate.seam.calls()
    if let fits { estate.seam.fail(.denied, fits) }
    let looks = await estate.look(probe, UnitFaultsEstate.later)
    return Looked(looks: looks, keys: estate.seam.calls())
  }
}

extension Look.Result {
  /// Why something here could not be looked at.
  fileprivate var reasons: [Blindness] {
    switch self {
    case .blind(let why): return [why]
    case .saw(.posture(let seen)):
      return seen.checks.compactMap { check in
        if case .unknown(let why) = check.verdict { why } else { nil }
      }
    default: return []
    }
  }
}
