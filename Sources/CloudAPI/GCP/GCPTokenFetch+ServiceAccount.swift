import Crypto
import Foundation

extension GCPTokenFetch {
  /// A service account's signed claim, exchanged for a token (Google Identity, "Using OAuth 2.0 for
  /// server to server applications"). Other universes have no such exchange: there the claim is the
  /// token itself (AIP-4111).
  func signIn(_ key: ServiceAccountKey, _ scopes: String) async throws(CloudError) -> BearerToken {
    let since = exchange.clock.now()
    let expires = since.addingTimeInterval(Double(Self.claimSeconds))
    let source = "service account \(PlainLine.make(key.email, limit: 120))"
    guard key.universe == GCPSettings.defaultUniverse else {
      let claim = try signedClaim(key, [("sub", key.email), ("scope", scopes)], since)
      return BearerToken(text: claim, expires: expires, source: source)
    }
    let claim = try signedClaim(key, [("scope", scopes), ("aud", key.tokenURL)], since)
    let body = try await form(
      "SignIn", key.tokenURL,
      [
        (name: "grant_type", value: "urn:ietf:params:oauth:grant-type:jwt-bearer"),
        (name: "assertion", value: claim.reveal),
      ], source: "key of \(source)")
    return try token(body, source: source, since: since)
  }

  /// Google takes no longer ones.
  private static let claimSeconds = 3_600

  private func signedClaim(
    _ key: ServiceAccountKey, _ claims: [(name: String, value: String)], _ now: Date
  ) throws(CloudError) -> Secret {
    let signer: RSAPrivateKey
    do {
      guard let der = PEM.privateKey(key.privateKey) else { throw RSAPrivateKeyError.notRSA }
      signer = try RSAPrivateKey(der: der)
    } catch {
      throw .signIn(
        .badSetting(
          source: key.source, setting: "private_key",
          reason: "it is not an unencrypted RSA key of 2048 bits or more in PEM"))
    }
    let start = Int(now.timeIntervalSince1970)
    var members = [JSONMember("iss", .string(key.email))]
    members += claims.map { JSONMember($0.name, .string($0.value)) }
    members.append(JSONMember("iat", .number(String(start))))
    members.append(JSONMember("exp", .number(String(start + Self.claimSeconds))))
    do {
      return try SignedClaim.text(.object(members), keyID: key.keyID, key: signer)
    } catch {
      throw failed(key.source, "libcrypto does not sign with its key")
    }
  }
}
