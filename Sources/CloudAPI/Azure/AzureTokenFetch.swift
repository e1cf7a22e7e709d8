import Foundation
import Transfer

/// Fetches a token for one audience from the first source that has any.
struct AzureTokenFetch: Sendable {
  let access: AzureAccess
  let files: CredentialFiles
  let run: CredentialProcess
  /// Without tokens of its own.
  let exchange: TokenExchange

  /// Settings and files are read afresh, so that rotated secrets are picked up.
  func result(_ audience: String) async -> Result<BearerToken, CloudError> {
    do {
      return .success(try await fresh(audience))
    } catch {
      return .failure(error)
    }
  }

  private func fresh(_ audience: String) async throws(CloudError) -> BearerToken {
    let settings = try AzureSettings(access: access)
    var skipped: [AzureTokenPlan.Skipped] = [.environment, .workloadIdentity]
    for source in try AzureTokenPlan(settings: settings).sources() {
      do {
        return try await follow(source, audience, settings)
      } catch .signIn(.nothingConfigured(_, let tried)) {
        let reason = tried.last ?? "nothing there"
        if case .cli = source {
          skipped.append(.cli(reason))
        } else {
          skipped.append(.machine(reason))
        }
      }
    }
    throw .signIn(.nothingConfigured(cloud: "Azure", tried: skipped.map(\.inWords)))
  }

  private func follow(
    _ source: AzureTokenSource, _ audience: String, _ settings: AzureSettings
  ) async throws(CloudError) -> BearerToken {
    switch source {
    case .secret(let id, let secret):
      return try await signIn(
        id, audience, settings, "client secret",
        proof: [(name: "client_secret", value: secret.reveal)], secret: secret)
    case .certificate(let id, let path):
      let proof = try assertion(id, path, settings)
      return try await signIn(id, audience, settings, "client certificate", proof: proof)
    case .workloadIdentity(let id, let file):
      let source = "workload identity"
      let token = try token(file, source)
      let proof = Self.assertion(token.reveal)
      return try await signIn(id, audience, settings, source, proof: proof, secret: token)
    case .appService(let url, let header, let clientID):
      return try await appService(url, header, clientID, audience)
    case .machine(let base, let clientID, let isGuess):
      return try await machine(base, clientID, audience, isGuess: isGuess)
    case .cli(let tenant):
      return try await cli(tenant, audience, isGuess: settings.access.source != .cli)
    }
  }

  func failed(_ source: String, _ reason: String) -> CloudError {
    .signIn(.sourceFailed(source: source, reason: reason))
  }

  /// Tells `fresh` that this source is not there at all.
  func absent(_ reason: String) -> CloudError {
    .signIn(.nothingConfigured(cloud: "Azure", tried: [reason]))
  }

  /// A file that must be there, as one token. Read for each request: it is rotated.
  private func token(_ path: String, _ source: String) throws(CloudError) -> Secret {
    let bytes: [UInt8]
    do {
      bytes = try files.read(path)
    } catch {
      throw .signIn(.file(path: path, error))
    }
    let text = String(validating: bytes, as: UTF8.self)?
      .trimmingCharacters(in: .whitespacesAndNewlines)
    guard let text, BearerToken.isUsable(text) else {
      throw failed(source, "\(path) holds no token")
    }
    return Secret(text)
  }

  /// `access_token`, and how long it lasts: seconds from now, or a moment since 1970; both come as
  /// numbers and as strings.
  func read(_ body: JSONValue, _ source: String) throws(CloudError) -> BearerToken {
    guard let text = body["access_token"]?.string, BearerToken.isUsable(text) else {
      throw failed(source, "the answer holds no access_token")
    }
    if let type = body["token_type"]?.string, type.lowercased() != "bearer" {
      throw failed(source, "the token is not a bearer token")
    }
    let now = exchange.clock.now()
    let life = Self.seconds(body["expires_in"])
    let end = Self.seconds(body["expires_on"])
    guard
      let expires = life.map({ now.addingTimeInterval($0) })
        ?? end.map({ Date(timeIntervalSince1970: $0) })
    else { throw failed(source, "the answer does not say how long the token lasts") }
    return BearerToken(text: Secret(text), expires: expires, source: source)
  }

  private static func seconds(_ value: JSONValue?) -> Double? {
    let number = value?.number ?? value?.string.flatMap { Double($0) }
    guard let number, (0...253_402_300_799).contains(number) else { return nil }
    return number
  }
}
