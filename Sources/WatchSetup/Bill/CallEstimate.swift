import WatchCore
import WatchProbes

/// How many calls a month the watch makes in one account, and what they cost: from its probes' own
/// intervals and permissions, so that a new probe is counted without being told of here. Rather too
/// much than too little: answers that probes share are counted for each.
public struct CallEstimate: Sendable {
  /// Regions that are watched.
  public var regions: Int
  /// Accounts whose logs an organization's trail keeps; 1 for any other trail.
  public var members: Int
  /// Logs are encrypted with a key of KMS: each object that is read asks it once.
  public var hasKey: Bool

  /// - Parameter regions: nil: as many as every account has enabled from its birth.
  public init(regions: Int? = nil, members: Int = 1, hasKey: Bool = false) {
    self.regions = max(1, regions ?? Self.bornRegions)
    self.members = max(1, members)
    self.hasKey = hasKey
  }

  /// AWS Account Management Reference Guide, "Regions enabled by default".
  static let bornRegions = 17
  /// A month, in seconds.
  static let month = 30 * 86_400
  /// One turn at a queue: SQS's longest long poll, in seconds.
  static let turn = 20

  public func bill(
    _ account: CloudAccount, sources: [SourcePlan], probes: [Probe], readers: [EventReader] = []
  ) -> CallBill {
    var calls: [CallPrice: Int] = [:]
    for probe in probes {
      let looks = Self.month / max(1, Int(probe.interval.wholeSeconds))
      for action in probe.permissions {
        let count = looks * perLook(action, probe, sources)
        calls[PriceList.awsPrice(of: action), default: 0] += count
        if action == "s3:GetObject", hasKey { calls[PriceList.kms, default: 0] += count }
      }
    }
    for reader in readers {
      for action in reader.permissions where action == "sqs:ReceiveMessage" {
        calls[PriceList.awsPrice(of: action), default: 0] += Self.month / Self.turn
      }
    }
    let lines = calls.map { price, count in
      CallBill.Line(what: price.what, callsPerMonth: count, dollars: price.cost(count))
    }
    return CallBill(
      cloud: .aws, account: account.name,
      lines: lines.sorted { ($0.dollars, $0.callsPerMonth) > ($1.dollars, $1.callsPerMonth) })
  }

  /// Calls of one look for one action.
  private func perLook(_ action: String, _ probe: Probe, _ sources: [SourcePlan]) -> Int {
    switch action {
    case "s3:ListBucket": return places(probe, sources) * members
    case "s3:GetObject", "cloudtrail:GetTrailStatus", "cloudtrail:LookupEvents":
      return places(probe, sources)
    case "cloudtrail:DescribeTrails":
      return probe.paths.contains { $0.kind == .region } ? regions : 1
    default: return 1
    }
  }

  /// Regions that a probe looks at: an echo may be looked for at home alone.
  private func places(_ probe: Probe, _ sources: [SourcePlan]) -> Int {
    guard let path = probe.paths.first, path.kind == .echo else { return regions }
    return sources.first { $0.id == path.source }?.echo == .home ? 1 : regions
  }
}
