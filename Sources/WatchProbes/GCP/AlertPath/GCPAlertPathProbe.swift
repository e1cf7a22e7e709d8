import CloudAPI
import WatchCore

/// How the ways from a project to a human are set up: log-based metrics, alert policies, channels,
/// snoozes, and what feeds the watch's own subscription. One `.posture` path a project; folders and
/// organizations have none of these.
struct GCPAlertPathProbe: Sendable {
  let setup: GCPSetup
  let plan: SourcePlan

  static let permissions: [GCPPermission] = [
    .logMetricsList, .alertPoliciesList, .notificationChannelsList, .snoozesList, .sinksList,
  ]

  /// Nil for a source without a project.
  func probe(_ clock: ProbeClock) -> Probe? {
    guard !projects.isEmpty else { return nil }
    return setup.facts.probe(
      id: "gcp.alertpath \(plan.id.text)", every: .minutes(10),
      permissions: Self.permissions + (queue == nil ? [] : [.pubSubSubscriptionsGet]),
      paths: projects.map { path($0.unit) }, clock: clock, looks: looks)
  }

  private struct Project: Sendable {
    var unit: CloudUnit
    var parent: GCPParent
    var id: String
  }

  private var projects: [Project] {
    plan.units(of: setup.account).compactMap { unit in
      guard let parent = unit.parent, case .project(let id) = parent else { return nil }
      return Project(unit: unit, parent: parent, id: id)
    }
  }

  private var queue: GCPQueuePlace? { setup.account.queue.flatMap(GCPQueuePlace.init) }

  private func path(_ unit: CloudUnit) -> PathID {
    PathID(source: plan.id, kind: .posture, region: unit.label, member: "alert-path")
  }

  private func looks(at now: Timestamp) async -> [Look] {
    let subscription = await subscription()
    return await inParallel(projects, width: 4) { project in
      Look(path: path(project.unit), result: await look(project, subscription, now))
    }
  }

  private func look(
    _ project: Project, _ subscription: Reading<MessageSubscription?>?, _ now: Timestamp
  ) async -> Look.Result {
    let client = setup.client
    async let metrics = reading { () async throws(CloudError) in
      try await client.logMetrics(project: project.id)
    }
    async let policies = reading { () async throws(CloudError) in
      try await client.alertPolicies(project: project.id)
    }
    async let channels = reading { () async throws(CloudError) in
      try await client.notificationChannels(project: project.id)
    }
    async let snoozes = reading { () async throws(CloudError) in
      try await client.snoozes(project: project.id)
    }
    var path = GCPAlertPath(
      plan: plan, unit: project.unit, parent: project.parent, now: now, metrics: await metrics,
      policies: await policies, channels: await channels, snoozes: await snoozes)
    if let subscription { path.feed = await feed(project, subscription, now) }
    if let why = path.metrics.blindness, path.policies.blindness != nil { return .blind(why) }
    let sinks = (await setup.sinks(of: project.parent, at: now)).value ?? []
    let guarded = sinks.filter { !$0.isBuiltIn }
      .map { GCPSinkView.name($0.name, of: project.parent) }
    return .saw(
      .posture(
        PostureSighting(checks: path.checks, pipeline: path.pipeline(guarding: guarded))))
  }

  /// The watch's own subscription; nil inside: there is none, or nothing can come to it.
  private func subscription() async -> Reading<MessageSubscription?>? {
    guard let queue else { return nil }
    let client = setup.client
    return await reading { () async throws(CloudError) in
      guard let found = try await client.subscription(queue.id, project: queue.project),
        found.hasTopic
      else { return nil }
      return found
    }
  }

  /// The project's sinks that lead to it; where it has none, those from above that take its entries.
  private func feed(
    _ project: Project, _ subscription: Reading<MessageSubscription?>, _ now: Timestamp
  ) async -> Reading<GCPFeed> {
    guard case .success(let found) = subscription else {
      return subscription.map { GCPFeed(topic: $0?.topic, sinks: []) }
    }
    guard let found else { return .success(GCPFeed(topic: nil, sinks: [])) }
    let parent = project.parent
    func feeding(_ sinks: [LogSink]) -> GCPFeed {
      GCPFeed(
        topic: found.topic,
        sinks: sinks.filter { $0.destination == "pubsub.googleapis.com/\(found.topic)" }.map {
          sink in
          GCPFeed.Sink(
            name: sink.name, isOff: sink.isDisabled,
            carries: GCPSinkView.passes(sink, "DeleteSink", of: parent, at: now))
        }, filter: found.filter)
    }
    let own = (await setup.sinks(of: parent, at: now)).map(feeding)
    guard case .success(let feed) = own, feed.sinks.isEmpty else { return own }
    return (await setup.inherited(by: parent, at: now)).map {
      feeding($0.filter(\.includesChildren))
    }
  }
}

/// `projects/P/subscriptions/S`
struct GCPQueuePlace: Sendable, Hashable {
  var project: String
  var id: String

  init?(_ name: String) {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 4, parts[0] == "projects", parts[2] == "subscriptions",
      !parts[1].isEmpty, !parts[3].isEmpty
    else { return nil }
    (project, id) = (parts[1], parts[3])
  }
}
