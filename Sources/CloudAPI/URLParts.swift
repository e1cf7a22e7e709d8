/// An absolute http(s) URL cut at its joints, nothing decoded: what a signature needs to see.
public struct URLParts: Sendable, Equatable {
  /// `https` or `http`, lower case.
  public var scheme: String
  /// Host and, if written, port; lower case. IPv6 hosts keep their brackets.
  public var authority: String
  /// From the first slash to the question mark, as it was written; may be empty.
  public var path: String
  /// After the question mark, as it was written; nil without one.
  public var query: String?

  /// Nil for other schemes, user info (it would end up in logs), no host, a bad port, or
  /// anything but printable ASCII.
  public init?(_ url: String) {
    guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }), let colon = url.range(of: "://") else {
      return nil
    }
    scheme = url[..<colon.lowerBound].lowercased()
    guard scheme == "https" || scheme == "http" else { return nil }
    let rest = url[colon.upperBound...].prefix { $0 != "#" }
    let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
    authority = rest[..<end].lowercased()
    let tail = rest[end...]
    let mark = tail.firstIndex(of: "?")
    path = String(tail[..<(mark ?? tail.endIndex)])
    query = mark.map { String(tail[tail.index(after: $0)...]) }
    guard !authority.contains("@"), !host.isEmpty, port != nil || portText == nil else {
      return nil
    }
  }

  /// The host without port; IPv6 without brackets.
  public var host: String {
    if authority.hasPrefix("["), let close = authority.firstIndex(of: "]") {
      return String(authority[authority.index(after: authority.startIndex)..<close])
    }
    return String(authority.prefix { $0 != ":" })
  }

  /// The port as written, nil without one.
  public var port: Int? {
    portText.flatMap { Int($0) }.flatMap { (1...65_535).contains($0) ? $0 : nil }
  }

  /// What goes into the Host header: the port only when it is not the scheme's own (as curl does).
  public var hostHeader: String {
    let plainHost = authority.hasPrefix("[") ? "[\(host)]" : host
    guard let port, port != (scheme == "https" ? 443 : 80) else { return plainHost }
    return "\(plainHost):\(port)"
  }

  private var portText: Substring? {
    let afterHost =
      authority.hasPrefix("[")
      ? authority[(authority.firstIndex(of: "]") ?? authority.startIndex)...].dropFirst()
      : authority[...].drop { $0 != ":" }
    return afterHost.first == ":" ? afterHost.dropFirst() : afterHost.isEmpty ? nil : afterHost
  }
}
