import Crypto
import Foundation

/// A JSON web token signed by an RSA key: RS256 of RFC 7518, 3.3, in the compact form of RFC 7515.
enum SignedClaim {
  static func text(
    _ claims: JSONValue, keyID: String?, key: RSAPrivateKey
  ) throws(RSAPrivateKeyError) -> Secret {
    try text(claims, naming: keyID.map { [JSONMember("kid", .string($0))] } ?? [], key: key)
  }

  /// - Parameter naming: the header's members that say which key it is.
  static func text(
    _ claims: JSONValue, naming: [JSONMember], key: RSAPrivateKey
  ) throws(RSAPrivateKeyError) -> Secret {
    let header = [JSONMember("alg", .string("RS256")), JSONMember("typ", .string("JWT"))] + naming
    let signed = "\(base64URL(JSONValue.object(header).utf8)).\(base64URL(claims.utf8))"
    let signature = try key.signature(of: Array(signed.utf8))
    return Secret("\(signed).\(base64URL(signature))")
  }

  /// RFC 4648, 5, without padding.
  static func base64URL(_ bytes: [UInt8]) -> String {
    Data(bytes).base64EncodedString()
      .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
      .replacingOccurrences(of: "=", with: "")
  }
}

/// Textual encoding of keys and certificates (RFC 7468).
enum PEM {
  /// DER of the first unencrypted private key, PKCS#8 or PKCS#1; nil without one.
  static func privateKey(_ pem: Secret) -> [UInt8]? {
    block("PRIVATE KEY", pem) ?? block("RSA PRIVATE KEY", pem)
  }

  /// DER of the first certificate: by custom the one of the key, its issuers after it.
  static func certificate(_ pem: Secret) -> [UInt8]? {
    block("CERTIFICATE", pem)
  }

  private static func block(_ label: String, _ pem: Secret) -> [UInt8]? {
    let text = pem.reveal
    guard let start = text.range(of: "-----BEGIN \(label)-----"),
      let end = text.range(of: "-----END \(label)-----", range: start.upperBound..<text.endIndex)
    else { return nil }
    let body = text[start.upperBound..<end.lowerBound].filter { !$0.isWhitespace }
    return Data(base64Encoded: String(body)).map { Array($0) }
  }
}
