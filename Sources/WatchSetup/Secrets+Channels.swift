import WatchProbes

/// Keys in what a channel is reached by. The configuration is copied into the journal, and so would they be.
extension Secrets {
  /// Whether knowing an address is enough to post to it, or it holds a login: a part of path or query that
  /// reads like a key. A name of words is none.
  static func isInAddress(_ url: String) -> Bool {
    guard let scheme = url.range(of: "://") else { return false }
    let rest = url[scheme.upperBound...].prefix { $0 != "#" }
    let host = rest.prefix { $0 != "/" && $0 != "?" }
    if host.contains("@") || SecretMask.apply(url) != url { return true }
    if keyed.contains(where: { host.lowercased().hasSuffix($0) }) { return true }
    let parts = rest.dropFirst(host.count).split(separator: "?", maxSplits: 1)
    let query = rest.contains("?") ? parts.last ?? "" : ""
    let path = rest.dropFirst(host.count).prefix { $0 != "?" }
    return path.split(separator: "/").contains(where: isKey)
      || query.split(separator: "&").contains(where: isKeyedMember)
  }

  /// Hosts whose addresses are keys.
  private static let keyed = [
    "hooks.slack.com", "webhook.office.com", "logic.azure.com", "powerplatform.com", "hc-ping.com",
    "hooks.zapier.com", "maker.ifttt.com",
  ]

  /// `token=…`, or any value that reads like a key.
  private static func isKeyedMember(_ member: Substring) -> Bool {
    let sides = member.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard sides.count == 2, !sides[1].isEmpty else { return false }
    let name = sides[0].lowercased()
    return isName(name) || ["sig", "code", "auth", "signature"].contains(name) || isKey(sides[1])
  }

  /// Sixteen or more letters and digits with both among them, or twenty letters as no word mixes them, and
  /// no words between dashes or underscores.
  static func isKey(_ part: Substring) -> Bool {
    let words = part.split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
    return isIdentifier(part)
      || words.contains { word in
        let isMixed = word.contains(where: \.isNumber) && word.contains(where: \.isLetter)
        let capitals = word.count { $0.isUppercase }
        let isJumbled = capitals * 10 >= word.count * 3 && capitals * 10 <= word.count * 7
        return word.utf8.count >= 16 && isMixed || word.utf8.count >= 20 && isJumbled
      }
  }

  /// `0f0f1111-2222-4333-8444-555566667777`: drawn by chance, and so a key where it stands in an address.
  private static func isIdentifier(_ part: Substring) -> Bool {
    let lengths = part.split(separator: "-", omittingEmptySubsequences: false).map(\.utf8.count)
    return lengths == [8, 4, 4, 4, 12] && part.allSatisfy { $0.isHexDigit || $0 == "-" }
  }
}
