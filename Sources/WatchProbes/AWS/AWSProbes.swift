import WatchCore

/// The probes of an AWS account, and the sources that they report on besides the configured trails.
public enum AWSProbes {
  /// Event history (LookupEvents) of an account: one `.history` path a region.
  public static func historySource(_ account: String) -> SourceID {
    SourceID(cloud: .aws, account: account, name: "event-history")
  }

  /// Region coverage of an account: one `.region` path a region.
  public static func regionsSource(_ account: String) -> SourceID {
    SourceID(cloud: .aws, account: account, name: "regions")
  }
}
