import CloudAPI

/// A trail's full name: `arn:aws:cloudtrail:us-east-1:111122223333:trail/org-trail`.
struct TrailARN: Hashable, Sendable {
  var partition: String
  var homeRegion: String
  var account: String
  var name: String

  /// Nil for anything else, a plain name too.
  init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "arn", parts[1].hasPrefix("aws"),
      parts[2] == "cloudtrail", AWSPartition.isRegionName(String(parts[3])),
      LogLayout.isAccount(parts[4]), parts[5].hasPrefix("trail/"),
      parts[5].count > 6
    else { return nil }
    partition = String(parts[1])
    homeRegion = String(parts[3])
    account = String(parts[4])
    name = String(parts[5].dropFirst(6))
  }

  var text: String { "arn:\(partition):cloudtrail:\(homeRegion):\(account):trail/\(name)" }
}
