import Crypto
import Foundation

extension AzureTokenFetch {
  /// A claim signed by the certificate's key ("Microsoft identity platform application
  /// authentication certificate credentials"). The file holds both, in PEM, without a password.
  func assertion(
    _ id: AzureClientID, _ path: String, _ settings: AzureSettings
  ) throws(CloudError) -> [(name: String, value: String)] {
    let pem = try pem(path)
    guard let certificate = PEM.certificate(pem), let der = PEM.privateKey(pem) else {
      throw unusable("it holds no certificate with an unencrypted private key (PEM)")
    }
    let now = exchange.clock.now().timeIntervalSince1970.rounded(.down)
    let claims = JSONValue.object([
      JSONMember("aud", .string(Self.tokenURL(id, settings))),
      JSONMember("iss", .string(id.client)), JSONMember("sub", .string(id.client)),
      JSONMember("jti", .string(Hex.encode(RandomBytes.make(16)))),
      JSONMember("nbf", .number(String(Int(now)))),
      JSONMember("exp", .number(String(Int(now) + Self.claimSeconds))),
    ])
    let thumbprint = SignedClaim.base64URL(SHA256.digest(certificate))
    do {
      let key = try RSAPrivateKey(der: der)
      let claim = try SignedClaim.text(
        claims, naming: [JSONMember("x5t#S256", .string(thumbprint))], key: key)
      return Self.assertion(claim.reveal)
    } catch {
      throw unusable("its key is not an RSA key of 2048 bits or more")
    }
  }

  /// A claim is made for each request and lives shortly.
  private static let claimSeconds = 600

  private func pem(_ path: String) throws(CloudError) -> Secret {
    do {
      return Secret(String(decoding: try files.read(path), as: UTF8.self))
    } catch {
      throw .signIn(.file(path: path, error))
    }
  }

  private func unusable(_ reason: String) -> CloudError {
    .signIn(
      .badSetting(
        source: "environment", setting: "AZURE_CLIENT_CERTIFICATE_PATH", reason: reason))
  }
}
