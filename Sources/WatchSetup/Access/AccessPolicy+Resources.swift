extension AccessPolicy {
  /// The ARNs of a kind that are known; where none is, every one of that kind.
  func resources(_ level: ActionTable.Level) -> [String] {
    let known = known(level)
    return known.isEmpty ? [wide(level)] : known.sorted()
  }

  /// Kinds that are allowed wider than one part, though IAM could narrow them: nobody knows which.
  public var widened: [ActionTable.Level] {
    let used = Set(actions.compactMap { ActionTable.level(of: $0) })
    return ActionTable.Level.allCases.filter { level in
      used.contains(level) && !Self.alwaysWide.contains(level) && known(level).isEmpty
    }
  }

  /// Trails: where the coverage of regions is looked at. Policies: those attached to the pipeline's
  /// role are found by looking.
  private static let alwaysWide: Set<ActionTable.Level> = [.none, .groups, .policy, .trail]

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
    case .rule: return parts.rules
    case .queue: return parts.queues
    case .policy, .groups, .none: return []
    }
  }

  private func wide(_ level: ActionTable.Level) -> String {
    let partition = inventory.partition
    switch level {
    case .trail: return "arn:\(partition):cloudtrail:*:*:trail/*"
    case .bucket: return "arn:\(partition):s3:::*"
    case .object: return "arn:\(partition):s3:::*/AWSLogs/*"
    case .key: return "arn:\(partition):kms:*:*:key/*"
    case .role: return "arn:\(partition):iam::*:role/*"
    case .policy: return "arn:\(partition):iam::*:policy/*"
    case .group, .groups: return "arn:\(partition):logs:*:*:log-group:*"
    case .topic: return "arn:\(partition):sns:*:*:*"
    case .rule: return "arn:\(partition):events:*:*:rule/*"
    case .queue: return "arn:\(partition):sqs:*:*:*"
    case .none: return "*"
    }
  }
}
