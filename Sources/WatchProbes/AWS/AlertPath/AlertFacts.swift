import CloudAPI
import EventRules
import WatchCore

/// What the alert path probes of one account share: alarms, rules, topics and queues that several
/// trails use are asked for once a round.
final class AlertFacts: Sendable {
  private struct RulePlace: Hashable, Sendable {
    var rule: EventRule
    var region: String

    static func == (left: RulePlace, right: RulePlace) -> Bool {
      left.rule.arn == right.rule.arn && left.region == right.region
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(rule.arn)
      hasher.combine(region)
    }
  }

  private struct Named: Hashable, Sendable {
    var arn: String
    var name: String
    var region: String
  }

  private let groups: Memo<Named, GroupReading>
  private let roles: Memo<Named, RoleReading>
  private let alarmMemo: Memo<String, Reading<Alarms>>
  private let ruleMemo: Memo<String, Reading<[EventRule]>>
  private let targetMemo: Memo<RulePlace, Reading<[RuleTarget]>>
  private let topicMemo: Memo<String, TopicReading>
  private let queueMemo: Memo<Named, QueueReading>
  /// Less than a round, so that each round asks afresh.
  private static let shared = Duration.minutes(4)

  init(client: AWSClient) {
    groups = Memo { (group, _, _) async throws(Blindness) in
      await GroupReading.read(group.arn, name: group.name, region: group.region, client)
    }
    roles = Memo { (role, _, _) async throws(Blindness) in
      await RoleReading.read(role.arn, name: role.name, client)
    }
    alarmMemo = Memo { (region, _, _) async throws(Blindness) in
      await reading { () async throws(AWSError) in try await client.alarms(region: region) }
    }
    ruleMemo = Memo { (region, _, _) async throws(Blindness) in
      await reading { () async throws(AWSError) in try await client.eventRules(region: region) }
    }
    targetMemo = Memo { (place, _, _) async throws(Blindness) in
      await reading { () async throws(AWSError) in
        try await client.ruleTargets(
          rule: place.rule.name, bus: place.rule.bus, region: place.region)
      }
    }
    topicMemo = Memo { (arn, _, _) async throws(Blindness) in
      await TopicReading.read(arn, client)
    }
    queueMemo = Memo { (queue, _, _) async throws(Blindness) in
      let facts = await reading { () async throws(AWSError) in
        try await client.queue(url: queue.name, region: queue.region)
      }
      return QueueReading(arn: queue.arn, facts: facts)
    }
  }

  func group(_ arn: String, name: String, region: String, at now: Timestamp) async -> GroupReading?
  {
    try? await groups.value(
      Named(arn: arn, name: name, region: region), at: now, maxAge: Self.shared)
  }

  func role(_ arn: String, name: String, at now: Timestamp) async -> RoleReading? {
    try? await roles.value(Named(arn: arn, name: name, region: ""), at: now, maxAge: Self.shared)
  }

  func alarms(_ region: String, at now: Timestamp) async -> Reading<Alarms> {
    await flat { () async throws(Blindness) in
      try await alarmMemo.value(region, at: now, maxAge: Self.shared)
    }
  }

  func rules(_ region: String, at now: Timestamp) async -> Reading<[EventRule]> {
    await flat { () async throws(Blindness) in
      try await ruleMemo.value(region, at: now, maxAge: Self.shared)
    }
  }

  func targets(_ rule: EventRule, region: String, at now: Timestamp) async -> Reading<[RuleTarget]>
  {
    await flat { () async throws(Blindness) in
      try await targetMemo.value(
        RulePlace(rule: rule, region: region), at: now, maxAge: Self.shared)
    }
  }

  func topic(_ arn: String, at now: Timestamp) async -> TopicReading {
    let read = await answer { () async throws(Blindness) in
      try await topicMemo.value(arn, at: now, maxAge: Self.shared)
    }
    return read.value ?? .blind(arn, read.blindness)
  }

  /// - Parameter url: where it is known; made of the ARN otherwise.
  func queue(_ arn: String, url: String?, at now: Timestamp) async -> QueueReading {
    guard let named = AlertARN(arn), let url = url ?? named.queueURL else {
      return QueueReading(
        arn: arn, facts: .failure(Blindness(kind: .other, detail: "no ARN of a queue")))
    }
    let key = Named(arn: arn, name: url, region: named.region)
    let read = await answer { () async throws(Blindness) in
      try await queueMemo.value(key, at: now, maxAge: Self.shared)
    }
    let why = read.blindness ?? Blindness(kind: .other, detail: "not read")
    return read.value ?? QueueReading(arn: arn, facts: .failure(why))
  }

  /// An answer that is itself a reading.
  private func flat<Value: Sendable>(
    _ ask: () async throws(Blindness) -> Reading<Value>
  ) async -> Reading<Value> {
    await answer(ask).flatMap { $0 }
  }
}
