import CloudAPI
import WatchCore

/// Finds the parts of ours that a record acts on. Names are as their services have them: a key by
/// id, ARN or alias, an alarm by name, a rule by name and bus; where they are of a region, only what
/// happened there can be about them.
struct PartFinder {
  enum Match {
    case ours([KnownPart])
    case others
    /// It names nothing that can be read, and we have parts of that kind.
    case unreadable
    case account
  }

  let record: AuditRecord
  let parts: [KnownPart]
  let queue: String?

  func find(_ naming: PartNaming) -> Match {
    switch naming {
    case .account: .account
    case .trail: named(["name", "trailName", "trailARN"], [.trail], isTrail)
    case .bucket: named(["bucketName", "bucket"], [.bucket]) { $0.id.name == $1 }
    case .key: named(["keyId", "targetKeyId"], [.key], isKey)
    case .role: named(["roleName"], [.role], isRole)
    case .group: named(["logGroupName", "logGroupIdentifier"], [.group], isGroup)
    case .filter: filter()
    case .alarm: alarms()
    case .rule: rule()
    case .bus: bus()
    case .schedule: schedule()
    case .function: named(["functionName"], nil, isFunction)
    case .topic: named(["topicArn"], [.topic]) { $0.id.name == $1 }
    case .subscription: subscription()
    case .queue: ownQueue()
    }
  }

  private var parameters: JSONValue? { record.isOmitted ? nil : record.parameters }

  /// - Parameter kinds: nil for parts of every kind.
  private func named(
    _ keys: [String], _ kinds: Set<PipelineNode.Kind>?,
    _ isMeant: (KnownPart, String) -> Bool
  ) -> Match {
    let names = keys.compactMap { parameters?.member($0)?.word }.filter { !$0.isEmpty }
    return match(names + record.resources, kinds, isMeant)
  }

  private func match(
    _ names: [String], _ kinds: Set<PipelineNode.Kind>?,
    _ isMeant: (KnownPart, String) -> Bool
  ) -> Match {
    let candidates = parts.filter { kinds?.contains($0.id.kind) ?? true }
    let found = candidates.filter { part in names.contains { isMeant(part, $0) } }
    if !found.isEmpty { return .ours(found) }
    if !names.isEmpty || kinds == nil { return .others }
    // Keys are used, and their grants retired, by many without saying of which.
    if record.parameters != nil, !record.isOmitted, kinds == [.key] { return .others }
    return candidates.isEmpty ? .others : .unreadable
  }

  private func fits(_ arn: PartARN?) -> Bool {
    arn?.fits(account: record.account, region: record.cause.region) ?? true
  }

  private func isTrail(_ part: KnownPart, _ name: String) -> Bool {
    if part.id.name == name { return true }
    guard let arn = TrailARN(part.id.name) else { return false }
    return arn.name == name && arn.homeRegion == record.cause.region
      && (record.account == nil || record.account == arn.account)
  }

  private func isKey(_ part: KnownPart, _ name: String) -> Bool {
    if part.id.name == name { return true }
    func plain(_ text: String) -> String {
      let resource = PartARN(text)?.resource ?? text
      return resource.hasPrefix("key/") ? String(resource.dropFirst(4)) : resource
    }
    return plain(part.id.name) == plain(name) && fits(part.arn)
      && (PartARN(name).map { $0.region == record.cause.region } ?? true)
  }

  /// IAM is global: its records come from one region.
  private func isRole(_ part: KnownPart, _ name: String) -> Bool {
    if part.id.name == name { return true }
    guard let arn = part.arn, let path = arn.name(of: "role") else { return false }
    return path.split(separator: "/").last.map(String.init) == name
      && (record.account == nil || arn.account == record.account)
  }

  private func isGroup(_ part: KnownPart, _ name: String) -> Bool {
    func plain(_ text: String) -> String {
      let named = PartARN(text)?.name(of: "log-group") ?? text
      return named.hasSuffix(":*") ? String(named.dropLast(2)) : named
    }
    return plain(part.id.name) == plain(name) && fits(part.arn)
  }

  /// `account:function:NAME`, an ARN, or the name, each perhaps with a version behind it.
  private func isFunction(_ part: KnownPart, _ name: String) -> Bool {
    guard let arn = part.arn, arn.service == "lambda", fits(arn),
      let own = arn.name(of: "function")?.split(separator: ":").first
    else { return false }
    let words = name.split(separator: ":").map(String.init)
    if let at = words.firstIndex(of: "function"), at + 1 < words.count {
      return words[at + 1] == own
    }
    return words.first == String(own)
  }
}
