/// Hosts that plain http may be spoken to: loopback, link-local, and the two fixed IPv6 addresses
/// of AWS's agents. Only literal forms count, so that no look-up decides.
enum LocalAddress {
  static func isLocal(_ host: String) -> Bool {
    if isLoopback(host) || ["fd00:ec2::23", "fd00:ec2::254"].contains(host) { return true }
    guard let octets = ipv4(host) else { return false }
    return octets[0] == 169 && octets[1] == 254
  }

  /// This machine itself.
  static func isLoopback(_ host: String) -> Bool {
    host == "localhost" || host == "::1" || ipv4(host)?.first == 127
  }

  /// Four decimal octets without leading zeros; the odd forms that C libraries accept are refused.
  private static func ipv4(_ host: String) -> [UInt8]? {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    let octets = parts.compactMap { part in
      UInt8(part).flatMap { String($0) == part ? $0 : nil }
    }
    return octets.count == 4 ? octets : nil
  }
}
