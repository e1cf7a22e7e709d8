import CloudAPI
import EventRules
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
    let exclusions = try await facts.exclusions(of: unit, at: now)
    let sinks = await facts.watched(all, of: plan, in: unit, at: now)
    let named = Set(sinks.map(\.name))
    func settings(_ sinks: [LogSink]) -> [PipelineSetting] {
      sinks.map { PipelineSetting($0, of: unit, at: now) }
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
    let policy = try await facts.policy(of: unit.id, at: now)
    var settings = [PipelineSetting(policy, of: unit.id)]
    for above in (try? await facts.ancestors(of: unit, at: now)) ?? [] {
      guard let policy = try? await facts.policy(of: above.name, at: now, maxAge: .minutes(5))
      else { break }
      settings.append(PipelineSetting(policy, of: above.name))
    }
    return settings
  }
}

extension SourcePlan {
  /// The sinks that the configuration asks for in a unit.
  func namedSinks(in unit: CloudUnit) -> [String] {
    (gcp?.sinks ?? []).compactMap { name in
      let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { return name }
      return parts[0] == unit.label || parts[0] == unit.id ? parts[1] : nil
    }
  }
}

extension GCPFacts {
  /// The sinks that a source is about: those that are named; where none is, all that carry something of
  /// its logs or may, and those that once did. `_Required` keeps to itself, and cannot be changed.
  func watched(
    _ sinks: [LogSink], of plan: SourcePlan, in unit: CloudUnit, at now: Timestamp
  ) async -> [LogSink] {
    let named = plan.namedSinks(in: unit)
    let found: [LogSink]
    if named.isEmpty {
      let before = await known.parts(of: plan.id)
      found = sinks.filter { sink in
        sink.name != "_Required"
          && (sink.mayCarry(plan.gcp?.logs ?? ["activity"], of: unit, at: now)
            || before.contains(sink.node(in: unit)))
      }
    } else {
      found = sinks.filter { named.contains($0.name) }
    }
    await known.keep(
      found.flatMap { sink in [sink.node(in: unit), sink.targetNode].compactMap { $0 } },
      of: plan.id)
    return found
  }
}

extension LogSink {
  /// Fit to stand in a path's name and on the screen.
  var plainName: String { PlainLine.make(name, limit: 128) }

  func node(in unit: CloudUnit) -> PipelineNode.ID {
    PipelineNode.ID(.sink, "\(unit.id)/sinks/\(plainName)")
  }

  /// Where it leads, as a part of the pipeline.
  var targetNode: PipelineNode.ID? {
    switch target {
    case .bucket(let name): PipelineNode.ID(.bucket, name)
    case .dataset(let project, let dataset):
      PipelineNode.ID(.target, "projects/\(project)/datasets/\(dataset)")
    case .topic(let project, let topic):
      PipelineNode.ID(.topic, "projects/\(project)/topics/\(topic)")
    case .logBucket(let name): PipelineNode.ID(.group, name)
    case .project, .other: nil
    }
  }

  /// Whether it owes records of Admin Activity: all that we know of comes through its filter and its
  /// exclusions. One that carries some of it owes what nobody can tell.
  func owesActivity(of unit: CloudUnit, at now: Timestamp) -> Bool {
    guard let filter = try? LoggingFilter(filter) else { return false }
    let dropping = exclusions.filter { !$0.isDisabled }.map { try? LoggingFilter($0.filter) }
    return AuditedEntry.samples.filter { $0.log == "activity" }.allSatisfy { sample in
      let entry = sample.entry(of: unit.id, at: now.iso)
      return filter.matches(entry) == .yes && dropping.allSatisfy { $0?.matches(entry) == .no }
    }
  }

  /// Something of these logs comes through its filter, or may.
  func mayCarry(_ logs: [String], of unit: CloudUnit, at now: Timestamp) -> Bool {
    guard let parsed = try? LoggingFilter(filter) else { return true }
    return !Set(parsed.touches(of: unit.id, at: now.iso)).isDisjoint(with: logs)
  }
}

extension PipelineSetting {
  init(_ sink: LogSink, of unit: CloudUnit, at now: Timestamp) {
    let parsed = try? LoggingFilter(sink.filter)
    var facts = [
      Fact(
        "filter",
        .filter(
          FilterForm.kept(sink.filter), covers: parsed?.covers(of: unit.id, at: now.iso))),
      Fact("destination", .place(sink.destination.cut(400))),
      Fact("enabled", .on(!sink.isDisabled)),
      Fact("exclusions", .leavesOut(Self.dropped(sink.exclusions, of: unit, at: now))),
    ]
    if unit.id.hasPrefix("projects/") {
      facts.append(Fact("includeChildren", .note(String(sink.includesChildren))))
    } else {
      facts.append(
        Fact("includeChildren", .covers(sink.includesChildren ? ["what is below"] : [])))
    }
    facts += [
      Fact("interceptChildren", .note(String(sink.interceptsChildren))),
      Fact("writerIdentity", .note(sink.writerIdentity?.cut(200))),
    ]
    facts += Self.texts(sink.exclusions, of: unit, at: now)
    self.init(
      kind: .sink, id: sink.node(in: unit).name, name: sink.plainName,
      facts: facts)
  }

  /// All exclusions of a unit, as one setting.
  init(exclusions: [LogExclusion], of unit: CloudUnit, at now: Timestamp) {
    self.init(
      kind: .exclusions, id: GCPPartName.exclusions(unit.id), name: "exclusions",
      facts: [Fact("exclusions", .leavesOut(Self.dropped(exclusions, of: unit, at: now)))]
        + Self.texts(exclusions, of: unit, at: now))
  }

  /// The audit configs of one level's policy, as one setting: what is logged, and whose access is not.
  init(_ policy: GCPAccessPolicy, of parent: String) {
    var (covers, leavesOut): (Set<String>, Set<String>) = ([], [])
    for config in policy.auditConfigs {
      for type in config.logTypes {
        let pair = PlainLine.make("\(config.service)/\(type.name)", limit: 160)
        covers.insert(pair)
        leavesOut.formUnion(
          type.exemptedMembers.map { PlainLine.make("\(pair) \($0)", limit: 400) })
      }
    }
    self.init(
      kind: .auditConfig, id: GCPPartName.auditConfigs(parent),
      name: PlainLine.make("audit configs of \(parent)", limit: 160),
      facts: [
        Fact("auditConfigs", .covers(covers.sorted())),
        Fact("exemptedMembers", .leavesOut(leavesOut.sorted())),
      ])
  }

  /// `drop-noise: activity` for each audit log that an exclusion in force drops something of, or may.
  private static func dropped(
    _ exclusions: [LogExclusion], of unit: CloudUnit, at now: Timestamp
  ) -> [String] {
    exclusions.filter { !$0.isDisabled }.flatMap { exclusion in
      logs(dropping: exclusion, of: unit, at: now).map {
        PlainLine.make("\(exclusion.name): \($0)", limit: 200)
      }
    }.sorted()
  }

  /// By what each of them drops that, one fact a name: within one log it can drop more, or less.
  private static func texts(
    _ exclusions: [LogExclusion], of unit: CloudUnit, at now: Timestamp
  ) -> [Fact] {
    let named = Dictionary(grouping: exclusions.filter { !$0.isDisabled }, by: \.name)
    return named.sorted { $0.key < $1.key }.compactMap { name, same in
      let dropped = Set(same.flatMap { logs(dropping: $0, of: unit, at: now) })
      guard !dropped.isEmpty else { return nil }
      let filters = same.map(\.filter)
      let text =
        filters.count == 1
        ? filters[0] : filters.map { "(\($0))" }.joined(separator: " OR ")
      return Fact(
        PlainLine.make("exclusion \(name)", limit: 160),
        .exclusion(FilterForm.kept(text), of: dropped.sorted()))
    }
  }

  private static func logs(
    dropping exclusion: LogExclusion, of unit: CloudUnit, at now: Timestamp
  ) -> [String] {
    (try? LoggingFilter(exclusion.filter)).map { $0.touches(of: unit.id, at: now.iso) }
      ?? ["what cannot be told"]
  }
}

/// Names of parts that have none of their own.
enum GCPPartName {
  static func exclusions(_ parent: String) -> String { "\(parent)/exclusions" }
  static func auditConfigs(_ parent: String) -> String { "\(parent)/auditConfigs" }
}
