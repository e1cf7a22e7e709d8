import CloudAPI
import WatchCore

/// How a source's units are set up: sinks, what they lead to, log buckets, exclusions, audit configs.
/// One `.posture` path a unit.
struct GCPPostureProbe: Sendable {
  let setup: GCPSetup
  let plan: SourcePlan

  /// Every permission that looking can need.
  static let permissions: [GCPPermission] = [
    .sinksList, .bucketsList, .exclusionsList, .projectsGetIamPolicy, .foldersGetIamPolicy,
    .organizationsGetIamPolicy, .projectsGet, .foldersGet, .logEntriesList, .timeSeriesList,
    .storageBucketsGet,
    .bigQueryDatasetsGet, .pubSubTopicsGet,
  ]

  private var units: [CloudUnit] { plan.units(of: setup.account) }

  func probe(_ clock: ProbeClock) -> Probe {
    setup.facts.probe(
      id: "gcp.posture \(plan.id.text)", every: .minutes(5), permissions: Self.permissions,
      paths: units.map(path), clock: clock, looks: looks)
  }

  private func path(_ unit: CloudUnit) -> PathID {
    PathID(source: plan.id, kind: .posture, region: unit.label)
  }

  private func looks(at now: Timestamp) async -> [Look] {
    await inParallel(units, width: 4) { unit in
      Look(path: path(unit), result: await look(unit, now))
    }
  }

  /// What cannot be read makes its own checks unknown; where nothing could be, the path is blind.
  private func look(_ unit: CloudUnit, _ now: Timestamp) async -> Look.Result {
    guard let parent = unit.parent else {
      return .blind(Blindness(kind: .other, detail: "\(unit.label): not a project's name"))
    }
    let sinks = await setup.sinks(of: parent, at: now)
    let buckets = await setup.buckets(of: parent, at: now)
    if let why = sinks.blindness, buckets.blindness != nil { return .blind(why) }
    var view = GCPSinkView(
      plan: plan, unit: unit, parent: parent, now: now, sinks: sinks, buckets: buckets,
      exclusions: await setup.exclusions(of: parent, at: now),
      policy: await setup.policy(of: parent, at: now),
      above: await setup.policies(above: parent, at: now),
      alone: await setup.aloneInDefault(sinks.value ?? [], of: plan, in: unit, at: now),
      errors: await GCPSinkErrors(setup: setup, unit: unit, parent: parent).read(now))
    if plan.namedSinks(in: unit).isEmpty, view.relevant.isEmpty, sinks.blindness == nil {
      view.inherited = await setup.inherited(by: parent, at: now)
    }
    for sink in view.relevant {
      view.destinations[view.name(sink)] = await destination(of: sink, now)
    }
    return .saw(.posture(PostureSighting(checks: view.checks, pipeline: view.pipeline)))
  }

  /// Nil inside: it does not exist. What lies in a project that nobody watches, and is refused, may be
  /// there or not: that is nobody's blindness, and the sink's errors tell more.
  private func destination(
    of sink: LogSink, _ now: Timestamp
  ) async -> Reading<GCPDestination?> {
    let found = await asked(sink, now)
    // Without its project a destination is gone too.
    if case .failure(let why) = found, why.kind == .missing { return .success(nil) }
    guard case .failure(let why) = found, why.kind == .denied, !isOurs(sink.target) else {
      return found
    }
    return .failure(
      Blindness(
        kind: .undecided,
        detail: PlainLine.make("not in a watched project: \(why.detail)", limit: 200)))
  }

  private func isOurs(_ target: LogDestination) -> Bool {
    switch target {
    // A bucket's name does not tell whose it is.
    case .bucket: true
    case .dataset(let project, _), .topic(let project, _), .project(let project):
      setup.facts.isWatched(project: project)
    case .logBucket(let name):
      name.split(separator: "/").dropFirst().first.map {
        setup.facts.isWatched(project: String($0))
      }
        ?? false
    case .other: false
    }
  }

  private func asked(_ sink: LogSink, _ now: Timestamp) async -> Reading<GCPDestination?> {
    let client = setup.client
    switch sink.target {
    case .bucket(let name):
      return await reading { () async throws(CloudError) in
        try await client.archiveBucket(name).map { .archive($0.facts) }
      }
    case .dataset(let project, let dataset):
      return await reading { () async throws(CloudError) in
        try await client.dataset(dataset, project: project).map { .there($0.id) }
      }
    case .topic(let project, let topic):
      return await reading { () async throws(CloudError) in
        guard let found = try await client.topic(topic, project: project) else { return nil }
        return .there(found.name)
      }
    case .logBucket(let name):
      let parts = name.split(separator: "/").map(String.init)
      guard parts.count > 1, let parent = GCPParent(name: "\(parts[0])/\(parts[1])") else {
        return .success(nil)
      }
      // Sinks may name a project by its number.
      return await setup.buckets(of: parent, at: now).map { buckets in
        buckets.first { GCPParts.isSame($0.name, name) }.map { .logBucket($0) }
      }
    case .project(let id): return .success(.there(id))
    case .other(let text): return .success(.there(text))
    }
  }
}

extension ArchiveBucket {
  var facts: GCPDestination.ArchiveBucketFacts {
    GCPDestination.ArchiveBucketFacts(
      name: name, retentionDays: retentionSeconds.map { Int($0 / 86_400) },
      isLocked: isRetentionLocked, publicAccessPrevention: publicAccessPrevention,
      deletesAfterDays: rules.filter { $0.action == "Delete" }.compactMap(\.ageDays).min(),
      deletesOtherwise: rules.contains { $0.action == "Delete" && $0.ageDays == nil })
  }
}
