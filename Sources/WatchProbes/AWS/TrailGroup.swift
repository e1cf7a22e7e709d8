import CloudAPI
import WatchCore

/// A trail's log group: `arn:aws:logs:us-east-1:111122223333:log-group:NAME:*`.
struct TrailGroup: Hashable, Sendable {
  var region: String
  var account: String
  var name: String

  /// Nil for anything else.
  init?(_ arn: String) {
    let parts = arn.split(separator: ":", maxSplits: 6, omittingEmptySubsequences: false)
    guard parts.count == 7, parts[0] == "arn", parts[2] == "logs", parts[5] == "log-group",
      AWSPartition.isRegionName(String(parts[3])), LogLayout.isAccount(parts[4])
    else { return nil }
    let name = parts[6].hasSuffix(":*") ? parts[6].dropLast(2) : parts[6]
    guard (1...512).contains(name.utf8.count) else { return nil }
    self.region = String(parts[3])
    account = String(parts[4])
    self.name = String(name)
  }

  /// The region that a stream's name says its events come from (CloudTrail user guide, "CloudTrail
  /// log stream naming"): `[o-…_]ACCOUNT_CloudTrail_REGION[_N]`; nil for a stream of somebody else.
  static func region(ofStream name: String) -> String? {
    var parts = name.split(separator: "_", omittingEmptySubsequences: false)
    if let first = parts.first, LogLayout.isOrganization(first) { parts.removeFirst() }
    guard parts.count == 3 || parts.count == 4, LogLayout.isAccount(parts[0]),
      parts[1] == "CloudTrail", AWSPartition.isRegionName(String(parts[2]))
    else { return nil }
    if parts.count == 4, parts[3].isEmpty || !parts[3].utf8.allSatisfy({ (0x30...0x39) ~= $0 }) {
      return nil
    }
    return String(parts[2])
  }
}
