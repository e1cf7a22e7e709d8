import CloudAPI
import WatchCore

/// The settings by which a source's units hand their audit entries on: sinks and exclusions on one
/// `.setting` path a unit, audit configs on another, since they are read by another permission. Each
/// list is read whole or blind.
struct GCPSettingProbe: Sendable {
  let facts: GCPFacts
  let plan: SourcePlan

  /// The member of the audit configs' path.
  static let auditConfigs = "audit-configs"

  func probe(_ clock: ProbeClock) -> Probe {
    // Audit configs hold for what is below them: those above are read as far as they may be.
    let permissions: [GCPPermission] = [
      .sinksList, .exclusionsList, .projectsGet, .projectsGetIamPolicy, .foldersGet,
      .foldersGetIamPolicy, .organizationsGetIamPolicy,
    ]
    return facts.probe(
      id: "gcp.setting \(plan.id.text)", every: .seconds(60), permissions: permissions,
      paths: units.flatMap { [path($0), path($0, Self.auditConfigs)] }, clock: clock, looks: looks)
  }

  private var units: [CloudUnit] { plan.units(of: facts.account) }

  private func path(_ unit: CloudUnit, _ member: String? = nil) -> PathID {
    PathID(source: plan.id, kind: .setting, region: unit.label, member: member)
  }

  private func looks(at now: Timestamp) async -> [Look] {
    await inParallel(units, width: 4) { unit in
      [
        Look(
          path: path(unit),
          result: await look { () async throws(Blindness) in
            try await sinks(of: unit, now)
          }),
        Look(
          path: path(unit, Self.auditConfigs),
          result: await look { () async throws(Blindness) in
            SettingsSighting(settings: try await configs(of: unit, now))
          }),
      ]
    }.flatMap { $0 }
  }

  /// Sinks that the configuration names no more are there and not asked for.
  private func scopes(_ unit: CloudUnit) -> [SettingsSighting.Scope]? {
    let named = plan.namedSinks(in: unit)
    guard !named.isEmpty else { return nil }
    let sinks = named.map { "\(unit.id)/sinks/\(PlainLine.make($0, limit: 128))" }
    return (sinks + [GCPPartName.exclusions(unit.id)]).map { SettingsSighting.Scope(id: $0) }
  }

  private func look(
    _ read: () async throws(Blindness) -> SettingsSighting
  ) async -> Look.Result {
    do throws(Blindness) {
      var seen = try await read()
      seen.raw = JSON.array(seen.settings.map(\.json)).line.cut(8_000)
      return .saw(.settings(seen))
    } catch {
      return .blind(error)
    }
  }

  private func sinks(
    of unit: CloudUnit, _ now: Timestamp
  ) async throws(Blindness) -> SettingsSighting {
    // Never an answer from before: an act that was just told of is looked for.
    let all = try await facts.sinks(of: unit, at: now, maxAge: .zero)
    let exclusions = try await facts.exclusions(of: try unit.needParent(), at: now, maxAge: .zero)
    let sinks = await facts.watched(all, of: plan, in: unit, at: now)
    // What cannot be told is taken to be lost without it.
    let alone = (try? await facts.aloneInDefault(all, of: plan, in: unit, at: now)) ?? ["?"]
    let named = Set(sinks.map(\.name))
    func settings(_ sinks: [LogSink]) -> [PipelineSetting] {
      sinks.map { sink in
        let isNeeded =
          sink.name != LogSink.defaultName || !alone.isEmpty
          || plan.namedSinks(in: unit).contains(sink.name)
        return PipelineSetting(sink, of: unit, isNeeded: isNeeded, at: now)
      }
    }
    // One that a watch before this one knew may carry nothing of our logs by now.
    let others = all.filter { $0.name != "_Required" && !named.contains($0.name) }
    let scopes = scopes(unit)
    return SettingsSighting(
      settings: settings(sinks) + [PipelineSetting(exclusions: exclusions, of: unit, at: now)],
      others: scopes == nil ? settings(others) : [], scopes: scopes)
  }

  /// The unit's own, and of what stands above it as much as can be read: each level is a setting of its
  /// own, so that one that cannot be read any more looks like no change of another.
  private func configs(
    of unit: CloudUnit, _ now: Timestamp
  ) async throws(Blindness) -> [PipelineSetting] {
    let parent = try unit.needParent()
    let policy = try await facts.policy(of: parent, at: now, maxAge: .zero)
    var settings = [PipelineSetting(policy, of: unit.id)]
    for above in (try? await facts.ancestors(of: parent, at: now)) ?? [] {
      guard let policy = try? await facts.policy(of: above, at: now, maxAge: .minutes(5))
      else { break }
      settings.append(PipelineSetting(policy, of: above.name))
    }
    return settings
  }
}
