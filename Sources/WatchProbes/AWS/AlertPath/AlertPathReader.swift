import CloudAPI
import EventRules
import WatchCore

/// Reads one source's alert path, all calls side by side; each answer or its reason stands by
/// itself.
struct AlertPathReader: Sendable {
  let facts: AccountFacts
  let shared: AlertFacts
  let plan: SourcePlan

  func read(_ trail: Trail, _ arn: TrailARN, at now: Timestamp) async -> AlertPath {
    let home = arn.homeRegion
    let place = AccountFacts.Place(arn: trail.arn, region: home)
    async let status = answer { () async throws(Blindness) in
      try await facts.status(place, at: now, maxAge: .minutes(2))
    }
    async let account = facts.principal(at: now)
    async let group = group(trail, at: now)
    async let role = role(trail, at: now)
    async let alarms = shared.alarms(home, at: now)
    async let rules = rules(arn, at: now)
    let ownQueue = facts.account.queue.flatMap {
      AlertARN.queue(url: $0, region: home, partition: arn.partition)
    }
    var path = AlertPath(
      plan: plan, trail: trail, arn: arn, now: now,
      ownAccount: await account.flatMap { AlertARN($0)?.account }, status: await status,
      group: await group, role: await role, alarms: await alarms, rules: await rules, topics: [:],
      queues: [:], ownQueue: ownQueue)
    for topic in await inParallel(path.namedTopics, { await shared.topic($0, at: now) }) {
      path.topics[topic.arn] = topic
    }
    let ownURL = facts.account.queue
    let queues = await inParallel(path.namedQueues) { arn in
      await shared.queue(arn, url: arn == ownQueue ? ownURL : nil, at: now)
    }
    for queue in queues { path.queues[queue.arn] = queue }
    return path
  }

  private func group(_ trail: Trail, at now: Timestamp) async -> GroupReading? {
    guard let text = trail.logGroupARN, let arn = AlertARN(text), let name = arn.logGroup else {
      return nil
    }
    return await shared.group(
      "arn:\(arn.partition):logs:\(arn.region):\(arn.account):log-group:\(name)", name: name,
      region: arn.region, at: now)
  }

  private func role(_ trail: Trail, at now: Timestamp) async -> RoleReading? {
    guard let text = trail.logRoleARN, let name = AlertARN(text)?.role else { return nil }
    return await shared.role(text, name: name, at: now)
  }

  /// The rules that are for calls to CloudTrail by their meaning, or might be; with their targets.
  private func rules(_ arn: TrailARN, at now: Timestamp) async -> Reading<[RuleReading]> {
    let all: [EventRule]
    do throws(Blindness) {
      all = try await shared.rules(arn.homeRegion, at: now).get()
    } catch {
      return .failure(error)
    }
    let relevant = all.filter { Self.isAboutTrails($0, arn) }
    return .success(
      await inParallel(relevant) { rule in
        let (pattern, problem) = Self.pattern(rule)
        let targets = await shared.targets(rule, region: arn.homeRegion, at: now)
        return RuleReading(rule: rule, pattern: pattern, problem: problem, targets: targets)
      })
  }

  /// Catches one of the calls, or is narrowed to calls of CloudTrail in some other way.
  private static func isAboutTrails(_ rule: EventRule, _ arn: TrailARN) -> Bool {
    guard let pattern = pattern(rule).0 else {
      return rule.pattern?.contains("cloudtrail") == true
    }
    if AlertPath.watchedCalls(arn).contains(where: { pattern.matches($0.envelope) != .no }) {
      return true
    }
    let namesIt =
      rule.pattern?.contains("aws.cloudtrail") == true
      || rule.pattern?.contains("cloudtrail.amazonaws.com") == true
    // Rules for Insights and the like are about CloudTrail, and not about calls to it.
    guard namesIt, case .object(var envelope)? = AlertPath.watchedCalls(arn).first?.envelope else {
      return false
    }
    envelope["detail"] = .any
    return pattern.matches(.object(envelope)) != .no
  }

  static func pattern(_ rule: EventRule) -> (EventPattern?, String?) {
    guard let text = rule.pattern else { return (nil, "it is a schedule") }
    guard let json = try? JSONReader.read(Array(text.utf8)) else {
      return (nil, "its pattern is not JSON")
    }
    do throws(EventPatternError) {
      return (try EventPattern(EventValue(json)), nil)
    } catch {
      return (nil, error.sentence)
    }
  }
}

/// What asking gave, or why it gave nothing.
func answer<Value: Sendable>(
  _ ask: () async throws(Blindness) -> Value
) async -> Reading<Value> {
  do throws(Blindness) {
    return .success(try await ask())
  } catch {
    return .failure(error)
  }
}

extension AlertPath {
  /// Topics that alarms and rules of this path name.
  var namedTopics: [String] {
    let actions = watchingAlarms.flatMap(\.alarmActions) + composites.flatMap(\.alarmActions)
    return Set((actions + ruleTargets.map(\.arn)).filter { AlertARN($0)?.service == "sns" })
      .sorted()
  }

  /// Queues that rules and topics of this path name, and the watch's own.
  var namedQueues: [String] {
    let subscribed = topics.values.flatMap { $0.subscriptions.value ?? [] }
      .filter { $0.transport == "sqs" }.map(\.endpoint)
    let named = subscribed + ruleTargets.map(\.arn) + [ownQueue].compactMap(\.self)
    return Set(named.filter { AlertARN($0)?.service == "sqs" }).sorted()
  }

  var ruleTargets: [RuleTarget] {
    (rules.value ?? []).flatMap { $0.targets.value ?? [] }
  }

  /// The alarms on what the group's filters count, and on the group's own intake.
  var watchingAlarms: [MetricAlarm] {
    let counted = Set((group?.filters.value ?? []).flatMap(\.metrics))
    return (alarms.value?.metric ?? []).filter { alarm in
      let read = alarm.metrics + [alarm.metric].compactMap(\.self)
      return read.contains(where: counted.contains) || watchesIntake(alarm)
    }
  }

  /// On the number of events that the group takes in.
  func watchesIntake(_ alarm: MetricAlarm) -> Bool {
    guard let group, let metric = alarm.metric, metric.namespace == "AWS/Logs" else { return false }
    return alarm.dimensions["LogGroupName"] == group.name
      && ["IncomingLogEvents", "IncomingBytes"].contains(metric.name)
  }

  /// The alarms above those: their rules name one of them.
  var composites: [CompositeAlarm] {
    let own = watchingAlarms
    return (alarms.value?.composite ?? []).filter { above in
      own.contains { above.rule.contains("\"\($0.name)\"") || above.rule.contains($0.arn) }
    }
  }
}
