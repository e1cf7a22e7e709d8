/// One audit-log stream that we watch: `aws/prod/org-trail`. The middle part is the name that the
/// configuration gives to an AWS account, an Azure tenant or a GCP project set.
public struct SourceID: Hashable, Sendable, Comparable {
  public var cloud: Cloud
  public var account: String
  public var name: String

  public init(cloud: Cloud, account: String, name: String) {
    self.cloud = cloud
    self.account = account
    self.name = name
  }

  /// Reads `cloud/account/name`; nil for anything else. The name may hold further slashes.
  public init?(text: String) {
    let parts = text.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let cloud = Cloud(rawValue: String(parts[0])),
      !parts[1].isEmpty, !parts[2].isEmpty
    else { return nil }
    self.init(cloud: cloud, account: String(parts[1]), name: String(parts[2]))
  }

  public var text: String { "\(cloud.rawValue)/\(account)/\(name)" }

  public static func < (left: SourceID, right: SourceID) -> Bool {
    if left.cloud != right.cloud { return left.cloud < right.cloud }
    if left.account != right.account { return left.account < right.account }
    return left.name < right.name
  }
}

/// Where something is: the configured account's name and a region, `global` where there is none.
public struct Place: Hashable, Sendable {
  public var account: String
  public var region: String

  public init(account: String, region: String = "global") {
    self.account = account
    self.region = region.isEmpty ? "global" : region
  }

  public var text: String { "\(account)/\(region)" }

  /// For people: `dev` where account and subscription have one name.
  public var label: String { account == region ? account : text }
}
