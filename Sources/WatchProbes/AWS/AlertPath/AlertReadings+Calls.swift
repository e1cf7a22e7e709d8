import CloudAPI
import WatchCore

extension GroupReading {
  static func read(
    _ arn: String, name: String, region: String, _ client: AWSClient
  ) async -> GroupReading {
    async let groups = reading { () async throws(AWSError) in
      try await client.logGroups(prefix: name, region: region)
    }
    async let filters = reading { () async throws(AWSError) in
      try await client.metricFilters(group: name, region: region)
    }
    async let streams = reading { () async throws(AWSError) in
      try await client.subscriptionFilters(group: name, region: region)
    }
    return await GroupReading(
      arn: arn, name: name, region: region,
      facts: groups.map { found in found.first { $0.name == name } },
      filters: filters.map { found in found.map { FilterReading($0, of: arn) } }, streams: streams)
  }

  /// CloudWatch Logs says that there is no such group.
  var isGone: Bool {
    if case .success(nil) = facts { true } else { false }
  }
}

extension RoleReading {
  static func read(_ arn: String, name: String, _ client: AWSClient) async -> RoleReading {
    let found = await reading { () async throws(AWSError) in try await client.role(name: name) }
    let facts: Reading<IAMRole?>
    switch found {
    case .success(let role): facts = .success(role)
    case .failure(let why) where why.kind == .missing: facts = .success(nil)
    case .failure(let why): facts = .failure(why)
    }
    guard case .success(let role?) = facts else {
      let why = facts.blindness ?? Blindness(kind: .missing, detail: "there is no such role")
      return RoleReading(
        arn: arn, name: name, facts: facts, policies: .failure(why), boundary: .failure(why))
    }
    async let policies = policies(of: name, client)
    var boundary: Reading<PolicyDocument?> = .success(nil)
    if let bound = role.boundary {
      boundary = await managed(bound, client).map(Optional.some)
    }
    return await RoleReading(
      arn: arn, name: name, facts: facts, policies: policies, boundary: boundary)
  }

  private static func policies(
    of role: String, _ client: AWSClient
  ) async -> Reading<[PolicyDocument]> {
    await answer { () async throws(Blindness) in
      async let inline = reading { () async throws(AWSError) in
        try await client.rolePolicyNames(role: role)
      }
      async let attached = reading { () async throws(AWSError) in
        try await client.attachedPolicies(role: role)
      }
      let texts = await inParallel(try await inline.get(), width: 4) { name in
        await reading { () async throws(AWSError) in
          try await client.rolePolicy(role: role, name: name)
        }.flatMap(document)
      }
      let others = await inParallel(try await attached.get(), width: 4) { arn in
        await managed(arn, client)
      }
      var documents: [PolicyDocument] = []
      for read in texts + others { documents.append(try read.get()) }
      return documents
    }
  }

  private static func managed(
    _ arn: String, _ client: AWSClient
  ) async -> Reading<PolicyDocument> {
    await reading { () async throws(AWSError) in try await client.managedPolicy(arn: arn) }
      .flatMap(document)
  }

  private static func document(_ text: String) -> Reading<PolicyDocument> {
    guard let document = PolicyDocument(.string(text)) else {
      return .failure(Blindness(kind: .unreadable, detail: "a policy of the role cannot be read"))
    }
    return .success(document)
  }
}

extension TopicReading {
  static func read(_ arn: String, _ client: AWSClient) async -> TopicReading {
    guard let region = AlertARN(arn)?.region, !region.isEmpty else {
      return .blind(arn, Blindness(kind: .other, detail: "no ARN of a topic"))
    }
    async let facts = reading { () async throws(AWSError) in
      try await client.topic(arn: arn, region: region)
    }
    let found = await reading { () async throws(AWSError) in
      try await client.subscriptions(topic: arn, region: region)
    }
    let confirmed = (found.value ?? []).filter(\.isConfirmed).map(\.arn)
    let settings = await inParallel(confirmed, width: 4) { one in
      let read = await reading { () async throws(AWSError) in
        try await client.subscription(arn: one, region: region)
      }
      return (one, read)
    }
    return await TopicReading(
      arn: arn, facts: facts, subscriptions: found,
      settings: Dictionary(settings, uniquingKeysWith: { first, _ in first }))
  }

  static func blind(_ arn: String, _ why: Blindness?) -> TopicReading {
    let why = why ?? Blindness(kind: .other, detail: "not read")
    return TopicReading(
      arn: arn, facts: .failure(why), subscriptions: .failure(why), settings: [:])
  }
}
