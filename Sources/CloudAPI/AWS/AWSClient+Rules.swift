import Foundation

/// A rule of an event bus (EventBridge API Reference, `Rule`).
public struct EventRule: Sendable, Equatable {
  public var name: String
  public var arn: String
  /// Nil for a schedule.
  public var pattern: String?
  /// `ENABLED`, `DISABLED`, `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`.
  public var state: String
  public var bus: String?
  /// The service that made it and keeps it.
  public var managedBy: String?

  public var isEnabled: Bool { state.hasPrefix("ENABLED") }

  public init(name: String, arn: String, pattern: String?, state: String) {
    self.name = name
    self.arn = arn
    self.pattern = pattern
    self.state = state
  }
}

/// Where a rule sends events (`Target`).
public struct RuleTarget: Sendable, Equatable {
  public var id: String
  public var arn: String
  public var roleARN: String?
  /// Whether the target is handed something else than the event as it is.
  public var changesInput: Bool
  public var deadLetterARN: String?

  public init(
    id: String, arn: String, roleARN: String? = nil, changesInput: Bool = false,
    deadLetterARN: String? = nil
  ) {
    self.id = id
    self.arn = arn
    self.roleARN = roleARN
    self.changesInput = changesInput
    self.deadLetterARN = deadLetterARN
  }
}

extension AWSClient {
  /// ListRules: every rule of a bus, the default one when nil. IAM: `events:ListRules`.
  public func eventRules(
    bus: String? = nil, region: String
  ) async throws(AWSError) -> [EventRule] {
    let fixed = bus.map { [JSONMember("EventBusName", .string($0))] } ?? []
    return try await eventPages("ListRules", list: "Rules", region: region, fixed) {
      (entry) throws(AWSError) in try Self.rule(entry)
    }
  }

  /// DescribeRule. IAM: `events:DescribeRule`.
  public func eventRule(
    name: String, bus: String? = nil, region: String
  ) async throws(AWSError) -> EventRule {
    let fixed = bus.map { [JSONMember("EventBusName", .string($0))] } ?? []
    let call = Self.eventsCall(
      "DescribeRule", region: region, [JSONMember("Name", .string(name))] + fixed)
    let answer = try await answer(to: call)
    return try Self.rule(JSONMembers(answer: answer, value: try answer.json()))
  }

  /// ListTargetsByRule. IAM: `events:ListTargetsByRule`.
  public func ruleTargets(
    rule: String, bus: String? = nil, region: String
  ) async throws(AWSError) -> [RuleTarget] {
    let fixed = bus.map { [JSONMember("EventBusName", .string($0))] } ?? []
    return try await eventPages(
      "ListTargetsByRule", list: "Targets", region: region,
      [JSONMember("Rule", .string(rule))] + fixed
    ) { (entry) throws(AWSError) in
      let changes = ["Input", "InputPath", "InputTransformer"].contains { name in
        entry.value[name].map { !$0.isNull } ?? false
      }
      return RuleTarget(
        id: try entry.needText("Id"), arn: try entry.needText("Arn"),
        roleARN: try entry.text("RoleArn"), changesInput: changes,
        deadLetterARN: entry.value["DeadLetterConfig"]?["Arn"]?.string)
    }
  }

  /// ListRuleNamesByTarget: names of the rules that send there. IAM:
  /// `events:ListRuleNamesByTarget`.
  public func ruleNames(
    target: String, bus: String? = nil, region: String
  ) async throws(AWSError) -> [String] {
    let fixed =
      [JSONMember("TargetArn", .string(target))]
      + (bus.map { [JSONMember("EventBusName", .string($0))] } ?? [])
    var names: [String] = []
    let isWhole = try await Paging.walk("ListRuleNamesByTarget", cap: Paging.settingsCap) {
      (token) async throws(AWSError) in
      let body = try await eventPage("ListRuleNamesByTarget", region: region, fixed, token)
      _ = try body.needList("RuleNames")
      names += try body.texts("RuleNames")
      return try body.text("NextToken").map { .more(token: $0) } ?? .end
    }
    guard isWhole else { throw Paging.endless("ListRuleNamesByTarget") }
    return names
  }

  private static func rule(_ entry: JSONMembers) throws(AWSError) -> EventRule {
    var rule = EventRule(
      name: try entry.needText("Name"), arn: try entry.needText("Arn"),
      pattern: try entry.text("EventPattern"), state: try entry.needText("State"))
    rule.bus = try entry.text("EventBusName")
    rule.managedBy = try entry.text("ManagedBy")
    return rule
  }

  private static func eventsCall(
    _ operation: String, region: String, _ parameters: [JSONMember]
  ) -> AWSCall {
    .json(.events, target: "AWSEvents", operation, region: region, parameters)
  }

  private func eventPage(
    _ operation: String, region: String, _ fixed: [JSONMember], _ token: String?
  ) async throws(AWSError) -> JSONMembers {
    let more = token.map { [JSONMember("NextToken", .string($0))] } ?? []
    let answer = try await answer(
      to: Self.eventsCall(operation, region: region, fixed + more))
    return JSONMembers(answer: answer, value: try answer.json())
  }

  private func eventPages<Item>(
    _ operation: String, list: String, region: String, _ fixed: [JSONMember],
    _ read: (JSONMembers) throws(AWSError) -> Item
  ) async throws(AWSError) -> [Item] {
    var items: [Item] = []
    let isWhole = try await Paging.walk(operation, cap: Paging.settingsCap) {
      (token) async throws(AWSError) in
      let body = try await eventPage(operation, region: region, fixed, token)
      _ = try body.needList(list)
      for entry in try body.objects(list) { items.append(try read(entry)) }
      return try body.text("NextToken").map { .more(token: $0) } ?? .end
    }
    guard isWhole else { throw Paging.endless(operation) }
    return items
  }
}
