import Foundation

/// Who a token says we are. Read without checking its signature: it came from the source itself, and
/// only the cloud's opinion of it counts.
public struct AzureIdentity: Sendable, Equatable {
  /// Where the token came from: `client secret`.
  public var source: String
  /// Of the service principal or user: what role assignments name. Nil where a token cannot be read.
  public var objectID: String?
  public var appID: String?
  public var tenantID: String?
  /// UTC.
  public var expires: Date?

  init(_ token: BearerToken) {
    source = token.source
    expires = token.expires
    let parts = token.text.reveal.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let bytes = Self.base64URL(parts[1]),
      let claims = try? JSONReader.read(bytes)
    else { return }
    objectID = Self.word(claims["oid"])
    appID = Self.word(claims["appid"]) ?? Self.word(claims["azp"])
    tenantID = Self.word(claims["tid"])
  }

  private static func word(_ value: JSONValue?) -> String? {
    value?.string.map { PlainLine.make($0, limit: 80) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// RFC 4648, 5, without padding (RFC 7515).
  private static func base64URL(_ text: Substring) -> [UInt8]? {
    var plain = String(text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
    while plain.utf8.count % 4 != 0 { plain.append("=") }
    return Data(base64Encoded: plain).map { Array($0) }
  }
}
