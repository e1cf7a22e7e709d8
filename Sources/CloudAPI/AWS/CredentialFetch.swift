import Foundation
import Transfer

/// Follows a recipe to credentials: asks STS, SSO, agents and commands.
struct CredentialFetch: Sendable {
  let access: AWSAccess
  let files: CredentialFiles
  let run: CredentialProcess
  let exchange: AWSExchange

  /// Settings are read afresh, so that rotated keys are picked up.
  func result() async -> Result<AWSCredentials, AWSError> {
    do {
      return .success(try await fresh())
    } catch {
      return .failure(error)
    }
  }

  private func fresh() async throws(AWSError) -> AWSCredentials {
    let settings: AWSSettings
    let recipe: CredentialRecipe
    do {
      settings = try AWSSettings(access: access, files: files)
      recipe = try CredentialPlan(settings: settings).recipe()
    } catch {
      throw .credentials(error)
    }
    return try await follow(recipe, settings)
  }

  private func follow(
    _ recipe: CredentialRecipe, _ settings: AWSSettings
  ) async throws(AWSError) -> AWSCredentials {
    switch recipe {
    case .keys(let keys): return keys
    case .role(let request, let base):
      let keys = try await follow(base, settings)
      return try await assume(request, keys, settings)
    case .webIdentity(let request, let file):
      return try await assume(request, tokenFile: file, settings)
    case .sso(let login): return try await signIn(login, settings)
    case .process(let command, let source): return try await process(command, source)
    case .container(let source): return try await container(source)
    case .instance(let isLastResort): return try await instance(isLastResort, settings)
    }
  }

  /// A file that must be there, as one line of text.
  func token(_ path: String, _ source: String) throws(AWSError) -> Secret {
    let bytes: [UInt8]
    do {
      bytes = try files.read(path)
    } catch {
      throw .credentials(.file(path: path, error))
    }
    let text = String(validating: bytes, as: UTF8.self)?
      .trimmingCharacters(in: .whitespacesAndNewlines)
    guard let text, !text.isEmpty, Self.isHeaderValue(text) else {
      throw .credentials(.sourceFailed(source: source, reason: "\(path) holds no token"))
    }
    return Secret(text)
  }

  /// No control characters: a token must not add headers of its own.
  static func isHeaderValue(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f }
  }
}
