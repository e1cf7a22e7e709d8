import Foundation
import Transfer

/// Follows a recipe to a token: asks Google's sign-in, STS, the metadata server, gcloud.
struct GCPTokenFetch: Sendable {
  let access: GCPAccess
  let files: CredentialFiles
  let run: CredentialProcess
  /// Carries no token of its own.
  let exchange: TokenExchange

  /// `audience` is a list of scopes. Settings are read afresh, so that rotated keys are picked up.
  func result(_ audience: String) async -> Result<BearerToken, CloudError> {
    do {
      let settings = try GCPSettings(access: access, files: files)
      return .success(try await follow(settings.recipe, audience, settings))
    } catch {
      return .failure(error)
    }
  }

  func follow(
    _ recipe: GCPCredentialRecipe, _ scopes: String, _ settings: GCPSettings
  ) async throws(CloudError) -> BearerToken {
    switch recipe {
    case .user(let user): return try await refresh(user)
    case .serviceAccount(let key): return try await signIn(key, scopes)
    case .external(let account): return try await exchangeToken(account, scopes, settings)
    case .impersonation(let request, let base):
      // The first token is for becoming somebody else, and for nothing more.
      let first = try await follow(base, GCPScope.iam.audience, settings)
      return try await become(request, first, scopes)
    case .metadata: return try await metadata(scopes, isLastResort: false)
    case .gcloud: return try await gcloud()
    case .lastResorts(let looked, let metadata):
      return try await lastResorts(looked, metadata, scopes)
    }
  }

  /// One form to a token endpoint. What it refuses is the credentials' fault, never an API's.
  func form(
    _ operation: String, _ url: String, _ fields: [(name: String, value: String)],
    basic: (id: String, secret: Secret)? = nil, source: String
  ) async throws(CloudError) -> CloudMembers {
    var call = TokenCall(operation, url: url, audience: nil, dialect: .google)
    call.method = "POST"
    call.headers = [
      HTTPHeader("Content-Type", "application/x-www-form-urlencoded"),
      HTTPHeader("Accept", "application/json"),
    ]
    if let basic {
      let pair =
        "\(PercentEncoding.encode(basic.id)):\(PercentEncoding.encode(basic.secret.reveal))"
      let text = Data(pair.utf8).base64EncodedString()
      call.headers.append(HTTPHeader("Authorization", "Basic \(text)"))
    }
    call.body = Array(PercentEncoding.query(fields).utf8)
    call.limits.bodyBytes = 256 << 10
    return try await answer(to: call, source).members()
  }

  func answer(to call: TokenCall, _ source: String) async throws(CloudError) -> TokenAnswer {
    do {
      return try await exchange.answer(to: call)
    } catch {
      switch error {
      case .service(let refusal) where refusal.status < 500:
        throw .signIn(notAccepted(refusal, source))
      case .denied(let refusal) where call.permission.isEmpty:
        throw .signIn(notAccepted(refusal, source))
      case .signIn(.refused(let refusal)):
        throw .signIn(notAccepted(refusal, source))
      default: throw error
      }
    }
  }

  private func notAccepted(_ refusal: CloudServiceError, _ source: String) -> SignInError {
    let code = ([refusal.code] + refusal.reasons).joined(separator: "/")
    return .notAccepted(
      source: source, code: PlainLine.make(code, limit: 100),
      words: PlainLine.make(refusal.message, limit: 200))
  }

  /// `{"access_token", "expires_in", "token_type"}` (RFC 6749, 5.1).
  func token(
    _ body: CloudMembers, source: String, since: Date
  ) throws(CloudError) -> BearerToken {
    guard let text = body.value["access_token"]?.string, BearerToken.isUsable(text) else {
      throw body.answer.unreadable("it holds no usable access_token")
    }
    let kind = body.value["token_type"]?.string ?? "Bearer"
    guard kind.lowercased() == "bearer" else {
      throw body.answer.unreadable("its token is of another kind than Bearer")
    }
    guard let seconds = try body.int64("expires_in"), (1...1_000_000).contains(seconds) else {
      throw body.answer.unreadable("its expires_in is not a number of seconds")
    }
    return BearerToken(
      text: Secret(text), expires: since.addingTimeInterval(Double(seconds)), source: source)
  }

  func failed(_ source: String, _ reason: String) -> CloudError {
    .signIn(.sourceFailed(source: source, reason: reason))
  }
}
