/// Where a request goes, read from its URL with fewer freedoms than RFC 3986 gives, so that libcurl
/// cannot read it otherwise: no user, no fragment, no characters outside of the RFC's set.
struct RequestTarget: Sendable, Equatable {
  enum Scheme: String, Sendable {
    case https, http
  }

  var scheme: Scheme
  /// Lower case; an IPv6 address without its brackets.
  var host: String

  init(url: String) throws(HTTPError) {
    guard url.utf8.allSatisfy(Self.isAllowed) else {
      throw .badURL("characters that need percent-encoding")
    }
    guard let colon = url.range(ofScheme: "://") else { throw .badURL("no scheme") }
    guard let scheme = Scheme(rawValue: url[..<colon.lowerBound].lowercased()) else {
      throw .badURL("neither https nor http")
    }
    let authority = url[colon.upperBound...].prefix { !"/?".contains($0) }
    guard !authority.contains("@") else { throw .badURL("user or password in the URL") }
    self.scheme = scheme
    self.host = try Self.host(in: authority).lowercased()
  }

  /// Loopback: nobody listens in between. By the addresses themselves, and the one name that
  /// libcurl never looks up.
  var isLoopback: Bool {
    host == "localhost" || host == "::1" || isIPv4(startingWith: "127.")
  }

  /// The clouds' metadata and credential endpoints, which speak only http: AWS (EC2, ECS, EKS),
  /// Azure, GCP.
  var isMetadata: Bool {
    Self.metadataHosts.contains(host)
  }

  /// Neither may ever be sent to a proxy.
  var isLocal: Bool { isLoopback || isMetadata }

  private static let metadataHosts: Set<String> = [
    "169.254.169.254", "169.254.170.2", "169.254.170.23", "fd00:ec2::254", "fd00:ec2::23",
    "metadata.google.internal",
  ]

  private func isIPv4(startingWith start: String) -> Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { $0.count <= 3 ? UInt8($0) : nil }
    return parts.count == 4 && numbers.count == 4 && host.hasPrefix(start)
  }

  private static func host(in authority: Substring) throws(HTTPError) -> String {
    let host: Substring
    let rest: Substring
    if authority.first == "[" {
      guard let end = authority.firstIndex(of: "]") else { throw .badURL("no ] after the host") }
      host = authority[authority.index(after: authority.startIndex)..<end]
      rest = authority[authority.index(after: end)...]
    } else {
      host = authority.prefix { $0 != ":" }
      rest = authority[host.endIndex...]
    }
    guard !host.isEmpty, !host.contains("[") else { throw .badURL("no host") }
    guard rest.isEmpty || (rest.first == ":" && UInt16(rest.dropFirst()) ?? 0 > 0) else {
      throw .badURL("not a port after the host")
    }
    return String(host)
  }

  /// RFC 3986, 2.2 and 2.3, and "%", without "#": a fragment is never sent.
  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: punctuation.contains(byte)
    }
  }

  private static let punctuation = Set("-._~:/?[]@!$&'()*+,;=%".utf8)
}

extension String {
  /// The first place of a short ASCII separator.
  fileprivate func range(ofScheme separator: String) -> Range<Index>? {
    guard let start = firstIndex(of: ":") else { return nil }
    guard self[start...].hasPrefix(separator) else { return nil }
    return start..<index(start, offsetBy: separator.count)
  }
}
