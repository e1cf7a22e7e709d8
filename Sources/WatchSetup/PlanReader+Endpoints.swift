import CloudAPI
import WatchCore

extension PlanReader {
  /// Base URLs in place of a cloud's own, by name: https, or plain http on this machine.
  mutating func endpoints(_ fields: Fields, _ known: [String]) -> [String: String] {
    guard let member = fields["endpoints"],
      let own = self.fields(member.value, "endpoints", known)
    else { return [:] }
    var found: [String: String] = [:]
    for key in known {
      guard let value = own[key]?.value, let url = text(value, key) else { continue }
      found[key] = url
      checkBase(url, key, value.place)
    }
    return found
  }

  /// What is wrong with it is said without it: it may hold a secret.
  mutating func checkBase(_ url: String, _ key: String, _ place: TextPlace) {
    let authority = url.split(separator: "/", maxSplits: 3).dropFirst().first ?? ""
    guard !authority.contains("@") else {
      problem(place, "\(key) holds a user or a password", Self.secretAdvice)
      return
    }
    guard let parts = URLParts(url) else {
      problem(place, "\(key) is not a URL", "write https://HOST, or http://127.0.0.1:5000")
      return
    }
    if url.contains("?") || url.contains("#") {
      problem(place, "\(key) has a query or a fragment", "write the base of the URL alone")
    }
    if parts.scheme == "http", !parts.isThisMachine, !(key == "metadata" && parts.isMetadata) {
      problem(place, "\(key) is not asked by https", "plain http is for this machine alone")
    }
  }
}

extension URLParts {
  var isThisMachine: Bool {
    let octets = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    let isLoopback = octets.count == 4 && octets[0] == 127 && !octets.contains(nil)
    return isLoopback || host == "localhost" || host == "::1"
  }

  /// The fixed addresses of the clouds' metadata servers: plain http by design.
  var isMetadata: Bool { host == "169.254.169.254" || host == "metadata.google.internal" }
}
