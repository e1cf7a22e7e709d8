import Foundation

extension CredentialFetch {
  private static let version = "2011-06-15"

  /// STS AssumeRole, signed by `keys`.
  func assume(
    _ request: RoleRequest, _ keys: AWSCredentials, _ settings: AWSSettings
  ) async throws(AWSError) -> AWSCredentials {
    let call = AWSCall.form(
      .sts, version: Self.version, "AssumeRole", region: settings.homeRegion,
      request.parameters)
    let answer = try await exchange.answer(to: call, settings, signing: .keys(keys))
    return try STSCredentials.read(answer, source: request.source)
  }

  /// STS AssumeRoleWithWebIdentity: the token is the proof, nothing is signed.
  func assume(
    _ request: RoleRequest, tokenFile: String, _ settings: AWSSettings
  ) async throws(AWSError) -> AWSCredentials {
    let token = try token(tokenFile, "web identity")
    let call = AWSCall.form(
      .sts, version: Self.version, "AssumeRoleWithWebIdentity", region: settings.homeRegion,
      request.parameters + [(name: "WebIdentityToken", value: token.reveal)])
    let answer = try await exchange.answer(to: call, settings, signing: .nobody)
    return try STSCredentials.read(answer, source: request.source)
  }
}

extension RoleRequest {
  var source: String { "role \(PlainLine.make(arn, limit: 160))" }

  var parameters: [(name: String, value: String)] {
    var pairs = [(name: "RoleArn", value: arn), (name: "RoleSessionName", value: sessionName)]
    if let externalID { pairs.append((name: "ExternalId", value: externalID.reveal)) }
    if let durationSeconds {
      pairs.append((name: "DurationSeconds", value: String(durationSeconds)))
    }
    return pairs
  }
}

/// The `Credentials` element that several STS calls share.
enum STSCredentials {
  static func read(_ answer: AWSAnswer, source: String) throws(AWSError) -> AWSCredentials {
    let root = try answer.xml()
    guard let found = root["\(answer.operation)Result"]?["Credentials"],
      let id = found.text("AccessKeyId"), !id.isEmpty,
      let key = found.text("SecretAccessKey"), !key.isEmpty,
      let token = found.text("SessionToken"), !token.isEmpty,
      let expires = found.text("Expiration").flatMap({ TimeText.iso8601($0) })
    else { throw answer.unreadable("it holds no complete credentials") }
    return AWSCredentials(
      accessKeyID: id, secretAccessKey: Secret(key), sessionToken: Secret(token), expires: expires,
      source: source)
  }
}
