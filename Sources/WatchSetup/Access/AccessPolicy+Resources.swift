extension AccessPolicy {
  /// The ARNs of a kind that are known; where none is, every one of that kind.
  func resources(_ level: ActionTable.Level) -> [String] {
    let known = known(level)
    return known.isEmpty ? wide(level) : known.sorted()
  }

  /// Kinds that are allowed wider than one part, though IAM could narrow them: nobody knows which.
  public var widened: [ActionTable.Level] {
    let used = Set(actions.compactMap { ActionTable.level(of: $0) })
    return ActionTable.Level.allCases.filter { level in
      used.contains(level) && !Self.alwaysWide.contains(level) && known(level).isEmpty
    }
  }

  /// Trails: where the coverage of regions is looked at. Rules: which of them are for audit events is
  /// found by looking at them. Policies: those attached to the pipeline's role, likewise.
  private static let alwaysWide: Set<ActionTable.Level> = [
    .none, .groups, .policy, .trail, .rule,
  ]

  private func known(_ level: ActionTable.Level) -> Set<String> {
    let (partition, parts) = (inventory.partition, inventory)
    switch level {
    case .trail: return asksEveryTrail ? [] : parts.trails
    case .bucket: return Set(parts.stores.map { "arn:\(partition):s3:::\($0.bucket)" })
    case .object:
      return Set(parts.stores.map { "arn:\(partition):s3:::\($0.bucket)/\($0.folder)AWSLogs/*" })
    case .key: return parts.keys
    case .role: return parts.roles
    case .group: return Set(parts.groups.flatMap { [$0, "\($0):*"] })
    case .topic: return parts.topics
    case .queue: return parts.queues
    case .ownQueue: return parts.ownQueues
    case .policy, .groups, .rule, .none: return []
    }
  }

  private func wide(_ level: ActionTable.Level) -> [String] {
    switch level {
    case .trail: [arn("cloudtrail:*:*:trail/*")]
    case .bucket: [arn("s3:::*")]
    case .object: [arn("s3:::*/AWSLogs/*")]
    case .key: [arn("kms:*:*:key/*")]
    case .role: owned("iam:", "role/*")
    case .policy: [arn("iam::*:policy/*")]
    case .group, .groups: owned("logs:*", "log-group:*")
    case .topic: [arn("sns:*:*:*")]
    case .rule: owned("events:*", "rule/*")
    case .queue, .ownQueue: [arn("sqs:*:*:*")]
    case .none: ["*"]
    }
  }

  /// In the accounts that are known, or in any: what stands in a trail's own account. Buckets, keys,
  /// topics and queues may stand in others.
  private func owned(_ service: String, _ resource: String) -> [String] {
    let owners = inventory.owners.isEmpty ? ["*"] : inventory.owners.sorted()
    return owners.map { arn("\(service):\($0):\(resource)") }
  }

  private func arn(_ rest: String) -> String { "arn:\(inventory.partition):\(rest)" }
}
