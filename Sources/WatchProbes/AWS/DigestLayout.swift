import WatchCore

/// Where a trail puts the signed digests of one account and region, and how it names them
/// (CloudTrail user guide, "CloudTrail digest file structure"):
/// `[prefix/]AWSLogs/[o-…/]ACCOUNT/CloudTrail-Digest/REGION/YYYY/MM/DD/`
/// `ACCOUNT_CloudTrail-Digest_REGION_TRAIL_HOMEREGION_YYYYMMDDTHHmmssZ.json.gz`, in UTC; the first two
/// regions are where the events come from, the last is the trail's home. A digest that was made later
/// for an older time ends in `_backfill`, and never counts as the newest.
struct DigestLayout: Hashable, Sendable {
  var prefix: String?
  /// `o-…`, for organization trails.
  var organization: String?
  var account: String
  var region: String
  var trail: String
  var homeRegion: String

  /// Over all days of this account and region.
  var base: String {
    let organization = organization.map { "\($0)/" } ?? ""
    return
      "\(LogLayout.root(prefix: prefix))\(organization)\(account)/CloudTrail-Digest/\(region)/"
  }

  private var head: String { "\(account)_CloudTrail-Digest_\(region)_\(trail)_\(homeRegion)_" }

  /// Sorts before the key of every digest of this trail of that time or later.
  func start(_ time: Timestamp) -> String {
    let clock = time.iso.dropFirst(11).prefix(8).replacing(":", with: "")
    return "\(base)\(time.dayPath)/\(head)\(time.date.replacing("-", with: ""))T\(clock)Z"
  }

  /// The time in a key's name: the end of the digest's hour. Nil where the key is none of this trail.
  func stamp(ofKey key: String) -> Timestamp? {
    guard key.hasPrefix(base), let slash = key.lastIndex(of: "/") else { return nil }
    let name = key[key.index(after: slash)...]
    guard name.hasPrefix(head), name.hasSuffix("Z.json.gz") else { return nil }
    let digits = Array(name.dropFirst(head.count).dropLast(9))
    guard digits.count == 15, digits[8] == "T" else { return nil }
    let date =
      "\(String(digits[0..<4]))-\(String(digits[4..<6]))-\(String(digits[6..<8]))"
    let clock =
      "\(String(digits[9..<11])):\(String(digits[11..<13])):\(String(digits[13..<15]))"
    guard let time = Timestamp(iso: "\(date)T\(clock)Z"),
      key.hasPrefix("\(base)\(time.dayPath)/"),
      key.count == base.count + time.dayPath.count + 1 + name.count
    else { return nil }
    return time
  }
}
