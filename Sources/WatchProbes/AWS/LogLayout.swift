import WatchCore

/// Where a trail puts one account's log files of one region, and how it names them (CloudTrail user
/// guide, "Finding your CloudTrail log files"):
/// `[prefix/]AWSLogs/[o-…/]ACCOUNT/CloudTrail/REGION/YYYY/MM/DD/`
/// `ACCOUNT_CloudTrail_REGION_YYYYMMDDTHHmmZ_UNIQUE.json.gz`, in UTC.
/// Digests lie beside them under `CloudTrail-Digest/` and never count.
struct LogLayout: Hashable, Sendable {
  var prefix: String?
  /// `o-…`, for organization trails.
  var organization: String?
  var account: String
  var region: String

  /// `[prefix/]AWSLogs/`: what stands over all accounts.
  static func root(prefix: String?) -> String {
    guard let prefix, !prefix.isEmpty else { return "AWSLogs/" }
    return "\(prefix)/AWSLogs/"
  }

  /// Over all days of this account and region, with the slash that keeps digests out.
  var base: String {
    let organization = organization.map { "\($0)/" } ?? ""
    return "\(Self.root(prefix: prefix))\(organization)\(account)/CloudTrail/\(region)/"
  }

  func day(_ time: Timestamp) -> String { "\(base)\(time.dayPath)/" }

  /// Sorts before every name that was stamped in or after the minute.
  func start(_ time: Timestamp) -> String { "\(day(time))\(head)\(time.minuteStamp)" }

  private var head: String { "\(account)_CloudTrail_\(region)_" }

  /// The minute that a key's name was stamped with; nil where the key is no log of this layout.
  func stamp(ofKey key: String) -> Timestamp? {
    guard key.hasPrefix(base), let slash = key.lastIndex(of: "/") else { return nil }
    let name = key[key.index(after: slash)...]
    guard name.hasPrefix(head), name.hasSuffix(".json.gz") else { return nil }
    let rest = name.dropFirst(head.count).dropLast(8)
    let parts = rest.split(separator: "_", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...64).contains(parts[1].utf8.count),
      parts[1].utf8.allSatisfy(Self.isWord), let time = Self.time(String(parts[0])),
      key.hasPrefix(day(time)), key.count == day(time).count + name.count
    else { return nil }
    return time
  }

  /// Reads `20261120T0311Z`.
  private static func time(_ text: String) -> Timestamp? {
    let digits = Array(text)
    guard digits.count == 14 else { return nil }
    let year = String(digits[0..<4])
    let date = "\(year)-\(String(digits[4..<6]))-\(String(digits[6..<8]))"
    let clock = "\(String(digits[9..<11])):\(String(digits[11..<13])):00"
    return Timestamp(iso: "\(date)\(digits[8])\(clock)\(digits[13])")
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
    default: false
    }
  }

  /// Twelve digits.
  static func isAccount(_ text: some StringProtocol) -> Bool {
    text.utf8.count == 12 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// `o-` and 10 to 32 lower-case letters or digits.
  static func isOrganization(_ text: some StringProtocol) -> Bool {
    let rest = text.dropFirst(2)
    return text.hasPrefix("o-") && (10...32).contains(rest.utf8.count)
      && rest.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7a).contains($0) }
  }
}
