import WatchCore

/// A limit that a cloud sets to calls, beside which their price is nothing.
public struct Quota: Hashable, Sendable {
  /// `Log Analytics queries`
  public var what: String
  /// As published: `200 in 30 s`.
  public var limit: String
  /// Calls a day by it.
  public var perDay: Int
  /// Of each subscription; else of the identity or the project that is charged.
  public var isPerUnit: Bool
  /// Where it is published.
  public var source: String
  let counts: @Sendable (String) -> Bool

  public static func == (left: Quota, right: Quota) -> Bool { left.what == right.what }
  public func hash(into hasher: inout Hasher) { hasher.combine(what) }

  public static func all(_ cloud: Cloud) -> [Quota] {
    switch cloud {
    case .aws: []
    case .azure: [queries, activity, manager]
    case .gcp: [entries]
    }
  }

  static let queries = Quota(
    what: "Log Analytics queries", limit: "200 in 30 s for each identity", perDay: 576_000,
    isPerUnit: false, source: "Azure Monitor service limits, log queries"
  ) { $0.lowercased().hasSuffix("/workspaces/query/read") }

  static let activity = Quota(
    what: "Activity Log", limit: "50 in 30 s for each subscription", perDay: 144_000,
    isPerUnit: true, source: "Azure Monitor service limits, activity log"
  ) { $0.lowercased() == "microsoft.insights/eventtypes/values/read" }

  static let manager = Quota(
    what: "Resource Manager reads", limit: "25 a second for each subscription", perDay: 2_160_000,
    isPerUnit: true, source: "Azure Resource Manager, request limits and throttling"
  ) { name in
    let name = name.lowercased()
    return !name.contains("/workspaces/query/") && !name.contains("/messages/")
      && !name.hasSuffix("/blobs/read")
  }

  static let entries = Quota(
    what: "entries.list", limit: "60 a minute for the project that is charged", perDay: 86_400,
    isPerUnit: false, source: "Cloud Logging, quotas and limits"
  ) { $0 == "logging.logEntries.list" || $0 == "logging.views.access" }
}

/// What of a quota the watch takes.
public struct QuotaUse: Hashable, Sendable {
  public var quota: Quota
  public var callsPerDay: Int
  /// Subscriptions that have the quota each.
  public var units: Int

  /// Tenths of a percent of the quota, rounded up.
  public var permille: Int {
    let whole = max(1, quota.perDay * units)
    return (callsPerDay * 1000 + whole - 1) / whole
  }

  /// `entries.list: 2880 a day, 3.4 % of 60 a minute for the project that is charged`
  public var text: String {
    "\(quota.what): \(callsPerDay) a day, \(permille / 10).\(permille % 10) % of \(quota.limit)"
  }
}
