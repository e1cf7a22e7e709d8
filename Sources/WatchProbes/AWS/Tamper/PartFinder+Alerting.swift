import CloudAPI
import WatchCore

/// Filters, alarms, rules, schedules, subscriptions and our queue: what has more than one name.
extension PartFinder {
  private var request: JSONValue? { record.isOmitted ? nil : record.parameters }

  private func text(_ name: String) -> String? {
    request?.member(name)?.word.flatMap { $0.isEmpty ? nil : $0 }
  }

  private func ours(_ found: [KnownPart]) -> Match { found.isEmpty ? .others : .ours(found) }

  private func isHere(_ part: KnownPart) -> Bool {
    part.arn?.fits(account: record.account, region: record.cause.region) ?? true
  }

  private func has(_ kind: PipelineNode.Kind) -> Bool { parts.contains { $0.id.kind == kind } }

  /// By its group; where filters of the group are known, by its name too: a filter of somebody
  /// else's on our group cuts nothing of ours.
  func filter() -> Match {
    let group = find(.group)
    guard case .ours(let groups) = group, let name = text("filterName") else { return group }
    let known = parts.filter { part in
      part.id.kind == .filter && groups.contains { $0.source == part.source }
    }
    guard !known.isEmpty else { return group }
    let meant = known.filter { part in
      part.id.name == name || [" ", "/", ":"].contains { part.id.name.hasSuffix($0 + name) }
    }
    return ours(meant)
  }

  func alarms() -> Match {
    let listed = [
      request?.member("alarmNames"), request?.member("muteTargets")?.member("alarmNames"),
    ]
    let names = Set(listed.compactMap { $0?.array }.joined().compactMap(\.string))
      .union([text("alarmName")].compactMap { $0 })
    guard !names.isEmpty else { return has(.alarm) ? .unreadable : .others }
    return ours(
      parts.filter { part in
        part.id.kind == .alarm && isHere(part)
          && names.contains(part.arn?.name(of: "alarm") ?? part.id.name)
      })
  }

  /// The default bus goes without saying, in requests and in ARNs alike.
  func rule() -> Match {
    guard let name = text("rule") ?? text("name") else {
      return has(.rule) ? .unreadable : .others
    }
    let bus = text("eventBusName").map(Self.busName) ?? "default"
    return ours(
      parts.filter { part in
        guard part.id.kind == .rule, isHere(part) else { return false }
        guard let path = part.arn?.name(of: "rule") else { return part.id.name == name }
        let words = path.split(separator: "/", maxSplits: 1).map(String.init)
        let (ownBus, own) = words.count == 2 ? (words[0], words[1]) : ("default", words[0])
        return own == name && ownBus == bus
      })
  }

  func bus() -> Match {
    guard let name = text("name").map(Self.busName) else {
      return has(.rule) ? .unreadable : .others
    }
    return ours(
      parts.filter { part in
        part.id.kind == .rule && isHere(part)
          && part.arn?.name(of: "rule")?.hasPrefix("\(name)/") == true
      })
  }

  private static func busName(_ text: String) -> String {
    PartARN(text)?.name(of: "event-bus") ?? text
  }

  func schedule() -> Match {
    guard let name = text("name") else { return .others }
    let wanted = "schedule/\(text("groupName") ?? "default")/\(name)"
    return ours(
      parts.filter { isHere($0) && $0.arn?.service == "scheduler" && $0.arn?.resource == wanted })
  }

  /// By its own ARN, or as one of our topic's.
  func subscription() -> Match {
    guard let name = text("subscriptionArn") else {
      return has(.subscription) || has(.topic) ? .unreadable : .others
    }
    let known = parts.filter { $0.id.kind == .subscription && $0.id.name == name }
    if !known.isEmpty { return .ours(known) }
    let topic = name.split(separator: ":").dropLast().joined(separator: ":")
    return ours(parts.filter { $0.id.kind == .topic && $0.id.name == topic })
  }

  /// Named by its URL; as a part of the pipeline by its ARN or URL.
  func ownQueue() -> Match {
    guard let url = text("queueUrl") else { return .others }
    if url == queue, let source = parts.first {
      return .ours([
        KnownPart(
          id: PipelineNode.ID(.queue, url), source: source.source,
          retentionDays: source.retentionDays)
      ])
    }
    let name = url.split(separator: "/").last.map(String.init)
    return ours(
      parts.filter { part in
        part.id.kind == .queue && isHere(part)
          && (part.id.name == url || name != nil && part.arn?.resource == name)
      })
  }
}
