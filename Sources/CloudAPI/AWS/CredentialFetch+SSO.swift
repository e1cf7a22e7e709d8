import Foundation
import Transfer

extension CredentialFetch {
  /// IAM Identity Center's GetRoleCredentials, with the token that `aws sso login` has left.
  func signIn(_ login: SSOLogin, _ settings: AWSSettings) async throws(AWSError) -> AWSCredentials {
    let token = try cachedToken(login)
    var call = AWSCall(
      service: .ssoPortal, operation: "GetRoleCredentials", region: login.region, method: "GET",
      path: "/federation/credentials")
    call.query = [
      (name: "role_name", value: login.roleName), (name: "account_id", value: login.accountID),
    ]
    call.headers = [HTTPHeader("x-amz-sso_bearer_token", token.reveal)]
    let answer: AWSAnswer
    do {
      answer = try await exchange.answer(to: call, settings, signing: .nobody)
    } catch .credentials(.refused) {
      throw .credentials(.loginNeeded(profile: login.profile, reason: "is no longer valid"))
    }
    let body = try answer.json()
    guard let found = body["roleCredentials"], let id = found["accessKeyId"]?.string,
      let key = found["secretAccessKey"]?.string, let session = found["sessionToken"]?.string,
      !id.isEmpty, !key.isEmpty, !session.isEmpty,
      let millis = found["expiration"]?.number, abs(millis) < 1e15
    else { throw answer.unreadable("it holds no complete credentials") }
    return AWSCredentials(
      accessKeyID: id, secretAccessKey: Secret(key), sessionToken: Secret(session),
      expires: Date(timeIntervalSince1970: millis / 1_000),
      source: "SSO sign-in of profile \(login.profile)")
  }

  /// `~/.aws/sso/cache/SHA1(name).json`, as the AWS CLI writes it.
  private func cachedToken(_ login: SSOLogin) throws(AWSError) -> Secret {
    let name = SHA1.hex(Array(login.cacheName.utf8))
    let path = "\(access.homeDirectory)/.aws/sso/cache/\(name).json"
    let bytes: [UInt8]
    do {
      bytes = try files.read(path)
    } catch .missing {
      throw .credentials(.loginNeeded(profile: login.profile, reason: "has not been made"))
    } catch {
      throw .credentials(.file(path: path, error))
    }
    guard let body = try? JSONReader.read(bytes), let token = body["accessToken"]?.string,
      !token.isEmpty, Self.isHeaderValue(token),
      let expires = body["expiresAt"]?.string.flatMap({ Self.expiry($0) })
    else {
      throw .credentials(.loginNeeded(profile: login.profile, reason: "cannot be read"))
    }
    guard expires > exchange.clock.now() else {
      throw .credentials(.loginNeeded(profile: login.profile, reason: "has expired"))
    }
    return Secret(token)
  }

  /// Old CLI versions wrote `2020-06-17T10:02:08UTC`.
  private static func expiry(_ text: String) -> Date? {
    TimeText.iso8601(text.hasSuffix("UTC") ? "\(text.dropLast(3))Z" : text)
  }
}
