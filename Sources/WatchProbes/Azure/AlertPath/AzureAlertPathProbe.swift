import CloudAPI
import WatchCore

/// How the ways from a subscription to a human are set up: activity log alerts, log search alerts,
/// action groups, processing rules that silence them, what Event Grid pushes to the watch; and the
/// graph of them. One `.posture` path a subscription, beside that of its settings.
struct AzureAlertPathProbe: Sendable {
  let facts: AzureFacts
  let plan: SourcePlan
  private let last = LastPaths()

  init(facts: AzureFacts, plan: SourcePlan) {
    self.facts = facts
    self.plan = plan
  }

  /// Nil for a source that is about resources alone.
  func probe(_ clock: ProbeClock) -> Probe? {
    guard plan.azure?.workspace != nil || plan.azure?.archive != nil else { return nil }
    let grid: [AzureAction] = [
      .readEventSubscriptions, .readSystemTopics, .readTopicSubscriptions,
    ]
    return facts.probe(
      id: "azure.alertpath \(plan.id.text)", every: .minutes(10),
      permissions: [
        .readDiagnosticSettings, .readActivityLogAlerts, .readQueryRules, .readActionGroups,
        .readProcessingRules,
      ] + (queue == nil ? [] : grid), paths: units.map(path), clock: clock, looks: looks)
  }

  private var units: [CloudUnit] { plan.units(of: facts.account) }
  private var queue: QueuePlace? { facts.account.queue.flatMap { QueuePlace(url: $0) } }

  private func path(_ unit: CloudUnit) -> PathID {
    PathID(source: plan.id, kind: .posture, region: unit.label, member: "alert-path")
  }

  private func looks(at now: Timestamp) async -> [Look] {
    await inParallel(units, width: 4) { unit in
      Look(path: path(unit), result: await look(unit, now))
    }
  }

  private func look(_ unit: CloudUnit, _ now: Timestamp) async -> Look.Result {
    guard let scope = unit.scope else {
      return .blind(Blindness(kind: .other, detail: "not a subscription's id"))
    }
    let path = await read(unit, scope, now)
    // Nothing of it can be seen.
    if let why = path.alerts.blindness, path.queries.blindness != nil,
      path.processing.blindness != nil
    {
      return .blind(why)
    }
    let checks = await last.completing(unit, path.checks, path.blindness.first)
    return .saw(.posture(PostureSighting(checks: checks, pipeline: path.pipeline)))
  }

  private func read(_ unit: CloudUnit, _ scope: AzureID, _ now: Timestamp) async -> AzureAlertPath {
    let client = facts.client
    async let alerts = reading { () async throws(CloudError) in
      try await client.activityLogAlerts(subscription: unit.id)
    }
    async let processing = reading { () async throws(CloudError) in
      try await client.alertProcessingRules(subscription: unit.id)
    }
    async let feeds = feeds(unit, scope)
    async let queries = queries(unit)
    let settings: Reading<[DiagnosticSetting]>
    do throws(Blindness) {
      settings = .success(try await facts.settings(of: scope, at: now, maxAge: .minutes(2)))
    } catch {
      settings = .failure(error)
    }
    var path = AzureAlertPath(
      plan: plan, scope: scope, now: now, settings: settings, alerts: await alerts,
      queries: await queries, processing: await processing)
    path.queue = queue
    path.feeds = await feeds
    let named = Set(
      path.fittingAlerts.flatMap(\.actionGroups) + path.fittingQueries.flatMap(\.actionGroups))
    let groups = await inParallel(named.sorted { $0.lowercased < $1.lowercased }, width: 4) { id in
      (
        id,
        await reading { () async throws(CloudError) in try await client.actionGroup(id) }
      )
    }
    path.groups = Dictionary(groups, uniquingKeysWith: { first, _ in first })
    return path
  }

  /// Rules live where somebody made them: in the subscription, or in the workspace's.
  private func queries(_ unit: CloudUnit) async -> Reading<[QueryRule]> {
    let client = facts.client
    let other = plan.azure?.workspace.flatMap { AzureID($0)?.subscriptionID?.lowercased() }
    var rules: [QueryRule] = []
    for id in Set([unit.id.lowercased(), other].compactMap { $0 }).sorted() {
      let found = await reading { () async throws(CloudError) in
        try await client.queryRules(subscription: id)
      }
      switch found {
      case .success(let some): rules += some
      case .failure(let why): return .failure(why)
      }
    }
    return .success(rules)
  }

  /// Event subscriptions of the subscription itself, and of system topics that are about it.
  private func feeds(
    _ unit: CloudUnit, _ scope: AzureID
  ) async -> Reading<[EventSubscription]>? {
    guard queue != nil else { return nil }
    let client = facts.client
    return await reading { () async throws(CloudError) in
      var found = try await client.eventSubscriptions(subscription: unit.id)
      for topic in try await client.systemTopics(subscription: unit.id)
      where topic.source == scope {
        found += try await client.eventSubscriptions(systemTopic: topic.id)
      }
      return found
    }
  }
}

/// The checks of the last look at each subscription, for what cannot be read now.
actor LastPaths {
  private var paths: [CloudUnit: LastChecks] = [:]

  func completing(
    _ unit: CloudUnit, _ found: [PostureCheck], _ unread: Blindness?
  ) async -> [PostureCheck] {
    let known = paths[unit] ?? LastChecks()
    paths[unit] = known
    return await known.completing(found, unread)
  }
}
