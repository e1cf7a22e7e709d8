/// A mail server that is spoken to over TLS alone.
public struct MailServer: Sendable, Hashable {
  public enum Scheme: String, Sendable, Hashable {
    /// TLS from the first byte (RFC 8314); port 465.
    case smtps
    /// STARTTLS, required; port 587.
    case smtp
  }

  public var scheme: Scheme
  public var host: String
  public var port: Int

  /// `smtps://mail.example.com`, `smtp://mail.example.com:587`; nil for anything else: a path, a
  /// user, characters that a host has none of.
  public init?(_ url: String) {
    guard let colon = url.firstIndex(of: ":"), url[colon...].hasPrefix("://"),
      let scheme = Scheme(rawValue: url[..<colon].lowercased())
    else { return nil }
    let rest = url[url.index(colon, offsetBy: 3)...]
    let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), Self.isHost(parts[0]) else { return nil }
    self.scheme = scheme
    host = parts[0].lowercased()
    guard parts.count == 2 else {
      port = scheme == .smtps ? 465 : 587
      return
    }
    guard let port = Int(parts[1]), (1...65_535).contains(port), parts[1].first != "+" else {
      return nil
    }
    self.port = port
  }

  public var url: String { "\(scheme.rawValue)://\(host):\(port)" }

  private static func isHost(_ text: Substring) -> Bool {
    (1...253).contains(text.utf8.count) && text.first != "-" && text.first != "."
      && text.utf8.allSatisfy { MailRequest.isAlphanumeric($0) || $0 == 0x2D || $0 == 0x2E }
  }
}

extension MailRequest {
  var isSound: Bool {
    !to.isEmpty && to.count <= 100 && ([from] + to).allSatisfy(Self.isAddress)
  }

  /// `local@domain` of plain ASCII: nothing that could end a command of the dialogue, become an option
  /// of a local sendmail, or need quotes.
  public static func isAddress(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...64).contains(parts[0].utf8.count), parts[0].first != "-",
      (1...253).contains(parts[1].utf8.count), parts[1].first != "-", parts[1].first != "."
    else { return false }
    let atom = Set("!#$%&'*+-/=?^_`{|}~.".utf8)
    return parts[0].utf8.allSatisfy { isAlphanumeric($0) || atom.contains($0) }
      && parts[1].utf8.allSatisfy { isAlphanumeric($0) || $0 == 0x2D || $0 == 0x2E }
  }

  static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }
}
