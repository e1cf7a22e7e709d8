import WatchCore
import WatchProbes

/// How many calls a month the watch makes of Azure or Google Cloud for one account, from its probes' own
/// intervals, paths and permissions. Reading settings and logs is free there; what limits is quotas.
/// Rather too much than too little: answers that probes share are counted for each.
public enum UnitCallEstimate {
  /// A turn at a queue, in seconds: Azure has no long poll, Pub/Sub waits on its side.
  private static let turn = 20

  public static func bill(
    _ account: CloudAccount, probes: [Probe], readers: [EventReader] = []
  ) -> CallBill {
    var byPrice: [CallPrice: Int] = [:]
    for (permission, count) in monthly(probes, readers) {
      byPrice[price(permission, account.cloud), default: 0] += count
    }
    let lines = byPrice.map { price, count in
      CallBill.Line(what: price.what, callsPerMonth: count, dollars: price.cost(count))
    }
    return CallBill(
      cloud: account.cloud, account: account.name,
      lines: lines.sorted { ($0.dollars, $0.callsPerMonth) > ($1.dollars, $1.callsPerMonth) })
  }

  /// What the watch takes of the cloud's own limits.
  public static func quotas(
    _ account: CloudAccount, probes: [Probe], readers: [EventReader] = []
  ) -> [QuotaUse] {
    let calls = monthly(probes, readers)
    let units = max(1, account.units.count)
    return Quota.all(account.cloud).compactMap { quota in
      let month = calls.reduce(0) { $0 + (quota.counts($1.key) ? $1.value : 0) }
      guard month > 0 else { return nil }
      return QuotaUse(quota: quota, callsPerDay: month / 30, units: quota.isPerUnit ? units : 1)
    }
  }

  /// Calls a month by the permission that allows them.
  private static func monthly(_ probes: [Probe], _ readers: [EventReader]) -> [String: Int] {
    var calls: [String: Int] = [:]
    for probe in probes {
      let looks = CallEstimate.month / max(1, Int(probe.interval.wholeSeconds))
      for permission in probe.permissions where !isBeside(permission) {
        calls[permission, default: 0] += looks * perLook(permission, probe)
      }
    }
    for reader in readers {
      for permission in reader.permissions where isTaking(permission) {
        calls[permission, default: 0] += CallEstimate.month / turn
      }
    }
    return calls
  }

  /// Once for each unit, resource or sink that the probe looks at; listing blobs goes down by year,
  /// month and day.
  private static func perLook(_ permission: String, _ probe: Probe) -> Int {
    let places = max(1, Set(probe.paths.map { "\($0.region) \($0.member ?? "")" }).count)
    return permission.lowercased().hasSuffix("containers/blobs/read") ? 4 * places : places
  }

  /// What is allowed beside another permission, by the same call.
  private static func isBeside(_ permission: String) -> Bool {
    let name = permission.lowercased()
    let isTable = name.contains("/workspaces/query/") && !name.hasSuffix("/workspaces/query/read")
    return isTable || name == "logging.privatelogentries.list"
      || name == "serviceusage.services.use"
  }

  private static func isTaking(_ permission: String) -> Bool {
    permission.hasSuffix("/messages/process/action")
      || permission == "pubsub.subscriptions.consume"
  }

  private static func price(_ permission: String, _ cloud: Cloud) -> CallPrice {
    cloud == .azure ? PriceList.azurePrice(of: permission) : PriceList.gcpPrice(of: permission)
  }
}
