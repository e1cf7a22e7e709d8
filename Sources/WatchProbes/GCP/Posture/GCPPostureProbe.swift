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
    setup.probe(
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
      errors: await GCPSinkErrors(setup: setup, parent: parent).read(now))
    if plan.namedSinks(in: unit).isEmpty, view.relevant.isEmpty, sinks.blindness == nil {
      view.inherited = await setup.inherited(by: parent, at: now)
    }
    if view.asksDataAccess, let own = view.policy.value, !own.recordsDataAccess {
      view.above = await setup.policies(above: unit, at: now)
    }
    for sink in view.relevant {
      view.destinations[view.name(sink)] = await destination(of: sink)
    }
    return .saw(.posture(PostureSighting(checks: view.checks, pipeline: view.pipeline)))
  }

  /// Nil inside: it does not exist. What lies in a project that nobody watches, and is refused, is
  /// taken to be there: its errors tell otherwise.
  private func destination(of sink: LogSink) async -> Reading<GCPDestination?> {
    let found = await asked(sink)
    // Without its project a destination is gone too.
    if case .failure(let why) = found, why.kind == .missing { return .success(nil) }
    guard case .failure(let why) = found, why.kind == .denied, !isOurs(sink.target) else {
      return found
    }
    return .success(.there("not ours to look at"))
  }

  private func isOurs(_ target: LogDestination) -> Bool {
    switch target {
    // A bucket's name does not tell whose it is.
    case .bucket: true
    case .dataset(let project, _), .topic(let project, _), .project(let project):
      setup.isWatched(project: project)
    case .logBucket(let name):
      name.split(separator: "/").dropFirst().first.map { setup.isWatched(project: String($0)) }
        ?? false
    case .other: false
    }
  }

  private func asked(_ sink: LogSink) async -> Reading<GCPDestination?> {
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
      return await reading { () async throws(CloudError) in
        try await client.logBuckets(of: parent).contains { $0.name == name }
          ? .logBucket(name) : nil
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
      deletesAfterDays: rules.filter { $0.action == "Delete" }.compactMap(\.ageDays).min())
  }
}

extension GCPSetup {
  /// A probe whose report is these looks.
  func probe(
    id: String, every interval: Duration, permissions: [GCPPermission], paths: [PathID],
    clock: ProbeClock, looks: @escaping @Sendable (Timestamp) async -> [Look]
  ) -> Probe {
    let (client, known) = (client, known)
    return Probe(
      id: id, interval: interval, permissions: permissions.map(\.rawValue), paths: paths
    ) { now in
      let start = clock.uptime()
      let looks = await looks(now)
      await known.keep(looks)
      let skew = client.lastClockSkewSeconds.map { Duration.milliseconds(-$0 * 1000) }
      return ProbeReport(
        probe: id, began: now, ended: now + (clock.uptime() - start), looks: looks, clockSkew: skew)
    }
  }
}
